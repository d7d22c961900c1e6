"""Whether a document can be believed, from its own bytes: offline, without the store."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf

from checks.run import Run
from review.chain import Bundle, linked, read_bundle, verify_bundle
from review.checklist import Checklist
from review.folding import Kept, Shelf, folded
from review.pages import in_words
from review.record import ERASED, Review
from review.report import NotTypeset, document, renderer

RECORD = "record.json"
LARGEST = 500_000_000
"""Bytes of a file that is looked at."""
STAMPS = ("candor", "typst", "unicode", "program", "fonts", "record", "made")
"""What a document says about its own making, in its keywords."""

DAMAGED = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    RuntimeError,
)
"""What reading a PDF may raise when its bytes are not what they should be."""

LATER = "Whether a decision was withdrawn later cannot be seen from the file."
ORIGINAL = "Ask for the original file from the organisation named on page 1."


class Says(StrEnum):
    """The answer about a document; the exit status goes by it."""

    STANDS = "stands"
    DOES_NOT_STAND = "does_not_stand"
    CANNOT_TELL = "cannot_tell"

    @property
    def status(self) -> int:
        """0 stands, 1 does not stand, 2 cannot tell or refused."""
        return list(Says).index(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What was found about a document."""

    says: Says
    sentence: str
    """Why, as a sentence or two."""
    document: str = ""
    """What the document says it is: campaign, revision, decision."""
    head: str = ""
    """Hash of the last event in its record."""
    events: int = 0
    record_sha256: str = ""
    made_with: str = ""
    """The program and fonts that the document names."""
    made_again: bool = False
    """Whether making it again from its record gave the same bytes."""
    notes: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The answer as plain data."""
        return {**asdict(self), "says": self.says.value, "notes": list(self.notes)}

    def __str__(self) -> str:
        named = {
            Says.STANDS: "This sign-off stands",
            Says.DOES_NOT_STAND: "This document does not stand",
            Says.CANNOT_TELL: "Cannot tell",
        }[self.says]
        return "\n".join((f"{named}: {self.sentence}", *self.notes))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Opened:
    """A document of ours, taken apart."""

    pdf: bytes
    record: bytes
    stamps: dict[str, str]
    title: str
    sealed: bool


def verify(pdf: bytes, *, fonts: Sequence[Path] = ()) -> Checked:
    """What can be said about a document from its bytes alone; never raises for what they hold.

    `fonts` are the further font folders of this installation.
    """
    opened = _open(pdf)
    if isinstance(opened, Checked):
        return opened
    return _judged(opened, fonts)


def from_bundle(record: bytes) -> Review:
    """The review that a record folds to; raises ValueError where it is none."""
    bundle = read_bundle(record)
    chain = linked(bundle.review, bundle.rows)
    shelf = Shelf(
        words=lambda name: bundle.texts.get(name, {}).get("words", ERASED),
        kept=lambda name: _kept(bundle, name),
        checklist=lambda name: _checklist(bundle, name),
    )
    return folded(chain, shelf, Checklist(id="none", version=0, questions=()))


def _open(pdf: bytes) -> _Opened | Checked:
    if len(pdf) > LARGEST:
        return _unclear("the file is too large to look at.")
    if not pdf.startswith(b"%PDF-"):
        return _unclear("this file is not a PDF.")
    if not pdf.rstrip().endswith(b"%%EOF"):
        return _unclear(f"this PDF is cut short. {ORIGINAL}")
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as opened:
            return _taken_apart(opened, pdf)
    except pikepdf.PasswordError:
        return _unclear(f"this PDF is protected by a password. {ORIGINAL}")
    except DAMAGED:
        return _unclear(f"this PDF is damaged. {ORIGINAL}")


def _taken_apart(opened: pikepdf.Pdf, pdf: bytes) -> _Opened | Checked:
    if opened.is_encrypted:
        return _unclear(f"this PDF is protected by a password. {ORIGINAL}")
    stamps = _stamps(str(opened.docinfo.get("/Keywords", "")))
    if RECORD not in opened.attachments:
        if "candor" in stamps:
            return _against("the record that belongs in it was taken out.")
        return _unclear("this is not a document of Candor: no record is attached to it.")
    if not set(STAMPS) <= set(stamps):
        return _unclear(
            "a record is attached, but the document does not say how it was made. "
            f"It was not made by Candor, or saved again by another program. {ORIGINAL}"
        )
    return _Opened(
        pdf=pdf,
        record=opened.attachments[RECORD].get_file().read_bytes(),
        stamps=stamps,
        title=str(opened.docinfo.get("/Title", "")),
        sealed="/AcroForm" in opened.Root,
    )


def _stamps(keywords: str) -> dict[str, str]:
    pairs = (word.strip().split(" ", 1) for word in keywords.split(","))
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and pair[0] in STAMPS}


def _judged(opened: _Opened, fonts: Sequence[Path]) -> Checked:
    found = sha256(opened.record).hexdigest()
    if found != opened.stamps["record"]:
        return _against("the attached record is not the one that the document names.")
    whole = verify_bundle(opened.record)
    if not whole.stands:
        return _against(f"its record is not whole. {whole.problem}")
    known: dict[str, Any] = {
        "document": opened.title,
        "head": whole.head,
        "events": whole.length,
        "record_sha256": found,
        "made_with": in_words(opened.stamps),
        "notes": _notes(whole.erased),
    }
    return _made_again(opened, fonts, known)


def _notes(erased: int) -> tuple[str, ...]:
    if not erased:
        return (LATER,)
    return (f"{erased:,} texts were erased or left out; their hashes stand.", LATER)


def _made_again(opened: _Opened, fonts: Sequence[Path], known: dict[str, Any]) -> Checked:
    ours = renderer(fonts)
    if any(opened.stamps[name] != what for name, what in ours.items()):
        return _unclear(
            "this document carries no seal, so anyone could have made it. Its record is whole. "
            "It was made by another version, so it was not made again and compared here. "
            f"That is no fault. It was made with {known['made_with']}; here is {in_words(ours)}.",
            **known,
        )
    try:
        again = document(
            from_bundle(opened.record),
            opened.record,
            at=datetime.strptime(opened.stamps["made"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
            fonts=fonts,
        )
    except (ValueError, NotTypeset):
        return _against("no document can be made from its record, so this one was not.", **known)
    if again == opened.pdf:
        return _unclear(
            "this document carries no seal, so anyone could have made it. Its record is whole, "
            "and making it again from that record gives the same bytes.",
            **known,
            made_again=True,
        )
    return _differs(opened, again, known)


def _differs(opened: _Opened, again: bytes, known: dict[str, Any]) -> Checked:
    """Not the same bytes: a page that was changed, or the same pages saved again."""
    try:
        pages = _changed_pages(opened.pdf, again)
    except DAMAGED:
        return _unclear(f"this PDF is damaged. {ORIGINAL}", **known)
    if pages:
        return _against(
            f"{pages} not what its record makes. The document was changed after it was made.",
            **known,
        )
    if opened.sealed:
        return _unclear("it carries a seal, which this version of Candor cannot judge.", **known)
    return _unclear(
        "this PDF was saved again by another program. The content may be the same, but this "
        f"cannot be shown. {ORIGINAL}",
        **known,
    )


def _changed_pages(one: bytes, other: bytes) -> str:
    with pikepdf.open(io.BytesIO(one)) as ours, pikepdf.open(io.BytesIO(other)) as theirs:
        if len(ours.pages) != len(theirs.pages):
            return f"It has {len(ours.pages)} pages instead of {len(theirs.pages)}; that is"
        pairs = zip(ours.pages, theirs.pages, strict=True)
        changed = [number for number, (a, b) in enumerate(pairs, start=1) if _drawn(a) != _drawn(b)]
    if not changed:
        return ""
    named = ", ".join(map(str, changed))
    return f"Page {named} is" if len(changed) == 1 else f"Pages {named} are"


def _drawn(page: pikepdf.Page) -> tuple[object, ...]:
    """What a page shows: its instructions, size, fonts, pictures, and what lies on top of it."""
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    drawn = b"\n".join(_read(one) for one in streams if isinstance(one, pikepdf.Stream))
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    return (
        drawn.strip(),
        tuple(float(side) for side in page.mediabox),
        _streams(resources),
        "/Annots" in page.obj,
    )


def _streams(root: pikepdf.Object) -> tuple[str, ...]:
    """The hashes of every stream within, in the order of their names; each object once."""
    found: list[str] = []
    seen: set[tuple[int, int]] = set()
    waiting: list[pikepdf.Object] = [root]
    while waiting:
        thing = waiting.pop()
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
            continue
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        if isinstance(thing, pikepdf.Stream):
            found.append(sha256(_read(thing)).hexdigest())
        if isinstance(thing, pikepdf.Array):
            waiting.extend(thing)
        else:
            waiting.extend(thing[name] for name in sorted(thing.keys()) if name != "/Parent")
    return tuple(found)


def _read(stream: pikepdf.Stream) -> bytes:
    """What a stream holds; where it cannot be unpacked, its bytes as they lie."""
    try:
        return stream.read_bytes()
    except DAMAGED:
        return stream.read_raw_bytes()


def _kept(bundle: Bundle, name: str) -> Kept | None:
    try:
        return Kept.of(Run.read(bundle.documents[name].encode()))
    except (KeyError, ValueError):
        return None


def _checklist(bundle: Bundle, name: str) -> Checklist | None:
    try:
        return Checklist.model_validate_json(bundle.documents[name])
    except (KeyError, ValueError):
        return None


def _unclear(sentence: str, **known: Any) -> Checked:  # noqa: ANN401 — fields of `Checked`
    return Checked(says=Says.CANNOT_TELL, sentence=sentence, **known)


def _against(sentence: str, **known: Any) -> Checked:  # noqa: ANN401 — fields of `Checked`
    return Checked(says=Says.DOES_NOT_STAND, sentence=sentence, **known)
