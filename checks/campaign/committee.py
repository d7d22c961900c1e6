"""Who has to decide on a campaign: how many people, in which seats, and how a vote is counted.

The policy says so, by sector and by whether something stops the launch; a run carries the answer,
so that a record shows which rule its decision was taken under.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Seat = Literal["privacy", "legal", "ethics", "customer_voice", "chair"]
Agree = Literal["more_than_half", "two_thirds", "all"]
"""How many of those who vote for or against must approve, each stricter than the one before."""

STRICTER: tuple[Agree, ...] = ("more_than_half", "two_thirds", "all")


class Composition(BaseModel):
    """A committee as a policy asks for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quorum: Annotated[int, Field(ge=1)]
    seats: tuple[Seat, ...] = ()
    agree: Agree = "more_than_half"


class Committees(BaseModel):
    """Which committee for which campaign; the strictest of those that apply is asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ordinary: Composition
    regulated: Composition
    """Where the sector is a regulated one."""
    stopped: Composition
    """Where something stops the launch, whether or not an exception is made of it."""
    dialogue: bool
    """Whether people outside the team must be asked, or it must be said why not."""
    stands_months: Annotated[int, Field(ge=1)]
    """How long an approval stands before it must be looked at again."""

    def needed(self, *, regulated: bool, stopped: bool) -> Needed:
        """The committee for one campaign."""
        asked = [self.ordinary]
        asked += [self.regulated] if regulated else []
        asked += [self.stopped] if stopped else []
        return Needed(
            quorum=max(one.quorum for one in asked),
            seats=tuple(dict.fromkeys(seat for one in asked for seat in one.seats)),
            agree=max((one.agree for one in asked), key=STRICTER.index),
            dialogue=self.dialogue,
            stands_months=self.stands_months,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Needed:
    """Who has to decide on this campaign."""

    quorum: int
    """Distinct people."""
    seats: tuple[Seat, ...]
    """Each to be taken by one of them."""
    agree: Agree
    dialogue: bool
    stands_months: int

    def agreed(self, *, approve: int, voted: int) -> bool:
        """Whether so many of those who voted for or against are enough.

        >>> needed = Needed(quorum=3, seats=(), agree="two_thirds", dialogue=False, stands_months=1)
        >>> needed.agreed(approve=2, voted=3), needed.agreed(approve=1, voted=2)
        (True, False)
        """
        enough = {
            "more_than_half": 2 * approve > voted,
            "two_thirds": 3 * approve >= 2 * voted,
            "all": approve == voted,
        }
        return voted > 0 and enough[self.agree]

    def vacant(self, taken: Iterable[str]) -> tuple[Seat, ...]:
        """The seats that nobody has taken."""
        held = set(taken)
        return tuple(seat for seat in self.seats if seat not in held)


ALONE = Needed(quorum=1, seats=(), agree="all", dialogue=False, stands_months=1200)
"""What a run asks for that was recorded before policies spoke of committees."""
