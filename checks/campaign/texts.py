"""What people were told: the notice and the creatives, read beside the campaign file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

from checks.campaign import Campaign, Creative
from checks.refusal import Problem, Refused, refuse

MOST_NOTICE_BYTES = 2_000_000
MOST_CREATIVE_BYTES = 20_000_000
WORDS = (".txt", ".md", ".html", ".htm")
"""Endings of files with words in them; any other creative is a picture, a film or a sound."""
BESIDE = "Lay it beside this file."


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A creative as it lies beside the campaign file."""

    file: str
    sha256: str
    bytes: int
    words: str | None
    """What a person reads in it; None for a picture, a film or a sound."""


def read_notice(campaign: Campaign, file: Path) -> str | None:
    """The words of the privacy notice beside the campaign file; None where it names none."""
    named = campaign.notice.file if campaign.notice else None
    if named is None:
        return None
    where = f"{file.name}, notice.file"
    content = _content(file, named, where)
    if len(content) > MOST_NOTICE_BYTES:
        what = f"“{named}” has {len(content):,} bytes, too many for a notice."
        raise refuse(where, what, "Save only its words, as text or Markdown.")
    return _words(content, named, where)


def read_creatives(campaign: Campaign, file: Path) -> dict[str, Message]:
    """Every creative that names a file, by its id.

    Raises `checks.refusal.Refused` with every problem: no such file, too large, not the one whose
    hash the campaign names, or words that are not UTF-8.
    """
    found: dict[str, Message] = {}
    refused: list[Problem] = []
    for number, creative in enumerate(campaign.creatives or ()):
        try:
            if creative.file is not None:
                found[creative.id] = _message(creative, file, f"creatives[{number}]")
        except Refused as problem:
            refused.extend(problem.problems)
    if refused:
        raise Refused(refused)
    return found


def hashes(creatives: Mapping[str, Message]) -> dict[str, str]:
    """The SHA-256 of every creative's file, by its id."""
    return {one: message.sha256 for one, message in creatives.items()}


def _message(creative: Creative, file: Path, place: str) -> Message:
    named, where = str(creative.file), f"{file.name}, {place}.file"
    content = _content(file, named, where)
    if len(content) > MOST_CREATIVE_BYTES:
        what = f"“{named}” has {len(content):,} bytes; {MOST_CREATIVE_BYTES:,} are taken."
        raise refuse(where, what, "Bring a smaller copy, or take the line out.")
    digest = sha256(content).hexdigest()
    if creative.hash is not None and creative.hash.lower().removeprefix("sha256:") != digest:
        what = f"“{named}” is not the file whose SHA-256 the campaign names."
        cure = "Bring the file that was meant, or write down the hash of this one."
        raise refuse(f"{file.name}, {place}.hash", what, cure)
    words = None
    if Path(named).suffix.lower() in WORDS:
        words = _words(content, named, where)
        words = plain_text(words) if Path(named).suffix.lower().startswith(".htm") else words
    return Message(file=named, sha256=digest, bytes=len(content), words=words)


def _content(file: Path, named: str, where: str) -> bytes:
    if Path(named).name != named:
        raise refuse(where, f"“{named}” is not a plain file name.", BESIDE)
    try:
        with (file.parent / named).open("rb") as opened:
            return opened.read(MOST_CREATIVE_BYTES + 1)
    except FileNotFoundError:
        what = f"There is no file “{named}” beside the campaign file."
        raise refuse(where, what, "Put it there, or take the line out.") from None
    except OSError:
        what = f"“{named}” is there and cannot be opened."
        raise refuse(where, what, "Check that it is a file, and that you may read it.") from None


def _words(content: bytes, named: str, where: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        what = f"“{named}” is not plain text in UTF-8."
        raise refuse(where, what, "Save its words as text or Markdown, in UTF-8.") from None


def plain_text(html: str) -> str:
    """What a person reads in a page: its words, and those that stand for its pictures.

    An empty line parts what stands apart.

    >>> plain_text('<script>x</script><p>Hello <b>you</b></p><img alt="A hat">').splitlines()
    ['Hello you', '', 'A hat']
    """
    page = _Page()
    page.feed(html)
    page.close()
    lines = ("".join(page.parts)).splitlines()
    return "\n\n".join(" ".join(line.split()) for line in lines if line.strip())


class _Page(HTMLParser):
    """The words of a page, with a new line where a block ends."""

    inline = frozenset(
        {"a", "abbr", "b", "em", "font", "i", "mark", "small", "span", "strong", "u"}
    )
    unseen = frozenset({"script", "style", "title", "template"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in self.unseen
        self._break(tag)
        if tag == "img":
            self.parts.append(f"{dict(attrs).get('alt') or ''}\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in self.unseen))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(" ".join(data.split("\n")))

    def _break(self, tag: str) -> None:
        if tag not in self.inline:
            self.parts.append("\n")
