"""`fitcheck schema`: JSON Schema for editors and for readers of --format json."""

import json
from typing import Annotated

import typer

from fitcheck.cli.streams import write_utf8
from fitcheck.documents.schemas import KINDS as WRITTEN, schema as schema_of_file, schema_of
from fitcheck.problems import Problem, UsageError
from fitcheck.report.json_document import AssessmentDocument

ASSESSMENT = "assessment"
KINDS = (*WRITTEN, ASSESSMENT)


def schema(
    kind: Annotated[str, typer.Argument(metavar="|".join(KINDS), help="Of which kind of document.")],
) -> None:
    """Print the JSON Schema of what people write, or of what --format json prints."""
    for written in WRITTEN:
        if kind == written:
            body = schema_of_file(written)
            break
    else:
        if kind != ASSESSMENT:
            raise UsageError(Problem("unknown-kind", f"{kind!r} has no schema", hint=f"one of: {', '.join(KINDS)}"))
        body = schema_of(AssessmentDocument, "assessment")
    write_utf8(json.dumps(body, indent=2, ensure_ascii=False) + "\n")
