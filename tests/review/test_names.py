"""Names that may be one person's: who is barred by a doubt, and who is not."""

from __future__ import annotations

import pytest

from review.record import Actor, Role
from review.who.names import TITLES, address_of, alike, may_be_owner, spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Ana Ruiz", "RUIZ, Ána", id="turned round, and without the accent"),
        pytest.param("Ana Ruiz", "A. Ruiz", id="with an initial"),
        pytest.param("Ana Ruiz", "Ana R.", id="with the other initial"),
        pytest.param("A. Ana Ruiz", "Abel Ana Ruiz", id="an initial takes what is left"),
        pytest.param("Li Xu", "Xu Li", id="names of two letters"),
        pytest.param("王 李", "李 王", id="names of one letter each"),
        pytest.param("李 B.", "B. 李", id="one letter that is a name, after an initial"),
    ],
)
def test_two_ways_to_write_a_name_may_be_one_persons(one, other):
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Ana", "Anna", id="another name"),
        pytest.param("Ana Ruiz", "B. Ruiz", id="another initial"),
        pytest.param("Ana Ruiz", "Ana Ruiz Lopez", id="one name more"),
        pytest.param("Ana Ana Ruiz", "Ana Ruiz Ruiz", id="each name is taken once"),
        pytest.param("A. R.", "Ana Ruiz", id="initials may be anybody's"),
        pytest.param("A. R.", "A. R.", id="the same initials, too"),
        pytest.param("", "", id="no name"),
        pytest.param("Dr.", "Dr.", id="a title alone"),
    ],
)
def test_and_what_is_another_name_bars_nobody(one, other):
    assert not alike(one, other)
    assert not alike(other, one)


@pytest.mark.parametrize("title", ["Dr.", "Prof.", "Mr", "Mrs", "Ms.", "Mx", "Sir"])
def test_a_title_makes_nobody_another_person(title):
    assert title.strip(".").casefold() in TITLES
    assert alike(f"{title} Ana Ruiz", "Ana Ruiz")


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        pytest.param(False, False, True, id="both typed"),
        pytest.param(False, True, True, id="one typed before a provider vouched"),
        pytest.param(True, True, False, id="two accounts"),
    ],
)
def test_a_doubt_between_names_counts_unless_both_are_vouched_for(one, other, may):
    ito = Actor(name="M. Ito", role=Role.LEGAL, issuer="a", subject="1", verified=one)
    mika = Actor(name="Ito, Mika", role=Role.LEGAL, issuer="b", subject="2", verified=other)

    assert ito.may_be(mika) is may
    assert mika.may_be(ito) is may


@pytest.mark.parametrize(
    ("owner", "address"),
    [
        ("Ana Ruiz <Ana.Ruiz@bank.example>", "ana.ruiz@bank.example"),
        ("ana.ruiz@bank.example", "ana.ruiz@bank.example"),
        ("Ana Ruiz", ""),
        ("Ana (at) bank", ""),
        ("", ""),
    ],
)
def test_the_owners_address_is_what_the_campaign_file_gives(owner, address):
    assert address_of(owner) == address


def test_an_owner_is_known_by_every_spelling_the_campaign_file_allows():
    assert spellings("Ana M. Ruiz <ana_ruiz@bank.example>") == {
        "ana m. ruiz <ana_ruiz@bank.example>",
        "ana m. ruiz",
        "ana_ruiz@bank.example",
        "ana_ruiz",
        "ana ruiz",
    }
    assert spellings("Ana") == {"ana"}


@pytest.mark.parametrize(
    ("name", "may"),
    [
        pytest.param("ana_ruiz", True, id="as the address begins"),
        pytest.param("Ruiz, A.", True, id="the name in the address, with an initial"),
        pytest.param("Ana M. Ruiz", True, id="as it is written"),
        pytest.param("Ana Lopez", False, id="somebody else"),
        pytest.param("bank.example", False, id="where the address ends"),
    ],
)
def test_who_may_be_the_owner_is_told_by_any_of_them(name, may):
    assert may_be_owner(name, "Ana M. Ruiz <ana_ruiz@bank.example>") is may
