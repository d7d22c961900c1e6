"""Groups held against the best-placed one by the rule of DESIGN §5, told group by group.

For checks that ask this of other people than "on the list, of everyone in the file": reached of
those on the list, at or above a cut-off, holding an offer. A list that was chosen is the business
of `checks.bias.selection`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checks.audience import SMALLER
from checks.campaign import Effect
from checks.case import Case
from checks.evidence import Evidence, Rate
from checks.fairness.groups import Shown, Tally, Words, called, merged, showing
from checks.fairness.judging import Group, Judged, NoComparison
from checks.fairness.judging import judge as compare
from checks.fairness.telling import POOL, doubt, missing, rate, ratios, sentence, settle
from checks.finding import (
    Finding,
    Reason,
    Verdict,
    cannot_tell,
    clear,
    fail,
    not_applicable,
    watch,
)
from checks.small_cells.cells import withheld_groups

FEW = (Reason.TOO_FEW_PEOPLE, Reason.ONE_PERSON_FLIPS)
Told = Callable[["Comparison", Judged], str]
More = Callable[["Comparison", Judged], tuple[Evidence, ...]]


def no_more(_: Comparison, __: Judged) -> tuple[Evidence, ...]:
    """No evidence beyond the rates and ratios."""
    return ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """One attribute counted for one question, to be judged and told."""

    case: Case
    counted: Tally
    words: Words
    effect: Effect
    remedy: Told
    """What to do where a group is worse off; numbers of it may be shown."""
    prefix: str = ""
    """What stands before the attribute in the subject, where a check asks more than one thing."""
    most: Verdict = Verdict.FAIL
    """The most pressing verdict that the check gives."""
    more: More = no_more

    def findings(self) -> Iterator[Finding]:
        """One finding a group that is compared; one in all where none can be."""
        alike = self._alike()
        judged = None if alike else self.judged()
        if alike or judged is None:
            yield from alike
        elif isinstance(judged, NoComparison):
            yield self._cannot(judged.reason, judged.why)
        elif len(self.counted.groups) == 1:
            yield self._one_group(self.shown)
        else:
            yield from (self._finding(one, judged) for one in judged if not one.benchmark)

    def _alike(self) -> tuple[Finding, ...]:
        """What there is to say where it holds of nobody, or of everybody: there is no rate."""
        everyone, did = self.counted.everyone, self.words.did
        if not everyone.of:
            return (self._cannot(Reason.TOO_FEW_PEOPLE, "There is nobody to compare."),)
        if not everyone.on:
            return (self._cannot(Reason.NO_BASE, f"None of {everyone.of:,} people {did}."),)
        if not everyone.off and self.counted.groups:
            rates = [self._plain(one) for one in self.counted.groups]
            said = f"All {everyone.of:,} people {did}, of every group."
            return (clear(self._subject, said, *rates),)
        return ()

    def judged(self) -> tuple[Judged, ...] | NoComparison:
        """Every group by the rule; the people counted are all that could have been."""
        unknown = self.counted.unknown
        return compare(
            self.counted.groups,
            effect=self.effect,
            limits=self.case.policy.judging,
            complete=True,
            unknown=unknown if unknown.of else None,
        )

    @property
    def shown(self) -> Shown:
        """Which numbers may be shown: none of a group whose numbers are withheld elsewhere."""
        below = self.case.policy.small_cells.suppress_below.value
        shown, gone = (
            showing(self.counted, below),
            withheld_groups(self.case, self.counted.attribute),
        )
        on, of = (
            {name: None if name in gone else number for name, number in told.items()}
            for told in (shown.on, shown.of)
        )
        return Shown(on=on, of=of, below=below)

    def name(self, group: Group) -> str:
        """What to call the people of a group."""
        return called(self.case, self.counted.attribute, group.name)

    def reach(self, judged: Judged, where: str) -> str:
        """How many more of a group (a burden: fewer) it takes to reach the limit; or nothing."""
        found = missing(judged, self.effect, self.case.policy.judging)
        if found is None or not self.shown.comparable(judged.group, judged.reference):
            return ""
        people, limit = found
        more = "more" if self.effect == "opportunity" else "fewer"
        return f"{people:,} {more} {self.name(judged.group)} {where} would reach {limit}."

    @property
    def _subject(self) -> str:
        return f"{self.prefix}{self.counted.attribute}"

    def _cannot(self, reason: Reason, why: str) -> Finding:
        rates = [self._plain(one) for one in self.counted.groups]
        cure = POOL
        if reason is Reason.GROUP_UNKNOWN:
            cure = f"Bring the column of {self.counted.attribute} filled in."
        return cannot_tell(self._subject, why, *rates, reason=reason, remedy=cure)

    def _plain(self, group: Group) -> Rate:
        """A rate as a bare fact."""
        shown = self.shown
        return Rate(
            group=group.name, yes=shown.on[group.name], of=shown.of[group.name], unsure=True
        )

    def _one_group(self, shown: Shown) -> Finding:
        what = self.counted.attribute.replace("_", " ")
        if self.counted.groups[0].name == SMALLER:
            return self._cannot(Reason.TOO_FEW_PEOPLE, f"Every group of {what} has too few people.")
        if self.counted.unknown.of:
            of = shown.of[self.counted.unknown.name]
            some = "some people" if of is None else f"{of:,} people"
            why = f"Only one group of {what} is known; for {some} it is not known."
            return self._cannot(Reason.GROUP_UNKNOWN, why)
        why = f"Everyone counted here is in one group of {what}, so there is none to compare."
        return not_applicable(self._subject, why)

    def _finding(self, judged: Judged, everyone: tuple[Judged, ...]) -> Finding:
        subject = f"{self._subject}: {judged.group.name}"
        headline, shown = self._headline(judged), self.shown
        evidence = (
            *(rate(one, shown) for one in everyone),
            *self._not_known(),
            *ratios(judged, shown),
            *self.more(self, judged),
        )
        verdict = max(judged.verdict, self.most, key=lambda one: one.urgency)
        if judged.verdict is Verdict.CANNOT_TELL:
            reason = judged.reason or Reason.RANGE_CROSSES_LIMIT
            name, other = self.name(judged.group), self.name(judged.reference)
            cure = settle(judged, name, other, shown)
            return cannot_tell(subject, headline, *evidence, reason=reason, remedy=cure)
        if verdict is Verdict.CLEAR:
            return clear(subject, headline, *evidence)
        say = fail if verdict is Verdict.FAIL else watch
        return say(subject, headline, *evidence, remedy=self.remedy(self, judged))

    def _not_known(self) -> tuple[Rate, ...]:
        unknown = self.counted.unknown
        return (self._plain(unknown),) if unknown.of else ()

    def _headline(self, judged: Judged) -> str:
        name, other, shown = self.name(judged.group), self.name(judged.reference), self.shown
        why = doubt(judged, other, self.counted.unknown, shown)
        if judged.reason in FEW:
            of = shown.of[judged.group.name]
            size = "There are few" if of is None else f"{of:,}"
            small = merged(self.case, self.counted.attribute, judged.group.name)
            return f"{size} {name}{small}. {why}"
        said = sentence(judged, name, other, self.words, shown)
        if judged.verdict is Verdict.CANNOT_TELL:
            return f"{said} {why}"
        return f"{said} The difference is real, but small." if judged.noticeable else said
