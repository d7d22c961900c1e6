"""A run and a review made by hand: every verdict, every kind of evidence, nothing measured."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from checks.evidence import (
    Bin,
    Breakdown,
    Cell,
    Distribution,
    Line,
    Matrix,
    Part,
    Point,
    Points,
    Rate,
    Ratio,
    Step,
    Table,
    Waterfall,
)
from checks.finding import (
    Reason,
    Severity,
    ask,
    broken,
    cannot_tell,
    clear,
    fail,
    not_applicable,
    watch,
)
from checks.runs.run import (
    Named,
    PeopleCount,
    PolicyStamp,
    Run,
    SegmentSummary,
    SourceFile,
)
from review.checklist import Checklist, Precedent, Question
from review.commands.desk import Desk
from review.record import (
    Action,
    Actor,
    Answer,
    Comment,
    Decision,
    Given,
    Happened,
    Review,
    Role,
    Signature,
    State,
)
from review.store.canonical import canonical
from review.store.chain import FORM, VERSION

AT = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
ITO = Actor(name="Mika Ito", role=Role.PRIVACY)
ANA = Actor(name="Ana Alvarez", role=Role.OWNER)


def sha(letter):
    return (letter * 64)[:64]


RATES = (
    Rate(group="men", yes=6_214, of=10_120, low=0.604, high=0.623),
    Rate(group="women", yes=4_530, of=9_804, low=0.452, high=0.472),
    Rate(group="another answer", yes=41, of=96, low=0.333, high=0.526, unsure=True),
)
RATIO = Ratio(
    group="women",
    reference="men",
    value=0.752,
    low=0.733,
    high=0.772,
    floor=0.8,
    luck=0.0001,
    pairs=3,
    literal=0.752,
    literal_reference="men",
    points=-0.152,
    points_low=-0.166,
    points_high=-0.138,
)
OFF = Ratio(
    group="women",
    reference="men",
    value=1.39,
    low=1.35,
    high=1.44,
    floor=2.0,
    luck=0.0001,
    pairs=3,
    literal=1.41,
    literal_reference="another answer",
    side="off",
)
WATERFALL = Waterfall(
    title="Who may be contacted by email",
    total=42_694,
    steps=(
        Step(name="on the do-not-contact list", people=204, meaning="said_no"),
        Step(name="objected", people=1_000, meaning="said_no"),
        Step(name="no record of a yes", people=312, meaning="not_covered"),
        Step(name="said no", people=0, meaning="said_no"),
        Step(name="said yes to something else", people=95, meaning="not_covered"),
        Step(name="the yes has expired, or starts after launch", people=63, meaning="not_covered"),
        Step(name="no proof", people=0, meaning="not_covered"),
        Step(name="may be contacted", people=41_020, meaning="stays"),
    ),
)
PRESSURE = Distribution(
    title="Emails in the week up to launch",
    unit="emails in 7 days",
    bins=tuple(
        Bin(low=k, high=k + 1, people=n)
        for k, n in enumerate((12_400, 15_210, 9_020, 4_100, 1_500, 410, 54, None))
    ),
    lines=(Line(at=4, name="limit"), Line(at=6, name="never more than")),
    says="464 of 42,694 people would get more than 4 emails in a week.",
)
ROWS = ("18 to 24", "25 to 34", "35 to 44", "45 to 54", "65 and over")
COLUMNS = ("women", "men", "another answer")
CROSSINGS = Matrix(
    title="Age and gender together",
    rows=ROWS,
    columns=COLUMNS,
    cells=tuple(
        Cell(
            row=row,
            column=column,
            yes=None if j == 2 and i > 2 else 120 + 61 * i + 40 * j,
            of=None if j == 2 and i > 2 else 610 - 12 * j,
            verdict="cannot_tell"
            if j == 2
            else "fail"
            if (i, j) == (0, 0)
            else "watch"
            if (i, j) == (1, 0)
            else "clear",
        )
        for i, row in enumerate(ROWS)
        for j, column in enumerate(COLUMNS)
    ),
    says="Women of 18 to 24 were chosen least.",
)
BY_SEGMENT = Breakdown(
    title="Where the 1,204 are",
    by="segment",
    total=1_204,
    parts=(
        Part(name="young savers", people=804),
        Part(name="families", people=390),
        Part(name="retired", people=10),
    ),
)
SOME_HIDDEN = Breakdown(
    title="Which rule left them out",
    by="rule",
    total=512,
    parts=(
        Part(name="balance at least 1,000", people=430),
        Part(name="no branch in this postcode", people=77),
        Part(name="both", people=None),
        Part(name="off the list though no rule excludes", people=None),
    ),
)
PROXIES = Points(
    title="Fields that say something else about people",
    x="how much of the group a field gives away, 0 to 1",
    y="how much the field decides, 0 to 1",
    points=(
        Point(name="postcode", x=0.62, y=0.41),
        Point(name="balance", x=0.31, y=0.72),
        Point(name="tenure", x=0.12, y=0.08),
    ),
    says="Postcode gives away most.",
)
FIELDS = Table(
    title="Fields that the notice does not name",
    columns=("field", "used in", "people"),
    rows=(("postcode", "rule", 64_000), ("tenure", "model", 61_204), ("device", "nothing", None)),
)

LAUNCH = Severity.BLOCKING


def findings():
    """One finding of every verdict at least, evidence of every kind."""
    return (
        broken("this check", "“Contact pressure stays bearable” could not run (KeyError).").of(
            "society.pressure", LAUNCH, ()
        ),
        fail(
            "email",
            "1,204 of 42,694 people on the list said no to email.",
            WATERFALL,
            BY_SEGMENT,
            remedy="Take the 1,204 off. With 470 others who may not be contacted, 41,020 stay.",
        ).of("consent.opt_out_leak", LAUNCH, ()),
        fail(
            "gender: women",
            "46 of 100 women were chosen, and 61 of 100 men: three quarters as often.",
            *RATES,
            RATIO,
            OFF,
            SOME_HIDDEN,
            remedy="Drop the rule on the balance: 430 of the women come back.",
        ).of("bias.selection", Severity.HIGH, ()),
        cannot_tell(
            "age: 75 and over",
            "12 people over 75 are too few to compare. About 240 would settle it.",
            Rate(group="75 and over", yes=5, of=12, low=0.193, high=0.68, unsure=True),
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Pool with earlier campaigns of the same rule, or accept it with a reason.",
        ).of("bias.selection", Severity.HIGH, ()),
        cannot_tell(
            "sms",
            "No column says who agreed to SMS.",
            reason=Reason.COLUMN_MISSING,
            remedy="Bring the column with the permission for SMS.",
        ).of("consent.coverage", LAUNCH, ()),
        watch(
            "age × gender",
            "1 of 15 crossings fails and 1 is near the limit.",
            CROSSINGS,
            remedy="Look at women of 18 to 34 before launch.",
        ).of("bias.intersections", Severity.MEDIUM, ()),
        watch(
            "email",
            "464 of 42,694 people would get more than 4 emails in a week.",
            PRESSURE,
            remedy="Leave the 464 out of this wave.",
        ).of("society.pressure", Severity.MEDIUM, ()),
        ask(
            "fields",
            "3 of 14 fields are not named in the notice.",
            FIELDS,
            PROXIES,
            remedy="Name them in the notice, or leave them out.",
        ).of("transparency.fields_declared", Severity.HIGH, ()),
        clear(
            "email",
            "41,020 of 41,020 people who stay agreed to email.",
            Rate(group="email", yes=41_020, of=41_020),
        ).of("consent.coverage", LAUNCH, ()),
        clear(
            "gender: another answer",
            "People of another answer were chosen about as often.",
            RATES[2],
        ).of("bias.selection", Severity.HIGH, ()),
        clear(
            "notice",
            "The notice takes 11 years of school to read; the limit is 12.",
            Table(title="Readability", columns=("language", "years"), rows=(("en", 11),)),
        ).of("transparency.notice_readable", Severity.LOW, ()),
        clear(
            "rows", "64,000 of 64,000 rows were read.", Rate(group="rows", yes=64_000, of=64_000)
        ).of("integrity.files", LAUNCH, ()),
        not_applicable("minors", "No one under 18 is in the file.").of(
            "society.minors", LAUNCH, ()
        ),
    )


def a_run(*, name="Spring savings account", found=None):
    """A run with these findings."""
    return Run(
        campaign=Named(id="spring-savings", name=name),
        owner="ana@bank.example",
        launch=date(2026, 12, 1),
        sector="credit",
        effect="opportunity",
        regions=("DE", "FR"),
        channels=("email", "sms"),
        policy=PolicyStamp(id="default", version=1, as_of=date(2026, 11, 1), sha256=sha("5e1f")),
        checklist_sha256=sha("c4ec"),
        snapshot=sha("57a9"),
        fingerprint=sha("3fa291bc04de77aa"),
        parts={
            "campaign": sha("ca3b"),
            "people": sha("0e0b1e"),
            "policy": sha("5e1f"),
            "checklist": sha("c4ec"),
        },
        people=PeopleCount(rows=64_000, people=64_000, targeted=42_694),
        files=(
            SourceFile(
                role="people",
                name="people.csv",
                sha256=sha("f11e"),
                rows=64_000,
                columns=14,
                bytes=4_812_339,
                repairs=("312 cells held blanks around their value; the blanks were left out.",),
            ),
            SourceFile(
                role="notice",
                name="privacy-notice.md",
                sha256=sha("07ce"),
                rows=None,
                columns=None,
                bytes=8_120,
            ),
        ),
        segments=(
            SegmentSummary(
                name="young savers",
                about="18 to 30 with a salary account",
                people=21_300,
                makeup=(),
                may_contact={"email": 20_496},
                said_no={"email": 804},
                message="a",
                offer="gold",
            ),
            SegmentSummary(
                name="families",
                about="",
                people=21_394,
                makeup=(),
                may_contact={"email": 20_524},
                said_no={"email": 400},
                message=None,
                offer=None,
            ),
        ),
        findings=findings() if found is None else tuple(found),
        exceptions={},
        versions={"candor": "0.1.0", "duckdb": "2.0.0", "python": "3.11.2"},
    )


def a_question(id_, family, asks, informed_by):
    """One question of a checklist."""
    return Question(
        id=id_,
        family=family,
        asks=asks,
        why="Because people should be able to say no.",
        good="Everyone who said no is off the list.",
        informed_by=informed_by,
        source="GDPR 6",
        precedent=Precedent(id="P1", what="A case.", standing="decision", link="https://x.example"),
    )


CHECKLIST = Checklist(
    id="default",
    version=1,
    questions=(
        a_question(
            "no-means-no",
            "consent",
            "Is everyone who said no off the list?",
            ("consent.opt_out_leak",),
        ),
        a_question("agreed", "consent", "Did people agree to this channel?", ("consent.coverage",)),
        a_question("chosen", "bias", "Is the choice of people fair?", ("bias.*",)),
        a_question("files", "integrity", "Are the files whole?", ("integrity.*",)),
    ),
)


def given(question, answer=Answer.ACCEPTABLE, **other):
    """An answer of Mika Ito."""
    return Given(
        **{
            "question": question,
            "answer": answer,
            "reason": "I have looked at the numbers and talked to the branch.",
            "action": None,
            "by": ITO,
            "at": AT,
            "number": 3,
            "rests_on": (),
            "current": True,
            "statement": False,
            "revision": 1,
            **other,
        }
    )


def a_signature(**other):
    """The signature of Mika Ito, with a condition."""
    return Signature(
        **{
            "by": ITO,
            "decision": Decision.APPROVE_WITH_CONDITIONS,
            "grounds": "The list is small and the remedy is counted.",
            "conditions": (
                Action(
                    what="Take the 1,204 off the list", who="Ana Alvarez", by=date(2026, 11, 28)
                ),
            ),
            "statement": "I, Mika Ito, sign as privacy for revision 2 of Spring savings account, "
            "on 23 November 2026. I have read the findings on consent, protection and "
            "transparency, and the open points. Candor counted; I decided.",
            "at": AT,
            "number": 6,
            "head": sha("beef"),
            "fingerprint": sha("3fa291bc04de77aa"),
            "revision": 2,
            "findings": sha("found"),
            **other,
        }
    )


def a_review(*, signed=False, run=None, **other):
    """A review in the middle, or decided."""
    answers = {
        "no-means-no": (
            given(
                "no-means-no",
                Answer.WITH_ACTION,
                action=Action(
                    what="Take the 1,204 off the list", who="Ana Alvarez", by=date(2026, 11, 28)
                ),
            ),
        ),
        "chosen": (
            given("chosen", by=ANA, statement=True, reason="The product needs a minimum balance."),
        ),
    }
    return Review(
        **{
            "id": "spring-savings",
            "name": "Spring savings account",
            "owner": "ana@bank.example",
            "revision": 2,
            "state": State.APPROVED_WITH_CONDITIONS if signed else State.IN_REVIEW,
            "run": run or a_run(),
            "checklist": CHECKLIST,
            "head": sha("d00d"),
            "length": 6,
            "answers": answers,
            "exceptions": (),
            "comments": (
                Comment(
                    about="chosen",
                    text="Ask the branch in 10115 whether it closes.",
                    by=ITO,
                    at=AT,
                    number=5,
                ),
            ),
            "signatures": (a_signature(),) if signed else (),
            "timeline": tuple(
                Happened(number=k + 1, at=AT, sentence=sentence, hash=sha(f"{k}abc"))
                for k, sentence in enumerate(
                    (
                        "The review of Spring savings account began.",
                        "The checks ran for revision 2: 1 check broke, 2 fail.",
                        "Mika Ito (privacy, not verified) answered “Is everyone who said no off?”.",
                        "Ana Alvarez (owner, not verified) stated something on “Is it fair?”.",
                        "Mika Ito (privacy, not verified) commented.",
                        "Mika Ito (privacy, not verified) signed: approved with conditions.",
                    )
                )
            ),
            **other,
        }
    )


def a_bundle(review):
    """A record that names this review's last event and holds nothing else."""
    return canonical(
        {
            "form": FORM,
            "version": VERSION,
            "review": review.id,
            "head": review.head,
            "events": [],
            "texts": {},
            "documents": {},
        }
    )


MIRA = Actor(name="Mira", role=Role.PREPARER)


def a_decided(folder):
    """A review that went through a desk to its rejection, and its record."""
    desk = Desk(f"sqlite:///{folder / 'store.db'}", folder / "anchors.jsonl", CHECKLIST)
    review = desk.record_run(a_run(), by=MIRA, now=AT)
    for question in ("no-means-no", "agreed", "chosen"):
        review = desk.answer(
            review.id,
            question,
            Answer.NOT_ACCEPTABLE,
            reason="Too many 👍 said no.",
            by=ITO,
            now=AT + timedelta(minutes=1),
            seen=review.head,
        )
    review = desk.sign(
        review.id,
        Decision.REJECT,
        grounds="Mend it first.",
        by=ITO,
        now=AT + timedelta(minutes=2),
        seen=review.head,
    )
    record = desk.bundle(review.id)
    desk.close()
    return review, record
