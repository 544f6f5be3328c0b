"""A file of another kind than a command reads: what it is, by its content and its ending, and what reads it."""

from pathlib import PurePath
from shlex import quote
from typing import TYPE_CHECKING, Any, NamedTuple

from fitcheck.cli.options import COMPANY
from fitcheck.problems import DocumentError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTES = (".md", ".markdown", ".txt", ".rst", ".eml", ".rtf", ".doc", ".docx", ".odt", ".pdf")
"""Endings of files in which people take notes."""

DOCUMENTS = (".yaml", ".yml", ".json", ".md", ".markdown", ".docx", ".pdf")
"""Endings that no table has."""


class FileKind(NamedTuple):
    """
    A kind of file.

    Attributes:
        name: with its article.
        hint: the command that reads it; {file} stands for its name.
    """

    name: str
    hint: str


PROSPECT = FileKind("a prospect file", "assess it with: fitcheck assess {file}")
TABLE = FileKind("a table", "score it with: fitcheck batch {file}")
COMPANY_FILE = FileKind("a company file", "use it with: fitcheck assess PROSPECT --company {file}")
CALL_NOTES = FileKind("a file of notes", "answer the questions from them with: fitcheck interview {answers}")
REPORT = FileKind("a saved report", "assess the prospect file it was made from")
BY_KEY = {
    "prospect": PROSPECT,
    "answers": PROSPECT,
    "cases": FileKind("a file of cases", "run them with: fitcheck rubric test {file}"),
    "screen": FileKind("a screen", "use it with: fitcheck assess PROSPECT --screen {file}"),
    "rubric": FileKind("a rubric", "check it with: fitcheck rubric check {file}"),
    "cost": FileKind("a cost model", "check it with: fitcheck rubric check {file}"),
    "mapping": FileKind("a mapping", "use it with: fitcheck batch TABLE --map {file}"),
}
"""Kinds by a key at the top; a file of cases may name a screen, too."""


def wrong_kind(file: str, expected: str, found: FileKind) -> DocumentError:
    """
    Refuse a file of another kind.

    Args:
        file: as it was named.
        expected: the kind that the command reads, with its article.
        found: what it is.
    """
    ending = PurePath(file).suffix.lower()
    answers = PurePath(file).with_suffix(".yaml").name if ending in NOTES else "acme.yaml"
    hint = found.hint.format(file=quote(file), answers=quote(answers))
    return DocumentError(Problem("wrong-kind", f"this is {found.name}, not {expected}", Place(file), hint=hint))


def kind_of(file: str, data: bytes) -> FileKind | None:
    """Recognise what a file holds; None where nothing shows it."""
    from fitcheck.documents.reading.source import parse

    suffix = PurePath(file).suffix.lower()
    try:
        content = parse(data, file).data
    except DocumentError:
        content = None
    if isinstance(content, dict):
        return _by_keys(content)
    if isinstance(content, list) and content and isinstance(content[0], dict):
        return _by_keys(content[0])
    if b"\t" in data.partition(b"\n")[0] and suffix == ".txt":
        return TABLE
    if suffix in NOTES or (isinstance(content, str) and " " in content):
        return CALL_NOTES
    return COMPANY_FILE if PurePath(file).name == COMPANY.name else None


def _by_keys(content: "Mapping[Any, Any]") -> FileKind | None:
    from fitcheck.documents.company import CompanyModel

    if str(content.get("schema", "")).startswith("fitcheck."):
        return REPORT
    found = next((kind for key, kind in BY_KEY.items() if key in content), None)
    return found or (COMPANY_FILE if content.keys() & CompanyModel.model_fields.keys() else None)
