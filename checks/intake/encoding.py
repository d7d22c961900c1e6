"""Find out in which alphabet a text file was saved, and write it again in UTF-8.

UTF-16 is told by its mark or its pattern. Older alphabets are told by what their letters would
spell; a file that mixes alphabets is refused, because half of it would be read wrongly.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import charset_normalizer

from checks.intake import limits
from checks.refusal import Refused, refuse
from checks.runs import watching

_PIECE = 1 << 22
_SAMPLE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALPHABETS = {
    "cp1252": "Western European",
    "cp1250": "Central European",
    "cp1251": "Cyrillic",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp850": "Western European of DOS",
    "mac_roman": "Western European of old Macs",
    "cp932": "Japanese",
    "gb18030": "Chinese",
    "big5": "Chinese, traditional",
    "euc_kr": "Korean",
}
_LATIN = ("cp1252", "cp1250", "cp1254", "cp850", "mac_roman")
_WIDE = re.compile(rb"[\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3}")
"""Bytes in the shape of a letter in UTF-8, whether or not there is such a letter."""
_HIGH = bytes(range(0x80, 0x100))
_IN_WORDS = "’‘'-–—·.…"


@dataclass(frozen=True, kw_only=True, slots=True)
class Alphabet:
    """How a file was saved, and why we think so."""

    codec: str
    said: str
    """The repair, as a sentence."""


def marked(head: bytes) -> Alphabet | None:
    """UTF-16 or UTF-32, by the mark in front or by where its null characters stand."""
    for mark, codec in _MARKS:
        if head.startswith(mark):
            name = codec.upper()
            said = f"The file was read as {name}, because it begins with the mark of {name}."
            return Alphabet(codec=codec, said=said)
    for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        if _every_other_is_null(head[:4096], first):
            said = "The file was read as UTF-16, because every other byte of it is null."
            return Alphabet(codec=codec, said=said)
    return None


def _every_other_is_null(head: bytes, first: int) -> bool:
    nulls, others = head[first::2], head[1 - first :: 2]
    return len(nulls) > 3 and nulls.count(0) > 0.7 * len(nulls) and 0 not in others[:-1]


def guessed(file: Path, name: str, line: int) -> Alphabet:
    """The alphabet of a file that is no UTF-8; `line` is the first that shows it.

    Raises `Refused` where the file mixes alphabets, or where none is plain.
    """
    wide, high, sample = _letters(file)
    if wide and 4 * wide >= high:
        what = "There are letters in UTF-8 and in another alphabet, or damaged letters."
        raise refuse(f"{name}, line {line:,}", what, "Export it again, as UTF-8 throughout.")
    codec = _best(sample)
    if codec is None:
        what = "There are letters in an alphabet that cannot be recognised."
        raise refuse(f"{name}, line {line:,}", what, "Save it again as CSV in UTF-8.")
    many = "1 letter is" if high == 1 else f"{high:,} letters are"
    of = _ALPHABETS[codec]
    said = f"The file was read as {codec} ({of}), because {many} not UTF-8 and can be read so."
    return Alphabet(codec=codec, said=said)


def _letters(file: Path) -> tuple[int, int, bytes]:
    """How many letters have the shape of UTF-8, how many bytes have not, and words to judge by."""
    wide, high, sample = 0, 0, bytearray()
    with file.open("rb") as opened:
        for piece in iter(lambda: opened.read(_PIECE), b""):
            if piece.isascii():
                continue
            rest = _WIDE.sub(b"", piece)
            wide += (found := len(_WIDE.findall(piece)))
            high += len(rest) - len(rest.translate(None, _HIGH))
            if len(sample) < _SAMPLE or found:
                lines = [one for one in re.split(rb"[\r\n]+", piece) if not one.isascii()]
                sample += b"\n".join(lines)[: _SAMPLE - len(sample)] + b"\n"
    return wide, high, bytes(sample)


def _best(sample: bytes) -> str | None:
    """The alphabet with the fewest odd signs; Western European where others do no better."""
    found = charset_normalizer.from_bytes(sample, cp_isolation=list(_ALPHABETS))
    likely = [name for one in found for name in one.could_be_from_charset if name in _ALPHABETS]
    if _latin(sample):
        likely = ["cp1252", *(name for name in likely if name in _LATIN)]
    order = sorted(dict.fromkeys(likely), key=lambda codec: _odd(sample, codec))
    equal = [one for one in order if _odd(sample, one) == _odd(sample, order[0])]
    old = {"cp850", "mac_roman"}  # both make letters of anything: which one is a guess
    return order[0] if order and not (order[0] in old and old <= set(equal)) else None


def _latin(sample: bytes) -> bool:
    """Whether letters outside of ASCII are scattered, not whole words of them."""
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", sample)]
    return 2 * sum(run for run in runs if run > 2) < sum(runs)


def _odd(sample: bytes, codec: str) -> int:
    """How many signs stand inside words where only letters should."""
    try:
        text = f" {sample.decode(codec)} "
    except UnicodeDecodeError:
        return len(sample)
    signs = zip(text, text[1:], text[2:], strict=False)
    return sum(_strange(*three) for three in signs if not three[1].isascii())


def _strange(before: str, sign: str, after: str) -> bool:
    kind = unicodedata.category(sign)
    if kind[0] in "LM" or sign in _IN_WORDS:
        return before.islower() and sign.isupper()
    if kind[0] in "SC" or kind == "No":
        return before.isalpha() or after.isalpha()
    return before.isalpha() and after.isalpha()


def rewritten(file: Path, name: str, alphabet: Alphabet, copy: Path) -> None:
    """Write a file again in UTF-8."""
    decoder = codecs.getincrementaldecoder(alphabet.codec)("strict")
    line = 1
    with file.open("rb") as opened, copy.open("wb") as laid:
        while True:
            watching.go_on()
            piece = opened.read(_PIECE)
            try:
                text = decoder.decode(piece, final=not piece)
                laid.write(text.encode())
            except UnicodeError:
                raise _undecodable(name, line, alphabet) from None
            line += text.count("\n")
            if laid.tell() > limits.MOST_BYTES:
                raise limits.beyond(name, "MOST_BYTES", "bytes")
            if not piece:
                return


def _undecodable(name: str, line: int, alphabet: Alphabet) -> Refused:
    what = f"Some bytes on this line or below cannot be read as {alphabet.codec.upper()}."
    return refuse(f"{name}, line {line:,}", what, "Save it again as CSV in UTF-8.")
