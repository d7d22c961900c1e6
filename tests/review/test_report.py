"""The document of a review, as its reader meets it."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pdfua
import pikepdf
import pytest

from checks.evidence import Breakdown, Part, Rate, Table
from checks.finding import Severity, Verdict, clear, fail
from review.document.figures import drawings
from review.document.pages import content
from review.document.report import NotTypeset, document, renderer
from review.record import DECIDED, Accepted, Actor, Answer, Comment, Role, State
from tests.review.documents import (
    AT,
    ITO,
    WATERFALL,
    a_bundle,
    a_review,
    a_run,
    a_signature,
    given,
    sha,
)

HOSTILE = '#read("/etc/passwd") #eval("1+1") $x$ *bold* <b>tag</b> \\u{41} = Heading\n- list @ref'
ARABIC = "تمت مراجعة الأساس القانوني."


def made(review, *, at=AT, **other):
    return document(review, a_bundle(review), at=at, **other)


@pytest.fixture(scope="module")
def pre_read():
    return made(a_review())


@pytest.fixture(scope="module")
def signed():
    return made(a_review(signed=True))


def words(pdf, *, layout=False):
    """The text of a PDF, a string a page."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    asked = [program, *(["-layout"] if layout else []), "-", "-"]
    told = subprocess.run(asked, input=pdf, capture_output=True, check=True).stdout
    return told.decode().rstrip("\f").split("\f")


def flat(pdf):
    return " ".join(" ".join(words(pdf)).replace("\u200b", "").split())


def test_the_same_input_is_the_same_bytes(pre_read):
    elsewhere = AT.astimezone(timezone(timedelta(hours=9)))

    assert made(a_review()) == pre_read
    assert made(a_review(), at=elsewhere) == pre_read
    assert made(a_review(), at=AT + timedelta(seconds=1)) != pre_read


@pytest.mark.parametrize("made_of", ["pre_read", "signed"])
def test_names_that_nobody_vouched_for_are_said_to_be_so_on_every_page(made_of, request):
    pages = words(request.getfixturevalue(made_of))

    assert len(pages) > 5
    assert all("identity not verified" in page for page in pages)


def test_a_pre_read_says_so_on_every_page(pre_read):
    pages = words(pre_read)

    assert len(pages) > 5
    assert all("Not signed" in page for page in pages)
    assert all(f"page {n} of {len(pages)}" in page for n, page in enumerate(pages, start=1))
    assert "Nobody has decided yet." in pages[0]


def test_a_pre_read_has_the_open_points_first(pre_read):
    text = flat(pre_read)

    assert text.index("Open points first") < text.index("Everything that was looked at")
    assert text.index("Check broke") < text.index("Fails")


def test_a_signed_document_says_who_decided_what_on_the_first_page(signed):
    first = " ".join(words(signed)[0].split())

    assert "Approved with conditions" in first
    assert "Mika Ito" in first
    assert "identity not verified" in first
    assert sha("3fa291bc04de77aa") in first
    assert "Take the 1,204 off the list" in first
    assert "42,694 of 64,000 people are on the list." in first
    assert "4 questions: 1 computed, 1 answered by people, 2 open." in first
    assert "Not signed" not in flat(signed)


def test_every_verdict_is_counted_in_words(signed):
    first = " ".join(words(signed)[0].split())

    for said in ("check broke", "fail", "cannot tell", "watch", "needs a person", "clear"):
        assert said in first
    assert "does not apply" in first


def test_the_statement_stands_beside_the_name(signed):
    text = flat(signed)

    assert "I, Mika Ito, sign as privacy for revision 2" in text
    assert "Because. The list is small and the remedy is counted." in text


def test_every_answer_has_who_and_when_and_a_statement_settles_nothing(signed):
    text = flat(signed)

    assert "Acceptable with an action · Mika Ito · privacy · identity not verified" in text
    assert "Ana Alvarez · owner · identity not verified" in text
    assert "A statement, which settles nothing." in text
    assert "Open: no person has answered yet." in text


def test_it_says_what_it_cannot_show_and_how_to_check_it(signed):
    text, last = flat(signed), words(signed)[-1]

    assert "What this review cannot show" in text
    assert "What this check cannot see." in text
    assert "How to check this document without Candor" in last
    assert sha256(a_bundle(a_review())).hexdigest() in last


def test_the_record_is_attached_and_its_hash_printed(signed):
    record = a_bundle(a_review(signed=True))
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        attached = pdf.attachments["record.json"].get_file().read_bytes()
        relationships = {str(one.UF): str(one.AFRelationship) for one in pdf.Root.AF}

    assert attached == record
    assert relationships == {
        "record.json": "/Data",
        "record.schema.json": "/Supplement",
        "findings.schema.json": "/Supplement",
    }
    assert sha256(record).hexdigest() in flat(signed)


def test_it_is_an_archive_file_that_can_be_read_aloud(signed):
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        meta = pdf.open_metadata()
        root = pdf.Root

        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
        assert meta["pdfuaid:part"] == "1"
        assert str(root.Lang) == "en"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.Title) == (
            "Spring savings account, revision 2: Approved with conditions"
        )
        assert len(list(_alts(root.StructTreeRoot))) >= 9
        assert not any("/JavaScript" in str(key) for key in root)


def test_a_checker_of_accessible_pdfs_finds_nothing(signed, pre_read, tmp_path):
    for name, pdf in (("signed", signed), ("pre_read", pre_read)):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(pdf)

        report = pdfua.validate(file)

        assert report.outcomes
        assert not report.findings


def test_everything_a_reader_needs_is_inside(signed):
    """Every font is embedded, nothing runs, nothing points elsewhere."""
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        fonts = [one for one in pdf.objects if _is(one, "/FontDescriptor")]

        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in fonts)
        assert not any("/JS" in one or "/URI" in one for one in pdf.objects if _named(one))


def _named(thing):
    return isinstance(thing, pikepdf.Dictionary)


def _is(thing, kind):
    return _named(thing) and thing.get("/Type") == pikepdf.Name(kind)


def _alts(element, deep=40):
    if deep == 0 or not isinstance(element, pikepdf.Dictionary | pikepdf.Array):
        return
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from _alts(one, deep - 1)
        return
    if "/Alt" in element:
        yield str(element.Alt)
    yield from _alts(element.get("/K"), deep - 1)


def test_every_picture_says_in_words_what_it_shows(signed):
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        alts = " ".join(_alts(pdf.Root.StructTreeRoot))

    assert "women chosen 0.75 times as often as men; the limit is 0.80." in alts
    assert "41,020 of 42,694 people stay" in alts
    assert "Where the 1,204 are" in alts


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("fine 👍🏽 👩‍👩‍👧", id="emoji"),
        pytest.param(ARABIC, id="Arabic"),
        pytest.param("同意覆盖率已核实。", id="Chinese without a font for it"),
        pytest.param("a\u202eb\u2066c\x00\x1b", id="control and direction"),
        pytest.param(HOSTILE, id="markup"),
        pytest.param("word " * 20_000, id="100,000 characters"),
        pytest.param("x" * 100_000, id="100,000 letters without a blank"),
        pytest.param("e" + "\u0301" * 500, id="piled up marks"),
        pytest.param("\n\n\n" + " " * 50, id="nothing to see"),
        pytest.param("{{ sys.inputs.record }} #pagebreak()", id="a template's own words"),
    ],
)
def test_no_words_break_it(text):
    by = Actor(name=text[:400], role=Role.ETHICS)
    review = a_review(
        signed=True,
        name=text,
        run=a_run(name=text[:200]),
        answers={"chosen": (given("chosen", Answer.NOT_ACCEPTABLE, reason=text, by=by),)},
        comments=(Comment(about=text[:100], text=text, by=by, at=AT, number=5),),
        signatures=(a_signature(by=by, grounds=text),),
    )

    assert made(review).startswith(b"%PDF-1.7")


def test_hostile_markup_stays_words():
    review = a_review(comments=(Comment(about="x", text=HOSTILE, by=ITO, at=AT, number=5),))

    text = flat(made(review))

    assert '#read("/etc/passwd") #eval("1+1") $x$ *bold* <b>tag</b>' in text
    assert "root:" not in text


def test_what_no_font_draws_is_shown_by_its_number():
    review = a_review(comments=(Comment(about="x", text="good 👍", by=ITO, at=AT, number=5),))

    assert "good [U+1F44D]" in flat(made(review))


@pytest.fixture(scope="module")
def cjk(missing):
    """The folder with Debian's fonts for Chinese, Japanese and Korean."""
    folder = Path("/usr/share/fonts/opentype/noto")
    if not list(folder.glob("NotoSansCJK-*.ttc")):
        missing("no font for Chinese: install the package fonts-noto-cjk")
    return folder


@pytest.mark.parametrize("text", ["同意覆盖率已核实。", "同意を確認した", "동의를 확인했다"])
def test_further_fonts_draw_further_scripts(cjk, text):
    review = a_review(comments=(Comment(about="x", text=text, by=ITO, at=AT, number=5),))

    pdf = made(review, fonts=[cjk])

    assert text in flat(pdf)
    assert "[U+" not in flat(pdf)
    assert renderer([cjk])["fonts"] != renderer()["fonts"]


def test_a_folder_of_fonts_that_is_not_there_is_no_reason_not_to_print(tmp_path):
    review = a_review(comments=(Comment(about="x", text="同意", by=ITO, at=AT, number=5),))

    assert "[U+540C][U+610F]" in flat(made(review, fonts=[tmp_path / "nowhere"]))


def test_a_withheld_number_is_named_and_never_drawn():
    hidden = Breakdown(
        title="By rule",
        by="rule",
        total=20,
        parts=(Part(name="a", people=15), Part(name="b", people=None)),
    )
    found = fail("x", "A sentence.", hidden, remedy="Do it.").of("bias.selection", Severity.LOW, ())

    assert "not shown" in flat(made(a_review(run=a_run(found=[found]))))


def test_a_clear_finding_shows_what_was_looked_at_once():
    rates = (Rate(group="f", yes=400, of=800), Rate(group="m", yes=410, of=800))
    found = [
        clear(f"gender: {group}", f"{group} was chosen as often.", *rates).of(
            "bias.selection", Severity.LOW, ()
        )
        for group in "fm"
    ]

    page = content(a_review(signed=True, run=a_run(found=found)), at=AT)
    [line] = page["families"][0]["quiet"]
    [annexed] = page["numbers"]

    assert line["says"] == "f was chosen as often."
    assert line["more"] == "And 1 more, in the annex of numbers."
    assert [one["kind"] for one in annexed["drawings"]] == ["rates"]


def test_a_picture_is_drawn_once_for_each_check():
    rates = (Rate(group="f", yes=100, of=800), Rate(group="m", yes=410, of=800))
    found = [
        fail(f"gender: {group}", f"{group} fails.", *rates, remedy="Mend it.").of(
            "bias.selection", Severity.LOW, ()
        )
        for group in "fm"
    ]

    page = content(a_review(run=a_run(found=found)), at=AT)
    [block] = page["open_points"]
    first, second = block["findings"]

    assert first["drawing"]["kind"] == "rates"
    assert second["drawing"] is None
    assert page["numbers"] == []


def test_a_long_table_beside_a_finding_is_cut_and_stands_whole_in_the_annex():
    table = Table(title="Fields", columns=("field",), rows=tuple((f"f{k}",) for k in range(9)))
    found = fail("x", "A sentence.", table, remedy="Do it.").of("bias.selection", Severity.LOW, ())

    page = content(a_review(signed=True, run=a_run(found=[found])), at=AT)
    [block] = page["families"][0]["pressing"]
    [annexed] = page["numbers"]

    assert len(block["findings"][0]["drawing"]["rows"]) == 5
    assert block["findings"][0]["drawing"]["rest"] == "4 more rows stand in the annex of numbers."
    assert len(annexed["drawings"][0]["rows"]) == 9


def test_a_pre_read_shows_no_finding_twice():
    found = [
        fail("email", "3 of 20 people said no.", remedy="Take them off.").of(
            "consent.opt_out_leak", Severity.BLOCKING, ()
        ),
        clear("post", "Nobody said no to post.", Rate(group="post", yes=0, of=20)).of(
            "consent.opt_out_leak", Severity.BLOCKING, ()
        ),
    ]
    review = a_review(run=a_run(found=found))

    page = content(review, at=AT)
    [line] = page["families"][0]["quiet"]

    assert page["open_points"][0]["rest"] == "1 clear"
    assert (line["says"], line["above"]) == ("", [{"verdict": "fail", "said": "1 fails"}])
    assert flat(made(review)).count("3 of 20 people said no.") == 2  # on page 1, and in full


def test_questions_that_wait_are_one_sentence_on_page_one():
    page = content(a_review(), at=AT)

    assert page["waiting"] == "2 of 4 questions wait for a person's answer."
    assert not any("No person has answered" in one["what"] for one in page["obstacles"])
    assert page["way_out"] == "What stops the launch has to be mended, or accepted as an exception."
    assert not any("accepted as an exception" in one["way"] for one in page["obstacles"])


def test_many_signers_and_a_long_name_still_leave_one_page_that_says_it_all():
    by = [Actor(name=f"Maximiliane Konstantinopolsky {k}", role=Role.CHAIR) for k in range(14)]
    pages = words(
        made(
            a_review(
                signed=True,
                run=a_run(name="A campaign with a name " * 9),
                signatures=tuple(a_signature(by=one) for one in by),
            )
        )
    )

    assert "And 6 more, on the next pages." in " ".join(pages[0].split())
    assert "What was open" in pages[0]
    assert "Who decided, and what they stand behind" in pages[1]
    assert "Maximiliane Konstantinopolsky 13" in " ".join(" ".join(pages[1:4]).split())


def test_a_strip_has_one_piece_for_each_meaning_and_its_bins_are_in_words():
    [drawn] = drawings([WATERFALL])

    assert [one["meaning"] for one in drawn["strip"]] == ["stays", "said_no", "not_covered"]
    assert sum(one["share"] for one in drawn["strip"]) == pytest.approx(1)
    assert [row["label"] for row in drawn["rows"]] == [
        step.label for step in WATERFALL.steps if step.people and step.meaning != "stays"
    ]


@pytest.mark.parametrize(
    ("second", "said"),
    [
        pytest.param(None, "Proposed as an exception until", id="by one"),
        pytest.param(ITO, "Accepted as an exception until", id="by two"),
    ],
)
def test_an_exception_is_accepted_only_by_two(second, said):
    found = fail("email", "3 of 20 people said no.", remedy="Take them off.")
    found = found.of("consent.coverage", Severity.BLOCKING, ())
    one = Accepted(
        finding=found.key,
        reason="Small.",
        until=date(2026, 12, 31),
        by=Actor(name="J. Weber", role=Role.ETHICS),
        second=second,
        at=AT,
        number=4,
    )
    review = a_review(run=a_run(found=[found]), exceptions=(one,))

    [block] = content(review, at=AT)["open_points"]
    assert block["findings"][0]["accepted"].startswith(said)
    assert content(review, at=AT)["exceptions"][0]["finding"] == "3 of 20 people said no."


def test_no_letter_is_too_small_to_read(pre_read, signed):
    sizes = {size for pdf in (pre_read, signed) for size in _sizes(pdf)}

    assert min(sizes) >= 6.5


def _sizes(pdf):
    """The size of every text that is read, in points; drawings of icons are not."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            scale, kept, marked = 1.0, [], []
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "q":
                        kept.append(scale)
                    case "Q":
                        scale = kept.pop()
                    case "cm":
                        scale *= abs(float(operands[3]) or 1.0)
                    case "BMC" | "BDC":
                        marked.append(str(operands[0]))
                    case "EMC":
                        marked.pop()
                    case "Tf" if "/Artifact" not in marked:
                        yield scale * float(operands[1])


def test_a_long_table_says_what_it_left_out():
    table = Table(title="Fields", columns=("field",), rows=tuple((f"f{k}",) for k in range(200)))
    found = fail("x", "A sentence.", table, remedy="Do it.").of("bias.selection", Severity.LOW, ())

    assert "168 more rows stand in the attached record." in flat(
        made(a_review(run=a_run(found=[found])))
    )


def test_many_groups_fit():
    rates = tuple(Rate(group=f"postcode {k} with a long name", yes=k, of=200) for k in range(90))
    found = clear("x", "A sentence.", *rates).of("bias.selection", Severity.LOW, ())
    failing = fail("y", "Other.", *rates, remedy="Do.").of("bias.selection", Severity.LOW, ())

    assert made(a_review(run=a_run(found=[found, failing]))).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("state", "word"),
    [
        pytest.param(State.DRAFT, "Not signed: a pre-read", id="draft"),
        pytest.param(State.IN_REVIEW, "Not signed: a pre-read", id="reopened after a signature"),
        pytest.param(State.WITHDRAWN, "Withdrawn", id="withdrawn"),
        pytest.param(State.APPROVED_WITH_CONDITIONS, "Approved with conditions", id="decided"),
    ],
)
def test_only_a_standing_decision_is_printed_as_one(state, word):
    page = content(a_review(signed=True, state=state), at=AT)

    assert page["decision"]["word"] == word


def test_every_decision_has_its_word():
    for decision, state in DECIDED.items():
        review = a_review(signed=True, state=state, signatures=(a_signature(decision=decision),))

        assert content(review, at=AT)["decision"]["kind"] == decision.value


def test_counts_are_counts_of_checks():
    tally = {one["verdict"]: one["count"] for one in content(a_review(), at=AT)["tally"]}

    assert list(tally) == [verdict.value for verdict in Verdict]
    assert tally["fail"] == 2


def test_nothing_is_made_of_a_record_that_moved_or_does_not_fit():
    review = a_review()

    with pytest.raises(NotTypeset, match="Something was added"):
        document(review, a_bundle(a_review(head=sha("0ff"))), at=AT)
    with pytest.raises(NotTypeset, match="does not fit"):
        made(a_review(read_only="Event 3 of this record does not fit."))
    with pytest.raises(ValueError, match="nothing was checked yet"):
        made(replace(a_review(), run=None))
