"""Whatever is written, the door answers in sentences, and never in a library's words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.campaign import Campaign
from checks.policy import Policy
from checks.refusal import Refused
from checks.written import doors

NAMES = st.sampled_from(
    [
        "id",
        "name",
        "owner",
        "launch",
        "sector",
        "effect",
        "people",
        "file",
        "key",
        "targeted",
        "column",
        "among",
        "attributes",
        "gender",
        "as",
        "bands",
        "channels",
        "email",
        "emial",
        "basis",
        "permission",
        "status",
        "rules",
        "fields",
        "calendar",
        "from",
        "to",
        "notice",
        "judging",
        "floor",
        "value",
        "kind",
        "source",
        "checks",
        "severity",
        "limits",
        "exclusion",
        "watch",
        "nothing",
        "known",
    ]
)
WRITTEN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | NAMES | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=300)
@given(st.sampled_from([Campaign, Policy]), st.dictionaries(NAMES, WRITTEN, max_size=8))
def test_any_shape_is_refused_with_places_and_cures(model, data):
    try:
        doors.validated(model, data, "file.yaml")
    except Refused as refused:
        problems = refused.problems
    else:
        problems = ()

    assert problems, "no such file can be whole"
    for problem in problems:
        assert problem.where.startswith("file.yaml")
        assert problem.what.endswith(".")
        assert problem.cure.endswith((".", "?"))
        assert not any(word in str(problem) for word in ("Input should", "pydantic", "type="))


@settings(max_examples=100)
@given(st.dictionaries(NAMES, WRITTEN, max_size=8))
def test_every_problem_stands_at_a_place_of_its_own(data):
    found = list(doors.problems(Campaign, data, "file.yaml"))

    assert len({problem.where for problem in found}) == len(found)
