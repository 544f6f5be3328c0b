"""`fitcheck schema`: JSON Schema for editors and for readers of --format json."""

import json
from typing import Annotated

import typer

from fitcheck.cli.streams import write_utf8
from fitcheck.problems import Problem, UsageError

ASSESSMENT = "assessment"
KINDS = ("rubric", "screen", "cost", "prospect", "company", ASSESSMENT)


def schema(
    kind: Annotated[str, typer.Argument(metavar="|".join(KINDS), help="Of which kind of document.")],
) -> None:
    """Print the JSON Schema of what people write, or of what --format json prints."""
    from fitcheck.documents.schemas import schema as schema_of_file, schema_of
    from fitcheck.report.json_types import AssessmentDocument

    if kind not in KINDS:
        raise UsageError(Problem("unknown-kind", f"{kind!r} has no schema", hint=f"one of: {', '.join(KINDS)}"))
    body = schema_of(AssessmentDocument, kind) if kind == ASSESSMENT else schema_of_file(kind)
    write_utf8(json.dumps(body, indent=2, ensure_ascii=False) + "\n")
