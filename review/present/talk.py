"""Fold what people outside the team said, and what links people inside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from review import events
from review.commands.acts import Actor
from review.document import sentences_committee as sentences
from review.document.sentences import person
from review.events.accounts import (
    AccountMet,
    AccountsLinked,
    PeopleLinked,
    RoleGiven,
    RoleTaken,
)
from review.events.talk import ConcernAnswered, ConcernRaised, DialogueNotSought
from review.present.committee import Concern, Dialogue
from review.store.shelf import Teller


@dataclass(kw_only=True)
class Talk:
    """The register of concerns after the events so far."""

    teller: Teller
    concerns: dict[int, Concern] = field(default_factory=dict)
    not_sought: str = ""
    not_sought_by: Actor | None = None

    def take(self, event: events.Event) -> str:
        """Take one event in; returns it as a sentence, or nothing where it is none of this."""
        actor = self.teller.actor(event.actor)
        match event:
            case ConcernRaised():
                return self._raised(event, actor)
            case ConcernAnswered():
                return self._answered(event, actor)
            case DialogueNotSought():
                self.not_sought, self.not_sought_by = self.teller.said(event.reason), actor
                return sentences.not_sought(person(actor), self.not_sought)
            case PeopleLinked():
                one, other = (self.teller.people[each] for each in event.people)
                by = person(self.teller.actor(event.linked_by)) if event.linked_by else ""
                words = self.teller.words
                return sentences.linked(words(one.name), words(other.name), by)
            case _:
                return ""

    def dialogue(self) -> Dialogue:
        """The register as it stands."""
        return Dialogue(
            concerns=tuple(self.concerns.values()),
            not_sought=self.not_sought,
            not_sought_by=self.not_sought_by,
        )

    def _raised(self, event: ConcernRaised, actor: Actor) -> str:
        what = self.teller.said(event.what)
        self.concerns[event.number] = Concern(
            number=event.number,
            role=event.role,
            who=self.teller.said(event.who),
            on=event.on,
            what=what,
            entered_by=actor,
        )
        return sentences.concern(person(actor), event.role, event.on, what)

    def _answered(self, event: ConcernAnswered, actor: Actor) -> str:
        text, changed = self.teller.said(event.text), self.teller.said(event.changed)
        self.concerns[event.concern] = replace(
            self.concerns[event.concern], answer=text, changed=changed, answered_by=actor
        )
        return sentences.concern_answered(person(actor), event.concern, text, changed)


def in_register(event: events.Event, who: str, teller: Teller) -> str:
    """What happened in the register of accounts, which is folded by `review.who.accounts`."""
    words = teller.words
    match event:
        case AccountMet():
            return f"{teller.words(event.actor.name)} signed in."
        case RoleGiven() | RoleTaken():
            whose = words(teller.people[event.account].name)
            given = isinstance(event, RoleGiven)
            return sentences.role(who, whose, event.role, words(event.reason), given=given)
        case AccountsLinked():
            one, other = (words(teller.people[each].name) for each in event.accounts)
            return sentences.linked(one, other, who, words(event.reason))
        case _:
            return ""
