"""Policy packs swap without code; one may say only what differs from another."""

from __future__ import annotations

import json

import pytest

from checks import places, samples
from checks.__main__ import main
from checks.finding import Severity
from checks.policy import read_policy
from checks.refusal import Refused
from checks.registry import agree, catalogue
from checks.runs import fingerprint
from checks.written import packs

POLICIES = places.DATA / "policies"
PACKS = sorted(POLICIES.glob("*.yaml"))


@pytest.fixture(scope="module")
def bank():
    return read_policy(POLICIES / "bank.yaml")


@pytest.fixture
def a_pack(tmp_path):
    """A pack beside a copy of the default one: ``a_pack("extends: default", …)``."""
    copy = tmp_path / "default.yaml"
    copy.write_text((POLICIES / "default.yaml").read_text("utf-8"), encoding="utf-8")

    def build(*lines, name="mine"):
        file = tmp_path / f"{name}.yaml"
        head = ("id: mine", "version: 3", "as_of: 2026-11-01")
        file.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
        return file

    return build


@pytest.mark.parametrize("file", PACKS, ids=lambda file: file.stem)
def test_every_pack_of_the_house_names_every_check_and_limit(file):
    policy = read_policy(file)
    agree(policy, file.name)

    assert policy.id == file.stem
    assert set(policy.checks) == {check.id for check in catalogue()}


@pytest.mark.parametrize("file", PACKS, ids=lambda file: file.stem)
def test_the_lines_of_every_pack_stand_in_their_order(file):
    judging = read_policy(file).judging
    watch, fail = judging.exclusion.value.watch, judging.exclusion.value.fail

    assert judging.floor.value < judging.watch_line.value <= 1
    assert judging.luck_fail.value < judging.luck_watch.value
    assert watch.times < fail.times
    assert watch.points <= fail.points


def test_the_bank_is_nowhere_milder(policy, bank):
    weights = list(Severity)

    for check, mild in policy.checks.items():
        strict = bank.checks[check]
        assert weights.index(strict.severity) <= weights.index(mild.severity)
        assert weights.index(strict.in_regulated) <= weights.index(mild.in_regulated)
        assert (strict.exception, mild.exception) != ("second_person", "none")
    assert bank.judging.floor.value > policy.judging.floor.value
    assert bank.small_cells.suppress_below.value > policy.small_cells.suppress_below.value
    assert bank.permission.months_marketing.value < policy.permission.months_marketing.value
    assert set(bank.words.special.value) > set(policy.words.special.value)


def test_what_is_stricter_than_the_law_is_not_called_law(policy, bank):
    def limits(pack):
        shared = [getattr(pack, name) for name in ("judging", "ages", "lawful_basis", "words")]
        own = [dict(check.limits) for check in pack.checks.values()]
        return [limit for block in (*map(dict, shared), *own) for limit in block.values()]

    pairs = zip(limits(policy), limits(bank), strict=True)
    changed = [strict for mild, strict in pairs if mild.value != strict.value]
    assert changed
    assert {limit.kind for limit in changed} <= {"our policy", "guidance"}


def test_a_pack_takes_what_it_does_not_say(a_pack, policy):
    mine = read_policy(
        a_pack(
            "extends: default", "fields: {worthwhile: {value: 0.2, kind: our policy, source: us}}"
        )
    )

    assert (mine.id, mine.version, mine.note) == ("mine", 3, "")
    assert (mine.fields.worthwhile.value, mine.fields.worthwhile.source) == (0.2, "us")
    assert mine.fields.sensitive_from == policy.fields.sensitive_from
    assert mine.checks == policy.checks


def test_a_limit_is_taken_whole(a_pack):
    with pytest.raises(Refused) as refused:
        read_policy(a_pack("extends: default", "judging: {floor: {value: 0.9}}"))

    assert "mine.yaml, judging.floor" in str(refused.value)


def test_the_fingerprint_is_of_the_whole(a_pack, tmp_path):
    mine = a_pack("extends: default")
    before = fingerprint.of_policy(read_policy(mine))
    base = tmp_path / "default.yaml"
    base.write_text(base.read_text("utf-8").replace("floor: {value: 0.80", "floor: {value: 0.81"))

    assert fingerprint.of_policy(read_policy(mine)) != before


@pytest.mark.parametrize(
    ("named", "said"),
    [
        pytest.param("nobody-s", "There is no pack “nobody-s”", id="not there"),
        pytest.param("../default", "does not name a pack", id="a path"),
        pytest.param("[a, b]", "does not name a pack", id="a list"),
        pytest.param("mine", "There is no pack “mine”", id="itself"),
    ],
)
def test_a_pack_that_extends_nothing_is_refused(a_pack, named, said):
    with pytest.raises(Refused, match=said):
        read_policy(a_pack(f"extends: {named}"))


def test_one_step_is_enough(a_pack):
    a_pack("extends: default", name="between")

    with pytest.raises(Refused, match="extends another itself"):
        read_policy(a_pack("extends: between"))


def test_a_check_nobody_knows_is_refused_in_a_difference_too(a_pack):
    file = a_pack(
        "extends: default", "checks: {bias.selecton: {severity: high, in_regulated: high}}"
    )

    with pytest.raises(Refused, match="selecton"):
        agree(read_policy(file), file.name)


def test_what_differs_is_taken_and_nothing_is_changed_in_place():
    base = {"a": {"b": {"value": 1, "kind": "law"}, "c": 2}}
    merged = packs.with_differences(base, {"a": {"b": {"value": 3}}})

    assert merged == {"a": {"b": {"value": 3}, "c": 2}}
    assert base["a"]["b"] == {"value": 1, "kind": "law"}


def test_packs_swap_by_name_alone(capfdbinary, monkeypatch, tmp_path):
    """The same command on the same files, judged by the pack that the installation names."""
    samples.make()
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path))
    campaign = str(places.DATA / "campaigns/home-loan/campaign.yaml")
    said = {}
    for name in ("default", "bank"):
        monkeypatch.setenv("CANDOR_POLICY", name)
        main(["run", campaign, "--json"])
        said[name] = json.loads(capfdbinary.readouterr().out)

    default, bank = said["default"], said["bank"]
    moved = {part for part in default["parts"] if default["parts"][part] != bank["parts"][part]}
    assert moved == {"policy"}
    assert (default["policy"]["id"], bank["policy"]["id"]) == ("default", "bank")
    floors = {
        name: {
            ratio["floor"]
            for finding in run["findings"]
            if finding["check"] == "bias.selection"
            for ratio in finding["evidence"]
            if ratio["kind"] == "ratio" and ratio["side"] == "on"
        }
        for name, run in said.items()
    }
    assert floors == {"default": {0.8}, "bank": {0.85}}
    assert default["counts"] != bank["counts"]
