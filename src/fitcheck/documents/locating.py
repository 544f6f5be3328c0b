"""Where the parts of content stand that lint found something odd about."""

from collections.abc import Iterable, Iterator, Mapping

from fitcheck.decision.costmodel import CostModel
from fitcheck.decision.rubric import Rubric, Screen
from fitcheck.documents.finding import Kind, Source, find
from fitcheck.documents.source import parse
from fitcheck.documents.tree import Document
from fitcheck.problems import Problem
from fitcheck.proof.findings import Finding


def located(
    findings: Iterable[Finding], thing: Screen | Rubric | CostModel, name_or_path: str
) -> tuple[tuple[Finding, Problem], ...]:
    """
    Return every finding with its problem: the place, and the line that it stands on.

    Args:
        findings: of `thing`, from `lint`.
        thing: as loaded from `name_or_path`.
        name_or_path: as given by the user.
    """
    findings, kind = tuple(findings), _kind(thing)
    documents = dict(_documents(find(kind, name_or_path), kind)) if findings else {}
    return tuple((finding, _problem(finding, documents)) for finding in findings)


def title(thing: Screen | Rubric | CostModel) -> str:
    """Return kind, id and version in words."""
    return f"{'cost model' if isinstance(thing, CostModel) else _kind(thing)} {thing.id} {thing.version}"


def _kind(thing: Screen | Rubric | CostModel) -> Kind:
    return "screen" if isinstance(thing, Screen) else "rubric" if isinstance(thing, Rubric) else "cost"


def _documents(source: Source, kind: Kind) -> Iterator[tuple[tuple[Kind, str], Document]]:
    """Yield the file, and for a screen the files of its parts, by kind and id."""
    document = parse(source.read(), source.file)
    yield (kind, str(document.at(kind))), document
    if kind == "screen":
        for name in document.at("rubrics"):
            yield from _documents(find("rubric", name, beside=source), "rubric")
        if cost := document.at("cost"):
            yield from _documents(find("cost", cost, beside=source), "cost")


def _problem(finding: Finding, documents: Mapping[tuple[Kind, str], Document]) -> Problem:
    document = documents[finding.kind, finding.file]
    is_text = isinstance(document.at(*finding.path), str)
    return document.problem(finding.code, finding.message, finding.path, key=not is_text, hint=finding.hint)
