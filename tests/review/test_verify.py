"""What is said about a document from its own bytes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import timedelta
from hashlib import sha256

import pikepdf
import pytest

from checks import places
from checks.places import HOUSE
from review.__main__ import main
from review.commands.desk import Desk
from review.document.report import document, renderer
from review.present.unfolding import from_bundle
from review.proof import verify as verifying
from review.proof.verify import Says
from review.proof.verify import verify as verify_at
from review.store.canonical import canonical
from tests.review.documents import AT, CHECKLIST, MIRA, a_decided, a_run
from tests.review.forging import saved_again, with_record

NO_SEAL = "it carries no seal, so anyone could have made it; its record is whole"


def verify(pdf, **known):
    return verify_at(pdf, now=AT + timedelta(days=1), **known)


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    return a_decided(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def pdf(decided):
    return document(*decided, at=AT)


@pytest.fixture
def an_installation(tmp_path, monkeypatch):
    """An installation that holds one review."""
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path))
    for name in ("CANDOR_STORE", "CANDOR_ANCHORS", "CANDOR_FONTS"):
        monkeypatch.delenv(name, raising=False)
    desk = Desk(places.store_url(), places.anchors_file(), CHECKLIST)
    desk.record_run(a_run(), by=MIRA, now=AT)
    desk.close()


def _locked(pdf, user="secret"):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        saved = io.BytesIO()
        opened.save(saved, encryption=pikepdf.Encryption(owner="owner", user=user))
    return saved.getvalue()


def _foreign():
    saved = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(saved)
    return saved.getvalue()


def test_a_record_folds_to_the_review_it_came_from(decided):
    review, record = decided

    assert from_bundle(record) == review


def test_an_untouched_document_is_whole_but_has_no_seal(pdf, decided):
    checked = verify(pdf)

    assert checked.says is Says.CANNOT_TELL
    assert checked.made_again
    assert checked.sentence == (
        f"{NO_SEAL}, and making it again from that record gives the same bytes."
    )
    assert checked.head == decided[0].head
    assert checked.document == "Spring savings account, revision 1: Rejected"


def test_the_installation_it_is_checked_on_plays_no_part(pdf, monkeypatch, tmp_path):
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path))
    monkeypatch.setenv("CANDOR_POLICY", "nowhere.yaml")

    assert verify(pdf).made_again


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(
            lambda _: b"hello",
            "this file is not a PDF: choose the PDF of the sign-off.",
            id="no PDF",
        ),
        pytest.param(
            lambda _: b"", "this file is not a PDF: choose the PDF of the sign-off.", id="nothing"
        ),
        pytest.param(lambda pdf: pdf[: len(pdf) // 2], "this PDF is cut short;", id="cut short"),
        pytest.param(
            lambda pdf: pdf[:90_000] + b"\n%%EOF", "this PDF is damaged;", id="cut and mended"
        ),
        pytest.param(lambda _: b"%PDF-1.7\n%%EOF", "this PDF is damaged;", id="an empty PDF"),
        pytest.param(_locked, "protected by a password;", id="password"),
        pytest.param(lambda pdf: _locked(pdf, ""), "protected by a password;", id="locked"),
        pytest.param(lambda _: _foreign(), "this is not a document of Candor", id="foreign"),
        pytest.param(
            lambda pdf: saved_again(pdf, lambda _: None),
            "this PDF was saved again by another program;",
            id="saved again",
        ),
    ],
)
def test_what_cannot_be_checked_is_refused_with_a_sentence(pdf, spoil, said):
    checked = verify(spoil(pdf))

    assert checked.says is Says.CANNOT_TELL
    assert not checked.made_again
    assert said in checked.sentence


def test_a_document_whose_record_was_taken_out_does_not_stand(pdf):
    def take_out(opened):
        del opened.attachments["record.json"]

    checked = verify(saved_again(pdf, take_out))

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence == "the record that belongs in it was taken out."


def test_another_record_does_not_stand(pdf, decided):
    _, record = decided
    other = json.loads(record)
    other["review"] = "autumn"

    checked = verify(with_record(pdf, canonical(other), named=sha256(record).hexdigest()))

    assert checked.says is Says.DOES_NOT_STAND
    assert "not the one that the document names" in checked.sentence


def _dropped(record):
    del record["events"][2]


def _reworded(record):
    words = next(t for t in record["texts"].values() if t["words"] == "Mend it first.")
    words["words"] = "Fine by me."


def _decided_otherwise(record):
    last = record["events"][-1]
    last["event"] = last["event"].replace('"reject"', '"approve"')


def _rehashed(record):
    _decided_otherwise(record)
    last = record["events"][-1]
    last["hash"] = sha256(last["event"].encode()).hexdigest()


def _other_findings(record):
    name = next(n for n, d in record["documents"].items() if "1,204" in d)
    record["documents"][name] = record["documents"][name].replace("1,204", "4")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_dropped, id="an event taken out"),
        pytest.param(_reworded, id="words changed"),
        pytest.param(_decided_otherwise, id="a decision changed"),
        pytest.param(_rehashed, id="a decision changed and hashed again"),
        pytest.param(_other_findings, id="a finding changed"),
    ],
)
def test_a_changed_record_does_not_stand_even_if_named(pdf, decided, change):
    record = json.loads(decided[1])
    change(record)

    checked = verify(with_record(pdf, canonical(record)))

    assert checked.says is Says.DOES_NOT_STAND
    assert "its record is not whole:" in checked.sentence


def test_a_record_forged_from_end_to_end_makes_other_pages(pdf, decided):
    record = json.loads(decided[1])
    _rehashed(record)
    record["head"] = record["anchor"]["head"] = record["events"][-1]["hash"]

    checked = verify(with_record(pdf, canonical(record)))

    assert checked.says is Says.DOES_NOT_STAND
    assert "not what its record makes" in checked.sentence


def test_a_record_that_left_its_anchor_does_not_stand(pdf, decided):
    record = json.loads(decided[1])
    _rehashed(record)
    record["head"] = record["events"][-1]["hash"]

    assert "not the one that was anchored" in verify(with_record(pdf, canonical(record))).sentence


def test_a_page_drawn_over_is_named(pdf):
    def draw(opened):
        page = opened.pages[1]
        page.contents_add(opened.make_stream(b"0 0 0 rg 100 100 300 300 re f"))

    checked = verify(saved_again(pdf, draw))

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence.startswith("page 2 is not what its record makes:")


def test_a_note_laid_over_a_page_is_named(pdf):
    def note(opened):
        laid = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text)
        opened.pages[0].obj["/Annots"] = pikepdf.Array([opened.make_indirect(laid)])

    assert "page 1 is not what its record makes:" in verify(saved_again(pdf, note)).sentence


def test_a_page_added_is_named(pdf):
    checked = verify(saved_again(pdf, lambda opened: opened.add_blank_page()))

    assert checked.says is Says.DOES_NOT_STAND
    assert "pages instead of" in checked.sentence


def test_one_changed_byte_never_passes(pdf):
    """Each byte changed somewhere else along the file; no answer may call it untouched."""
    for at in range(7, len(pdf) - 6, len(pdf) // 25):
        changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]

        assert not verify(changed).made_again


def test_another_version_is_no_fault_and_is_named(pdf, monkeypatch):
    ours = {**renderer(), "candor": "9.9.9"}
    monkeypatch.setattr(verifying, "renderer", lambda _: ours)

    checked = verify(pdf)

    assert checked.says is Says.CANNOT_TELL
    assert not checked.made_again
    assert NO_SEAL in checked.sentence
    assert "It was made by Candor 0.1.0 with Typst" in str(checked)
    assert "here is Candor 9.9.9 with Typst" in str(checked)


def test_the_command_answers_with_words_and_status(pdf, tmp_path, capsys):
    file = tmp_path / "review.pdf"
    file.write_bytes(pdf)

    assert main(["verify", str(file)]) == 2
    assert capsys.readouterr().out.startswith(f"Cannot tell: {NO_SEAL}")

    assert main(["verify", str(file), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)

    assert told["says"] == "cannot_tell"
    assert told["made_again"] is True
    assert told["events"] > 4


def test_the_command_says_when_a_document_does_not_stand(pdf, tmp_path, capsys):
    file = tmp_path / "review.pdf"
    file.write_bytes(saved_again(pdf, lambda opened: opened.add_blank_page()))

    assert main(["verify", str(file)]) == 1
    assert capsys.readouterr().out.startswith("This sign-off does not stand: ")


def test_the_command_refuses_what_is_not_there(tmp_path, capsys):
    assert main(["verify", str(tmp_path / "none.pdf")]) == 2
    assert "none.pdf: there is no such file" in capsys.readouterr().err


def test_verifying_needs_no_store_and_no_network(pdf, tmp_path):
    """Run as a stranger would: another folder, an empty home, sockets forbidden."""
    file = tmp_path / "review.pdf"
    file.write_bytes(pdf)
    script = (
        "import socket, sys\n"
        "def no(*_): raise OSError('no network')\n"
        "socket.socket.connect = no\n"
        "from review.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "verify", str(file)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(HOUSE), "CANDOR_HOME": str(tmp_path / "home")},
        check=False,
    )

    assert done.returncode == 2
    assert "gives the same bytes" in done.stdout
    assert not (tmp_path / "home").exists()


@pytest.mark.usefixtures("an_installation")
def test_the_command_makes_the_record_and_the_document(tmp_path, capsys):
    record, made = tmp_path / "record.json", tmp_path / "review.pdf"

    assert main(["export", "spring-savings", "-o", str(record)]) == 0
    asked = ["report", "spring-savings", "-o", str(made), "--name", "M. Ito", "--role", "privacy"]
    assert main(asked) == 0
    assert capsys.readouterr().out.strip() == str(made)
    assert verify(made.read_bytes()).made_again

    with pikepdf.open(made) as opened:
        assert opened.attachments["record.json"].get_file().read_bytes() == record.read_bytes()
    assert main(["export", "spring-savings"]) == 0
    after = json.loads(capsys.readouterr().out)
    assert '"kind":"exported"' in after["events"][-1]["event"]


@pytest.mark.usefixtures("an_installation")
def test_the_command_refuses_a_review_that_is_not_there(capsys):
    assert main(["export", "autumn"]) == 2
    assert (
        capsys.readouterr().err
        == "There is no review named “autumn”. It begins in the dashboard.\n"
    )
