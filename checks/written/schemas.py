"""The JSON Schemas that are published: of campaign files, of findings, of the record in a PDF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from checks import places
from checks.finding import Verdict
from checks.runs.run import Run

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FINDINGS = "findings.schema.json"


def findings_schema() -> dict[str, Any]:
    """The schema of what ``run --json`` prints, and of the findings inside every document."""
    made = TypeAdapter(Run).json_schema(mode="serialization")
    names = [verdict.value for verdict in Verdict]
    counts = {
        "type": "object",
        "description": "How many checks have each verdict, each by its most pressing finding.",
        "properties": {name: {"type": "integer", "minimum": 0} for name in names},
        "required": names,
        "additionalProperties": False,
    }
    return {
        "$schema": DIALECT,
        **made,
        "properties": {**made["properties"], "counts": counts},
        "required": [*made["required"], "counts"],
        "title": "Candor findings",
    }


def published(name: str) -> Path:
    """Where a schema lies."""
    return places.DATA / "schema" / name


def written(schema: dict[str, Any]) -> str:
    """A schema as it is published."""
    return f"{json.dumps(schema, indent=2, ensure_ascii=False)}\n"


def write_findings_schema() -> None:
    """Write it where it is published; a test says when that is due."""
    published(FINDINGS).write_text(written(findings_schema()), encoding="utf-8")
