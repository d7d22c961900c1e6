"""Fold the exceptions that were asked for, and which of them a second person has accepted."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from review import events
from review.document import sentences
from review.record import Accepted
from review.store.shelf import Teller


@dataclass(kw_only=True)
class Excepting:
    """The exceptions after the events so far."""

    teller: Teller
    proposals: dict[int, Accepted] = field(default_factory=dict)
    """By number of the event that proposed it."""
    rests_on: dict[int, str] = field(default_factory=dict)
    """By the same number: the digest of its finding."""

    def proposed(self, event: events.ExceptionProposed, who: str) -> str:
        """Somebody asked for one."""
        reason = self.teller.words(event.reason)
        self.rests_on[event.number] = event.rests_on
        self.proposals[event.number] = Accepted(
            finding=event.finding,
            reason=reason,
            until=event.until,
            by=self.teller.actor(event.actor),
            second=None,
            at=event.moment,
            number=event.number,
        )
        return sentences.proposed(who, event.finding, event.until, reason)

    def confirmed(self, event: events.ExceptionConfirmed, who: str) -> str:
        """A second person accepted one."""
        if event.proposed in self.proposals:
            self.proposals[event.proposed] = replace(
                self.proposals[event.proposed],
                second=self.teller.actor(event.actor),
                confirmed=self.teller.words(event.statement.words),
            )
        return sentences.confirmed(who, event.finding)

    def shaken(
        self, digests: Mapping[str, str], people: AbstractSet[str], inside: AbstractSet[str]
    ) -> bool:
        """Whether one that stands lacks its second person, now that these are one human."""
        return any(
            second in inside or people >= {one.by.person, second}
            for one in self.standing(digests)
            if one.second and (second := one.second.person)
        )

    def standing(self, digests: Mapping[str, str]) -> tuple[Accepted, ...]:
        """Those whose finding has not moved; the last for each finding."""
        last = {
            one.finding: one
            for one in self.proposals.values()
            if digests.get(one.finding) == self.rests_on[one.number]
        }
        return tuple(last.values())
