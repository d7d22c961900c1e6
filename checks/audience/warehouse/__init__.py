"""People who stay where they are: the same counts, asked of a warehouse that is only read.

Our statements are translated and travel there; counts come back, and the words of columns that the
campaign names. What would make a table here is a definition in front of each question there.
"""

from __future__ import annotations

from checks.audience.answers import Audience
from checks.audience.looks import profiled
from checks.audience.warehouse.connecting import Connection, connect
from checks.audience.warehouse.engine import Warehouse
from checks.audience.warehouse.tables import Stock, moved, stock
from checks.campaign import Campaign
from checks.intake.snapshot import Source
from checks.policy import Policy
from checks.refusal import refuse

__all__ = ["People"]


class People:
    """The people of a campaign in a warehouse, from the first look to the last."""

    def __init__(self, campaign: Campaign) -> None:
        """Go there and look at the tables; raises `checks.refusal.Refused`."""
        self._campaign = campaign
        self._connection: Connection = connect(campaign.people.database or "")
        try:
            self._stock: Stock = stock(self._connection, campaign)
        except BaseException:
            self.close()
            raise

    @property
    def id(self) -> str:
        """What stands for exactly these people."""
        return self._stock.id

    @property
    def sources(self) -> tuple[Source, ...]:
        """The tables, each with what its rows are known by."""
        return self._stock.sources

    @property
    def as_of(self) -> str | None:
        """The moment that was counted, as the warehouse says it."""
        return self._stock.as_of

    def audience(self, policy: Policy) -> Audience:
        """The people, answering with counts; closing it leaves the warehouse."""
        try:
            return self._audience(policy)
        except BaseException:
            self.close()
            raise

    def unmoved(self) -> None:
        """Raise `checks.refusal.Refused` where a table changed while it was counted."""
        if moved(self._connection, self._stock):
            what = "A table changed while it was being counted."
            cure = "Run again when nothing writes to it, or name a view of a fixed day."
            raise refuse("campaign.yaml, people.table", what, cure)

    def close(self) -> None:
        """Leave the warehouse."""
        self._connection.close()

    def _audience(self, policy: Policy) -> Audience:
        stock = self._stock
        engine = Warehouse(self._connection, stock.readings)
        people = stock.readings["people"]
        profiles = profiled(engine.run, people.kinds, stock.states["people"].rows)
        return Audience(engine, stock.tables, stock.record(profiles), self._campaign, policy)
