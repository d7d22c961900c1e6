"""The register of accounts: who has signed in, which roles they have, and who is one human."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from review.commands.desk import NotTaken
from review.record import Role
from review.store.chain import verify_bundle
from review.who.accounts import REGISTER
from tests.review.both import BOTH
from tests.review.house import ROOT

pytestmark = BOTH


def test_a_first_administrator_is_made_on_the_server(house):
    house.account("Root", Role.ADMINISTRATOR)
    account = house.desk.people.register().named("root@bank.example")[0]

    assert account.roles == {Role.ADMINISTRATOR}
    assert [one.sentence for one in house.desk.people.history().timeline] == [
        "Root signed in.",
        "Root (administrator, not verified) gave Root the role administrator. “Works here.”",
    ]


def test_the_register_is_a_chain_like_any_other(house):
    house.account("Ito", Role.PRIVACY)

    assert verify_bundle(house.desk.bundle(REGISTER)).stands
    assert house.desk.reviews() == ()
    events = [one["event"] for one in json.loads(house.desk.bundle(REGISTER))["events"]]
    assert "ito@bank.example" not in "".join(events)


def test_an_account_that_was_met_is_not_met_again_until_it_is_called_otherwise(house):
    ito = house.account("Ito", Role.PRIVACY)
    before = house.desk.people.history().length
    house.desk.people.meet(ito, address="ito@bank.example", now=house.now)

    assert house.desk.people.history().length == before

    other = replace(ito, name="Ito-Berg")
    account = house.desk.people.meet(other, address="berg@bank.example", now=house.now)

    assert account.shown == "Ito-Berg, berg@bank.example"
    assert account.addresses == ("ito@bank.example", "berg@bank.example")
    assert account.roles == {Role.PRIVACY}


def test_an_account_is_named_by_its_number_or_the_beginning_of_it(house):
    house.account("Ito", Role.PRIVACY)
    register, number = house.desk.people.register(), house.known["Ito"]

    for words in (number, number[:8], "sub-Ito", "ITO@bank.example"):
        assert [one.name for one in register.named(words)] == ["Ito"]
    for words in (number[:7], number[:9], "Ito", ""):
        assert register.named(words) == ()


def test_an_account_without_an_address_is_shown_by_its_name_alone(house):
    house.account("Ito", Role.PRIVACY, address="")
    [account] = house.desk.people.register().accounts.values()

    assert (account.addresses, account.shown) == ((), "Ito")


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PRIVACY, Role.OWNER])
def test_only_administrators_give_roles(house, role):
    ito = house.account("Ito", role)

    with pytest.raises(NotTaken, match="Only an administrator can do this"):
        house.desk.people.give(
            house.known["Ito"], Role.LEGAL, reason="I want it.", by=ito, now=house.now
        )
    assert (
        house.desk.people.history()
        .timeline[-1]
        .sentence.startswith(f"Ito ({role.told}) wanted to change an account.")
    )


def test_the_last_administrator_stays(house):
    house.account("Root", Role.ADMINISTRATOR)

    with pytest.raises(NotTaken, match="last administrator"):
        house.desk.people.withdraw(
            house.known["Root"], Role.ADMINISTRATOR, reason="So.", by=ROOT, now=house.now
        )


def test_the_last_administrator_is_the_last_of_two(house):
    house.account("Root", Role.ADMINISTRATOR)
    house.account("Second", Role.ADMINISTRATOR)

    def withdraw(name):
        return house.desk.people.withdraw(
            house.known[name], Role.ADMINISTRATOR, reason="So.", by=ROOT, now=house.now
        )

    assert withdraw("Root").roles == frozenset()
    with pytest.raises(NotTaken, match="last administrator"):
        withdraw("Second")


def test_an_account_without_an_address_is_not_met_again_either(house):
    ito = house.account("Ito", Role.PRIVACY, address="")
    before = house.desk.people.history().length

    assert house.desk.people.meet(ito, address="", now=house.now).name == "Ito"
    assert house.desk.people.history().length == before


def test_what_names_no_account_or_several_is_sent_back_to_the_list(house):
    for name in ("Ito", "Weber"):
        house.account(name, Role.PRIVACY, address="office@bank.example")

    def give(named):
        house.desk.people.give(named, Role.LEGAL, reason="So.", by=ROOT, now=house.now)

    with pytest.raises(NotTaken, match=r"No account is called “nobody”. Name it by its number"):
        give("nobody")
    with pytest.raises(NotTaken, match=r"2 accounts are called “office@bank.example”. Name it by"):
        give("office@bank.example")


def test_accounts_are_linked_once_and_never_to_themselves(house):
    for name in ("Ito", "Weber", "Lee"):
        house.account(name, Role.PRIVACY)
    house.link("Ito", "Weber")
    house.link("Weber", "Lee")

    for pair in (("Ito", "Ito"), ("Weber", "Ito"), ("Ito", "Lee")):
        with pytest.raises(NotTaken, match="These are one person's already"):
            house.link(*pair)
