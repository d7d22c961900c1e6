"""What was changed after a document was sealed, by its name: the first change that is found."""

from __future__ import annotations

import io
from collections.abc import Callable
from hashlib import sha256

import pikepdf

from review.proof.drawn import changed_pages, unpacked

KEPT_INFO = ("/Title", "/Author", "/Subject", "/Keywords", "/CreationDate", "/Creator")
KEPT_XMP = (
    "dc:title", "dc:creator", "dc:description", "dc:language", "pdf:Keywords", "pdfaid:part",
    "pdfaid:conformance", "pdfuaid:part", "xmp:CreateDate",
)  # fmt: skip
"""What no signature has a reason to change; a program that signs may note itself and the time."""
RUNS = ("/OpenAction", "/AA", "/JavaScript")


def later_change(before: bytes, after: bytes) -> str:
    """The first difference between a sealed document and what it is now, as a sentence."""
    if before == after:
        return ""
    with pikepdf.open(io.BytesIO(before)) as sealed, pikepdf.open(io.BytesIO(after)) as now:
        return next((said for look in LOOKS if (said := look(sealed, now))), "")


def _pages(sealed: pikepdf.Pdf, now: pikepdf.Pdf) -> str:
    was, has = len(sealed.pages), len(now.pages)
    if has > was:
        return f"After it was sealed, a page was added: {has} instead of {was}."
    if has < was:
        return f"After it was sealed, a page was taken out: {has} instead of {was}."
    return ""


def _drawn(sealed: pikepdf.Pdf, now: pikepdf.Pdf) -> str:
    changed = changed_pages(sealed, now)
    return f"After it was sealed, {changed} drawn over." if changed else ""


def _notes(sealed: pikepdf.Pdf, now: pikepdf.Pdf) -> str:
    for number, (was, is_) in enumerate(zip(sealed.pages, now.pages, strict=True), start=1):
        kinds = [_annotations(page) for page in (was, is_)]
        if kinds[0] != kinds[1]:
            if "/Widget" in kinds[1][len(kinds[0]) :]:
                return f"After it was sealed, a field was added on page {number}."
            return f"After it was sealed, a note or link was laid on page {number}."
    return ""


def _attached(sealed: pikepdf.Pdf, now: pikepdf.Pdf) -> str:
    was, has = _attachments(sealed), _attachments(now)
    if set(has) - set(was):
        return "After it was sealed, an attachment was added."
    if set(was) - set(has):
        return "After it was sealed, an attachment was taken out."
    other = next((name for name, held in was.items() if has[name] != held), "")
    return f"After it was sealed, the attached {other} was exchanged." if other else ""


def _fields(sealed: pikepdf.Pdf, now: pikepdf.Pdf) -> str:
    was, has = _names(sealed), _names(now)
    if has != was:
        return "After it was sealed, a field was added, taken out or renamed."
    return ""


def _told(sealed: pikepdf.Pdf, now: pikepdf.Pdf) -> str:
    for name in KEPT_INFO:
        if str(sealed.docinfo.get(name, "")) != str(now.docinfo.get(name, "")):
            return "After it was sealed, its title or what it says about itself was changed."
    first, second = sealed.open_metadata(), now.open_metadata()
    if any(first.get(name) != second.get(name) for name in KEPT_XMP):
        return "After it was sealed, what it says about itself (its metadata) was changed."
    return ""


def _runs(sealed: pikepdf.Pdf, now: pikepdf.Pdf) -> str:
    names = now.Root.get("/Names", pikepdf.Dictionary())
    if any(name in now.Root or name in names for name in RUNS) or any(
        "/AA" in page.obj for page in now.pages
    ):
        return "After it was sealed, something was added that runs when it is opened."
    del sealed
    return ""


def _shown(sealed: pikepdf.Pdf, now: pikepdf.Pdf) -> str:
    for name, what in (
        ("/Outlines", "its table of contents was changed"),
        ("/StructTreeRoot", "what is read aloud was changed"),
        ("/PageLabels", "its page numbers were changed"),
        ("/OCProperties", "layers were added"),
        ("/OutputIntents", "its colours were changed"),
        ("/Lang", "its language was changed"),
    ):
        if _written(sealed.Root.get(name)) != _written(now.Root.get(name)):
            return f"After it was sealed, {what}."
    return ""


LOOKS: tuple[Callable[[pikepdf.Pdf, pikepdf.Pdf], str], ...] = (
    _pages, _notes, _drawn, _attached, _fields, _told, _runs, _shown,
)  # fmt: skip


def _annotations(page: pikepdf.Page) -> list[str]:
    return [str(one.get("/Subtype", "")) for one in page.obj.get("/Annots", pikepdf.Array())]


def _attachments(pdf: pikepdf.Pdf) -> dict[str, str]:
    return {
        name: sha256(unpacked(one.get_file().obj)).hexdigest()
        for name, one in pdf.attachments.items()
    }


def _names(pdf: pikepdf.Pdf) -> list[str]:
    form = pdf.Root.get("/AcroForm", pikepdf.Dictionary())
    return [str(one.get("/T", "")) for one in form.get("/Fields", pikepdf.Array())]


def _written(thing: pikepdf.Object | None) -> bytes:
    return b"" if thing is None else bytes(thing.unparse(resolved=True))
