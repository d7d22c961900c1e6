"""The house holds: style, types, directions, and the promises a text search can keep."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PARTS = ("checks", "review", "dashboard")
CODE = sorted(file for part in PARTS for file in HOUSE.glob(f"{part}/**/*.py"))


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "format", "--check", "."], id="format"),
        pytest.param(["ruff", "check", "."], id="lint"),
        pytest.param(["mypy"], id="types"),
        pytest.param(["lint-imports"], id="directions"),
    ],
)
def test_the_house_is_in_order(command):
    ran = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=HOUSE, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(HOUSE)))
def test_a_file_stays_within_comfort(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 420


def test_the_session_has_one_door():
    inside = [f for f in CODE if "st.session_state" in f.read_text(encoding="utf-8")]

    assert inside == [HOUSE / "dashboard/session.py"]


def test_the_clock_hangs_in_few_places():
    reads = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time)\(")
    inside = {f.relative_to(HOUSE).as_posix() for f in CODE if reads.search(f.read_text("utf-8"))}

    allowed = {"dashboard/session.py"} | {f"{part}/__main__.py" for part in PARTS}
    assert inside <= allowed


def test_rows_are_touched_in_few_places():
    inside = {
        f.relative_to(HOUSE).parts[:2] for f in CODE if "import duckdb" in f.read_text("utf-8")
    }

    assert inside <= {("checks", "audience"), ("checks", "audience.py"), ("checks", "intake")}


def test_the_readme_opens_with_the_two_commands():
    text = HOUSE.joinpath("README.md").read_text(encoding="utf-8")

    assert text.index("make run") < text.index("make test") < text.index("![")


def test_every_document_stands_in_the_index():
    index = HOUSE.joinpath("docs/README.md").read_text(encoding="utf-8")
    written = {file.name for file in HOUSE.glob("docs/*.md")} - {"README.md"}

    assert {name for name in written if f"]({name})" not in index} == set()


@pytest.mark.parametrize("package", ["streamlit", "pandas", "plotly", "duckdb", "pyyaml", "pytest"])
def test_what_candor_is_built_on_is_listed(package):
    listed = HOUSE.joinpath("requirements.txt").read_text(encoding="utf-8").lower()

    assert re.search(rf"^{package}\b", listed, re.MULTILINE)


def test_each_decision_has_a_number_of_its_own():
    numbers = [file.name[:4] for file in sorted(HOUSE.glob("docs/decisions/*.md"))]

    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
