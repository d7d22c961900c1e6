"""The command, from a campaign file to words, JSON and an exit status."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checks import registry
from checks.__main__ import main
from checks.finding import Verdict
from checks.printed import printing
from checks.refusal import refuse
from checks.registry import catalogue
from checks.runs.run import Run, run_campaign

HOUSE = Path(__file__).parents[2]
CANARY = "canary4711@people.example"
QUIET = ("clear", "not_applicable")
CAMPAIGN = """\
id: spring
name: Spring savings
owner: ana@bank.example
launch: 2026-12-01
sector: general
effect: opportunity
regions: [DE]
people:
  file: people.csv
  key: id
  targeted: on_list
  complete: true
  attributes:
    gender: gender
    age: {column: age, as: age, bands: [18, 40]}
  quasi_identifiers: [gender]
channels:
  email:
    basis: consent
    permission: {status: said, given: at, proof: ref, wording: ref, source: form, method: form}
suppression: {file: stop.csv, key: id, since: since, effective: effective}
contacts: {email_7d: mails, total_30d: mails}
rules: []
uses_data_for:
  {profiling: false, model: false, price: false, shares_with_ad_platform: false, sells: false}
fields:
  - {name: gender, used_in: measure, purpose: [direct_marketing], role: protected,
     why: nobody is left out}
notice:
  file: notice.md
  languages: [en]
  declares: {fields: [gender], purposes: [direct_marketing], recipients: []}
recipients: []
"""
NOTICE = "We keep your address. You can ask us to stop. We do not sell your data to anyone.\n"
HEADER = "id,on_list,gender,age,said,at,ref,mails,form"


def row(number, *, said="granted"):
    on_list = "true" if number % 2 else "false"
    gender = "f" if number % 4 < 2 else "m"
    age = 20 + number // 4 % 40
    return f"p{number},{on_list},{gender},{age},{said},2026-06-01,form-{number},0,web"


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CANDOR_POLICY", raising=False)


@pytest.fixture
def a_folder(tmp_path):
    """A campaign in order, 800 people; texts may be replaced, files left out."""

    def build(*replaced, rows=(), without=()):
        folder = tmp_path / "campaign"
        folder.mkdir(exist_ok=True)
        people = "\n".join([HEADER, *(rows or [row(number) for number in range(800)])])
        texts = {
            "campaign.yaml": CAMPAIGN,
            "people.csv": f"{people}\n",
            "stop.csv": "id,since,effective\np0,2026-06-01,2026-06-02\n",
            "notice.md": NOTICE,
        }
        for old, new in replaced:
            assert old in texts["campaign.yaml"]
            texts["campaign.yaml"] = texts["campaign.yaml"].replace(old, new)
        for name, text in texts.items():
            if name not in without:
                (folder / name).write_text(text, encoding="utf-8")
        return folder / "campaign.yaml"

    return build


@pytest.fixture
def command(capfdbinary):
    """Run the command in this process: its status, what it printed, what it complained."""

    def run(*arguments):
        status = main([str(one) for one in arguments])
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return run


def test_a_campaign_in_order_is_told_in_words(a_folder, command):
    status, out, err = command("run", a_folder())

    assert status == 0
    assert err == ""
    assert out.startswith(
        "Spring savings\n400 of 800 people are on the list. The launch is on 1 December 2026.\n"
        f"Of {len(catalogue())} checks, "
    )
    assert "\nNothing stops the launch.\n" in out
    assert "Fails" not in out
    assert "Candor counted; people decide." in out


def test_one_object_of_json(a_folder, command):
    status, out, err = command("run", a_folder(), "--json")

    said = json.loads(out)
    assert (status, err) == (0, "")
    assert out.count("\n") == 1
    assert said["campaign"] == {"id": "spring", "name": "Spring savings"}
    assert said["policy"]["id"] == "default"
    assert said["people"] == {"rows": 800, "people": 800, "targeted": 400}
    loud = {one["check"] for one in said["findings"] if one["verdict"] not in QUIET}
    assert sum(said["counts"].values()) == len(catalogue())
    assert said["counts"]["clear"] + said["counts"]["not_applicable"] == len(catalogue()) - len(
        loud
    )
    assert len(said["fingerprint"]) == 64
    evidence = [shown for one in said["findings"] for shown in one["evidence"]]
    rate = next(one for one in evidence if one["kind"] == "rate")
    ratio = next(one for one in evidence if one["kind"] == "ratio")
    assert {"group", "yes", "of", "low", "high"} <= set(rate)
    assert {
        *("group", "reference", "value", "low", "high", "floor", "luck", "pairs", "literal")
    } <= set(ratio)


def test_somebody_who_said_no_stops_the_launch(a_folder, command):
    rows = [row(number) for number in range(799)] + [row(799, said="withdrawn")]

    status, out, _ = command("run", a_folder(rows=rows))

    assert status == 1
    assert "Fails · consent.opt_out_leak · email · stops the launch" in out
    assert "1 of 400 people" in " ".join(out.split())


def test_a_watch_stops_nothing(a_folder, command):
    status, out, _ = command("run", a_folder(("why: nobody is left out", "why: ~")))

    assert status == 0
    assert "Watch · protection.minimisation · fields" in out


@pytest.mark.parametrize(
    ("replaced", "without", "says"),
    [
        pytest.param([("launch:", "lunch:")], [], "launch", id="a misspelt line"),
        pytest.param([("age, as: age", "agee, as: age")], [], "agee", id="a misspelt column"),
        pytest.param([], ["people.csv"], "people.csv", id="no people"),
        pytest.param([], ["notice.md"], "notice.md", id="no notice"),
        pytest.param([], ["campaign.yaml"], "campaign.yaml", id="no campaign file"),
        pytest.param([("notice.md", "../notice.md")], [], "notice", id="a notice elsewhere"),
        pytest.param([("2026-12-01", ".nan")], [], "launch", id="no day at all"),
    ],
)
def test_what_cannot_be_read_is_refused_with_place_and_cure(
    a_folder, command, replaced, without, says
):
    status, out, err = command("run", a_folder(*replaced, without=without))

    assert (status, out) == (2, "")
    assert err.startswith("The input was refused")
    assert says in err
    assert "Traceback" not in err


def test_every_problem_is_told_at_once(a_folder, command):
    status, _, err = command("run", a_folder(("said, given", "sayd, given"), without=["notice.md"]))

    assert status == 2
    assert "notice.md" in err
    assert "sayd" in err


def test_a_notice_that_is_no_text_is_refused(a_folder, command):
    file = a_folder()
    file.with_name("notice.md").write_bytes(b"%PDF-1.7 \xff\xfe\x00")

    status, _, err = command("run", file)

    assert status == 2
    assert "not plain text in UTF-8" in err


def test_a_notice_that_cannot_be_opened_is_not_called_missing(a_folder, command):
    file = a_folder(without=["notice.md"])
    file.with_name("notice.md").mkdir()

    status, _, err = command("run", file)

    assert status == 2
    assert "“notice.md” is there and cannot be opened. Check that it is a file" in err


def test_a_campaign_file_is_called_by_its_own_name(a_folder, command):
    file = a_folder(("age, as: age", "agee, as: age"))
    file = file.rename(file.with_name("spring.yaml"))

    status, _, err = command("run", file)

    assert status == 2
    assert 'spring.yaml, people.attributes.age: people.csv has no column "agee".' in err
    assert "campaign.yaml" not in err


def test_a_policy_that_nobody_knows_is_refused(a_folder, command, monkeypatch):
    monkeypatch.setenv("CANDOR_POLICY", "nobody-s")

    status, _, err = command("run", a_folder())

    assert status == 2
    assert "nobody-s.yaml" in err


def test_an_error_of_ours_is_told_without_a_word_of_the_row(a_folder, command, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError(f"could not count {CANARY}")

    monkeypatch.setattr(registry, "run", broken)

    status, out, err = command("run", a_folder())

    assert (status, out) == (2, "")
    assert "RuntimeError" in err
    assert CANARY not in err


def test_no_row_reaches_what_is_printed(a_folder, command):
    rows = [row(number).replace("p7,", f"{CANARY},") for number in range(800)]

    _, words, _ = command("run", a_folder(rows=rows))
    _, said, _ = command("run", a_folder(rows=rows), "--json")

    assert CANARY not in words
    assert CANARY not in said


def test_words_of_others_cannot_command_a_terminal():
    refused = refuse("a\x1b[2J.yaml", "It\nbroke.", "Mend it.")

    assert printing.refusal(refused) == (
        "The input was refused.\n  a[2J.yaml: It broke. Mend it.\n"
    )


def test_the_catalogue_is_printed(command):
    status, out, _ = command("catalogue")

    assert status == 0
    assert out == (HOUSE / "CHECKS.md").read_text(encoding="utf-8")


def test_a_campaign_file_is_proposed_from_the_data(a_folder, command):
    status, out, err = command("template", a_folder().with_name("people.csv"))

    assert (status, err) == (0, "")
    assert "key: id\n" in out
    assert "file: people.csv\n" in out
    assert CANARY not in out


def test_nothing_is_proposed_from_what_cannot_be_read(tmp_path, command):
    status, out, err = command("template", tmp_path / "nobody.csv")

    assert (status, out) == (2, "")
    assert "nobody.csv" in err


@pytest.mark.parametrize("arguments", [[], ["run"], ["walk"], ["run", "a", "--xml"]])
def test_an_unknown_command_says_how_it_is_called(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)

    assert left.value.code == 2
    assert "usage: python -m checks" in capsys.readouterr().err


def test_the_same_campaign_gives_the_same_bytes(a_folder):
    file = a_folder()

    once, again = run_campaign(file, policy()), run_campaign(file, policy())

    assert once.document() == again.document()
    assert Run.read(once.document()) == once


@pytest.mark.parametrize(
    ("change", "part"),
    [
        pytest.param([("Spring savings", "Summer savings")], "campaign", id="its name"),
        pytest.param([("bands: [18, 40]", "bands: [18, 41]")], "campaign", id="its bands"),
    ],
)
def test_a_change_names_its_part(a_folder, change, part):
    before = run_campaign(a_folder(), policy())
    after = run_campaign(a_folder(*change), policy())

    assert moved(before, after) == {part}


def test_one_other_person_is_other_people(a_folder):
    before = run_campaign(a_folder(), policy())
    after = run_campaign(a_folder(rows=[row(number) for number in range(1, 801)]), policy())

    assert moved(before, after) == {"people"}


def test_other_words_in_the_notice_are_another_campaign(a_folder):
    file = a_folder()
    before = run_campaign(file, policy())
    file.with_name("notice.md").write_text(NOTICE.replace("address", "name"), encoding="utf-8")

    assert moved(before, run_campaign(file, policy())) == {"campaign"}


def test_another_limit_is_another_policy(a_folder, tmp_path):
    mine = tmp_path / "mine.yaml"
    text = policy().read_text(encoding="utf-8")
    mine.write_text(text.replace("grade_watch: {value: 14", "grade_watch: {value: 12"), "utf-8")

    before, after = run_campaign(a_folder(), policy()), run_campaign(a_folder(), mine)

    assert moved(before, after) == {"policy"}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param([("id: spring\n", "# a comment\nid: spring\n")], id="a comment"),
        pytest.param(
            [("regions: [DE]\n", ""), ("id: spring\n", "id: spring\nregions: [DE]\n")],
            id="another order of lines",
        ),
    ],
)
def test_what_has_no_meaning_changes_nothing(a_folder, change):
    before, after = run_campaign(a_folder(), policy()), run_campaign(a_folder(*change), policy())

    assert before.fingerprint == after.fingerprint


def test_the_folder_has_no_meaning(a_folder, tmp_path):
    file = a_folder()
    before = run_campaign(file, policy())
    file.parent.rename(tmp_path / "elsewhere")

    after = run_campaign(tmp_path / "elsewhere/campaign.yaml", policy())

    assert before.fingerprint == after.fingerprint


def test_a_run_says_what_it_was_made_of(a_folder):
    run = run_campaign(a_folder(), policy())

    assert [(one.role, one.name, one.rows) for one in run.files] == [
        ("people", "people.csv", 800),
        ("suppression", "stop.csv", 1),
        ("notice", "notice.md", None),
    ]
    assert {"candor", "python", "duckdb", "scipy", "statsmodels", "pandas"} <= set(run.versions)
    assert run.exceptions["consent.opt_out_leak"] == "none"


def test_as_a_command_of_its_own(a_folder, tmp_path):
    file = a_folder()
    place = {**os.environ, "CANDOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(HOUSE)}

    done = subprocess.run(
        [sys.executable, "-m", "checks", "run", file.name, "--json"],
        cwd=file.parent,
        env=place,
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    assert Run.read(done.stdout).campaign.id == "spring"


HILLSTROM = """\
id: hillstrom
name: Two emails and none
owner: ana@shop.example
launch: 2026-12-01
sector: general
effect: opportunity
people:
  file: hillstrom.csv
  targeted: {column: segment, among: [Mens E-Mail, Womens E-Mail]}
  attributes:
    zip_code: zip_code
    channel: channel
    newbie: newbie
    history: history_segment
channels:
  email: {basis: consent}
"""


def test_a_real_list_drawn_by_lot_raises_no_alarm_and_takes_no_time(reference, tmp_path):
    shutil.copy(reference / "data/hillstrom/hillstrom.csv", tmp_path)
    (tmp_path / "campaign.yaml").write_text(HILLSTROM, encoding="utf-8")
    place = {**os.environ, "CANDOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(HOUSE)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    done = subprocess.run(
        [sys.executable, "-m", "checks", "run", "campaign.yaml", "--json"],
        cwd=tmp_path,
        env=place,
        capture_output=True,
        check=False,
        timeout=120,
    )

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = Run.read(done.stdout).findings
    assert done.returncode == 1, done.stderr.decode()
    selection = [one.verdict for one in found if one.check == "bias.selection"]
    assert len(selection) > 8
    assert set(selection) == {Verdict.CLEAR}
    kinds = {one.id: one.kind for one in catalogue()}
    consent = {
        one.verdict
        for one in found
        if one.check.startswith("consent.") and kinds[one.check] == "computed"
    }
    assert consent == {Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE}
    assert not [one for one in found if one.verdict is Verdict.FAIL]
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert worked < 5, f"{worked:.1f} s of a processor, imports included"


def policy():
    return HOUSE / "data/policies/default.yaml"


def moved(before, after):
    assert before.fingerprint != after.fingerprint
    return {part for part in before.parts if before.parts[part] != after.parts[part]}
