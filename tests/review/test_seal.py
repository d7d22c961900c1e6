"""The seal: what it covers, what may come after it, and whom it is believed."""

from __future__ import annotations

import io
import os
import stat
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pdfua
import pikepdf
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from checks import places
from review.__main__ import main
from review.commands.refusing import NotTaken
from review.document.report import document
from review.proof.seal import PERSON, _Writer, seal_with, sealed
from review.proof.seal_check import seal_of
from review.proof.seal_key import known_certificates, make_trial_key, seal_key
from review.proof.verify import Says, verify
from tests.review.documents import AT, a_decided
from tests.review.sealing import (
    a_key,
    a_seal_key,
    a_stamper,
    answering,
    as_pem,
    loaded,
    signed_by,
)

DAY = timedelta(days=1)
FLIPS = int(os.environ.get("CANDOR_FLIPS", "2000"))
"""How many positions of a sealed file are changed in turn; 0 is every one (``make fire``)."""


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    return a_decided(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def key():
    return a_seal_key()


@pytest.fixture(scope="module")
def unsealed(decided, key):
    return document(*decided, at=AT, sealer=key.sealer)


@pytest.fixture(scope="module")
def pdf(unsealed, key):
    return sealed(unsealed, key, people=("Mika Ito, privacy", "J. Weber, ethics"))


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """An installation without any key."""
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    for name in ("KEY", "PASSPHRASE"):
        monkeypatch.delenv(f"CANDOR_SEAL_{name}", raising=False)
    for name in ("CANDOR_TRUST", "CANDOR_STORE", "CANDOR_TIME_STAMPS"):
        monkeypatch.delenv(name, raising=False)


def asked(pdf, *, now=AT + DAY, known=None, **other):
    if known is None:
        known = [loaded(a_key()[1])]
    return verify(pdf, now=now, known=known, **other)


def test_a_sealed_document_of_a_known_key_stands(pdf, unsealed):
    checked = asked(pdf)

    assert checked.says is Says.STANDS
    assert checked.sentence.startswith(
        "“Spring savings account, revision 1: Rejected” was sealed by Bank of Examples on "
    )
    assert checked.sentence.endswith(
        "is unchanged since; its record of 6 events is whole, and making it again from that "
        "record gives the same bytes."
    )
    assert pdf.startswith(unsealed)
    assert "withdrawn, replaced or ended later cannot be seen from the file" in str(checked)
    assert "no personal signature of those named" in str(checked)


def test_it_says_who_sealed_it_and_what_a_seal_is_not(pdf, key):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        keywords = str(opened.docinfo["/Keywords"])
        kept = opened.open_metadata()

        assert f"seal {key.sealer.certificate}" in keywords
        assert (kept["pdfaid:part"], kept["pdfaid:conformance"]) == ("3", "A")
        assert kept["pdfuaid:part"] == "1"


def test_a_checker_of_accessible_pdfs_finds_nothing_in_a_sealed_one(pdf, tmp_path):
    file = tmp_path / "sealed.pdf"
    file.write_bytes(signed_by(pdf, PERSON.format(1), "Mika Ito"))

    report = pdfua.validate(file)

    assert report.outcomes
    assert not report.findings


def test_a_key_that_is_not_known_is_no_proof(pdf, key):
    checked = asked(pdf, known=[])

    assert checked.says is Says.CANNOT_TELL
    assert checked.sentence == (
        "it is sealed and unchanged since, but the key of the seal is not known here: it calls "
        "itself “Bank of Examples”; compare the number of its certificate with the one that the "
        f"organisation publishes, then check again with --seal {key.sealer.certificate}."
    )
    assert asked(pdf, known=[loaded(a_key("Somebody else")[1])]).says is Says.CANNOT_TELL


def test_whoever_compared_the_number_of_the_certificate_may_say_so(pdf, key):
    number = key.sealer.certificate
    spaced = " ".join(number[at : at + 4] for at in range(0, 64, 4)).upper()

    assert asked(pdf, known=[], accepted=number).says is Says.STANDS
    assert asked(pdf, known=[], accepted=spaced).says is Says.STANDS
    assert asked(pdf, known=[], accepted="0" * 64).says is Says.CANNOT_TELL


def test_a_number_that_is_another_decides_also_where_the_seal_is_known(pdf, key):
    assert asked(pdf, accepted=key.sealer.certificate).says is Says.STANDS
    other = asked(pdf, accepted="0" * 64)

    assert other.says is Says.CANNOT_TELL
    assert other.sentence == (
        "it is sealed and unchanged since, but by another certificate than the one that was named: "
        f"its own calls itself “Bank of Examples” and has the number {key.sealer.certificate}."
    )


def test_a_key_that_has_ended_is_no_proof_unless_a_time_stamp_was_set_before(decided):
    short = a_seal_key("Short-lived bank", days=5)
    pdf = document(*decided, at=AT, sealer=short.sealer)
    plain = seal_with(pdf, short, people=(), stamper=None)
    stamped = seal_with(pdf, short, people=(), stamper=a_stamper(at=AT + DAY))
    bank = loaded(a_key("Short-lived bank", days=5)[1])
    authority = loaded(a_key("Time Authority", stamps=True)[1])
    later = AT + 30 * DAY

    assert asked(plain, known=[bank]).says is Says.STANDS
    ended = asked(plain, now=later, known=[bank, authority])
    assert ended.says is Says.CANNOT_TELL
    assert "ended on 2026-11-27, and no time-stamp that is known here shows" in ended.sentence
    assert asked(stamped, now=later, known=[bank]).says is Says.CANNOT_TELL
    kept = asked(stamped, now=later, known=[bank, authority])
    assert kept.says is Says.STANDS
    assert kept.time_stamped_by == "Time Authority"
    assert kept.sealed_at == "24 November 2026, 14:05 UTC"


def test_a_personal_signature_in_its_field_is_allowed_and_named(pdf):
    once = signed_by(pdf, PERSON.format(1), "Mika Ito")
    twice = signed_by(once, PERSON.format(2), "J. Weber")

    checked = asked(twice)

    assert checked.says is Says.STANDS
    assert checked.personal_signatures == ("Mika Ito", "J. Weber")


def test_a_program_that_notes_itself_and_the_time_while_signing_is_allowed(pdf):
    signed = signed_by(pdf, PERSON.format(1), "Mika Ito", writer=IncrementalPdfFileWriter)

    checked = asked(signed)

    assert signed.count(b"ModifyDate") > pdf.count(b"ModifyDate")
    assert checked.says is Says.STANDS
    assert checked.personal_signatures == ("Mika Ito",)


def test_a_seal_that_was_cut_off_is_missed(unsealed):
    checked = asked(unsealed)

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence == "the seal that belongs in it was taken out."


# What may not come after it


def added(change):
    """A change that is added to the file, as a program that knows PDF does it."""

    def made(pdf):
        writer = _Writer(io.BytesIO(pdf))
        change(writer)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return made


def _page(writer):
    pages = writer.root["/Pages"]
    page = generic.DictionaryObject(writer.root["/Pages"]["/Kids"][0].get_object())
    pages["/Kids"].append(writer.add_object(page))
    pages["/Count"] = generic.NumberObject(pages["/Count"] + 1)
    writer.update_container(pages)


def _page_less(writer):
    pages = writer.root["/Pages"]
    pages["/Kids"].pop()
    pages["/Count"] = generic.NumberObject(pages["/Count"] - 1)
    writer.update_container(pages)


def _first(writer):
    return writer.root["/Pages"]["/Kids"][0].get_object()


def _ink(writer):
    page = _first(writer)
    drawn = writer.add_object(generic.StreamObject(stream_data=b"0 0 0 rg 90 90 300 300 re f"))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), drawn])
    writer.update_container(page)


def _note(writer):
    page = _first(writer)
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                map(generic.NumberObject, (9, 9, 99, 99))
            ),
            generic.pdf_name("/Contents"): generic.pdf_string("Approved"),
        }
    )
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page)


def _attachment(writer):
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    names.extend([generic.pdf_string("zz.json"), names.raw_get(1)])
    writer.update_root()


def _no_attachment(writer):
    del writer.root["/Names"]
    writer.update_root()


def _other_record(writer):
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    spec = names[list(names).index("record.json") + 1]
    other = writer.add_object(generic.StreamObject(stream_data=b"{}"))
    for name in list(spec["/EF"]):
        spec["/EF"][name] = other
    writer.update_container(spec)


def _signature_field(writer):
    fields.append_signature_field(writer, fields.SigFieldSpec("More", box=(-9, -9, -9, -9)))


def _renamed_field(writer):
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    field["/T"] = generic.pdf_string("Seal of the ministry")
    writer.update_container(field)


def _title(writer):
    info = writer.trailer["/Info"]
    info["/Title"] = generic.pdf_string("Approved")
    writer.update_container(info)


def _metadata(writer):
    stream = writer.root["/Metadata"]
    told = stream.data.replace(b"Rejected", b"Approved")
    writer.root["/Metadata"] = writer.add_object(generic.StreamObject(stream_data=told))
    writer.update_root()


def _script(writer):
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {
            generic.pdf_name("/S"): generic.pdf_name("/JavaScript"),
            generic.pdf_name("/JS"): generic.pdf_string("app.alert(1)"),
        }
    )
    writer.update_root()


def _outline(writer):
    del writer.root["/Outlines"]
    writer.update_root()


def _tags(writer):
    writer.root["/StructTreeRoot"] = writer.add_object(generic.DictionaryObject())
    writer.update_root()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(added(_page), "a page was added: ", id="a page added"),
        pytest.param(added(_page_less), "a page was taken out: ", id="a page taken out"),
        pytest.param(added(_ink), "page 1 was drawn over.", id="a page drawn over"),
        pytest.param(added(_note), "a note or link was laid on page 1.", id="a note"),
        pytest.param(added(_attachment), "an attachment was added.", id="an attachment added"),
        pytest.param(added(_no_attachment), "was taken out", id="an attachment taken out"),
        pytest.param(added(_other_record), "the attached record.json was exchanged.", id="record"),
        pytest.param(added(_signature_field), "a field was added on page 1.", id="a field"),
        pytest.param(added(_renamed_field), "a field was added, taken out or renamed.", id="name"),
        pytest.param(added(_title), "its title or what it says about itself", id="title"),
        pytest.param(added(_metadata), "what it says about itself (its metadata)", id="metadata"),
        pytest.param(added(_script), "something was added that runs", id="a script"),
        pytest.param(added(_outline), "its table of contents was changed.", id="outline"),
        pytest.param(added(_tags), "what is read aloud was changed.", id="tags"),
        pytest.param(
            lambda pdf: signed_by(pdf, "Mine", "A stranger", new=True),
            "a field was added on page 1.",
            id="a signature outside the fields",
        ),
    ],
)
def test_what_was_changed_after_the_seal_is_named(pdf, change, said):
    checked = asked(change(pdf))

    assert checked.says is Says.DOES_NOT_STAND
    assert said in checked.sentence


def test_bytes_after_the_end_are_named(pdf):
    checked = asked(pdf + b"\n% and more\n%%EOF")

    assert checked.says is Says.DOES_NOT_STAND


def test_a_file_saved_by_another_program_cannot_be_checked(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        out = io.BytesIO()
        opened.save(out)

    checked = asked(out.getvalue())

    assert checked.says is not Says.STANDS
    assert not checked.made_again


def _container(pdf):
    """Where the letters of the seal's container begin and end."""
    begins = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    return begins, pdf.index(b">", begins)


def test_a_seal_of_another_key_than_the_document_names_does_not_stand(unsealed):
    other = a_seal_key("Somebody else")

    checked = asked(sealed(unsealed, other), known=[other.certificate])

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence == "its seal is of another certificate than the document names."


def test_padding_in_the_container_holds_nothing(pdf):
    _, end = _container(pdf)
    hidden = pdf[: end - 2] + b"41" + pdf[end:]

    checked = asked(hidden)

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence == "something is hidden in the container of a signature, behind it."


def test_the_container_is_written_in_one_way_only(pdf):
    begins, end = _container(pdf)
    at = next(at for at in range(begins, end) if pdf[at : at + 1].isalpha())
    lowered = pdf[:at] + pdf[at : at + 1].lower() + pdf[at + 1 :]

    assert asked(lowered).sentence == "the container of a signature was written anew."


def test_no_byte_outside_the_container_can_be_changed(pdf):
    """Each sampled byte in turn; the seal must not hold any more, or not be there."""
    known = [loaded(a_key()[1])]
    begins, end = _container(pdf)
    every = [at for at in range(len(pdf)) if not begins <= at < end]
    step = max(1, len(every) // FLIPS) if FLIPS else 1
    passed = [at for at in every[::step] if _holds(_flipped(pdf, at), known)]

    assert len(every[::step]) >= min(FLIPS, len(every))
    assert passed == []


def test_a_number_that_is_none_is_a_broken_seal_and_no_exception(pdf):
    broken = pdf.replace(b"/ByteRange [0 ", b"/ByteRange [. ")

    assert broken != pdf
    assert seal_of(broken, [loaded(a_key()[1])], now=AT + DAY).broken
    assert asked(broken).says is Says.DOES_NOT_STAND


def _flipped(pdf, at):
    return pdf[:at] + bytes([pdf[at] ^ (1 << at % 8)]) + pdf[at + 1 :]


def _holds(pdf, known):
    seal = seal_of(pdf, known, now=AT + DAY)
    return seal is not None and not seal.against


def test_a_changed_byte_never_reads_as_a_sign_off_that_stands(pdf):
    begins, end = _container(pdf)
    for at in range(11, len(pdf), len(pdf) // 40):
        if begins <= at < end:
            continue
        assert asked(_flipped(pdf, at)).says is not Says.STANDS


# The key


def test_a_trial_key_says_that_it_is_one(decided):
    make_trial_key(AT)
    key = seal_key(AT)

    assert key.sealer.trial
    pdf = sealed(document(*decided, at=AT, sealer=key.sealer), key)
    checked = asked(pdf, known=known_certificates())
    assert checked.says is Says.STANDS
    assert checked.trial_seal
    assert "a trial key's: it shows that nothing changed, and not who made it" in str(checked)


def test_the_command_makes_a_trial_key_once_for_this_installation_only(capsys):
    assert main(["seal-key"]) == 0
    said = capsys.readouterr().out
    [file] = places.keys().iterdir()

    assert "it shows that nothing changed, and not who made them" in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "PRIVATE" not in said
    assert main(["seal-key"]) == 2
    assert "There is a trial key already" in capsys.readouterr().err


def test_without_a_key_nothing_is_sealed():
    assert seal_key(AT) is None
    assert known_certificates() == ()


@pytest.mark.parametrize("form", ["file", "locked file", "PKCS #12", "text"])
def test_the_key_is_read_from_a_file_or_a_secret(form, tmp_path, monkeypatch):
    key, certificate = a_key()
    file = tmp_path / "seal"
    words = b"open sesame" if form not in {"file", "text"} else None
    if form == "PKCS #12":
        locked = serialization.BestAvailableEncryption(words)
        file.write_bytes(pkcs12.serialize_key_and_certificates(b"", key, certificate, None, locked))
    else:
        file.write_bytes(as_pem(key, certificate, words))
    given = file.read_text() if form == "text" else str(file)
    monkeypatch.setenv("CANDOR_SEAL_KEY", given)
    monkeypatch.setenv("CANDOR_SEAL_PASSPHRASE", "open sesame" if words else "")

    found = seal_key(AT)

    assert found.sealer.name == "Bank of Examples"
    assert [one.sha256.hex() for one in known_certificates()] == [found.sealer.certificate]
    assert not places.keys().exists()
    assert "PrivateKey" not in repr(found)


def _elliptic():
    key = ec.generate_private_key(ec.SECP256R1())
    return as_pem(key, a_key()[1])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(lambda: b"nothing", "cannot be opened", id="no key"),
        pytest.param(lambda: as_pem(*a_key(), b"other words"), "cannot be opened", id="locked"),
        pytest.param(_elliptic, "An archive file needs RSA, 3072 bits or more.", id="elliptic"),
        pytest.param(lambda: as_pem(*a_key(bits=2048)), "needs RSA, 3072 bits", id="short"),
        pytest.param(lambda: as_pem(*a_key(days=1, begins=-9)), "not today. Renew it", id="ended"),
        pytest.param(
            lambda: as_pem(a_key()[0], a_key("Somebody else")[1]),
            "has no certificate of its own",
            id="another's certificate",
        ),
        pytest.param(lambda: None, "names no file that is there", id="no file"),
    ],
)
def test_a_key_that_is_no_use_is_refused_with_a_sentence(content, said, tmp_path, monkeypatch):
    file = tmp_path / "seal.pem"
    if (held := content()) is not None:
        file.write_bytes(held)
    monkeypatch.setenv("CANDOR_SEAL_KEY", str(file))

    with pytest.raises(NotTaken, match=said):
        seal_key(AT)


def test_certificates_that_are_trusted_lie_in_a_folder(pdf, tmp_path, monkeypatch):
    folder = tmp_path / "trusted"
    folder.mkdir()
    der = serialization.Encoding.DER
    (folder / "bank.crt").write_bytes(a_key()[1].public_bytes(der))
    (folder / "readme.txt").write_text("no certificate", encoding="utf-8")
    monkeypatch.setenv("CANDOR_TRUST", str(folder))

    assert asked(pdf, known=known_certificates()).says is Says.STANDS


# The time


@pytest.fixture
def an_authority():
    """A time-stamp authority on a port of its own; yields its address."""
    stamper = a_stamper()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            made = answering(stamper, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(made)))
            self.end_headers()
            self.wfile.write(made)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_time_stamp_comes_from_an_authority_that_is_asked(unsealed, key, an_authority):
    pdf = sealed(unsealed, key, time_stamps=an_authority)
    bank, authority = loaded(a_key()[1]), loaded(a_key("Time Authority", stamps=True)[1])

    unknown = asked(pdf, known=[bank])
    known = asked(pdf, known=[bank, authority])

    assert (unknown.says, known.says) == (Says.STANDS, Says.STANDS)
    assert (unknown.time_stamped_by, known.time_stamped_by) == ("", "Time Authority")
    assert "sealer's own word" in str(unknown)
    assert "The time of the seal is vouched for by Time Authority." in str(known)


def test_an_authority_that_does_not_answer_stops_the_seal_with_a_sentence(unsealed, key):
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as nobody:
        address = f"http://127.0.0.1:{nobody.server_port}/"

    with pytest.raises(NotTaken, match="the time-stamp authority did not answer"):
        sealed(unsealed, key, time_stamps=address)
