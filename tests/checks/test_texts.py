"""The notice and the creatives: read beside the campaign file, and held to what was named."""

from __future__ import annotations

from hashlib import sha256

import pytest

from checks.campaign import texts
from checks.refusal import Refused
from checks.runs.fingerprint import of_campaign

HTML = b"<title>x</title><p>Hello <b>Ana</b>,<br>20% off.</p><img src='a.png' alt='A hat'>"


@pytest.fixture
def beside(tmp_path):
    """A campaign file's place, with files beside it."""

    def lay(**files):
        for name, content in files.items():
            (tmp_path / name.replace("_", ".")).write_bytes(content)
        return tmp_path / "campaign.yaml"

    return lay


def read(a_campaign, file, *creatives):
    return texts.read_creatives(a_campaign(creatives=list(creatives)), file)


def test_words_of_a_page_are_those_that_people_read(a_campaign, beside):
    found = read(a_campaign, beside(a_html=HTML), {"id": "a", "file": "a.html"})

    assert found["a"].words == "Hello Ana,\n\n20% off.\n\nA hat"
    assert found["a"].sha256 == sha256(HTML).hexdigest()
    assert found["a"].bytes == len(HTML)


def test_a_script_says_nothing_and_marks_stay_text(a_campaign, beside):
    page = b"<script>alert('x')</script><p>&lt;script&gt; is a word</p>"

    assert read(a_campaign, beside(a_htm=page), {"id": "a", "file": "a.htm"})["a"].words == (
        "<script> is a word"
    )


def test_a_picture_has_no_words(a_campaign, beside):
    found = read(a_campaign, beside(a_png=b"\x89PNG\xff"), {"id": "a", "file": "a.png"})

    assert found["a"].words is None


def test_a_creative_without_a_file_is_not_there(a_campaign, beside):
    assert read(a_campaign, beside(), {"id": "a"}) == {}


@pytest.mark.parametrize(
    ("creative", "said"),
    [
        pytest.param({"file": "b.txt"}, "creatives[0].file: There is no file", id="not there"),
        pytest.param({"file": "../a.txt"}, "is not a plain file name", id="elsewhere"),
        pytest.param({"file": "/etc/hosts"}, "is not a plain file name", id="an absolute path"),
        pytest.param({"file": "c.txt"}, "is not plain text in UTF-8", id="no text"),
        pytest.param(
            {"file": "a.txt", "hash": "0" * 64}, "creatives[0].hash: “a.txt” is not", id="another"
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(a_campaign, beside, creative, said):
    with pytest.raises(Refused) as refused:
        read(a_campaign, beside(a_txt=b"Hello", c_txt=b"\xff\xfe\x00"), {"id": "a", **creative})

    assert said in str(refused.value)


def test_every_problem_is_told_at_once(a_campaign, beside):
    with pytest.raises(Refused) as refused:
        read(a_campaign, beside(), {"id": "a", "file": "a.txt"}, {"id": "b", "file": "b.txt"})

    assert len(refused.value.problems) == 2


def test_a_file_that_is_too_large_is_refused(a_campaign, beside, monkeypatch):
    monkeypatch.setattr(texts, "MOST_CREATIVE_BYTES", 4)

    with pytest.raises(Refused, match="4 are taken"):
        read(a_campaign, beside(a_txt=b"Hello"), {"id": "a", "file": "a.txt"})


@pytest.mark.parametrize("written", ["{}", "sha256:{}"])
def test_the_hash_that_was_named_is_held(a_campaign, beside, written):
    digest = sha256(b"Hello").hexdigest()
    creative = {"id": "a", "file": "a.txt", "hash": written.format(digest)}

    assert read(a_campaign, beside(a_txt=b"Hello"), creative)["a"].words == "Hello"


def test_another_creative_is_another_campaign(a_campaign):
    campaign = a_campaign()

    assert of_campaign(campaign, None, {"a": "1"}) != of_campaign(campaign, None, {"a": "2"})
    assert of_campaign(campaign, None, {}) == of_campaign(campaign, None)
