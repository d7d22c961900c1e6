"""A German export means what an English one means, and nothing of it is passed over unsaid."""

from __future__ import annotations

import pytest

from checks.drafts.template import template
from checks.intake.propose import Meaning, Profile, propose, words

COLUMNS = {
    "Kundennr.": Meaning.KEY,
    "Anrede": Meaning.ATTRIBUTE,
    "Vorname": Meaning.LEAVE_OUT,
    "Straße": Meaning.LEAVE_OUT,
    "Geburtsdatum": Meaning.BIRTH_DATE,
    "PLZ": Meaning.QUASI,
    "Newsletter": Meaning.PERMISSION,
    "Newsletter seit": Meaning.GIVEN,
    "In Kampagne": Meaning.TARGETED,
    "Bemerkung": Meaning.LEAVE_OUT,
    "Staatsangehörigkeit": Meaning.ATTRIBUTE,
}


@pytest.mark.parametrize(("name", "meaning"), COLUMNS.items())
def test_takes_a_german_column_for(name, meaning):
    column = Profile(name=name, type="text", rows=9, filled=9, distinct=3, values=())

    [taken] = propose([column])

    assert taken.meaning is meaning


def test_a_word_keeps_its_umlaut():
    assert words("Straße_Nr") == {"straße", "nr"}


def test_a_template_names_the_columns_it_does_not_use(tmp_path):
    file = tmp_path / "Kunden.csv"
    rows = [f"{number};{number % 7},5;{number % 3}" for number in range(40)]
    file.write_text("\n".join(["Kundennr;Umsatz;Filiale", *rows]), encoding="utf-8")

    told = template([file])

    assert "# Not used, as nothing tells what they mean: Umsatz, Filiale\n" in told
    assert "  key: Kundennr\n" in told


@pytest.mark.parametrize(("said", "asked"), [(("Ja", "Nein"), True), (("yes", "no"), False)])
def test_a_template_asks_what_the_words_of_an_answer_mean_where_nothing_knows_them(
    said, asked, tmp_path
):
    file = tmp_path / "Kunden.csv"
    rows = [f"{number};{said[number % 2]}" for number in range(40)]
    file.write_text("\n".join(["Kundennr;Newsletter", *rows]), encoding="utf-8")

    told = template([file])

    assert ("2 of its 2 words are not known here" in told) is asked
