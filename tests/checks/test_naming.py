"""Files that name people by an email, a phone number or a hash: seen, proposed, stated, met."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from checks.drafts.gathering import gathered
from checks.intake import naming, roles
from checks.intake.naming import Naming
from checks.intake.propose import propose
from checks.intake.survey import survey
from tests.checks.test_propose import some_facts

EMAILS = ["Ana@x.example", "ben@x.example", "cy@x.example"]
PHONES = ["030 / 123-456", "+49 151 2345678", "0049 30 99 88 77"]
PHONE = "Phone numbers are compared as +49301234567."
HASHED = "Of what is not hashed yet, the MD5 hash is taken then."
PEOPLE = "\n".join(
    ["customer_id,gender,mail_address,mobile"]
    + [f"c{n},f,{mail},{phone}" for n, (mail, phone) in enumerate(zip(EMAILS, PHONES, strict=True))]
)


@pytest.fixture
def brought(tmp_path):
    def bring(**files):
        told = {}
        for name, text in files.items():
            file = tmp_path / f"{name}.csv"
            file.write_text(text, encoding="utf-8")
            told[file.name] = propose(survey(file, file.name))
        return told

    return bring


def hashes(kind, words):
    return [hashlib.new(kind, word.lower().encode()).hexdigest() for word in words]


def column(name, values):
    return "\n".join([name, *values])


@pytest.mark.parametrize(
    ("name", "values", "found"),
    [
        pytest.param("who", EMAILS, Naming(kind="email"), id="emails"),
        pytest.param("who", PHONES, Naming(kind="phone", national=1, code="49"), id="phones"),
        pytest.param(
            "mobile", ["612345678", "698765432"], Naming(kind="phone", national=2), id="digits"
        ),
        pytest.param("who", ["612345678", "698765432"], Naming(), id="digits that say nothing"),
        pytest.param("who", hashes("md5", EMAILS), Naming(kind="md5"), id="md5"),
        pytest.param("who", hashes("sha1", EMAILS), Naming(kind="sha1"), id="sha1"),
        pytest.param("who", hashes("sha256", EMAILS), Naming(kind="sha256"), id="sha256"),
        pytest.param("who", [*EMAILS, "nobody"], Naming(), id="a quarter is none"),
        pytest.param("who", ["", ""], Naming(), id="nothing"),
    ],
)
def test_a_column_is_told_by_the_shape_of_its_values(brought, name, values, found):
    [one] = brought(file=column(name, values))["file.csv"]

    assert one.naming == found


@pytest.mark.parametrize(
    ("text", "how"),
    [
        pytest.param(
            column("address", EMAILS), {"matches": "mail_address", "as": "email"}, id="emails"
        ),
        pytest.param(
            column("number", PHONES),
            {"matches": "mobile", "as": "phone", "country_code": "49"},
            id="phones",
        ),
        pytest.param(
            column("email_hash", hashes("sha256", EMAILS)),
            {"matches": "mail_address", "as": "email", "hashed": "sha256"},
            id="hashes of what its name says",
        ),
        pytest.param(
            column("phone_md5", hashes("md5", PHONES)),
            {"matches": "mobile", "as": "phone", "hashed": "md5", "country_code": "49"},
            id="hashes of phones",
        ),
        pytest.param(
            column("digest", hashes("sha1", EMAILS)),
            {"matches": "mail_address", "as": "email", "hashed": "sha1"},
            id="hashes of what the people's file holds",
        ),
        pytest.param(
            column("customer_id_sha256", hashes("sha256", ["c0"])),
            {"matches": "customer_id", "as": "id", "hashed": "sha256"},
            id="hashes of the number that people have",
        ),
    ],
)
def test_how_a_list_meets_people_is_proposed_by_shape(brought, text, how):
    part = roles.parts(brought(people=PEOPLE, suppressed=text))["suppressed.csv"]

    assert {name: part.columns[name] for name in how} == how
    assert set(part.columns) == {"key", *how}


def test_hashes_of_the_number_are_met_where_people_have_no_more(brought):
    people = "customer_id,gender\nc0,f\nc1,m\n"
    part = roles.parts(brought(people=people, dnc=column("digest", hashes("md5", ["c0"]))))

    assert part["dnc.csv"].columns == {
        "key": "digest", "matches": "customer_id", "as": "id", "hashed": "md5",
    }  # fmt: skip


def test_what_has_to_be_confirmed_is_not_sure(brought):
    files = brought(people=PEOPLE, dnc=column("email_hash", hashes("md5", EMAILS)))
    plain = brought(people=PEOPLE, dnc=column("email", EMAILS))

    assert not roles.parts(files)["dnc.csv"].sure
    assert roles.parts(plain)["dnc.csv"].sure


def test_how_many_numbers_lack_their_country_is_counted_on_both_sides(brought):
    files = brought(people=PEOPLE, dnc=column("phone", ["030 123456", "0151 2345678"]))
    part = roles.parts(files)["dnc.csv"]

    assert roles.national(part, files["dnc.csv"], files["people.csv"]) == 3
    emails = replace(part, columns={**part.columns, "as": "email"})
    assert roles.national(emails, files["dnc.csv"], files["people.csv"]) == 0


def test_a_country_that_nobody_knows_is_not_written(brought):
    files = brought(people=PEOPLE, dnc=column("phone", PHONES))
    parts = roles.parts(files)
    parts["dnc.csv"].columns["country_code"] = ""

    told = gathered(files, some_facts(), parts)

    assert told["suppression"]["matches"] == {"column": "mobile", "as": "phone"}


def test_calling_codes_are_those_of_the_union():
    codes = naming.countries()

    assert codes["Germany"] == "49"
    assert all(code.isdigit() and code[0] != "0" and len(code) <= 3 for code in codes.values())
    assert len(set(codes.values())) == len(codes)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, "They are compared as they are written, without blanks around them."),
        ({"as": "email"}, "Emails are compared without case, and without blanks around them."),
        (
            {"as": "phone", "country_code": "49"},
            f"{PHONE} Numbers that do not say their country get +49.",
        ),
        (
            {"as": "phone", "country_code": "", "hashed": "md5"},
            f"{PHONE} Numbers that do not say their country meet nobody. {HASHED}",
        ),
    ],
)
def test_how_people_are_made_alike_is_stated(how, said):
    assert naming.stated(how) == said
