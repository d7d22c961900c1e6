"""The gap stays what it is when like is compared with like.

## Why it matters
A list can look unfair only because groups live in different places, and fair only because two
unfair places cancel out. Both are worth knowing before anybody decides.

## How it judges
Within the strata that the campaign declared before looking, each with its reason. Directly
standardised rates: each group's rates by stratum, weighted by all people in the file; their ratio
with a range by bootstrap from counts (with a fixed seed), luck by Cochran, Mantel and Haenszel
times the pairs of groups. Where this changes the verdict of "Who is on the list", or turns its
direction, it is watched. Where strata disagree in direction, each beyond luck, it is watched
without a pooled number. The common odds ratio and Breslow and Day's test are shown and judge
nothing: odds ratios do not add up to a whole. It never excuses a failure of "Who is on the list".

## What to do
Widen the stratum that keeps most of the group off, or say why its people differ.

## What it cannot see
A stratum that is itself a consequence of the trait hides the harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from checks.case import Case
from checks.evidence import Evidence, Rate, Table
from checks.fairness.groups import Shown, Tally, called, tally
from checks.fairness.judging import Group, Judged, NoComparison
from checks.fairness.judging import judge as compare
from checks.fairness.rates import Standing, standing
from checks.fairness.strata import Stratum, mantel_haenszel, standardised
from checks.fairness.telling import POOL, times
from checks.finding import Finding, Reason, Verdict, cannot_tell, clear, not_applicable, watch
from checks.phrases import listed
from checks.registry import Findings, check
from checks.small_cells.cells import cells, withheld_groups
from checks.small_cells.withholding import withhold

FEW = (Reason.TOO_FEW_PEOPLE, Reason.ONE_PERSON_FLIPS)
TELLS = (Verdict.FAIL, Verdict.WATCH)


@check(
    title="The gap under a fair comparison",
    question="Does the gap change when like is compared with like?",
    cites=["GDPR 5(1)(a)", "our policy"],
    shared=("judging", "small_cells"),
    reads=["everyone", "targeted", "attributes", "age"],
)
def judge(case: Case) -> Findings:
    """One finding for each attribute within each declared stratifier."""
    strata = case.campaign.stratifiers or ()
    if not strata:
        yield not_applicable(
            "strata", "The campaign declares no strata within which like is compared with like."
        )
        return
    if not case.campaign.people.attributes:
        yield cannot_tell(
            "attributes",
            "The campaign names no attribute, so no groups of people could be compared.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the columns by which people may be treated differently, such as age.",
        )
    for one in strata:
        for attribute in case.campaign.people.attributes:
            if attribute != one.column:
                yield _judge(case, attribute, one.column)


def _judge(case: Case, attribute: str, column: str) -> Finding:
    subject, counted = f"{attribute} within {column}", tally(case, attribute)
    if not case.audience.has(f"stratum.{column}"):
        return cannot_tell(
            subject,
            f"The column {column} makes no strata: it is not there, or holds too many values.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name a column of few values, or give its bands (stratifiers).",
        )
    judged = compare(
        counted.groups,
        effect=case.campaign.effect,
        limits=case.policy.judging,
        complete=case.campaign.people.complete,
    )
    if isinstance(judged, NoComparison):
        return cannot_tell(subject, judged.why, reason=judged.reason, remedy=POOL)
    if len(counted.groups) < 2:
        why = f"Everyone whose {attribute} is known is in one group; there is none to compare."
        return not_applicable(subject, why)
    return _Told(case=case, column=column, counted=counted, judged=judged).finding()


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """One group, crude and standardised."""

    crude: Judged
    strata: tuple[Stratum, ...]
    fair: Standing | None
    """None where no stratum has both groups."""
    rates: tuple[float, float]
    """The standardised rates of the group and of its reference."""
    covered: int
    ahead: tuple[Stratum, ...]
    behind: tuple[Stratum, ...]
    """Strata in which the group is ahead, or behind, beyond luck."""

    @property
    def disagree(self) -> bool:
        """Whether strata disagree in direction, each beyond luck."""
        return bool(self.ahead and self.behind)

    @property
    def few(self) -> bool:
        """Whether there are too few people to say anything."""
        return self.fair is None or self.crude.reason in FEW

    @property
    def changes(self) -> bool:
        """Whether the fair comparison says something else than the crude one."""
        if self.fair is None:
            return False
        crude, fair = self.crude.verdict, self.fair.verdict
        if Verdict.CANNOT_TELL in (crude, fair):
            return crude != fair and bool({crude, fair} & set(TELLS))
        return crude != fair or self.turned

    @property
    def turned(self) -> bool:
        """Whether the direction turns, and one of the two is beyond luck."""
        mine, theirs = self.crude.group, self.crude.reference
        crude, fair = mine.on / mine.of - theirs.on / theirs.of, self.rates[0] - self.rates[1]
        beyond = self.crude.noticeable or (self.fair is not None and self.fair.noticeable)
        return crude * fair < 0 and beyond


@dataclass(frozen=True, kw_only=True)
class _Told:
    """One attribute within one stratifier."""

    case: Case
    column: str
    counted: Tally
    judged: tuple[Judged, ...]

    def finding(self) -> Finding:
        """The group that changes most named; every stratum in the evidence."""
        compared = [self._compared(one) for one in self.judged if not one.benchmark]
        speaking = [one for one in compared if one.disagree or one.changes]
        subject = f"{self.counted.attribute} within {self.column}"
        if speaking:
            worst = max(speaking, key=lambda one: (one.disagree, self._moved(one)))
            said = self._disagreement(worst) if worst.disagree else self._change(worst)
            return watch(subject, said, *self._evidence(worst), remedy=self._remedy(worst))
        told = [one for one in compared if not one.few]
        few = [one for one in compared if one.few]
        shown = max(told or few, key=self._moved)
        if few:
            names = [self._name(one.crude.group) for one in few]
            why = f"Too few people to compare within {self.column}: {listed(names, most=3)}."
            reason = Reason.TOO_FEW_PEOPLE
            return cannot_tell(subject, why, *self._evidence(shown), reason=reason, remedy=POOL)
        return clear(subject, self._same(shown), *self._evidence(shown))

    def _compared(self, crude: Judged) -> Compared:
        strata = tuple(self._strata(crude.group.name, crude.reference.name))
        found = standardised(strata)
        beyond = self.case.policy.judging.luck_watch.value / max(1, len(strata))
        telling = [one for one in strata if one.shared and one.luck <= beyond]
        return Compared(
            crude=crude,
            strata=strata,
            fair=None
            if found is None
            else standing(
                crude.group,
                crude.reference,
                rates=(found.rate, found.reference),
                range_=found.ratio,
                chance=found.luck,
                effect=self.case.campaign.effect,
                limits=self.case.policy.judging,
                pairs=len(self.judged) * (len(self.judged) - 1) // 2,
            ),
            rates=(found.rate, found.reference) if found else (0.0, 0.0),
            covered=found.covered if found else 0,
            ahead=tuple(one for one in telling if one.gap > 0),
            behind=tuple(one for one in telling if one.gap < 0),
        )

    @cached_property
    def _cells(self) -> tuple[Counter[tuple[str, str | None]], Counter[tuple[str, str | None]]]:
        """People on the list, and all, by stratum and group; of a known stratum."""
        on: Counter[tuple[str, str | None]] = Counter()
        of: Counter[tuple[str, str | None]] = Counter()
        facts = (f"stratum.{self.column}", f"attribute.{self.counted.attribute}", "targeted")
        for count in self.case.audience.count(*facts):
            stratum, group, targeted = count.values
            if stratum is not None:
                of[stratum, group] += count.people
                on[stratum, group] += count.people if targeted else 0
        return on, of

    def _strata(self, group: str, reference: str) -> Iterator[Stratum]:
        on, of = self._cells
        for name in self.case.audience.strata(self.column):
            everyone = sum(people for (stratum, _), people in of.items() if stratum == name)
            yield Stratum(
                name,
                everyone,
                on[name, group],
                of[name, group],
                on[name, reference],
                of[name, reference],
            )

    def _moved(self, one: Compared) -> float:
        """How far the fair comparison moves the group's gap."""
        mine, theirs = one.crude.group, one.crude.reference
        crude = mine.on / mine.of - theirs.on / theirs.of
        return abs(crude - (one.rates[0] - one.rates[1]))

    def _name(self, group: Group) -> str:
        return called(self.case, self.counted.attribute, group.name)

    def _ratios(self, one: Compared) -> tuple[str, str]:
        """The crude and the standardised ratio in print."""
        limit = self.case.policy.judging.floor.value
        crude, fair = one.crude.ratio.value, one.fair.ratio if one.fair else None
        if one.crude.ratio.side == "off":
            group, other = one.crude.group, one.crude.reference
            crude = group.on / group.of / (other.on / other.of) if other.on else None
        made = ("not to be told" if r is None else times(r, limit) for r in (crude, fair))
        crude_, fair_ = made
        return crude_, fair_

    @property
    def _shown(self) -> Shown:
        return cells(self.case).of_attribute(self.counted)

    def _change(self, one: Compared) -> str:
        crude, fair = self._ratios(one)
        name, other = self._name(one.crude.group), self._name(one.crude.reference)
        if not self._shown.comparable(one.crude.group, one.crude.reference):
            return f"The answer for {name} changes when like is compared with like."
        before, after = _word(one.crude.verdict), _word(one.fair.verdict if one.fair else None)
        turned = "" if before != after else " The direction turns."
        said = f"{name[:1].upper()}{name[1:]} were chosen {crude} times as often as {other} overall"
        verdicts = f" ({before}), {fair} within each {self.column} ({after})."
        return f"{said}{verdicts}{turned}"

    def _disagreement(self, one: Compared) -> str:
        name = self._name(one.crude.group)
        ahead, behind = (listed([s.name for s in part], most=2) for part in (one.ahead, one.behind))
        return (
            f"Strata disagree about {name}: ahead in {ahead}, behind in {behind}, beyond luck. "
            "One number for all would hide both."
        )

    def _same(self, one: Compared) -> str:
        crude, fair = self._ratios(one)
        name, other = self._name(one.crude.group), self._name(one.crude.reference)
        if not self._shown.comparable(one.crude.group, one.crude.reference):
            return f"Comparing like with like within {self.column} changes no answer."
        return (
            f"Comparing like with like within {self.column} changes no answer: {name} {fair} times "
            f"as often as {other}, {crude} overall."
        )

    def _remedy(self, one: Compared) -> str:
        """How many are off because of where they are, and the stratum in which most are."""
        name = self._name(one.crude.group)
        kept = round(one.crude.group.of * (one.rates[0] - one.crude.group.on / one.crude.group.of))
        widest = self._widest(one)
        if one.disagree or widest is None:
            return f"Look at {name} stratum by stratum, and mend where they are behind."
        if kept <= 0 or not self._shown.comparable(one.crude.group, one.crude.reference):
            return f"Look first at {widest.name}, where most {name} are who are off the list."
        crude, fair = self._ratios(one)
        many = "1 person" if kept == 1 else f"{kept:,} people"
        return (
            f"Within each {self.column} the ratio is {fair}, overall {crude}: {many} of these are "
            f"off the list because of where they are. Widen {widest.name}."
        )

    def _widest(self, one: Compared) -> Stratum | None:
        held = [stratum for stratum in one.strata if stratum.of]
        return max(held, key=lambda stratum: stratum.of - stratum.on, default=None)

    def _evidence(self, one: Compared) -> tuple[Evidence, ...]:
        group, reference = one.crude.group, one.crude.reference
        shown = self._shown
        rates = [
            Rate(group=g.name, yes=shown.on[g.name], of=shown.of[g.name], unsure=one.few)
            for g in (group, reference)
        ]
        return (*rates, self._both(one), self._by_stratum(one))

    def _both(self, one: Compared) -> Table:
        """Crude beside standardised, and what is only shown."""
        told = self._shown.comparable(one.crude.group, one.crude.reference)
        crude, fair = self._ratios(one)
        common = mantel_haenszel(one.strata)
        low, high = one.fair.range if one.fair else (0.0, 0.0)
        rows: list[tuple[str, str | None]] = [
            ("ratio overall", crude),
            (f"ratio within each {self.column}", fair),
            ("its range", f"{low:.2f} to {high:.2f}" if one.fair else None),
            ("luck", f"{one.fair.luck:.3g}" if one.fair else None),
            ("common odds ratio (shown only)", f"{common.odds:.3f}"),
            ("Breslow and Day (shown only)", f"{common.unlike:.3g}"),
        ]
        return Table(
            title="Overall, and like with like",
            columns=("measure", "value"),
            rows=tuple((name, value if told else None) for name, value in rows),
        )

    def _by_stratum(self, one: Compared) -> Table:
        below = self.case.policy.small_cells.suppress_below.value
        counts = [
            [s.on, s.of - s.on, s.reference_on, s.reference_of - s.reference_on] for s in one.strata
        ]
        pair = (one.crude.group.name, one.crude.reference.name)
        gone = withheld_groups(self.case, self.counted.attribute)
        columns = [2 * at + side for at, name in enumerate(pair) if name in gone for side in (0, 1)]
        also = [(row, column) for row in range(len(counts)) for column in columns]
        seen = withhold(counts, below, also)
        rows = [
            (stratum.name, *_pair(cells[0], cells[1]), *_pair(cells[2], cells[3]))
            for stratum, cells in zip(one.strata, seen, strict=True)
        ]
        mine, theirs = pair
        return Table(
            title=f"Within each {self.column}",
            columns=(self.column, f"{mine}: on", f"{mine}: of", f"{theirs}: on", f"{theirs}: of"),
            rows=tuple(rows),
        )


def _pair(on: int | None, off: int | None) -> tuple[int | None, int | None]:
    return (None, None) if on is None or off is None else (on, on + off)


def _word(verdict: Verdict | None) -> str:
    words = {
        Verdict.FAIL: "fails",
        Verdict.WATCH: "watch",
        Verdict.CLEAR: "clear",
        Verdict.CANNOT_TELL: "cannot tell",
    }
    return words.get(verdict or Verdict.CANNOT_TELL, "cannot tell")
