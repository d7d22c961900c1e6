"""What happens to accounts: met at sign-in, given roles, linked to one another."""

from __future__ import annotations

from typing import Literal

from review.events.event import Capacity, Event, Person, Text, Who


class AccountMet(Event):
    """An account signed in for the first time, or under another name or address."""

    kind: Literal["account_met"] = "account_met"
    address: Text | None = None
    """The address that its provider has verified."""


class RoleGiven(Event):
    """An account was given a role."""

    kind: Literal["role_given"] = "role_given"
    account: Person
    role: Capacity
    reason: Text


class RoleTaken(Event):
    """A role was taken from an account."""

    kind: Literal["role_taken"] = "role_taken"
    account: Person
    role: Capacity
    reason: Text


class AccountsLinked(Event):
    """An administrator said that two accounts are one human's; there is no way back."""

    kind: Literal["accounts_linked"] = "accounts_linked"
    accounts: tuple[Person, Person]
    reason: Text


class PeopleLinked(Event):
    """In one review: two people were found to be one, because their accounts were linked."""

    kind: Literal["people_linked"] = "people_linked"
    people: tuple[Person, Person]
    linked_by: Who | None = None
    """Who linked the accounts."""
