"""The notice is in words that the people on the list can read.

## Why it matters
A notice that only lawyers can read informs nobody, and a notice in the wrong language even less.

## How it judges
For a notice in English: Flesch reading ease and the Flesch–Kincaid grade, from the words in a
sentence and the syllables in a word. Syllables are the vowels in the parts that pyphen makes of
a word. A grade above the limit is watched; it never fails by itself. Where the list says which
language each person reads, a language of at least `language_share` of the list without a notice
in it fails. Where the language of so many is not known that such a one may be hidden among them, it
cannot tell. Headings and tables are left out of the count.

## What to do
Shorten the long sentences first: they move the grade most. Add the notice in the missing language.

## What it cannot see
Formulas count syllables, not sense. A short sentence may still hide what matters.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from checks.case import Case
from checks.conditions import Is
from checks.evidence import Table
from checks.finding import (
    Finding,
    Reason,
    ask,
    cannot_tell,
    clear,
    fail,
    not_applicable,
    watch,
)
from checks.policy import Part
from checks.registry import Findings, check
from checks.small_cells.withholding import withhold
from checks.words import readability


class Limits(Part):
    """When a notice is hard to read, and when a language counts."""

    grade_watch: float
    """Grade above which the notice is watched."""
    language_share: float
    """Share of the list from which a language needs its own notice."""


@check(
    title="The notice can be read",
    question="Could the people it is for read it?",
    cites=["GDPR 12(1)", "our policy"],
    limits=Limits,
    reads=["targeted", "language"],
)
def judge(case: Case) -> Findings:
    """Judge the words of the notice, and the languages of the list against its own."""
    limits = case.limits(Limits)
    yield _grade(case, limits)
    if case.audience.has("language"):
        yield _languages(case, limits)


def _grade(case: Case, limits: Limits) -> Finding:
    notice = case.campaign.notice
    if case.notice is None or notice is None:
        return cannot_tell(
            "grade",
            "No privacy notice was given, so nobody can say how it reads.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the notice in the campaign file: notice, file.",
        )
    reading = readability.read(case.notice)
    if reading is None:
        return ask(
            "grade",
            "The notice holds no sentences, so its words could not be counted.",
            remedy="Open the notice and see whether the right file was named.",
        )
    languages = {_language(one) for one in notice.languages}
    if (languages and "en" not in languages) or not readability.is_english(case.notice):
        return ask(
            "grade",
            f"The notice has {reading.words:,} words, not in English: no formula can judge it.",
            _table(reading),
            remedy="Let somebody who reads the language say whether the notice is plain.",
        )
    return _judged(reading, limits)


def _judged(reading: readability.Reading, limits: Limits) -> Finding:
    length = f"{reading.words_a_sentence:.0f} words a sentence"
    if reading.grade > limits.grade_watch:
        return watch(
            "grade",
            f"The notice asks for {reading.grade:.0f} years of school, with {length}; "
            f"the limit is {limits.grade_watch:g} years.",
            _table(reading),
            remedy=_shorten(reading),
        )
    return clear(
        "grade",
        f"The notice asks for {_floored(reading.grade)} of school, with {length}; "
        f"the limit is {limits.grade_watch:g} years.",
        _table(reading),
    )


def _floored(grade: float) -> str:
    """The grade in print; a text easier than the first year of school says so."""
    return "1 year or less" if grade < 1.5 else f"{grade:.0f} years"


def _shorten(reading: readability.Reading) -> str:
    long = reading.long_sentences
    if not long:
        return "Use shorter words, and part the longest sentences."
    return f"Shorten the {long:,} of {reading.sentences:,} sentences over {readability.LONG} words."


def _table(reading: readability.Reading) -> Table:
    return Table(
        title="How the notice reads",
        columns=("what was counted", "number"),
        rows=(
            ("words", reading.words),
            ("sentences", reading.sentences),
            ("syllables", reading.syllables),
            (f"sentences over {readability.LONG} words", reading.long_sentences),
            ("Flesch–Kincaid grade", f"{reading.grade:.1f}"),
            ("Flesch reading ease", f"{reading.ease:.0f}"),
        ),
    )


def _languages(case: Case, limits: Limits) -> Finding:
    spoken = _spoken(case)
    if not spoken:
        return not_applicable("languages", "Nobody on the list has a language on record.")
    notice = case.campaign.notice
    if notice is None or not notice.languages:
        return cannot_tell(
            "languages",
            f"The list holds {len(spoken):,} languages; those of the notice are not named.",
            reason=Reason.COLUMN_MISSING,
            remedy="Name the languages of the notice in the campaign file: notice, languages.",
        )
    written = {_language(one) for one in notice.languages}
    least = Fraction(str(limits.language_share)) * spoken.total()
    table = _table_of(case, spoken, written)
    missing = [name for name, people in spoken.items() if name not in written and people >= least]
    if not missing and (hidden := _hidden(case, spoken, written, limits)):
        return cannot_tell(
            "languages",
            f"The language of {hidden:,} of {case.audience.targeted:,} people on the list is not "
            "known.",
            table,
            reason=Reason.GROUP_UNKNOWN,
            remedy="Complete the languages at their source, or accept with a reason.",
        )
    if not missing:
        share = f"{limits.language_share:.0%}"
        return clear(
            "languages", f"Every language of at least {share} of the list has a notice.", table
        )
    return _without_notice(case, spoken, missing, table)


def _without_notice(case: Case, spoken: Counter[str], missing: list[str], table: Table) -> Finding:
    """A language of few people is not named, and how many read it is not told."""
    cells = case.policy.small_cells
    large, below = cells.merge_below.value, cells.suppress_below.value
    named = " and ".join(
        dict.fromkeys(name if spoken[name] >= large else "a rarer language" for name in missing)
    )
    without, total = sum(spoken[name] for name in missing), spoken.total()
    few = without < below
    some = f"Fewer than {below}" if few else f"{without:,}"
    those = "them" if few else f"those {without:,} people"
    whose = "" if total == case.audience.targeted else " whose language is known"
    return fail(
        "languages",
        f"{some} of {total:,} people on the list{whose} read {named}, in which there is no notice.",
        table,
        remedy=f"Add the notice in {named}, or leave {those} out for now.",
    )


def _hidden(case: Case, spoken: Counter[str], written: set[str], limits: Limits) -> int:
    """People of unknown language, where a language without a notice may be hidden among them."""
    unknown = case.audience.targeted - spoken.total()
    most = max((people for name, people in spoken.items() if name not in written), default=0)
    least = Fraction(str(limits.language_share)) * case.audience.targeted
    return unknown if unknown and most + unknown >= least else 0


def _spoken(case: Case) -> Counter[str]:
    """People on the list by language, the commonest first; an unknown language counts for none."""
    spoken: Counter[str] = Counter()
    for count in case.audience.count("language", where=Is("targeted", value=True)):
        [language] = count.values
        if language is not None:
            spoken[_language(str(language))] += count.people
    return Counter(dict(sorted(spoken.items(), key=lambda one: (-one[1], one[0]))))


def _table_of(case: Case, spoken: Counter[str], written: set[str]) -> Table:
    """The languages of the list; those of few people together, and small numbers withheld."""
    cells = case.policy.small_cells
    large = {name: n for name, n in spoken.items() if n >= cells.merge_below.value}
    rest = spoken.total() - sum(large.values())
    counts = [*large.values(), *([rest] if rest else [])]
    [shown] = withhold([counts], cells.suppress_below.value)
    names = [*large, *(["other languages"] if rest else [])]
    noticed = ["yes" if name in written else "no" for name in large] + [""]
    rows = tuple(zip(names, shown, noticed, strict=False))
    return Table(
        title="Languages of the list", columns=("language", "people", "has a notice"), rows=rows
    )


def _language(name: str) -> str:
    """The language without its country: ``en-GB`` and ``en`` are one."""
    return name.strip().lower().replace("_", "-").partition("-")[0]
