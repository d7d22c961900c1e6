"""What people read, brought on the page of facts: the notice and the messages, file by file.

They lie beside the campaign file, which names them; none of them holds data of people.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import streamlit as st

from dashboard.draft import ending
from dashboard.stating import Fact
from dashboard.words import plain

NOTICES = ("md", "txt")
MESSAGES = ("txt", "md", "html", "htm", "png", "jpg", "jpeg", "gif", "webp", "svg", "pdf")


class Upload(Protocol):
    """A file as the browser brings it."""

    name: str

    def getvalue(self) -> bytes:
        """Its bytes."""


def notice(one: Fact, held: str | None) -> Upload | None:
    """Ask for the privacy notice; say which is there."""
    brought = st.file_uploader(
        plain(one.asks), type=[*NOTICES], key=f"fact {one.name}", max_upload_size=2
    )
    if held:
        st.caption(f"Here already: {plain(held)}. Another one takes its place.")
    return brought


def messages(one: Fact, held: Sequence[Mapping[str, Any]] | None) -> list[Upload]:
    """Ask for messages, any number of them; say which are there."""
    brought = st.file_uploader(
        plain(one.asks),
        type=[*MESSAGES],
        accept_multiple_files=True,
        key=f"fact {one.name}",
        max_upload_size=20,
    )
    if there := [str(each["file"]) for each in held or () if each.get("file")]:
        st.caption(
            f"Here already: {plain(', '.join(there))}. One of the same name takes its place."
        )
    return [*brought]


def notice_file(name: str) -> str:
    """Under which name a notice is kept.

    >>> notice_file("Privacy 2026.MD"), notice_file("privacy")
    ('privacy-notice.md', 'privacy-notice.txt')
    """
    return f"privacy-notice{ending(name) or '.txt'}"


def message_file(name: str) -> str:
    """Under which name a message is kept.

    >>> message_file("Hello, you!.HTML"), message_file("../Été.txt")
    ('message-hello-you.html', 'message-été.txt')
    """
    stem = re.sub(r"\W+", "-", unicodedata.normalize("NFC", Path(name).stem).lower()).strip("-")
    return f"message-{stem or 'without-a-name'}{Path(name).suffix.lower()}"


def beside(
    told: Mapping[str, Any], told_in: Upload | None, shown: Sequence[Upload]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The campaign file with what was brought, and the bytes of each file by its name."""
    new, files = copy.deepcopy(dict(told)), {}
    if told_in is not None:
        kept = notice_file(told_in.name)
        new["notice"] = {**(new.get("notice") or {}), "file": kept}
        files[kept] = told_in.getvalue()
    for one in shown:
        kept = message_file(one.name)
        files[kept] = one.getvalue()
        _listed(new, kept, Path(one.name))
    return new, files


def _listed(told: dict[str, Any], kept: str, brought: Path) -> None:
    """A message that was brought stands in the list; the hash of what was there before goes."""
    listed = told["creatives"] = told.get("creatives") or []
    for entry in listed:
        named, file = entry.get("id") == brought.stem, entry.get("file")
        if file in (kept, brought.name) or (named and not file):
            entry["file"] = kept
            entry.pop("hash", None)
            return
    taken = {entry.get("id") for entry in listed}
    listed.append({"id": kept if brought.stem in taken else brought.stem, "file": kept})
