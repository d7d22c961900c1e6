"""What is cited, how it stands and how sure we are of it."""

from __future__ import annotations

import pytest

from checks import places
from checks.finding import Source
from checks.refusal import Refused
from checks.sources import FILE, SOURCES, read_sources

every_source = pytest.mark.parametrize("source", SOURCES.values(), ids=lambda one: one.name)


@pytest.fixture
def a_book(tmp_path):
    """A book of sources with one text in it: ``a_book("text: CASL", …)``."""

    def build(*lines):
        file = tmp_path / "sources.yaml"
        given = "\n".join(f"      {line}" for line in lines)
        file.write_text(f"as_of: 2026-11-01\ntexts:\n  Canada:\n    - citation: S.C.\n{given}\n")
        return read_sources(file)

    return build


@every_source
def test_a_source_says_where_to_read_it_and_where_it_binds(source):
    assert source.link.startswith("https://") or source.kind == "our policy"
    assert source.jurisdiction
    assert source.citation
    assert not source.note or source.note.endswith(".")


def test_the_four_fifths_rule_is_a_yardstick_and_no_law():
    rule = SOURCES["29 CFR 1607.4(D)"]

    assert (rule.kind, rule.status) == ("guidance", "proposed")
    assert "yardstick" in rule.note


def test_what_a_lawyer_must_confirm_says_so():
    assert SOURCES["11 CCR 7026(f)"].standing == (
        "law, California, in force, to be confirmed by a lawyer"
    )


def test_what_only_a_commentary_says_is_never_read():
    assert SOURCES["Garante 2005"].standing.endswith("read in a secondary source only")
    assert SOURCES["CNIL"].standing.endswith("read in a secondary source only")


def test_our_own_policy_claims_no_more_than_that():
    assert SOURCES["our policy"].standing == "our policy"


def test_guidance_that_was_withdrawn_is_not_cited():
    assert not [one for one in SOURCES.values() if "HUD" in one.name]
    assert not [one for one in SOURCES.values() if one.status in ("repealed", "withdrawn")]


def test_a_source_that_stands_there_twice_is_refused(a_book):
    with pytest.raises(Refused) as refused:
        a_book("text: CASL", "link: https://laws.example", "cited: [6(2), 6(2)]")

    assert "“CASL 6(2)” stands there twice" in str(refused.value)


def test_a_place_has_what_its_text_has_and_may_differ(a_book):
    book = a_book(
        "text: CASL",
        "link: https://laws.example",
        "status: amended",
        "confirmed: read",
        "note: Mind this.",
        "cited: [6(2), {at: '10', confirmed: to be confirmed by a lawyer, note: Other.}]",
    )

    assert list(book) == ["CASL 6(2)", "CASL 10"]
    assert book["CASL 6(2)"].standing == "law, Canada, in force as amended"
    assert book["CASL 6(2)"].note == "Mind this."
    assert book["CASL 10"].standing.endswith("to be confirmed by a lawyer")
    assert book["CASL 10"].note == "Other."


def test_a_text_without_places_is_cited_whole(a_book):
    assert list(a_book("text: CASL", "link: https://laws.example")) == ["CASL"]


def test_how_sure_we_are_cannot_be_made_up(a_book):
    with pytest.raises(Refused) as refused:
        a_book("text: CASL", "link: https://laws.example", "confirmed: certain")

    assert "sources.yaml, texts.Canada[0].confirmed" in str(refused.value)


def test_a_record_older_than_the_book_still_tells_how_its_sources_stood():
    old = Source(name="X", link="", kind="law", status="in_force", confirmed="to be confirmed")

    assert old.standing == "law, in force, to be confirmed"


def test_the_file_lies_where_people_look_for_it():
    assert FILE.parent == places.DATA
