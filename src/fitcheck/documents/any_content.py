"""Content of any kind: load a screen, a rubric or a cost model by name or path, and locate what lint finds in it."""

from collections.abc import Iterable, Iterator, Mapping

from fitcheck.decision.content.cost_model import CostModel
from fitcheck.decision.content.rubric import Rubric, Screen
from fitcheck.documents.costs import load_cost
from fitcheck.documents.reading.finding import Source, find, hint_at, is_file, names
from fitcheck.documents.reading.source import parse, read_bytes
from fitcheck.documents.reading.tree import Document
from fitcheck.documents.rubrics import load_rubric
from fitcheck.documents.screens import load_screen
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Problem, UsageError
from fitcheck.proof.findings import Finding, Kind

KINDS: tuple[Kind, ...] = ("screen", "rubric", "cost")
"""Kinds of content, in the order a name is looked up."""


def load_any(name_or_path: str) -> Screen | Rubric | CostModel:
    """
    Load whatever a name or a path means.

    Of built-in names a screen comes before a rubric before a cost model, but for one with its kind before it, such as
    `cost:deal`.

    Raises:
        DocumentError: with all problems of the file, or of all files of a screen.
        UsageError: no built-in file has this name.
    """
    kind = _kind_of_file(name_or_path) if is_file(name_or_path, _known()) else kind_of_name(name_or_path)
    match kind:
        case "screen":
            return load_screen(name_or_path)
        case "rubric":
            return load_rubric(name_or_path)
        case "cost":
            return load_cost(name_or_path)


def _known() -> list[str]:
    """Every name of something built in, with its kind before it where it needs one."""
    return sorted({name for kind in KINDS for name in (*names(kind), *_names(kind))})


def kind_of_name(name: str) -> Kind:
    """
    Return what a built-in name means.

    Raises:
        UsageError: nothing built in has this name.
    """
    for kind in KINDS:
        if name.removeprefix(f"{kind}:") in names(kind):
            return kind
    hint = f"{hint_at(name, _known())}; fitcheck rubric list shows all"
    raise UsageError(Problem("unknown-name", f"no built-in rubric, screen or cost model {quoted(name)}", hint=hint))


def _kind_of_file(path: str) -> Kind:
    document = parse(read_bytes(path, path), path)
    for kind in KINDS:
        if kind in document.mapping():
            return kind
    if "prospect" in document.mapping():
        hint = f"fitcheck assess {path}"
        raise DocumentError(
            document.problem("wrong-kind", "this is a prospect file", ("prospect",), key=True, hint=hint)
        )
    if "mapping" in document.mapping():
        hint = f"fitcheck batch TABLE --map {path} --map-only shows what it does"
        raise DocumentError(document.problem("wrong-kind", "this is a mapping", ("mapping",), key=True, hint=hint))
    message = "this is not a screen, rubric or cost model"
    hint = "the first line should be screen:, rubric: or cost:"
    raise DocumentError(*(document.problems or (document.problem("unknown-kind", message, (), hint=hint),)))


def built_in() -> dict[str, list[tuple[str, str]]]:
    """Return name and title of everything built in, by kind; by these names `load_any` finds each."""
    return {
        "Screens": [(name, _sentence(load_screen(name))) for name in _names("screen")],
        "Rubrics": [(name, _sentence(load_rubric(name))) for name in _names("rubric")],
        "Cost models": [(name, load_cost(name).title) for name in _names("cost")],
    }


def _names(kind: Kind) -> list[str]:
    """Names of one kind, with the kind where something of an earlier kind is called so too."""
    earlier = {name for other in KINDS[: KINDS.index(kind)] for name in names(other)}
    return [f"{kind}:{name}" if name in earlier else name for name in names(kind)]


def _sentence(thing: Screen | Rubric) -> str:
    return f"{thing.title}: {thing.about}"


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
