"""Who may be contacted on a channel: each person on the list in exactly one bin.

The bins are one key over the facts of the audience, so that an engine counts them in one query.
The checks, the segments page and the cleaned list all read them from here.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from checks.campaign import Channel, ChannelName
from checks.case import Case
from checks.conditions import (
    After,
    All,
    AnyOf,
    Before,
    Condition,
    FirstOf,
    Is,
    Missing,
    Not,
)
from checks.evidence import Step, Waterfall
from checks.finding import Reason
from checks.people.children import under_consent_age

ON_THE_LIST = Is("targeted", value=True)

SUPPRESSED = "suppressed"
OBJECTED = "objected"
NO_RECORD = "no record"
DENIED = "denied"
WITHDRAWN = "withdrawn"
UNEXPLAINED = "word not explained"
WRONG = "wrong purpose or channel"
EXPIRED = "expired"
NOT_YET = "dated after launch, not yet valid"
NO_PROOF = "no proof"
NO_DAY = "the day of the yes is not known"
MINOR = "minor"
MAY = "may be contacted"

Meaning = Literal["said_no", "not_covered", "stays"]

BINS: tuple[tuple[str, Meaning, tuple[str, ...]], ...] = (
    (SUPPRESSED, "said_no", (SUPPRESSED,)),
    (OBJECTED, "said_no", (OBJECTED,)),
    (NO_RECORD, "not_covered", (NO_RECORD,)),
    (DENIED, "said_no", (DENIED, WITHDRAWN)),
    (UNEXPLAINED, "not_covered", (UNEXPLAINED,)),
    (WRONG, "not_covered", (WRONG,)),
    (EXPIRED, "not_covered", (EXPIRED, NOT_YET)),
    (NO_PROOF, "not_covered", (NO_PROOF, NO_DAY)),
    (MINOR, "not_covered", (MINOR,)),
    (MAY, "stays", (MAY,)),
)
"""The bins of the waterfall in order, what each means, and the finer bins it is made of."""

WITHOUT_CONSENT = (SUPPRESSED, OBJECTED, MINOR, MAY)
"""The bins that exist where the channel does not rest on consent."""


NEEDED = (
    ("status", "what people said"),
    ("given", "the day of the yes"),
    ("proof", "the proof of the yes"),
)
"""What has to be known for each yes; the first also where no yes is needed."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """Something that has to be known about a channel and is not."""

    what: str
    """In words, with its place in the campaign file in brackets."""
    reason: Reason
    cure: str = ""
    """What to do, where it is not bringing a file or naming a column."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a group of people stands on one channel: how many in each of the finer bins."""

    consent: bool
    """Whether the channel rests on consent, so that every bin exists."""
    people: Mapping[str, int]
    below: int = 0
    """So few minors are not told apart from those who are out for other reasons."""

    @property
    def total(self) -> int:
        """Everybody."""
        return sum(self.people.values())

    @property
    def may(self) -> int:
        """Those who may be contacted."""
        return self.people.get(MAY, 0)

    @property
    def out(self) -> int:
        """Those who may not."""
        return self.total - self.may

    @property
    def said_no(self) -> int:
        """Denied, withdrew, objected, or are on the do-not-contact list."""
        return sum(step.people for step in self.steps if step.meaning == "said_no")

    @property
    def steps(self) -> tuple[Step, ...]:
        """The bins of the waterfall, in order, also the empty ones."""
        return tuple(
            Step(name=name, people=sum(self.people.get(f, 0) for f in finer), meaning=meaning)
            for name, meaning, finer in BINS
            if self.consent or name in WITHOUT_CONSENT
        )

    @property
    def blended(self) -> tuple[str, ...]:
        """The bins shown as one, so that nobody learns of a few minors; empty where none are few.

        The nearest bins that no answer covers come first; where these are too few in all, none
        of them is told apart, and without any the refusals are taken.
        """
        if not 0 < self.people.get(MINOR, 0) < self.below:
            return ()
        before = [one for one in reversed(self.steps) if one.name not in (MINOR, MAY)]
        lacking = [one for one in before if one.meaning == "not_covered"]
        filled = [one for one in lacking or before if one.people]
        taken, people = [MINOR], self.people[MINOR]
        while filled and people < self.below:
            people += filled[0].people
            taken.append(filled.pop(0).name)
        if people < self.below:
            taken = [MINOR, *(one.name for one in lacking or before)]
        return tuple(name for name, _, _ in BINS if name in taken)

    def waterfall(self, title: str) -> Waterfall:
        """The evidence: everybody in exactly one bin."""
        blended = self.blended
        kept = [step for step in self.steps if step.name not in blended]
        if blended:
            name = f"{', '.join(blended[:-1])} or {blended[-1]}"
            many = sum(step.people for step in self.steps if step.name in blended)
            kept.insert(len(kept) - 1, Step(name=name, people=many, meaning="not_covered"))
        return Waterfall(title=title, total=self.total, steps=tuple(kept))


def together(standings: Iterable[Standing], *, consent: bool) -> Standing:
    """Several groups that share nobody, as one."""
    people: Counter[str] = Counter()
    below = 0
    for one in standings:
        people.update(one.people)
        below = max(below, one.below)
    return Standing(consent, dict(people), below)


def standing(case: Case, name: ChannelName) -> Standing:
    """Where everybody on the list stands on a channel."""
    rests = case.campaign.channels[name].basis == "consent"
    counts = case.audience.count(bins(case, name), where=ON_THE_LIST)
    return Standing(rests, {count.values[0]: count.people for count in counts}, _few(case))


def _few(case: Case) -> int:
    return case.policy.small_cells.suppress_below.value


def standing_by_segment(case: Case, name: ChannelName) -> dict[str | None, Standing]:
    """The same segment by segment, in one query; None are people on the list in no segment.

    Where the campaign has no segments, everybody stands under None.
    """
    if not case.audience.has("segment"):
        return {None: standing(case, name)}
    rests = case.campaign.channels[name].basis == "consent"
    found: dict[str | None, dict[str, int]] = {}
    for count in case.audience.count("segment", bins(case, name), where=ON_THE_LIST):
        segment, where = count.values
        found.setdefault(segment, {})[where] = count.people
    return {segment: Standing(rests, people, _few(case)) for segment, people in found.items()}


def bins(case: Case, name: ChannelName) -> FirstOf:
    """The key that puts each person into exactly one of the finer bins of a channel."""
    channel = case.campaign.channels[name]
    made = _under_consent(case, name) if channel.basis == "consent" else _otherwise(case, name)
    seen = tuple((bin_, condition) for bin_, condition in made if condition is not None)
    return FirstOf(f"{name}.standing", seen, otherwise=MAY)


def unseen(case: Case, name: ChannelName) -> tuple[Unseen, ...]:
    """What would have to be known about a channel, and is not in the files.

    Age is not among it: where it is not known, nobody is in the bin of minors.
    """
    consent = case.campaign.channels[name].basis == "consent"
    rest = [
        _no_column(case, name, part, words)
        for part, words in NEEDED[1:]
        if consent and not case.audience.has(f"{name}.{part}")
    ]
    return (*unseen_refusals(case, name), *rest)


def unseen_refusals(case: Case, name: ChannelName) -> tuple[Unseen, ...]:
    """What would have to be known to see every no for a channel, and is not in the files."""
    missing = [_no_suppression(case)]
    if case.audience.has("suppressed"):
        missing = [*_strangers(case), *_unlinked(case)]
    if not case.audience.has(f"{name}.status"):
        missing.append(_no_column(case, name, *NEEDED[0]))
    return tuple(missing)


def _strangers(case: Case) -> Iterator[Unseen]:
    """A do-not-contact file that meets nobody, or people without a key, tell nothing."""
    audience = case.audience
    if "suppression" not in audience.unmatched:
        return
    entries = audience.intake["tables"]["suppression"]["rows"]
    if entries and audience.unmatched["suppression"] == entries:
        yield Unseen(
            f"whom the do-not-contact list means (none of its {entries:,} keys is in the people "
            "file)",
            Reason.NO_KEY,
            "See whether the keys are written alike in both files.",
        )
    if without := audience.key_facts.empty:
        rows = "1 row" if without == 1 else f"{without:,} rows"
        yield Unseen(
            f"whether {rows} without a key stand on the do-not-contact list",
            Reason.NO_KEY,
            "Add the missing keys at the source.",
        )


def _unlinked(case: Case) -> Iterator[Unseen]:
    """People without what the do-not-contact list names people by may stand on it unseen."""
    people = case.audience.unlinked.get("suppression", 0)
    told = case.campaign.suppression
    if not people or told is None or told.matches is None:
        return
    column = told.matches if isinstance(told.matches, str) else told.matches.column
    many = "1 person" if people == 1 else f"{people:,} people"
    yield Unseen(
        f"whether {many} without a usable “{column}” stand on the do-not-contact list",
        Reason.NO_KEY,
        f"Add what is missing in “{column}” at the source.",
    )


def why_unseen(case: Case, *, side: bool) -> Reason:
    """Why something is not there; `side`: a file beside the people's was given for it.

    Such a file brings nothing where the people in it cannot be recognised.
    """
    if side and case.audience.counts_only:
        return Reason.COUNTS_ONLY
    if side and not case.audience.has_key:
        return Reason.NO_KEY
    return Reason.COLUMN_MISSING


def months_valid(case: Case, channel: Channel) -> int:
    """How many calendar months a yes for this channel stands."""
    limits = case.policy.permission
    chosen = limits.months_profiling if channel.purpose == "profiling" else limits.months_marketing
    return chosen.value


def first_valid_day(launch: date, months: int) -> date:
    """The earliest day on which a yes still stands at launch, exactly at the limit included.

    A yes of 31 January plus one month ends on the last day of February.

    >>> first_valid_day(date(2026, 12, 1), 24)
    datetime.date(2024, 12, 1)
    >>> first_valid_day(date(2027, 5, 31), 3)  # 28 February and three months is 28 May
    datetime.date(2027, 3, 1)
    """
    year, month = divmod(launch.year * 12 + launch.month - 1 - months, 12)
    if launch.day <= calendar.monthrange(year, month + 1)[1]:
        return date(year, month + 1, launch.day)
    year, month = divmod(launch.year * 12 + launch.month - months, 12)
    return date(year, month + 1, 1)


def _under_consent(case: Case, name: ChannelName) -> list[tuple[str, Condition | None]]:
    status, given, proof = f"{name}.status", f"{name}.given", f"{name}.proof"
    has = case.audience.has
    launch = case.campaign.launch
    if not has(status):
        return [
            (SUPPRESSED, _suppressed(case)),
            (OBJECTED, refused(case, name)),
            (NO_RECORD, All(())),
        ]
    return [
        (SUPPRESSED, _suppressed(case)),
        (OBJECTED, refused(case, name)),
        (OBJECTED, Is(status, "objected")),
        (NO_RECORD, Missing(status)),
        (DENIED, Is(status, "denied")),
        (WITHDRAWN, Is(status, "withdrawn")),
        (UNEXPLAINED, Not(Is(status, "granted"))),
        (WRONG, _wrong_purpose(case, name)),
        (EXPIRED, expired(case, name)),
        (NOT_YET, After(given, launch) if has(given) else None),
        (NO_PROOF, Not(Is(proof, value=True)) if has(proof) else None),
        (NO_DAY, Missing(given) if has(given) else None),
        (MINOR, under_consent_age(case)),
    ]


def _otherwise(case: Case, name: ChannelName) -> list[tuple[str, Condition | None]]:
    """Where no yes is needed, any word against this channel is an objection."""
    status = f"{name}.status"
    against = All((Not(Missing(status)), Not(Is(status, "granted"))))
    return [
        (SUPPRESSED, _suppressed(case)),
        (OBJECTED, refused(case, name)),
        (OBJECTED, against if case.audience.has(status) else None),
        (MINOR, under_consent_age(case)),
    ]


def refused(case: Case, name: str) -> Condition | None:
    """Whether somebody said no to a channel in a column of its own."""
    fact = f"{name}.refused"
    return Is(fact, value=True) if case.audience.has(fact) else None


def _suppressed(case: Case) -> Condition | None:
    return Is("suppressed", value=True) if case.audience.has("suppressed") else None


def _wrong_purpose(case: Case, name: ChannelName) -> Condition | None:
    fits = f"{name}.purpose_fits"
    return Not(Is(fits, value=True)) if case.audience.has(fits) else None


def expired(case: Case, name: ChannelName) -> Condition | None:
    """A yes that is too old at launch, or whose own end has come; None without its days."""
    launch = case.campaign.launch
    months = months_valid(case, case.campaign.channels[name])
    ends: list[Condition] = []
    if case.audience.has(f"{name}.given"):
        ends.append(Before(f"{name}.given", first_valid_day(launch, months)))
    if case.audience.has(f"{name}.expires"):
        ends.append(Before(f"{name}.expires", launch))
    return AnyOf(tuple(ends)) if ends else None


def _no_suppression(case: Case) -> Unseen:
    declared = case.campaign.suppression
    return Unseen(
        "the do-not-contact list (suppression)", why_unseen(case, side=declared is not None)
    )


def _no_column(case: Case, name: ChannelName, part: str, words: str) -> Unseen:
    permission = case.campaign.channels[name].permission
    in_people = permission is not None and getattr(permission, part) is not None
    side = case.campaign.permissions is not None and not in_people
    names = {"status": "status", "given": "at", "proof": "proof"}
    named = side and getattr(case.campaign.permissions, names[part]) is not None
    place = f"permissions.{names[part]}" if side else f"channels.{name}.permission.{part}"
    return Unseen(f"{words} ({place})", why_unseen(case, side=named))
