"""Groups are not told different things, nor contacted far more often than others.

## Why it matters
A message that shows one group work and another one shopping does harm that no rate shows. And who
is contacted more is pressed more.

## How it judges
Contacts: among the people on the list, the contacts of the last 30 days together with the touches
of this campaign, as a mean by group. Held against the group contacted least; luck by a ratio whose
variance the data show (quasi-Poisson), times the pairs of groups. More than `rate_ratio` times as
often, beyond luck, needs watching; it never fails. Messages: which creative goes to which group.
From a tie of `v_ask` on (Cramér's V, corrected for its bias) a person must say what each is told.

## What to do
Cap the contacts of the group that gets the most, and lay the messages side by side.

## What it cannot see
What a picture says, and what people make of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor

from checks.case import Case
from checks.evidence import Table
from checks.fairness.amounts import Amounts, Frequency, frequency
from checks.fairness.association import cramers_v
from checks.fairness.groups import called
from checks.fairness.spoken import spoken
from checks.fairness.telling import POOL
from checks.finding import Finding, Reason, ask, cannot_tell, clear, not_applicable, watch
from checks.people.crosstab import Crosstab, crosstab
from checks.people.permission import ON_THE_LIST
from checks.phrases import many, scaled
from checks.policy import Part
from checks.registry import Findings, check
from checks.small_cells.cells import withheld_groups

CONTACTS = "contacts.total_30d"


class Limits(Part):
    """How uneven contacts and messages may be."""

    rate_ratio: float
    """So many times as often as the group contacted least: above it, watch."""
    v_ask: float
    """A tie between creative and group of at least this: ask."""


@check(
    title="Message and frequency",
    question="Are groups told different things, or shouted at more?",
    kind="mixed",
    cites=["ICC Code 2024", "our policy"],
    shared=("judging", "small_cells"),
    limits=Limits,
    reads=["targeted", "attributes", "age", "contacts", "segment"],
)
def judge(case: Case) -> Findings:
    """Judge how often, and lay out what is told, attribute by attribute."""
    attributes = tuple(case.campaign.people.attributes)
    if not attributes:
        yield ask(
            "attributes",
            "The campaign names no attribute, so nobody can see who is told what, how often.",
            remedy="Name the columns by which people may be treated differently, such as age.",
        )
        return
    if case.audience.has(CONTACTS):
        yield from (_Contacts.of(case, attribute).finding() for attribute in attributes)
    else:
        yield ask(
            "contacts",
            "How often each group is contacted is in no file.",
            remedy="Bring the contacts of all campaigns (contacts), or say who gets how many.",
        )
    yield from _messages(case, attributes)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Contacts:
    """How often the people of one attribute's groups are contacted."""

    case: Case
    attribute: str
    groups: tuple[Amounts, ...]

    @classmethod
    def of(cls, case: Case, attribute: str) -> _Contacts:
        """Contacts of 30 days and the touches of this campaign, by group; people on the list."""
        touches = sum(channel.touches for channel in case.campaign.channels.values())
        found: dict[str, list[tuple[float, int]]] = {}
        for count in case.audience.count(f"attribute.{attribute}", CONTACTS, where=ON_THE_LIST):
            group, contacts = count.values
            if group is not None and contacts is not None:
                found.setdefault(group, []).append((float(contacts + touches), count.people))
        names = [name for name in case.audience.groups(attribute) if name in found]
        groups = tuple(Amounts.of(name, found[name]) for name in names)
        return cls(case=case, attribute=attribute, groups=groups)

    def finding(self) -> Finding:
        """The group contacted most, against the one contacted least."""
        least = self.case.policy.judging.n_min.value
        able = [one for one in self.groups if one.people >= least and one.total]
        if len(self.groups) < 2:
            why = "Contacts are on record for fewer than two groups, so there is none to compare."
            return not_applicable(self._subject, why)
        if len(able) < 2:
            why = f"Fewer than two groups have {least} people who are contacted at all."
            reason = Reason.TOO_FEW_PEOPLE
            return cannot_tell(self._subject, why, self._table(able), reason=reason, remedy=POOL)
        return self._judged(able)

    @property
    def _subject(self) -> str:
        return f"{self.attribute}: contacts"

    def _judged(self, able: list[Amounts]) -> Finding:
        reference = min(able, key=lambda one: (one.mean, -one.people))
        most = max(able, key=lambda one: (one.mean, one.people))
        found = frequency(most, reference, able)
        pairs = len(able) * (len(able) - 1) // 2
        beyond = min(1.0, found.luck * pairs) <= self.case.policy.judging.luck_watch.value
        said, table = self._said(most, reference, found), self._table(able)
        few = self._few(able)
        if found.ratio > self.case.limits(Limits).rate_ratio and beyond:
            return watch(self._subject, said, table, remedy=self._cap(most, reference))
        if few:
            why = f"{said} Too few to compare: {few}."
            reason = Reason.TOO_FEW_PEOPLE
            return cannot_tell(self._subject, why, table, reason=reason, remedy=POOL)
        return clear(self._subject, said, table)

    def _few(self, able: list[Amounts]) -> str:
        names = [self._name(one) for one in self.groups if one not in able and one.total]
        return ", ".join(names)

    def _name(self, one: Amounts) -> str:
        return called(self.case, self.attribute, one.name)

    def _said(self, most: Amounts, reference: Amounts, found: Frequency) -> str:
        if found.ratio < 1.005:
            return f"Every group gets about {most.mean:.1f} contacts a person in 30 days."
        return (
            f"{self._name(most).capitalize()} get {most.mean:.1f} contacts a person in 30 days, "
            f"{found.ratio:.2f} times as many as {self._name(reference)} ({reference.mean:.1f})."
        )

    def _cap(self, most: Amounts, reference: Amounts) -> str:
        """The cap that brings the group down to the limit, and the messages that fall away."""
        allowed = reference.mean * self.case.limits(Limits).rate_ratio
        cap = max(1, floor(allowed))
        saved = sum((amount - cap) * people for amount, people in most.counted if amount > cap)
        fall = "1 message falls away" if saved == 1 else f"{saved:,.0f} messages fall away"
        return f"Cap {self._name(most)} at {many(cap, 'contact')} in 30 days; {fall}."

    def _table(self, able: list[Amounts]) -> Table:
        below = self.case.policy.small_cells.suppress_below.value
        gone = withheld_groups(self.case, self.attribute)
        rows = [
            (
                spoken(self.attribute, one.name),
                None if one.people < below or one.name in gone else one.people,
                f"{one.mean:.2f}" if one in able else None,
                f"{one.variance:.2f}" if one in able else None,
            )
            for one in self.groups
        ]
        return Table(
            title=f"Contacts in 30 days, by {self.attribute.replace('_', ' ')}",
            columns=("group", "people", "mean", "variance"),
            rows=tuple(rows),
        )


def _messages(case: Case, attributes: tuple[str, ...]) -> Iterator[Finding]:
    """Who is told what, by the creative each person gets, or by the message of the segment."""
    named: Mapping[str, str | None] | None = None
    fact = "creative"
    if not case.audience.has("creative"):
        named = {one.name: one.message for one in case.campaign.segments or ()}
        fact = "segment"
    if named is not None and not (case.audience.has("segment") and any(named.values())):
        yield ask(
            "messages",
            "Which message each group gets is in no file.",
            remedy="Name the column of the creative (people.creative), or say who is told what.",
        )
        return
    for attribute in attributes:
        yield _told(case, crosstab(case, attribute, fact, ON_THE_LIST, named))


def _told(case: Case, table: Crosstab) -> Finding:
    subject, what = f"{table.attribute}: messages", table.attribute.replace("_", " ")
    if len(table.rows) < 2 or len(table.columns) < 2:
        said = "Everyone on the list gets the same message"
        why = f"{said}." if len(table.rows) == 1 else f"There are no two groups of {what} here."
        return not_applicable(subject, why)
    v, limit = cramers_v(table.people), case.limits(Limits).v_ask
    below = case.policy.small_cells.suppress_below.value
    says = (
        f"How far message and {what} go together: {scaled(v)}; from {limit:.2f} on a person looks."
    )
    title = f"Who gets which message, by {what}"
    matrix = table.matrix(title, below, says, "Of every 100 people of a group, so many get it")
    if v >= limit:
        return ask(
            subject,
            f"Which of {len(table.rows):,} messages people get goes by {what}: {scaled(v)}.",
            matrix,
            remedy="Lay the messages side by side, and say what each group is told.",
        )
    return clear(
        subject,
        f"Which of {len(table.rows):,} messages people get hardly goes by {what}: {scaled(v)}.",
        matrix,
    )
