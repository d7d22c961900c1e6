"""A YAML file means what its writer meant, or is refused with the line."""

from __future__ import annotations

import pytest

from checks.refusal import Refused
from checks.written import strict_yaml


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("a: NO", "NO", id="Norway is no no"),
        pytest.param("a: yes", "yes", id="yes is a word"),
        pytest.param("a: on", "on", id="on is a word"),
        pytest.param("a: true", True, id="true is true"),
        pytest.param("a: 'true'", "true", id="quoted it is a word"),
        pytest.param("a: 2026-12-01", "2026-12-01", id="a day stays as written"),
        pytest.param("a: 9:30", "9:30", id="a time is no number to the base of 60"),
        pytest.param("a: .nan", ".nan", id="not a number is no number"),
        pytest.param("a: 1e999", "1e999", id="nor is a number without end"),
        pytest.param("a: 0.5", 0.5, id="a number"),
        pytest.param("a:", None, id="nothing"),
        pytest.param("a: [1, {b: 2}]", [1, {"b": 2}], id="lists and sections"),
        pytest.param("a: |\n  two\n  lines\n", "two\nlines\n", id="a block of text"),
    ],
)
def test_words_keep_their_meaning(text, meant):
    assert strict_yaml.load(text) == {"a": meant}


def test_a_number_remembers_how_it_was_written():
    assert strict_yaml.load("postcode: 01067")["postcode"].text == "01067"


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        pytest.param("a: 1\nb: 2\na: 3", 3, "already given in line 1", id="a name twice"),
        pytest.param("a: &x 1", 1, "named or copied", id="an anchor"),
        pytest.param("a: 1\nb: *a", 2, "named or copied", id="an alias"),
        pytest.param("a: !!python/name:os.system", 1, "marked", id="a tag"),
        pytest.param("a: b: c", 1, "colon", id="two colons"),
        pytest.param("a:\n\tb: 2", 2, "begins with a tab", id="a tab"),
        pytest.param("a: 'open", 1, "never closed", id="an open quote"),
        pytest.param("a: 1\n---\nb: 2", 2, "second document", id="two documents"),
        pytest.param("[a]: 1", 1, "name is missing", id="a list as a name"),
        pytest.param('a: "\\x07"', 1, "cannot be printed", id="a bell"),
        pytest.param("a: \x00", 1, "cannot be printed", id="a null character"),
        pytest.param("a: " + "[" * 100_000, 1, "levels", id="a hundred thousand brackets"),
    ],
)
def test_what_a_plain_file_never_needs_is_refused(text, line, word):
    with pytest.raises(Refused) as refused:
        strict_yaml.load(text, "campaign.yaml")

    [problem] = refused.value.problems
    assert problem.where == f"campaign.yaml, line {line}"
    assert word in problem.what
    assert problem.cure


@pytest.mark.parametrize("text", ["", "# nothing yet", "- a\n- b", "just words"])
def test_a_file_without_sections_is_refused(text):
    with pytest.raises(Refused, match=r"^campaign\.yaml: The file"):
        strict_yaml.load(text, "campaign.yaml")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"a: \xff", "bad.yaml, line 1: .* UTF-8", id="not UTF-8"),
        pytest.param(b"a: " + b"x" * 1_000_001, "larger than 1,000,000 bytes", id="too large"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, content, words):
    file = tmp_path / "bad.yaml"
    file.write_bytes(content)

    with pytest.raises(Refused, match=words):
        strict_yaml.load(file)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(Refused, match="no such file"):
        strict_yaml.load(tmp_path / "campaign.yaml")
    with pytest.raises(Refused, match="cannot be opened"):
        strict_yaml.load(tmp_path)


def test_a_byte_order_mark_is_read_over(tmp_path):
    file = tmp_path / "campaign.yaml"
    file.write_bytes("a: ä".encode("utf-8-sig"))

    assert strict_yaml.load(file) == {"a": "ä"}


def test_no_yaml_ever_breaks_the_reader(reference):
    files = [
        *(reference / "bad-inputs").rglob("*.yaml"),
        *(reference / "bad-inputs").rglob("*.yml"),
    ]
    answers = {file: read_or_refused(file) for file in files}

    assert len(answers) > 100
    assert {type(answer) for answer in answers.values()} == {dict, str}
    refused = {file: said for file, said in answers.items() if isinstance(said, str)}
    assert all(said.startswith(file.name) for file, said in refused.items())


def read_or_refused(file):
    try:
        return strict_yaml.load(file)
    except Refused as refusal:
        return str(refusal)
