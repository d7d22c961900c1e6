"""The public edition: one or two pages in plain language, without the name of any person.

What data, why these people, what was checked, what was decided, how to say no.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from checks.campaign.disclosed import WayOut
from checks.finding import Finding, Verdict
from checks.registry import catalogue
from checks.runs.run import Run
from review.document.pages import is_signed
from review.document.wording import DECIDED, FAMILY_WORDS, WORDS, Page, plural
from review.record import Review, told_day
from review.store.canonical import canonical, parsed

FORM, VERSION = "candor.public", 1
MOST = 12
"""Fields that are listed; a count stands for the others."""
FOUND = 6
"""Findings that are told; a count stands for the others."""

SAYS = {
    "approve": "The campaign may be sent.",
    "approve_with_conditions": "The campaign may be sent, under the conditions below.",
    "request_changes": "The campaign has to be changed before it may be sent.",
    "reject": "The campaign may not be sent.",
}
RIGHTS = (
    "You can object to marketing at any time, without giving a reason. It then has to stop.",
    "You can ask what is known about you, have it corrected, and have it deleted.",
    "You can take a yes back as easily as you gave it.",
    "You can complain to the data protection authority where you live.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    """What a public edition carries: the words it prints, and the record they come from."""

    review: str
    head: str
    events: int
    page: Page

    @classmethod
    def read(cls, content: bytes) -> Extract:
        """The extract in these bytes; raises ValueError where there is none."""
        try:
            plain = parsed(content)
            ours = canonical(plain) == content
        except (ValueError, RecursionError):
            ours, plain = False, None
        match plain:
            case {
                "form": form, "version": version, "review": str(review), "head": str(head),
                "events": int(events), "page": {"revision": int(), "fingerprint": str()} as page,
            } if ours and (form, version) == (FORM, VERSION):  # fmt: skip
                return cls(review=review, head=head, events=events, page=page)
            case _:
                raise ValueError("This is no extract of Candor, or it is damaged.")


def extract(review: Review) -> bytes:
    """The extract of a decided review; raises ValueError where nothing was decided."""
    run = review.run
    if run is None or not is_signed(review):
        raise ValueError("A public edition is made once a decision stands.")
    return canonical(
        {
            "form": FORM,
            "version": VERSION,
            "review": review.id,
            "head": review.head,
            "events": review.length,
            "page": _page(review, run),
        }
    )


def _page(review: Review, run: Run) -> Page:
    told, decided = run.told, review.decision
    assert decided is not None
    return {
        "name": run.campaign.name,
        "revision": review.revision,
        "fingerprint": run.fingerprint,
        "head": review.head,
        "launch": told_day(run.launch),
        "channels": [one.replace("_", " ") for one in run.channels],
        "people": _people(run),
        "senders": list(told.senders),
        "fields": [[one.name.replace("_", " "), one.why] for one in told.fields[:MOST]],
        "more_fields": max(0, len(told.fields) - MOST),
        "recipients": list(told.recipients),
        "because": list(told.because),
        "checked": _checked(run),
        "against": _against(run),
        "decided": {
            "word": DECIDED[decided],
            "says": SAYS[decided.value],
            "on": told_day(max(one.at for one in review.signatures).date()),
            "by": _by(review),
        },
        "conditions": [[one.action.what, told_day(one.action.by)] for one in review.conditions],
        "ways_out": [_way_out(one) for one in told.ways_out],
        "rights": list(RIGHTS),
        "notice": told.notice,
    }


def _people(run: Run) -> str:
    on, of = run.people.targeted, run.people.people
    return f"{on:,} of {of:,} people who could have been chosen are on the list."


def _by(review: Review) -> str:
    """How many people decided, by their roles; nobody's name."""
    roles = Counter(one.by.role.told for one in review.signatures)
    named = ", ".join(f"{role} ({many})" if many > 1 else role for role, many in roles.items())
    return f"{plural(len(review.signatures), 'person', 'people')} decided: {named}."


def _checked(run: Run) -> list[list[str]]:
    """Each family, with how many of its checks said what."""
    worst: dict[str, Verdict] = {}
    for one in run.findings:
        worst[one.check] = min(
            worst.get(one.check, one.verdict), one.verdict, key=lambda verdict: verdict.urgency
        )
    order = {check.id: place for place, check in enumerate(catalogue())}
    ranked = sorted(worst, key=lambda one: order.get(one, len(order)))
    rows = []
    for family, checks in groupby(ranked, key=lambda one: one.partition(".")[0]):
        count = Counter(worst[one] for one in checks)
        said = [
            f"{count[verdict]} {WORDS[verdict][1 if count[verdict] == 1 else 2]}"
            for verdict in Verdict
            if count[verdict]
        ]
        rows.append([FAMILY_WORDS.get(family, family), ", ".join(said)])
    return rows


def _against(run: Run) -> Page:
    """What was found against the campaign, in the sentences of the checks."""
    pressing = [one for one in run.findings if one.verdict in (Verdict.FAIL, Verdict.WATCH)]
    ordered = sorted(pressing, key=lambda one: (not one.open, one.verdict.urgency))
    first = [
        one
        for place, one in enumerate(ordered)
        if one.check not in {other.check for other in ordered[:place]}
    ]
    more = len(first) - FOUND
    return {
        "found": [[one.verdict.value, _title(one), one.headline] for one in first[:FOUND]],
        "more": f"And {plural(more, 'other check', 'other checks')}." if more > 0 else "",
        "unanswered": _unanswered(run),
    }


def _unanswered(run: Run) -> str:
    """How many checks counting could not answer: that nothing was found says little then."""
    counts = run.counts
    cannot = counts[Verdict.CANNOT_TELL] + counts[Verdict.BROKEN]
    asked = counts[Verdict.ASK]
    told = [
        *([f"{plural(cannot, 'check', 'checks')} could not tell"] if cannot else []),
        *([f"{plural(asked, 'check needs', 'checks need')} a person"] if asked else []),
    ]
    return f"{' and '.join(told)}." if told else ""


def _title(finding: Finding) -> str:
    return next((one.title for one in catalogue() if one.id == finding.check), finding.check)


def _way_out(one: WayOut) -> list[str]:
    channel = one.channel.replace("_", " ")
    if one.steps is None:
        return [channel, "How to say no is not stated. Write to the sender."]
    steps = plural(one.steps, "step", "steps")
    login = {True: "after a login", False: "without a login", None: ""}[one.login]
    fee = {True: "it costs something", False: "it costs nothing", None: ""}[one.fee]
    rest = ", ".join(part for part in (login, fee) if part)
    return [channel, f"In {steps}{', ' + rest if rest else ''}. The way stands in each message."]
