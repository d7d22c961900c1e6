"""Documents that earlier versions made, kept as they were: they can be checked for good."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import x509

from review.__main__ import main
from review.document.report import renderer
from review.proof.verify import Says, verify
from review.proof.versions import another
from tests.review.documents import AT

OLDER = Path(__file__).parent / "older"
LATER = AT + timedelta(days=400)
SEALED = (OLDER / "first-seals.pdf").read_bytes()
UNSEALED = (OLDER / "before-seals.pdf").read_bytes()
KNOWN = [x509.Certificate.load((OLDER / "first-seals.der").read_bytes())]


def test_a_sealed_one_stands_and_names_who_made_it():
    checked = verify(SEALED, now=LATER, known=KNOWN)

    assert checked.says is Says.STANDS
    assert not checked.made_again
    assert checked.sentence.startswith("“Spring savings account, revision 1: Rejected” was sealed")
    assert "made by another version of Candor, so it was not made again here" in checked.sentence
    assert checked.notes[0] == (
        "It was made by Candor 0.1.0 with Typst 0.15.2, build 03dc0d1b; here is another build of "
        "it. To make it again and compare every byte, use that one."
    )
    assert (checked.review, checked.events) == ("spring-savings", 6)


def test_one_from_before_there_were_seals_is_read_and_has_none():
    checked = verify(UNSEALED, now=LATER)

    assert checked.says is Says.CANNOT_TELL
    assert checked.sentence.startswith("it carries no seal, so anyone could have made it;")
    assert "another version made it, so it was not made again" in checked.sentence
    assert (checked.edition, checked.events) == ("internal", 6)


def test_no_byte_of_one_outside_its_seal_can_be_changed_either():
    begins = SEALED.rindex(b"/Contents <")
    for at in range(11, begins, begins // 30):
        changed = SEALED[:at] + bytes([SEALED[at] ^ 1]) + SEALED[at + 1 :]

        assert verify(changed, now=LATER, known=KNOWN).says is not Says.STANDS


def test_a_seal_that_was_taken_from_one_is_missed():
    with pikepdf.open(io.BytesIO(SEALED)) as opened:
        del opened.Root["/AcroForm"]
        for page in opened.pages:
            if "/Annots" in page:
                del page["/Annots"]
        bare = io.BytesIO()
        opened.save(bare)

    checked = verify(bare.getvalue(), now=LATER, known=KNOWN)

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence == "the seal that belongs in it was taken out."


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        pytest.param({"typst": "0.16.0"}, "with Typst 0.16.0; here is Candor", id="typesetter"),
        pytest.param({"program": "1" * 16}, "build 11111111; here is another build", id="build"),
        pytest.param({"fonts": "2" * 16}, "with other fonts; here is another build", id="fonts"),
        pytest.param({"unicode": "15.1"}, "with another Unicode; here is another", id="Unicode"),
    ],
)
def test_what_differs_is_said_in_words(theirs, said):
    ours = renderer()

    assert said in another({**ours, **theirs}, ours)


def test_the_answer_is_one_object_for_machines_too(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path))

    assert main(["verify", str(OLDER / "before-seals.pdf"), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)

    assert told["says"] == "cannot_tell"
    assert told["made_with"].startswith("candor 0.1.0 (eb4069dace28db9e), typst 0.15.2")
