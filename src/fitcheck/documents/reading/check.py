"""Validate a document against its pydantic model: every error becomes a problem in our words, with its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import dropwhile, islice, takewhile
from typing import Any, TypeVar

from pydantic import ValidationError

from fitcheck.documents.reading.fields import MANY, SINGLE, Model, described
from fitcheck.documents.reading.tree import BROKEN, Document, Path
from fitcheck.nearest import closest, nearest, quoted
from fitcheck.problems import DocumentError, Place, Problem

MAX_PROBLEMS = 100
MAX_ERRORS = 1000

_KINDS = {
    "cases": "a case file",
    "rubric": "a rubric",
    "screen": "a screen",
    "cost": "a cost model",
    "prospect": "a prospect",
    "mapping": "a mapping",
}
"""What a document is, by the key that every document of the kind has."""

_OWN_PARTS = {"screen": "stages", "cost": "activities"}
"""What only such a document has: others may name one with the same key."""

_M = TypeVar("_M", bound=Model)
_MAPPING = "must be a mapping"
_WANTED = {
    "model_type": _MAPPING,
    "dict_type": _MAPPING,
    "list_type": "must be a list",
}


def check(document: Document, model: type[_M], *, what: str) -> tuple[_M | None, list[Problem]]:
    """
    Return the document as an instance of `model`, and all problems with its shape.

    Args:
        document: as read; its own problems come first in the answer.
        model: the shape.
        what: what the document should be, such as "a rubric".

    Returns:
        The instance, or None if there is any problem.

    Raises:
        DocumentError: it is empty or something else altogether, so that nothing more can be said.
    """
    problems = list(document.problems)
    if misfit := _misfit(document, model, what):
        raise DocumentError(*problems, misfit)
    try:
        found = model.model_validate(document.data)
    except ValidationError as error:
        errors: Any = error.errors(include_url=False)
        problems += _Translator(document, model).problems(errors)
        return None, problems
    return (None if problems else found), problems


class _Translator:
    """Turns pydantic's errors into our problems."""

    def __init__(self, document: Document, model: type[Model]) -> None:
        self.document = document
        self.model = model
        self.schema: dict[str, Any] = {}
        self.known_siblings: dict[Path, dict[str, str | None]] = {}

    def problems(self, errors: Sequence[Mapping[str, Any]]) -> list[Problem]:
        shown = [error for error in errors if error["input"] is not BROKEN or error["type"] == "extra_forbidden"]
        shown = shown[:MAX_ERRORS]
        cuts = {self.path(error["loc"])[0] for error in shown if self.is_cut(error)}
        missing: dict[Path, list[str]] = {}
        misspelt: set[Path] = set()
        problems = []
        for error in shown:
            path, key = self.path(error["loc"])
            if error["type"] == "missing":
                missing.setdefault(path[:-1], []).append(str(path[-1]))
            elif path in cuts:
                if self.before(path) not in cuts:
                    problems.append(self.cut(path, cuts))
            elif error["type"] == "extra_forbidden":
                known = list(self.fields(path[:-1]))
                misspelt.add((*path[:-1], closest(path[-1], known) or ""))
                hint = nearest(path[-1], known)
                message = f"unknown field {quoted(path[-1])}"
                problems.append(self.document.problem("unknown-key", message, path, key=True, hint=hint))
            else:
                problems.append(self.problem(error, path, key=key))
        for parent, names in missing.items():
            wanted = [name for name in names if (*parent, name) not in misspelt]
            if wanted:
                problems.append(self.missing(parent, wanted))
        return problems

    def path(self, loc: Sequence[str | int]) -> tuple[Path, bool]:
        """Return the path of an error, without pydantic's own markers, and whether it is about the key."""
        key = loc[-1] == "[key]"
        path: list[str | int] = []
        for step in loc[:-1] if key else loc:
            if step not in {SINGLE, MANY} or step in self.document.mapping(*path):
                path.append(step)
        return tuple(path), key

    def problem(self, error: Mapping[str, Any], path: Path, *, key: bool) -> Problem:
        kind, context = error["type"], error.get("ctx", {})
        if kind == "fitcheck":
            said = context["message"]
            if key:  # the message already names the key
                said = said.removesuffix(f", not {_subject(path)}")
            message = f"{_subject(path)} {said}"
            return self.document.problem(context["code"], message, path, key=key, hint=context["hint"])
        if kind in {"too_short", "too_long"}:
            return self.wrong_length(context, path)
        code = "empty-value" if error["input"] is None else "wrong-type"
        wanted = _WANTED.get(kind, "is invalid")
        hint = self.mapping_hint(error["input"], path) if wanted == _MAPPING else None
        message = f"{_subject(path)} {wanted}, not {described(error['input'])}"
        return self.document.problem(code, message, path, hint=hint)

    def mapping_hint(self, value: object, path: Path) -> str | None:
        """Return how to write the mapping that should stand where something else does."""
        known = list(self.fields(path))
        if not known:
            return 'write "key: value" lines, without a leading -' if isinstance(value, list) else None
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return f"write {path[-1]}: {{{known[0]}: {value}}}"
        return f"its fields are: {', '.join(known)}"

    def missing(self, parent: Path, names: Sequence[str]) -> Problem:
        """Return one problem for all that is missing from a mapping."""
        if len(names) > 1:
            message = f"{', '.join(map(quoted, names[:-1]))} and {quoted(names[-1])} are missing"
            return self.document.problem("missing-key", message, parent, key=True)
        description = self.fields(parent).get(names[0])
        hint = f"{names[0]}: {description}" if description else None
        return self.document.problem("missing-key", f"{quoted(names[0])} is missing", parent, key=True, hint=hint)

    def wrong_length(self, context: Mapping[str, Any], path: Path) -> Problem:
        length = context["actual_length"]
        if length == 0:
            return self.document.problem("empty-value", f"{_subject(path)} is empty", path)
        wanted = context.get("min_length") or context.get("max_length")
        is_triple = wanted == 3  # noqa: PLR2004
        hint = "least, most likely and most; write decimals with a point: 0.5" if is_triple else None
        message = f"{_subject(path)} must have {'' if is_triple else 'at most '}{wanted} entries, not {length}"
        return self.document.problem("wrong-length", message, path, hint=hint)

    def is_cut(self, error: Mapping[str, Any]) -> bool:
        """Say whether an unknown key is the end of a text with a comma that wasn't quoted."""
        if error["type"] != "extra_forbidden" or error["input"] is not None:
            return False
        path, _ = self.path(error["loc"])
        before = self.before(path)
        is_text = before is not None and not isinstance(self.document.at(*before), (dict, list))
        return is_text and self.document.spot_of(path[:-1]).bracketed

    def before(self, path: Path) -> Path | None:
        """Return the path of the entry before, in the order they were written."""
        siblings = self.siblings(path[:-1])
        before = siblings[str(path[-1])]
        return None if before is None else (*path[:-1], before)

    def siblings(self, parent: Path) -> dict[str, str | None]:
        """Return the keys of a mapping, each with the one before it."""
        if parent not in self.known_siblings:
            keys = list(self.document.mapping(*parent))
            self.known_siblings[parent] = dict(zip(keys, [None, *keys], strict=False))
        return self.known_siblings[parent]

    def cut(self, path: Path, cuts: set[Path]) -> Problem:
        """Return the problem at the comma that cut a text, with the text as it was meant."""
        document, parent = self.document, path[:-1]
        before = self.siblings(parent)[str(path[-1])]
        rest = dropwhile(lambda key: key != path[-1], self.siblings(parent))
        ends = takewhile(lambda key: (*parent, key) in cuts, rest)
        parts = [str(document.at(*parent, before or "")), *ends]
        is_number = all(part.isdecimal() for part in parts)
        meant = "".join(parts) if is_number else quoted(", ".join(parts))
        spot = document.spot_of(path, key=True)
        comma = document.lines[spot.line - 1].rfind(",", 0, spot.column - 1)
        found = document.problem(
            "unquoted-comma",
            "this comma splits the text in two; quote it",
            path,
            key=True,
            hint=f"write {before}: {meant}",
        )
        if comma < 0:
            return found
        return replace(found, where=Place(document.file, spot.line, comma + 1), length=1)

    def fields(self, path: Path) -> dict[str, str]:
        """Return the keys that belong into the mapping at `path`, with what they mean."""
        self.schema = self.schema or self.model.model_json_schema()
        node = self.resolved(self.schema)
        for step in path:
            node = self.resolved(_inside(node, step))
        return {name: field.get("description", "") for name, field in node.get("properties", {}).items()}

    def resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Follow references, and take of several shapes the one that has parts."""
        while True:
            if "$ref" in node:
                node = self.schema["$defs"][node["$ref"].rpartition("/")[2]]
            elif several := node.get("oneOf") or node.get("anyOf"):
                node = next((shape for shape in several if {"$ref", "additionalProperties", "items"} & set(shape)), {})
            else:
                return node


def first(problems: Iterable[Problem]) -> list[Problem]:
    """Return the first `MAX_ERRORS` problems; more would not help."""
    return list(islice(problems, MAX_ERRORS))


def _misfit(document: Document, model: type[Model], what: str) -> Problem | None:
    """Return the problem that a document is not of the kind at all."""
    if document.data is None:
        return document.problem("empty-file", f"this file is empty; expected {what}")
    if not isinstance(document.data, dict):
        message = f"{what} must be a mapping of fields to values, not {described(document.data)}"
        return document.problem("wrong-type", message, hint='write "key: value" lines')
    own = next(iter(model.model_fields))
    foreign = document.data.keys() - model.model_fields
    other = next(
        (key for key in _KINDS if key in foreign or (key in document.data and _OWN_PARTS.get(key) in foreign)), None
    )
    if own in document.data or other is None:
        return None
    return document.problem("wrong-kind", f"this is {_KINDS[other]}; expected {what}", (other,), key=True)


def grouped(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """
    Return the problems of one file in the order of their places, a repeated mistake once, with its further lines.

    At most `MAX_PROBLEMS`; one more then says how many were left out.
    """
    first: dict[object, Problem] = {}
    lines: dict[object, list[int]] = {}
    for problem in sorted(problems, key=_position):
        kind = (problem.code, problem.message)
        found = first.setdefault(kind, problem)
        if problem.where and found.where and problem.where.line != found.where.line:
            lines.setdefault(kind, []).append(problem.where.line)
    together = [_with_lines(problem, lines.get(kind, ())) for kind, problem in first.items()]
    rest = len(together) - MAX_PROBLEMS
    if rest > 0:
        last = together[MAX_PROBLEMS]
        together[MAX_PROBLEMS:] = [Problem("more-problems", f"and {rest:,} more problems", last.where)]
    return tuple(together)


def _position(problem: Problem) -> tuple[int, int]:
    return (problem.where.line, problem.where.column) if problem.where else (0, 0)


def _with_lines(problem: Problem, lines: Sequence[int]) -> Problem:
    return replace(problem, also=tuple(dict.fromkeys(lines))) if lines else problem


def _subject(path: Path) -> str:
    last = path[-1]
    if isinstance(last, str):
        return quoted(last)
    return f"an entry of {_subject(path[:-1])}" if len(path) > 1 else "an entry"


def _inside(node: Mapping[str, Any], step: str | int) -> Mapping[str, Any]:
    if isinstance(step, int):
        items: Mapping[str, Any] = node.get("items", {})
        return items
    named = node.get("properties", {}).get(step) or node.get("additionalProperties")
    patterns = list(node.get("patternProperties", {}).values())
    found = named if isinstance(named, dict) else (patterns or [{}])[0]
    return dict(found)
