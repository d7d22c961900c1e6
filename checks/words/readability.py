"""How hard a text is to read, by Flesch's published formulas.

Flesch, A new readability yardstick (1948); Kincaid and others (1975) for the grade. Both are made
for English and count lengths: a short sentence may still say nothing. Syllables are the groups of
vowels in the parts into which pyphen would divide a word, without a silent ending.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pyphen import Pyphen

LONG = 40
"""A sentence of more words than this is long."""

_COMMON = frozenset(
    [
        *("the", "and", "of", "to", "you", "we", "your", "our"),
        *("is", "are", "for", "with", "that", "this", "not", "or", "may"),
    ]
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_END = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])|\n\s*\n")
_SILENT = re.compile(
    r"(?:(?<![aeiouy])(?<![^aeiouy]l)e|(?<=[^aeiouyszcgxhl])es|(?<=[^aeiouytdl])ed"
    r"|(?<=[aeiouy]l)e[sd])$"
)
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """How long the words and sentences of a text are."""

    words: int
    sentences: int
    syllables: int
    long_sentences: int
    """Sentences of more than `LONG` words."""

    @property
    def words_a_sentence(self) -> float:
        """The mean length of a sentence."""
        return self.words / self.sentences

    @property
    def ease(self) -> float:
        """Flesch reading ease: 100 is very easy, 0 very hard."""
        return 206.835 - 1.015 * self.words_a_sentence - 84.6 * self.syllables / self.words

    @property
    def grade(self) -> float:
        """Flesch–Kincaid grade: the years of school a reader needs."""
        return 0.39 * self.words_a_sentence + 11.8 * self.syllables / self.words - 15.59


def read(text: str) -> Reading | None:
    """Measure a text in Markdown; None where it has no sentences.

    >>> read("We keep your address. We never sell it.").words_a_sentence
    4.0
    """
    parted = sentences(text)
    if not parted:
        return None
    return Reading(
        words=sum(map(len, parted)),
        sentences=len(parted),
        syllables=sum(syllables(word) for words in parted for word in words),
        long_sentences=sum(1 for words in parted if len(words) > LONG),
    )


def is_english(text: str) -> bool:
    """Whether at least one word in eight is among the commonest of English."""
    words = [word.lower() for one in sentences(text) for word in one]
    return bool(words) and 8 * sum(word in _COMMON for word in words) >= len(words)


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; an entry of a list ends like one.

    Headings and tables are left out: they are not sentences.
    """
    found = [_WORD.findall(one) for one in _END.split(_prose(text))]
    return [words for words in found if words]


@cache
def syllables(word: str) -> int:
    """How many syllables an English word has, at least one.

    >>> [syllables(word) for word in ("used", "your", "privacy", "information")]
    [1, 1, 3, 4]
    """
    plain = re.sub(r"[’']", "", word.lower())
    spoken = _SILENT.sub("", plain)
    if not _VOWELS.search(spoken):
        spoken = plain
    cuts = [0, *(at for at in _english().positions(plain) if at < len(spoken)), len(spoken)]
    parts = [spoken[start:end] for start, end in pairwise(cuts)]
    if parts[0] == "y" or re.match(r"y[aeiou]", parts[0]):
        parts[0] = parts[0][1:]
    return max(1, sum(len(_VOWELS.findall(part)) for part in parts))


@cache
def _english() -> Pyphen:
    return Pyphen(lang="en_US", left=1, right=1)


def _prose(text: str) -> str:
    """Markdown without its marks, links, headings and tables; an empty line where one ended."""
    bare = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    bare = re.sub(r"```.*?```|<!--.*?-->|<[^>]+>", " ", bare, flags=re.DOTALL)
    bare = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", bare)
    bare = re.sub(r"https?://\S+|\S+@\S+\.\S+", " ", bare)
    return re.sub(r"[*_`#]+", "", "\n".join(_line(line) for line in bare.splitlines()))


def _line(line: str) -> str:
    if line.count("|") > 1 or re.match(r"\s*#+\s", line):
        return "\n"
    return re.sub(r"^\s*(?:[-*+>]|\d+[.)])\s+", "\n", line)
