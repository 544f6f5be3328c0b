"""A screen, a rubric or a cost model, whichever a name or a file turns out to be."""

from collections.abc import Sequence
from typing import Literal, get_args

from fitcheck.decision.costmodel import CostModel
from fitcheck.decision.rubric import Rubric, Screen
from fitcheck.documents.costs import load_cost
from fitcheck.documents.finding import hint_at, is_file, names
from fitcheck.documents.rubrics import load_rubric
from fitcheck.documents.screens import load_screen
from fitcheck.documents.source import parse, read_bytes
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Problem, UsageError

Kind = Literal["screen", "rubric", "cost"]
"""What asks something; a mapping only says how the answers are read."""

KINDS: tuple[Kind, ...] = get_args(Kind)


def load_any(name_or_path: str) -> Screen | Rubric | CostModel:
    """
    Load whatever a name or a path means.

    Of built-in names a screen comes before a rubric before a cost model, but for one with its kind before it, such as
    `cost:deal`.

    Raises:
        DocumentError: with all problems of the file, or of all files of a screen.
        UsageError: no built-in file has this name.
    """
    known = sorted({name for kind in KINDS for name in (*names(kind), *_names(kind))})
    kind = _kind_of_file(name_or_path) if is_file(name_or_path, known) else _kind_of_name(name_or_path, known)
    match kind:
        case "screen":
            return load_screen(name_or_path)
        case "rubric":
            return load_rubric(name_or_path)
        case "cost":
            return load_cost(name_or_path)


def _kind_of_name(name: str, known: Sequence[str]) -> Kind:
    for kind in KINDS:
        if name.removeprefix(f"{kind}:") in names(kind):
            return kind
    hint = f"{hint_at(name, known)}; fitcheck rubric list shows all"
    raise UsageError(Problem("unknown-name", f"nothing built in is called {quoted(name)}", hint=hint))


def _kind_of_file(path: str) -> Kind:
    document = parse(read_bytes(path, path), path)
    for kind in KINDS:
        if kind in document.mapping():
            return kind
    if "prospect" in document.mapping():
        hint = f"fitcheck assess {path}"
        raise DocumentError(document.problem("wrong-kind", "this is a prospect", ("prospect",), key=True, hint=hint))
    if "mapping" in document.mapping():
        hint = f"fitcheck batch TABLE --map {path} --map-only shows what it does"
        raise DocumentError(document.problem("wrong-kind", "this is a mapping", ("mapping",), key=True, hint=hint))
    message = "this is no screen, rubric or cost model"
    hint = "such a file begins with the key screen, rubric or cost"
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
