"""The audience of one campaign, answering with counts."""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar, Self

from checks.audience import amounts, plan
from checks.audience.counted import Counted
from checks.audience.engine import DuckDB, Engine
from checks.audience.facts import ABSENT, SMALLER, Fact, Kind
from checks.audience.holding import Pack
from checks.audience.keys import KeyFacts
from checks.audience.person import View, build
from checks.audience.plan import PEOPLE, Plan, of_fact
from checks.audience.questions import Bins, Question
from checks.audience.reckoning import Reckoning
from checks.audience.tables import Table, load_columns, load_snapshot
from checks.campaign import Campaign, TargetedCount
from checks.conditions import Condition, Is, Key
from checks.policy import Policy
from checks.runs import watching

REMEMBERED = 512
"""How many answers are kept, so that checks may ask the same again."""
CATEGORIES = (
    *("attribute.", "stratum.", "segment", "language", "region", "time_zone"),
    *("offer", "creative", "notice.version", "outcomes.arm"),
)
COLLECTED = (".source", ".method")
"""How facts begin, or end, whose words are names: the rare are shown too, unless there are many."""
MANY = 100
"""So many rare words make no category: the column is then something else."""
OTHERS = ("quasi.", "field.", "special.")
"""Facts whose words are a person's own values: those of few people are never shown."""


@dataclass(frozen=True, slots=True)
class Count:
    """So many people share these values, in the order of the keys; None is not known."""

    values: tuple[Any, ...]
    people: int


class Audience:
    """The people of one campaign, answering with counts."""

    rows: int
    """Rows of the people file(s)."""
    people: int
    """People: distinct keys; without a key rows; with a weight its sum."""
    targeted: int
    """People on the list."""
    _keyed: ClassVar[bool] = False
    """Whether the person view holds keys: only where lists are made of it."""

    def __init__(
        self,
        engine: Engine,
        tables: Mapping[str, Table],
        record: Mapping[str, Any],
        campaign: Campaign,
        policy: Policy,
    ) -> None:
        """Build the person view from tables of an engine, and lock it: see `open` and `of`."""
        self._engine = engine
        self._campaign = campaign
        self._record = record
        self._answers: OrderedDict[str, tuple[Count, ...]] = OrderedDict()
        self._amounts: dict[str, list[amounts.Amount]] = {}
        self._lock, self._planning = Lock(), Lock()
        self._plan: Plan | None = None
        self._bins: Bins = {}
        engine.lock()
        self._view: View = build(
            engine,
            tables,
            campaign,
            sensitive_from=policy.fields.sensitive_from.value,
            keyed=self._keyed,
        )
        self._facts: dict[str, Fact] = dict(self._view.facts)
        self._merged: dict[str, tuple[str, ...]] = {}
        self._small = policy.small_cells.merge_below.value
        named = [one for one in self._view.facts.values() if self._is_named(one)]
        for fact, sizes in zip(named, self._sizes(named), strict=True):
            self._name(fact, sizes)
        self._to_points("price")
        self.rows = tables["people"].rows
        self.people = self.total()
        self.targeted = self.total(Is("targeted", True))
        full = policy.judging.full_list.exact
        self._partial = 0 < self.targeted < full * Fraction(self.people)
        self._plan = self._planned()

    @classmethod
    def open(cls, snapshot: Path, campaign: Campaign, policy: Policy) -> Self:
        """Build the person view from a snapshot folder, in a private locked-down DuckDB.

        Raises `checks.refusal.Refused` where the snapshot is not whole, or a column that the
        list rests on is not there or cannot be read as what it should be.
        """
        engine = DuckDB()
        tables, record = load_snapshot(engine, snapshot)
        return cls(engine, tables, record, campaign, policy)

    @classmethod
    def of(
        cls,
        campaign: Campaign,
        policy: Policy,
        *,
        tables: Mapping[str, Mapping[str, Sequence[Any]]] | None = None,
        **columns: Sequence[Any],
    ) -> Audience:
        """A small audience from people-file columns (and side tables), by the path of a file.

        Values are plain: whole numbers, floats, days, times, True, False, text; None and ""
        are empty. Text that holds days or numbers is read as such where one is needed.
        """
        engine = DuckDB()
        loaded, record = load_columns(engine, {"people": columns, **(tables or {})})
        return cls(engine, loaded, record, campaign, policy)

    def close(self) -> None:
        """Forget the people at once; otherwise they go with the object."""
        self._engine.close()

    def has(self, fact: str) -> bool:
        """Whether the fact exists."""
        return fact in self._facts

    def count(self, *keys: Key, where: Condition | None = None) -> tuple[Count, ...]:
        """Count people by these keys where this condition holds; no keys: one count.

        Groups with nobody in them do not appear. Values of `FirstOf` keys are bin names. The
        order is that of the groups; not known comes last.
        """
        asked = repr((keys, where))
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return self._answers[asked]
        answer = self._count(keys, where)
        with self._lock:
            self._answers[asked] = answer
            if len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
        return answer

    def total(self, where: Condition | None = None) -> int:
        """How many people meet the condition."""
        [everyone] = self.count(where=where)
        return everyone.people

    def groups(self, attribute: str) -> tuple[str, ...]:
        """Names of an attribute's groups, bands in order, `SMALLER` last; without not known."""
        return self._found(f"attribute.{attribute}", None)

    def strata(self, column: str) -> tuple[str, ...]:
        """Names of the groups of a stratifier, in order; as for an attribute."""
        return self._found(f"stratum.{column}", None)

    def outside(self, attribute: str) -> Mapping[str, int]:
        """People of the population outside by group, as our groups are called; empty without."""
        merged, found = self.merged(attribute), Counter[str]()
        for group, people in self._view.outside.get(attribute, {}).items():
            found[SMALLER if group in merged else group] += people
        return found

    def cuts(self, fact: str, parts: int) -> tuple[float, ...]:
        """Amounts of a number fact that part the people into so many equal lots; rising."""
        with self._lock:
            if fact not in self._amounts:
                known = self._facts[fact]
                counted = self._counts([of_fact(known)])
                self._amounts[fact] = amounts.found(self._engine, known, counted)
            return amounts.cuts(self._amounts[fact], parts)

    def kind(self, fact: str) -> Kind:
        """Of what kind a fact is: what can be asked about it."""
        return self._facts[fact].kind

    def merged(self, attribute: str) -> tuple[str, ...]:
        """Names of the groups that were merged into `SMALLER`."""
        return self._merged.get(f"attribute.{attribute}", ())

    @property
    def segments(self) -> tuple[str, ...]:
        """Names of the segments found on the list; empty where the campaign names no column.

        Those that the campaign declares come first, in its order.
        """
        if not self.has("segment"):
            return ()
        found = self._found("segment", Is("targeted", True))
        declared = [segment.name for segment in self._campaign.segments or ()]
        return tuple(
            sorted(found, key=lambda s: declared.index(s) if s in declared else len(declared))
        )

    @property
    def has_key(self) -> bool:
        """Whether people can be recognised."""
        return self._campaign.people.key is not None and not self.counts_only

    @property
    def counts_only(self) -> bool:
        """Whether the input is counts (a weight) rather than people."""
        return self._campaign.people.weight is not None

    @property
    def has_base(self) -> bool:
        """Whether it is known who was not chosen (DESIGN §5, base)."""
        return self.people > 0 and (self._partial or self._campaign.people.complete)

    @property
    def key_facts(self) -> KeyFacts:
        """How well the key tells people apart: rows, keys, empty and repeated ones."""
        return self._view.keys

    @property
    def impossible_ages(self) -> int:
        """People whose age in the file is below 0 or above 120; it is taken as not known."""
        return self._view.impossible_ages

    @property
    def future_dates(self) -> int:
        """Rows whose permission is dated after the file was exported (without that, launch)."""
        return self._view.future_dates

    @property
    def late_refusals(self) -> int:
        """Entries of the do-not-contact file dated after launch; they count all the same."""
        return self._view.late_refusals

    @property
    def test_events(self) -> int:
        """Permission events made to try the system; they say nothing."""
        return self._view.test_events

    @property
    def unlinked(self) -> Mapping[str, int]:
        """People whom a side file cannot meet, by role: they lack what it names people by."""
        return self._view.unlinked

    @property
    def strange_channels(self) -> Mapping[str, int]:
        """By side file: its rows with the name of a channel that is not known here."""
        return self._view.strange_channels

    @property
    def unmatched(self) -> Mapping[str, int]:
        """By side file: its rows that belong to nobody in the people file."""
        return self._view.unmatched

    @property
    def questions(self) -> tuple[str, ...]:
        """What was asked of a warehouse, in its own words; nothing where the people are here."""
        return self._engine.questions

    @property
    def bytes_read(self) -> int | None:
        """Bytes that a warehouse read for the answers so far, as it estimates them itself."""
        return self._engine.bytes_read

    @property
    def intake(self) -> Mapping[str, Any]:
        """What intake recorded: see `checks.intake.snapshot.Snapshot`; without any value."""
        return self._record

    def _count(self, keys: Sequence[Key], where: Condition | None) -> tuple[Count, ...]:
        question = Question(self._facts, self._bins)
        for key in keys:
            question.key(key)
        if where is not None:
            question.clause(where)
        counted = self._counts(question.needed.values())
        if counted is None:
            values, people = self._of_people(keys, where)
        else:
            values, people = Reckoning(self._facts, self._bins, counted).count(keys, where)
        rows = zip(*values, strict=True) if values else ((),) * len(people)
        return tuple(map(Count, rows, people))

    def _of_people(
        self, keys: Sequence[Key], where: Condition | None
    ) -> tuple[list[list[Any]], list[int]]:
        """The values of each key, in the order of the groups, and the people of each group."""
        question = Question(self._facts)
        asked = [question.key(key) for key in keys]
        clause = f" WHERE {question.clause(where)}" if where is not None else ""
        columns = "".join(f"{sql}, " for sql, _ in asked)
        places = ", ".join(str(place) for place in range(1, len(asked) + 1))
        grouped = f" GROUP BY {places} HAVING sum(weight) > 0" if asked else ""
        ordered = " ORDER BY ALL NULLS LAST" if asked else ""
        found = self._engine.run(
            f"SELECT {columns}coalesce(CAST(sum(weight) AS BIGINT), 0) FROM {PEOPLE}"
            f"{clause}{grouped}{ordered}",
            question.values,
        )
        *values, people = zip(*found, strict=True) if found else ((),) * (len(asked) + 1)
        shown = [list(map(show, one)) for (_, show), one in zip(asked, values, strict=True)]
        return shown, list(people)

    def _counts(self, needed: Iterable[plan.Column | None]) -> Counted | None:
        """Counts at hand that answer what needs these columns."""
        with self._planning:
            return self._plan.counts(needed) if self._plan else None

    def _planned(self) -> Plan:
        """How questions to so many people are answered."""
        self._facts |= plan.measured(self._engine, self._facts.values())
        campaign = self._campaign
        ruled = [rule.column for rule in campaign.rules or ()]
        fields = [f"{'quasi' if self.has(f'quasi.{one}') else 'field'}.{one}" for one in ruled]
        said = [f"{name}.{what}" for what in ("status", "given") for name in campaign.channels]
        return Plan(
            self._engine,
            self.rows,
            self._named(f"attribute.{name}" for name in campaign.attributes),
            self._named(["targeted", *fields, *(["segment"] if self._engine.far else [])]),
            circles=(
                self._named(["targeted", "segment", "age", *said]),
                self._named(f"quasi.{name}" for name in campaign.people.quasi_identifiers),
            ),
            packs=[one for one in self._view.packs if self._holds(one)],
            weighed=self.counts_only or isinstance(campaign.people.targeted, TargetedCount),
        )

    def _holds(self, pack: Pack) -> bool:
        """Whether a pack holds its attributes as they are now: no group of them was merged."""
        merged = {self._facts[name].column for name in self._merged}
        return merged.isdisjoint(column for column, _ in pack.parts)

    def _named(self, names: Iterable[str]) -> list[Fact]:
        """The facts of these names that there are, each once."""
        return [self._facts[name] for name in dict.fromkeys(names) if name in self._facts]

    def _found(self, fact: str, where: Condition | None) -> tuple[str, ...]:
        counts = self.count(fact, where=where)
        return tuple(count.values[0] for count in counts if count.values[0] is not None)

    def _is_named(self, fact: Fact) -> bool:
        """Whether its words may be few people's own."""
        return fact.kind == "text" and (_category(fact) or fact.name.startswith(OTHERS))

    def _sizes(self, facts: Sequence[Fact]) -> list[dict[str, int]]:
        """People by word, of each of these facts; elsewhere in one question."""
        parts = [
            f"SELECT {n} AS n, {one.sql} AS word, CAST(sum(weight) AS BIGINT) AS people "
            f"FROM {PEOPLE} GROUP BY {one.sql} HAVING sum(weight) > 0"
            for n, one in enumerate(facts)
        ]
        asked = [" UNION ALL ".join(parts)] if self._engine.far and parts else parts
        found: list[dict[str, int]] = [{} for _ in facts]
        shown = [one.show for one in facts]
        for done, one in enumerate(asked):
            watching.tell(f"{done} of {len(asked)} facts are counted by group.", done / len(asked))
            for n, word, people in self._engine.run(one):
                found[n][shown[n](word)] = people
        return found

    def _name(self, fact: Fact, sizes: Mapping[str, int]) -> None:
        """Merge the small groups of an attribute; keep values of few people unsaid."""
        category = _category(fact)
        rare = [word for word in fact.shown if 0 < sizes.get(word, 0) < self._small]
        values = [word for word in rare if word != ABSENT]
        names = {word: f"rare value {n}" for n, word in enumerate(values, start=1)}
        banded = fact.name.removeprefix("quasi.") in self._campaign.attributes
        if (banded or category) and len(rare) <= MANY:
            names = {}
        shown = tuple(names.get(word, word) for word in fact.shown)
        codes = {**fact.codes, **{names[word]: fact.codes[word] for word in names}}
        self._facts[fact.name] = replace(fact, shown=shown, codes=codes)
        if fact.name.startswith(("attribute.", "stratum.")) and rare:
            self._merge(self._facts[fact.name], [fact.codes[word] for word in rare])

    def _to_points(self, name: str) -> None:
        """Let people be counted by an amount, as points that enough of them share."""
        fact = self._facts.get(name)
        points = fact and amounts.to_points(self._engine, fact, self._small)
        if points:
            self._facts[name] = points
        else:
            self._facts.pop(name, None)

    def _merge(self, fact: Fact, small: list[int]) -> None:
        into = len(fact.shown)
        self._engine.run(
            f"UPDATE person SET {fact.column} = $into WHERE {fact.column} IN "
            "(SELECT unnest($small::INTEGER[]))",
            {"into": into, "small": small},
        )
        codes = {**fact.codes, SMALLER: into}
        self._facts[fact.name] = replace(fact, shown=(*fact.shown, SMALLER), codes=codes)
        self._merged[fact.name] = tuple(fact.shown[code] for code in small)


def _category(fact: Fact) -> bool:
    return fact.name.startswith(CATEGORIES) or fact.name.endswith(COLLECTED)
