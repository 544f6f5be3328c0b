"""`fitcheck schema`: JSON Schema of the input files, for editors, and of the JSON output, for programs."""

import json
from typing import Annotated

import typer

from fitcheck.cli.streams import write_utf8
from fitcheck.nearest import nearest, quoted
from fitcheck.problems import Problem, UsageError

WRITTEN = ("rubric", "screen", "cost", "prospect", "company", "mapping", "cases", "notes")
PUBLISHED = ("assessment", "agreement", "batch", "comparison", "letter", "merge", "moves", "ranking")
KINDS = (*WRITTEN, *PUBLISHED)


def schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=f"An input file: {', '.join(WRITTEN)}; or JSON output: {', '.join(PUBLISHED)}.",
        ),
    ],
) -> None:
    """Print the JSON Schema of an input file, or of the JSON that a command writes."""
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
        raise UsageError(
            Problem("unknown-kind", f"there is no schema {quoted(kind)}", hint=nearest(kind, KINDS, show=len(KINDS)))
        )
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
