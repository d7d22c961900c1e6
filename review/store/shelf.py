"""What events name, looked up: words, runs and checklists; and people as they are told of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from checks.finding import Finding
from checks.runs.run import Run, digest
from review import events
from review.checklist import Checklist, Question
from review.events.accounts import PeopleLinked
from review.record import ERASED, Action, Actor, Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A run as it was stored, and the digest of each finding."""

    run: Run
    digests: Mapping[str, str]
    """By ``check/subject``."""
    _under: dict[tuple[str, ...], tuple[str, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """What was asked of them before, by what informs a question."""

    @classmethod
    def of(cls, run: Run) -> Kept:
        """Work out the digests once."""
        return cls(run=run, digests={finding.key: digest(finding) for finding in run.findings})

    def under(self, question: Question) -> tuple[str, ...]:
        """The digests an answer to this question rests on, in a fixed order."""
        known = self._under.get(question.informed_by)
        if known is None:
            named = (one for one in self.run.findings if question.is_informed_by(one.check))
            known = tuple(sorted(self.digests[one.key] for one in named))
            self._under[question.informed_by] = known
        return known

    def finding(self, key: str) -> Finding | None:
        """The finding with this ``check/subject``."""
        return next((one for one in self.run.findings if one.key == key), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """Where what the events name is kept."""

    words: Callable[[str], str]
    """The words behind a hash; ``(erased)`` where they are gone."""
    kept: Callable[[str], Kept | None]
    checklist: Callable[[str], Checklist | None]


@dataclass(frozen=True, kw_only=True)
class Teller:
    """Tells people and promises from the hashes by which events name them."""

    words: Callable[[str], str]
    people: Mapping[str, events.Who] = field(default_factory=dict)
    """Everybody the chain names, by person, as they were named last."""
    linked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By person: the others that are the same human."""

    @classmethod
    def of(cls, words: Callable[[str], str], chain: Iterable[events.Event]) -> Teller:
        """Know everybody a chain names, and who was linked in it."""
        people: dict[str, events.Who] = {}
        linked: dict[str, frozenset[str]] = {}
        for event in chain:
            people[event.actor.person] = event.actor
            if isinstance(event, events.MemberSeated):
                people[event.member.person] = event.member
            if isinstance(event, PeopleLinked):
                group = frozenset(event.people).union(*(linked.get(p, ()) for p in event.people))
                linked.update(dict.fromkeys(group, group))
        return cls(words=words, people=people, linked=linked)

    def tells_as(self, later: Teller) -> bool:
        """Whether the people it knows are told of in the same way by a later one."""
        return all(
            (later.people[person], later.linked.get(person)) == (who, self.linked.get(person))
            for person, who in self.people.items()
        )

    def actor(self, who: events.Who, role: str = "") -> Actor:
        """Somebody as they acted."""
        others = self.one_with(who.person) - {who.person}
        return Actor(
            name=self.words(who.name),
            role=Role(role or who.roles[0]),
            issuer=who.issuer,
            verified=who.verified,
            subject=self._subject(who),
            also=frozenset(
                (self.people[one].issuer, self._subject(self.people[one]))
                for one in others
                if one in self.people
            ),
            person=who.person,
        )

    def person(self, person: str, role: str = "") -> Actor:
        """Somebody by their id, in a seat."""
        return self.actor(self.people[person], role)

    def one_with(self, person: str) -> frozenset[str]:
        """Everybody in the chain who is the same human."""
        return self.linked.get(person, frozenset({person}))

    def said(self, words: str | None) -> str:
        """Words that may be missing."""
        return self.words(words) if words else ""

    def promised(self, promise: events.Promise) -> Action:
        """A promise as an action."""
        return Action(
            what=self.words(promise.what),
            who=self.words(promise.who),
            by=promise.by,
            finding=promise.finding,
            at_most=promise.at_most,
        )

    def action(self, promise: events.Promise | None) -> Action | None:
        """The same, where there may be none."""
        return self.promised(promise) if promise else None

    def _subject(self, who: events.Who) -> str:
        identity = self.words(who.identity)
        return ERASED if identity == ERASED else identity.partition("\n")[2]
