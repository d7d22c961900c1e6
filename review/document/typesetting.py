"""The typesetter: a template and plain data become an archive file that can be read aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from review.document.printable import FONTS

STANDARDS: list[Any] = ["a-3a", "ua-1"]
"""PDF/A-3a: an archive file that carries its data. PDF/UA-1: one that can be read aloud."""
OWN_FAMILIES = ("Noto Sans", "Noto Sans Arabic")
HEADINGS = "Source Serif 4"


class NotTypeset(Exception):  # noqa: N818 — the word people see
    """The document could not be made as it must be; nothing was written."""


def faces_of(fonts: Sequence[Path]) -> tuple[typst.Fonts, list[str]]:
    """The fonts of the house and of further folders, and the families in the order to try them."""
    faces = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS, *fonts]
    )
    extra = sorted(set(faces.families()) - {*OWN_FAMILIES, HEADINGS})
    return faces, [*OWN_FAMILIES, HEADINGS, *extra]


def typeset(
    template: Path, faces: typst.Fonts, inputs: Mapping[str, str], moment: datetime
) -> bytes:
    """Set a template with these inputs; raises `NotTypeset` where there is any complaint."""
    compiler = typst.Compiler(template, root=template.parent, font_paths=faces)
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=moment.replace(microsecond=0),
            sys_inputs=dict(inputs),
        )
    except typst.TypstError:  # its message may quote what people typed
        raise NotTypeset("The document could not be set. Tell whoever runs Candor.") from None
    if warnings or not isinstance(pdf, bytes):
        raise NotTypeset("The typesetter warned of something, so the document was not made.")
    return pdf
