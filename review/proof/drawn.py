"""What the pages of two PDFs show, compared: instructions, sizes, fonts and pictures."""

from __future__ import annotations

from hashlib import sha256

import pikepdf

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


def changed_pages(one: pikepdf.Pdf, other: pikepdf.Pdf) -> str:
    """The pages that show something else, as the beginning of a sentence; empty where none does.

    Both must have as many pages.
    """
    pairs = zip(one.pages, other.pages, strict=True)
    changed = [number for number, (a, b) in enumerate(pairs, start=1) if _drawn(a) != _drawn(b)]
    if not changed:
        return ""
    named = ", ".join(map(str, changed))
    return f"page {named} was" if len(changed) == 1 else f"pages {named} were"


def _drawn(page: pikepdf.Page) -> tuple[object, ...]:
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    drawn = b"\n".join(unpacked(one) for one in streams if isinstance(one, pikepdf.Stream))
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    return (drawn.strip(), tuple(float(side) for side in page.mediabox), _streams(resources))


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
            found.append(sha256(unpacked(thing)).hexdigest())
        if isinstance(thing, pikepdf.Array):
            waiting.extend(thing)
        else:
            waiting.extend(thing[name] for name in sorted(thing.keys()) if name != "/Parent")
    return tuple(found)


def unpacked(stream: pikepdf.Object) -> bytes:
    """What a stream holds; where it cannot be unpacked, its bytes as they lie."""
    try:
        return stream.read_bytes()
    except DAMAGED:
        return stream.read_raw_bytes()
