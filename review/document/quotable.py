"""The internal edition as one HTML page, for those who must quote from it: every word, no script.

Each finding, answer and event has an address of its own. Pictures stand as their words and numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from html import escape
from typing import Any, Final

from review.document.pages import content
from review.document.wording import Page
from review.record import Review

HTML: Final = "html"
STYLE = """
body{font:16px/1.5 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#0f1317}
h1,h2,h3{font-weight:normal;line-height:1.25}h2{color:#0e5a64;margin-top:2.5rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:start;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #cfcabd}
small,.soft{color:#4e5559}code{overflow-wrap:anywhere}blockquote{margin-inline:1rem}
"""


def quotable(review: Review, record: bytes, *, at: datetime) -> bytes:
    """The page of a review; raises ValueError where nothing was checked yet."""
    page = content(review, at=at)
    body = "\n".join(_body(page, sha256(record).hexdigest()))
    title = escape(f"{page['name']}, revision {page['revision']}: {page['decision']['word']}")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>\n{body}\n"
        "</main></body></html>\n"
    ).encode()


def _body(page: Page, record_sha256: str) -> Iterator[str]:
    yield _tag("h1", page["name"])
    yield _tag("p", " · ".join(page["facts"]))
    mark = page["mark"] or ""
    yield f"<p><strong>{_text(page['decision']['word'])}</strong> {_text(mark)}</p>"
    yield _tag("p", page["decision"]["says"])
    yield f"<p>Revision {page['revision']}, fingerprint <code>{page['fingerprint']}</code></p>"
    yield _tag("p", f"{page['people']} {page['answered']}")
    yield from _decided(page)
    yield _tag("h2", "What was found")
    for block in page["open_points"]:
        yield from _block(block)
    for family in page["families"]:
        yield _tag("h3", f"{family['name']}: {family['tally']}")
        for block in family["pressing"]:
            yield from _block(block)
        yield _table(
            ("Verdict", "Check", "What was counted"),
            ((one["word"], one["title"], one["says"]) for one in family["quiet"] if one["says"]),
        )
    yield from _answers(page)
    yield from _ends(page, record_sha256)


def _decided(page: Page) -> Iterator[str]:
    for one in page["signatures"]:
        yield (
            f'<section id="event-{one["number"]}"><p><strong>{_text(one["name"])}</strong> · '
            f"{_text(one['role'])} · {_text(one['decision'])} · {_text(one['at'])} · "
            f"<em>{_text(one['identity'])}</em></p><blockquote>{_text(one['statement'])}"
            f"</blockquote>{_tag('p', one['grounds'])}</section>"
        )
    if page["conditions"]:
        yield _tag("h2", "Conditions")
        rows = ((one["what"], one["who"], one["by"], one["stands"]) for one in page["conditions"])
        yield _table(("What", "Who", "By", "Stands"), rows)
    if page["dissents"]:
        yield _tag("h2", "Who did not agree")
        for one in page["dissents"]:
            yield _tag("p", f"{one['name']} ({one['role']}): “{one['says']}”")
    if page["obstacles"]:
        yield _tag("h2", "What was open" if page["signed"] else "What is open")
        if page["way_out"]:
            yield _tag("p", page["way_out"])
        yield _list(f"{one['what']} {one['way']}".strip() for one in page["obstacles"])


def _block(block: Page) -> Iterator[str]:
    yield _tag("h3", block["title"])
    for one in block["findings"]:
        yield f'<section id="{escape(one["key"], quote=True)}">'
        yield f"<p><strong>{_text(one['word'])}</strong> {_tag('small', one['weight'])}</p>"
        yield _tag("p", one["headline"])
        if one["remedy"]:
            yield _tag("p", f"What to do. {one['remedy']}")
        if one["drawing"] is not None:
            yield _tag("small", _words_of(one["drawing"]))
        yield "</section>"


def _words_of(drawing: Page) -> str:
    alone = str(drawing.get("alt", ""))
    return alone or " ".join(_words_of(one) for one in drawing.get("two", ()))


def _answers(page: Page) -> Iterator[str]:
    yield _tag("h2", "The questions, and who answered")
    for family in page["questions"]:
        yield _tag("h3", family["family"])
        for one in family["asked"]:
            yield _tag("p", f"{one['asks']} {one['computed']}")
            for given in (one["standing"], *one["alike"], *one["others"]):
                if given is not None:
                    said = f"{given['answer']} · {given['name']} · {given['role']} · {given['at']}"
                    yield (
                        f'<blockquote id="event-{given["number"]}"><p>{_text(said)}</p>'
                        f"{_tag('p', given['reason'])}{_tag('small', given['note'])}</blockquote>"
                    )
        if family["computed"]:
            yield _tag("p", f"Computed: {' '.join(family['computed'])}")


def _ends(page: Page, record_sha256: str) -> Iterator[str]:
    yield _tag("h2", "What this review cannot show")
    yield _list(page["cannot_show"])
    yield _tag("h2", "What happened")
    yield _table(
        ("No.", "When", "What", "Hash"),
        ((str(one["number"]), one["at"], one["says"], one["hash"]) for one in page["timeline"]),
    )
    yield _tag("h2", "Where this comes from")
    yield (
        f"<p>Head of the record <code>{page['head']}</code><br>SHA-256 of the record "
        f"<code>{record_sha256}</code><br>Made {_text(page['made'])}.</p>"
    )
    yield _tag(
        "p",
        "This page carries no seal and proves nothing. The sealed PDF with the same fingerprint "
        "does: quote from here, and name that one.",
    )


def _tag(name: str, words: str) -> str:
    return f"<{name}>{_text(words)}</{name}>" if words else ""


def _text(words: Any) -> str:  # noqa: ANN401 — words and numbers
    return f'<bdi dir="auto">{escape(str(words))}</bdi>' if words != "" else ""


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(_tag('li', one) for one in items)}</ul>"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{_text(c)}</td>' for c in row)}</tr>" for row in rows)
    if not body:
        return ""
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
