"""What is typed in a shell: each command is there, loads no more than it needs, and files whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing

import pytest

from checks import places
from checks.places import HOUSE
from review.__main__ import COMMANDS, main
from review.checklist import read_checklist
from review.commands.desk import Desk
from review.commands.refusing import NotTaken
from review.document.filed import filed
from review.document.report import document
from review.record import Actor, Role
from review.who.provider import provider
from tests.review.documents import AT, CHECKLIST, MIRA, a_decided, a_run

HERE = "https://id.bank.example"
PROVIDER = f"""\
issuer = "{HERE}"
name = "BANK"
client_id = "candor"
client_secret = "secret"
redirect_uri = "https://candor.bank.example/oauth2callback"
cookie_secret = "a secret of more than thirty-two letters"
"""
HEAVY = ("scipy", "statsmodels", "pandas", "sqlalchemy", "streamlit", "plotly")


@pytest.fixture
def an_installation(tmp_path, monkeypatch):
    """An installation that holds one review."""
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    for name in ("CANDOR_STORE", "CANDOR_ANCHORS", "CANDOR_FONTS", "CANDOR_SEAL_KEY"):
        monkeypatch.delenv(name, raising=False)
    with closing(Desk(places.store_url(), places.anchors_file(), CHECKLIST)) as desk:
        desk.record_run(a_run(), by=MIRA, now=AT)
    return tmp_path


@pytest.fixture
def accounts(tmp_path, monkeypatch):
    """An installation with a provider, in which one person has signed in."""
    file = tmp_path / "provider.toml"
    file.write_text(PROVIDER, encoding="utf-8")
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CANDOR_PROVIDER", str(file))
    provider.cache_clear()
    checklist = read_checklist(places.checklist_file())
    with closing(Desk(places.store_url(), places.anchors_file(), checklist, provider=HERE)) as desk:
        who = Actor(name="Jonas", role=Role.AUDITOR, issuer=HERE, verified=True, subject="7")
        desk.people.meet(who, address="jonas@bank.example", now=AT)
    yield
    provider.cache_clear()


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_what_it_takes(name, capsys):
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])

    assert ended.value.code == 0
    assert f"python -m review {name}" in capsys.readouterr().out


@pytest.mark.usefixtures("accounts")
def test_the_first_administrator_is_made_on_the_server(capsys):
    says = ["--name", "Root", "--reason", "First administrator"]

    assert main(["accounts"]) == 0
    assert "jonas@bank.example" in capsys.readouterr().out.casefold()
    assert main(["give-role", "jonas@bank.example", "administrator", *says]) == 0
    assert capsys.readouterr().out == "Jonas has the role administrator now.\n"
    assert main(["take-role", "jonas@bank.example", "administrator", *says]) == 2
    assert capsys.readouterr().err.startswith("This is the last administrator.")
    assert main(["give-role", "nobody@bank.example", "chair", *says]) == 2


@pytest.mark.usefixtures("an_installation")
def test_words_are_erased_from_the_server_and_the_record_stays_whole(tmp_path, capsys):
    record = tmp_path / "record.json"
    assert main(["export", "spring-savings", "-o", str(record)]) == 0
    held = json.loads(record.read_bytes())["texts"]
    name = next(name for name, text in held.items() if text["words"] == MIRA.name)

    says = ["--name", "Root", "--reason", "She asked for it."]
    assert main(["erase", "spring-savings", name, *says]) == 0
    assert main(["export", "spring-savings", "-o", str(record)]) == 0
    capsys.readouterr()
    assert main(["verify", str(record)]) == 0

    assert "1 texts were left out or erased" in capsys.readouterr().out
    assert MIRA.name not in record.read_text(encoding="utf-8")


def test_checking_a_document_loads_nothing_that_counts_or_keeps(tmp_path):
    file = tmp_path / "review.pdf"
    file.write_bytes(document(*a_decided(tmp_path), at=AT))
    script = (
        "import sys\n"
        "from review.__main__ import main\n"
        "main(['verify', sys.argv[1]])\n"
        f"print([one for one in {HEAVY} if one in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HOUSE), "CANDOR_HOME": str(tmp_path / "nowhere")},
        check=True,
    )

    assert "gives the same bytes" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def full_disk(*words, room):
    """Run a command that may write files of so many bytes and no more."""
    script = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
        "from review.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script, *words],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        check=False,
    )


@pytest.mark.usefixtures("an_installation")
def test_a_full_disk_is_one_sentence_and_leaves_no_half_file(tmp_path):
    made = tmp_path / "made" / "out.pdf"
    made.parent.mkdir()
    made.write_bytes(b"what was there before")

    said = ["--name", "M. Ito", "--role", "privacy"]
    done = full_disk("report", "spring-savings", "-o", str(made), *said, room=40_000)

    assert done.returncode == 2
    assert done.stderr == (
        f"{made} was not written: there is no room for it. Make room, and try again.\n"
    )
    assert [one.read_bytes() for one in made.parent.iterdir()] == [b"what was there before"]


@pytest.mark.usefixtures("an_installation")
def test_a_document_that_was_not_written_is_not_on_record(tmp_path, capsys):
    said = ["--name", "M. Ito", "--role", "privacy"]
    nowhere = tmp_path / "no such folder" / "out.pdf"

    assert main(["report", "spring-savings", "-o", str(nowhere), *said]) == 2
    assert capsys.readouterr().err == f"{nowhere}: there is no such file or folder.\n"
    assert main(["export", "spring-savings"]) == 0
    assert '"kind":"exported"' not in json.loads(capsys.readouterr().out)["events"][-1]["event"]


@pytest.mark.usefixtures("an_installation")
def test_a_folder_of_fonts_that_is_not_there_is_told(tmp_path, monkeypatch, capsys):
    made = tmp_path / "out.pdf"
    monkeypatch.setenv("CANDOR_FONTS", str(tmp_path / "nowhere"))

    assert (
        main(["report", "spring-savings", "-o", str(made), "--name", "I", "--role", "legal"]) == 0
    )
    assert capsys.readouterr().out == (
        f"{made}\nCANDOR_FONTS names a folder that is not there: {tmp_path / 'nowhere'}. Letters "
        "that only its fonts can draw are shown by their numbers.\n"
    )
    assert made.read_bytes().startswith(b"%PDF")


def test_what_is_refused_while_it_is_filed_leaves_no_file(tmp_path):
    with pytest.raises(NotTaken), filed(tmp_path / "out.pdf", b"%PDF"):
        raise NotTaken("It could not be put on record.")

    assert list(tmp_path.iterdir()) == []


def in_a_pipe(command):
    """Run a command of the shell with `python` as here; its exit statuses and what it complains."""
    return subprocess.run(
        ["bash", "-c", f"{command}; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HOUSE), "PYTHON": sys.executable},
        check=True,
    )


@pytest.mark.usefixtures("an_installation")
def test_whoever_reads_no_further_is_not_told_of_a_full_disk():
    done = in_a_pipe('"$PYTHON" -m review export spring-savings | true')

    assert (done.stdout, done.stderr) == ("0\n", "")


@pytest.mark.usefixtures("an_installation")
def test_what_is_not_there_is_named_for_what_it_is(capsys):
    says = ["--name", "Root", "--reason", "To see."]

    assert main(["give-role", "nobody", "administrator", *says]) == 2
    assert capsys.readouterr().err.startswith("Nobody has signed in yet.")
    assert main(["restore", "autumn", *says]) == 2
    assert capsys.readouterr().err.startswith("There is no review named “autumn”.")


@pytest.mark.usefixtures("an_installation")
@pytest.mark.parametrize("address", ["mysql://candor:hush@db/records", "candor:hush@db/records"])
def test_an_address_that_is_no_store_is_one_sentence_without_its_password(
    address, monkeypatch, capsys
):
    monkeypatch.setenv("CANDOR_STORE", address)

    assert main(["accounts"]) == 2
    told = capsys.readouterr().err
    assert "postgresql://" in told
    assert "hush" not in told


@pytest.mark.usefixtures("an_installation")
def test_a_document_is_checked_beside_a_store_that_cannot_be_read(tmp_path, capsys):
    file = tmp_path / "review.pdf"
    file.write_bytes(document(*a_decided(tmp_path), at=AT))
    (tmp_path / "home" / "store.db").write_bytes(b"no store")

    main(["verify", str(file)])
    told = capsys.readouterr()

    assert "gives the same bytes" in told.out
    assert "The store of this installation cannot be read." in told.out
    assert told.err == ""


@pytest.mark.usefixtures("an_installation")
def test_a_store_that_cannot_be_read_is_named_by_its_place(tmp_path, capsys):
    store = tmp_path / "home" / "store.db"
    store.write_bytes(b"no store")

    assert main(["export", "spring"]) == 2
    assert capsys.readouterr().err == (
        f"The store of the record cannot be read. Tell whoever runs Candor. It lies in {store}.\n"
    )


NUMBER = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("", id="nothing"),
        pytest.param(NUMBER[:-1], id="one too few"),
        pytest.param(f"{NUMBER}0", id="one too many"),
        pytest.param(f"{NUMBER[:-1]}g", id="a letter too far"),
        pytest.param("seal.pem", id="a file"),
    ],
)
def test_a_seal_named_by_no_number_is_refused_before_anything_is_read(said, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["verify", "nowhere.pdf", "--seal", said])

    assert ended.value.code == 2
    assert "a SHA-256 has 64" in capsys.readouterr().err


@pytest.mark.parametrize(
    "said", [NUMBER, NUMBER.upper(), ":".join(NUMBER[at : at + 2] for at in range(0, 64, 2))]
)
def test_a_number_may_be_written_as_people_write_it(said, capsys):
    assert main(["verify", "nowhere.pdf", "--seal", said]) == 2
    assert "nowhere.pdf: there is no such file" in capsys.readouterr().err


def test_a_record_has_no_seal_that_could_be_named(tmp_path, capsys):
    file = tmp_path / "record.json"
    file.write_bytes(b"{}")

    assert main(["verify", str(file), "--seal", NUMBER]) == 2
    assert "An exported record carries no seal." in capsys.readouterr().err
