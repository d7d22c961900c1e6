"""Segments as a marketer thinks of them, and nobody in them who can be worked out."""

from __future__ import annotations

from checks.people.segments import by_segment, summaries

SECTIONS = {
    "people": {
        "targeted": "on",
        "segment": "segment",
        "attributes": {"gender": "gender"},
    },
    "segments": [
        {"name": "savers", "is": "people who save", "message": "a", "offer": "gold"},
        {"name": "empty"},
    ],
    "channels": {
        "email": {
            "basis": "consent",
            "permission": {"status": "status", "given": "day", "proof": "proof"},
        }
    },
    "suppression": {"column": "suppressed"},
}


def columns(*groups):
    """People as (how many, what differs from a woman on the list who may be contacted)."""
    plain = {
        "on": True,
        "segment": "savers",
        "gender": "f",
        "status": "granted",
        "day": "2026-01-01",
        "proof": "ref",
        "suppressed": False,
    }
    rows = [{**plain, **person} for many, person in groups for _ in range(many)]
    return {name: [row[name] for row in rows] for name in plain}


LIST = (
    (30, {}),
    (20, {"gender": "m", "status": "denied"}),
    (12, {"segment": "spenders", "gender": "m"}),
    (10, {"segment": "spenders", "suppressed": True}),
    (40, {"on": False}),
)


def named(case):
    return {one.name: one for one in summaries(case)}


def test_declared_ones_come_first_also_when_empty(a_case):
    found = summaries(a_case(SECTIONS, **columns(*LIST)))

    assert [(one.name, one.people) for one in found] == [
        ("savers", 50),
        ("empty", 0),
        ("spenders", 22),
    ]


def test_words_are_the_marketers(a_case):
    found = named(a_case(SECTIONS, **columns(*LIST)))

    assert (found["savers"].about, found["savers"].message, found["savers"].offer) == (
        "people who save",
        "a",
        "gold",
    )
    assert (found["spenders"].about, found["spenders"].message) == ("", None)


def test_who_may_be_contacted_and_who_said_no(a_case):
    found = named(a_case(SECTIONS, **columns(*LIST)))

    assert {
        name: (one.may_contact["email"], one.said_no["email"]) for name, one in found.items()
    } == {
        "savers": (30, 20),
        "empty": (0, 0),
        "spenders": (12, 10),
    }


def test_what_cannot_be_told_is_left_out(a_case):
    no_proof = {"basis": "consent", "permission": {"status": "status", "given": "day"}}
    case = a_case({**SECTIONS, "channels": {"email": no_proof}}, **columns(*LIST))

    assert dict(named(case)["savers"].may_contact) == {}
    assert dict(named(case)["savers"].said_no) == {"email": 20}


def test_make_up_against_the_list_and_the_file(a_case):
    found = named(a_case(SECTIONS, **columns(*LIST)))

    assert [
        (share.group, share.segment, share.on_list, share.in_file)
        for share in found["savers"].makeup
    ] == [("f", 30, 40, 80), ("m", 20, 32, 32)]


def test_people_whose_group_is_not_known_are_shown(a_case):
    people = columns(*LIST, (11, {"gender": None}))
    found = named(a_case(SECTIONS, **people))

    assert [(s.group, s.segment) for s in found["savers"].makeup] == [
        ("f", 30),
        ("m", 20),
        ("not known", 11),
    ]


def test_a_small_cell_takes_others_with_it(a_case):
    people = columns(
        (30, {}),
        (20, {"gender": "m"}),
        (12, {"segment": "spenders", "gender": "m"}),
        (2, {"segment": "spenders"}),
    )
    found = named(a_case({**SECTIONS, "segments": None}, **people))
    cells = {name: [share.segment for share in one.makeup] for name, one in found.items()}

    assert cells == {"savers": [None, None], "spenders": [None, None]}


def test_a_small_segment_is_not_numbered(a_case):
    people = columns((30, {}), (20, {"segment": "spenders"}), (3, {"segment": "empty"}))
    found = named(a_case({**SECTIONS, "channels": {}}, **people))

    assert {name: one.people for name, one in found.items()} == {
        "savers": 30,
        "spenders": None,
        "empty": None,
    }


def test_a_small_segments_permissions_are_not_numbered(a_case):
    people = columns(
        (30, {}), (20, {"segment": "spenders"}), (3, {"segment": "empty", "status": "denied"})
    )
    found = named(a_case(SECTIONS, **people))

    assert found["empty"].may_contact["email"] is None
    assert found["spenders"].said_no["email"] is None
    assert found["savers"].said_no["email"] == 0


def test_small_segments_stand_together_in_evidence(a_case):
    people = columns((30, {}), (20, {"segment": "spenders"}), (3, {"segment": "empty"}))
    case = a_case(SECTIONS, **people)
    where = by_segment(case, "Said no", {"savers": 7, "spenders": 2, "empty": 3})

    assert [(part.name, part.people) for part in where.parts] == [
        ("savers", 7),
        ("smaller segments", 5),
    ]


def test_numbers_about_attributes_are_withheld_in_evidence(a_case):
    people = columns((30, {}), (20, {"segment": "spenders"}), (9, {"segment": "empty"}))
    case = a_case(SECTIONS, **people)
    counts = {"savers": 17, "spenders": 9, "empty": 3}
    where = by_segment(case, "Too young", counts, small=True)

    assert [(part.name, part.people) for part in where.parts] == [
        ("savers", 17),
        ("empty", None),
        ("spenders", None),
    ]


def test_people_in_no_segment_are_not_lost(a_case):
    found = summaries(a_case(SECTIONS, **columns(*LIST, (6, {"segment": None}))))

    assert sum(one.people for one in found) == 78
    assert found[-1].name == "in no segment"
    assert found[-1].may_contact["email"] == 6


def test_without_segments_the_list_is_one(a_case):
    sections = {**SECTIONS, "segments": None, "people": {"targeted": "on"}}
    [one] = summaries(a_case(sections, **columns(*LIST)))

    assert (one.name, one.people) == ("the whole list", 72)
    assert (one.may_contact["email"], one.said_no["email"]) == (42, 30)
    assert by_segment(a_case(sections, **columns(*LIST)), "x", {None: 3}) is None


def test_weights_give_the_same_summaries_as_rows(a_case):
    rows = summaries(a_case(SECTIONS, **columns(*LIST)))
    weighted = {**SECTIONS, "people": {**SECTIONS["people"], "weight": "many"}}
    ones = columns(*((1, person) for _, person in LIST))
    counts = summaries(a_case(weighted, **ones, many=[many for many, _ in LIST]))

    assert counts == rows
