"""`fitcheck schema`: JSON Schema for editors and for readers of --format json and --summary."""

import json
from typing import Annotated

import typer

from fitcheck.cli.streams import write_utf8
from fitcheck.problems import Problem, UsageError

WRITTEN = ("rubric", "screen", "cost", "prospect", "company", "mapping", "cases", "notes")
PUBLISHED = ("assessment", "agreement", "batch", "comparison", "letter", "merge", "moves", "ranking")
KINDS = (*WRITTEN, *PUBLISHED)


def schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=f"What people write: {', '.join(WRITTEN)}; "
            f"what commands print or write as JSON: {', '.join(PUBLISHED)}.",
        ),
    ],
) -> None:
    """Print the JSON Schema of what people write, or of what a command prints or writes as JSON."""
    from fitcheck.documents.schemas import schema as schema_of_file, schema_of
    from fitcheck.report.json.agreement import AgreementDocument
    from fitcheck.report.json.batch import BatchDocument
    from fitcheck.report.json.comparison import ComparisonDocument
    from fitcheck.report.json.moves import MovesDocument
    from fitcheck.report.json.prospect import AssessmentDocument
    from fitcheck.report.json.ranking import RankingDocument
    from fitcheck.report.json.scorers import MergeDocument
    from fitcheck.report.prospect.letter import LetterDocument

    if kind not in KINDS:
        raise UsageError(Problem("unknown-kind", f"{kind!r} has no schema", hint=f"one of: {', '.join(KINDS)}"))
    published: dict[str, type] = {
        "assessment": AssessmentDocument,
        "agreement": AgreementDocument,
        "batch": BatchDocument,
        "comparison": ComparisonDocument,
        "letter": LetterDocument,
        "merge": MergeDocument,
        "moves": MovesDocument,
        "ranking": RankingDocument,
    }
    body = schema_of(published[kind], kind) if kind in published else schema_of_file(kind)
    write_utf8(json.dumps(body, indent=2, ensure_ascii=False) + "\n")
