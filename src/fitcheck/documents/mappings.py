"""Mapping files: their model, their rules, and the column mappings that they hold."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Annotated, Literal

from pydantic import Field

from fitcheck.documents.prospects import Questionnaire, asked_elsewhere, fault_of
from fitcheck.documents.reading.check import check, first
from fitcheck.documents.reading.fields import (
    Currency,
    KebabId,
    Maybe,
    Model,
    OneOrMany,
    SnakeId,
    Text,
    Version,
    WordId,
    YesNo,
    described,
    reads,
    refusal,
    word,
)
from fitcheck.documents.reading.finding import Source
from fitcheck.documents.reading.loading import Loaded, load, only_value
from fitcheck.documents.reading.tree import Document
from fitcheck.folding import folded_header
from fitcheck.mapping import FIELDS, Bands, Column, ColumnMapping, DateOrder, Field as FieldName
from fitcheck.nearest import quoted
from fitcheck.problems import Problem, printable

LEAVE = "leave"
"""Value of a column that is copied through without answering anything."""

GUESS = "?"
"""Stands before a proposed question or answer that nobody has confirmed."""

MORE = "more"
"""Key of the option for all figures above the last band."""

BANDS = ("numbers", "days")
"""Keys of a column that say which figures mean which option."""

SHOWN = 6
"""So many unconfirmed guesses are named."""


def _decimal(value: object) -> str:
    if isinstance(value, str) and value in {".", ","}:
        return value
    meant = {"point": ".", "dot": ".", "period": ".", "comma": ","}.get(str(value).lower())
    raise refusal(
        "empty-value" if value is None else "unknown-word",
        f'must be "." or ",", not {described(value)}',
        f'write "{meant}"' if meant else None,
    )


FieldWord = Annotated[FieldName, word(*FIELDS)]
LeaveWord = Annotated[str, word(LEAVE, otherwise=", or a mapping with question or field")]
DecimalMark = Annotated[Literal[".", ","], reads(_decimal, {"enum": [".", ","]})]


def _limit(value: object) -> int | str:
    if value == MORE or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise refusal("bad-band", f"must be a whole number or {MORE}, not {described(value)}", "e.g. few: 2, many: more")


Limit = Annotated[int | str, reads(_limit, {"anyOf": [{"type": "integer", "minimum": 0}, {"enum": [MORE]}]})]


class ColumnModel(Model):
    """What a column means."""

    question: Maybe[SnakeId] = Field(None, description="Id of the question this column answers.")
    field: Maybe[FieldWord] = Field(
        None, description="What else the column says about the deal, instead of a question."
    )
    role: Maybe[WordId] = Field(None, description="Role whose hours these are; only with field: hours_spent.")
    values: dict[str, Text] | None = Field(
        None, description="By cell text: an option id, unknown or n/a; only with a question."
    )
    numbers: dict[str, Limit] | None = Field(
        None, description="By option: the highest number that means it, or more for all above."
    )
    days: dict[str, Limit] | None = Field(
        None, description="The same for dates, by the days from --as-of to them; past dates are unknown."
    )

    @property
    def limits(self) -> dict[str, int | str]:
        """The highest figure of each option."""
        return self.days or self.numbers or {}


class MappingModel(Model):
    """What the columns of a table and their cells mean."""

    mapping: Maybe[KebabId] = Field(None, description="Id of the mapping; without it, its file name.")
    version: Version = Field(description="Raise it whenever a verdict may change.")
    title: Text = Field(description="As shown in reports.")
    about: Text = Field(description="Which tables it is for, and where their headers come from.")
    decimal: Maybe[DecimalMark] = Field(None, description="Decimal mark of amounts; detected if left out.")
    dates: Maybe[Annotated[DateOrder, word("day first", "month first")]] = Field(
        None, description="Order of day and month in dates such as 05/06/2026."
    )
    currency: Maybe[Currency] = Field(None, description="Default currency.")
    zero_is_unknown: YesNo = Field(False, description="Whether 0 in the value column means it was left empty.")
    closed: list[Text] | None = Field(
        None, description="Further stages of closed deals, besides won and lost; closed deals are not ranked."
    )
    unknown: list[Text] | None = Field(None, description="Cell texts that mean unknown, in every column.")
    columns: Annotated[
        dict[
            str,
            OneOrMany[LeaveWord, ColumnModel],
        ],
        Field(min_length=1),
    ] = Field(description="By header: a question, a field, or leave. Capitals, spaces and punctuation are ignored.")


def load_mapping(name_or_path: str | Path, known: Questionnaire | None = None) -> ColumnMapping:
    """
    Load a built-in mapping by name, or your own by path.

    Args:
        name_or_path: e.g. `hubspot` or `maps/ours.yaml`.
        known: questions and options of the screen; None: ids are not checked. Questions of other built-in rubrics are
            allowed, so that one mapping serves several screens.

    Raises:
        DocumentError: with all problems of the file.
        UsageError: no built-in mapping has this name.
    """
    return only_value("mapping", name_or_path, lambda source: read_mapping(source, known))


def read_mapping(source: Source, known: Questionnaire | None = None) -> Loaded[ColumnMapping]:
    """Return the mapping in a file, as far as it can be read; see `load_mapping`."""

    def checked(document: Document) -> tuple[ColumnMapping | None, list[Problem]]:
        if problem := _unconfirmed(document):
            return None, [problem]
        model, problems = check(document, MappingModel, what="a mapping")
        problems += first(_header_problems(document))
        problems += first(_column_problems(document, known))
        return (_mapping(model, document.file) if model and not problems else None), problems

    return load(source, None, checked)


def _mapping(model: MappingModel, file: str) -> ColumnMapping:
    return ColumnMapping(
        id=model.mapping or printable(PurePath(file).stem),
        version=model.version,
        title=model.title,
        about=model.about,
        columns=tuple(_column(header, column, model.dates) for header, column in model.columns.items()),
        unknown=tuple(model.unknown or ()),
        decimal=model.decimal,
        currency=model.currency,
        zero_is_unknown=model.zero_is_unknown,
        closed=tuple(model.closed or ()),
    )


def _column(header: str, column: str | ColumnModel, order: DateOrder | None) -> Column:
    if isinstance(column, str):
        return Column(header)
    bands = None
    if limits := column.limits:
        steps = sorted((most, option) for option, most in limits.items() if isinstance(most, int))
        beyond = next((option for option, most in limits.items() if most == MORE), None)
        bands = Bands(tuple(steps), beyond, of_days=column.days is not None, order=order)
    return Column(header, column.question, column.field, column.role, column.values or {}, bands)


def _unconfirmed(document: Document) -> Problem | None:
    """Return the problem of guesses that a person has not confirmed: one for all of them."""
    marked = [*_guesses(document)]
    if not marked:
        return None
    names = [path[-1] if "values" in path else path[0] for path in marked[:SHOWN]]
    lines = [document.place("columns", *path).line for path in marked[:SHOWN]]
    named = [f"{quoted(name)} (line {line})" for name, line in zip(names, lines, strict=True)]
    named += [f"{len(marked) - SHOWN:,} more"] if len(marked) > SHOWN else []
    are = "guess is" if len(marked) == 1 else "guesses are"
    message = f"{len(marked):,} {are} not confirmed: {', '.join(named)}"
    hint = 'delete each "?" whose answer is right, or write another one; replacing ": ?" by ": " accepts all'
    return document.problem("unconfirmed", message, ("columns", *marked[0]), hint=hint)


def _guesses(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield the path, below the columns, of every guess that nobody has confirmed."""
    for header, column in document.parts("columns"):
        if str(column.get("question")).startswith(GUESS):
            yield header, "question"
        for text, answer in document.mapping("columns", header, "values").items():
            if str(answer).startswith(GUESS):
                yield header, "values", text


def _header_problems(document: Document) -> Iterator[Problem]:
    seen = dict[str, str]()
    for header in document.mapping("columns"):
        folded, path = folded_header(header), ("columns", header)
        if not folded:
            yield document.problem("empty-header", "a header cannot be blank", path, key=True, hint="delete this line")
        elif folded in seen:
            message = f"{quoted(header)} and {quoted(seen[folded])} are the same header"
            hint = "capitals, spaces and punctuation are ignored; keep one of them"
            yield document.problem("duplicate-header", message, path, key=True, hint=hint)
        seen.setdefault(folded, header)


def _column_problems(document: Document, known: Questionnaire | None) -> Iterator[Problem]:
    for header, column in document.parts("columns"):
        path, question = ("columns", header), column.get("question")
        if "question" in column and "field" in column:
            message = f"{quoted(header)} cannot be both a question and a field"
            yield document.problem("two-meanings", message, (*path, "field"), key=True, hint="keep one of them")
        elif not column:
            message = f"{quoted(header)} needs a question or a field"
            yield document.problem("no-meaning", message, path, key=True, hint="write leave if it is neither")
        elif "question" not in column and (key := next((key for key in ("values", *BANDS) if key in column), None)):
            message = f"{key} need a question"
            yield document.problem("values-without-question", message, (*path, key), key=True)
        elif "days" in column and "numbers" in column:
            message = f"{quoted(header)} holds either dates or numbers"
            yield document.problem("two-meanings", message, (*path, "days"), key=True, hint="keep days or numbers")
        elif twice := _twice([*document.mapping(*path, "days").values(), *document.mapping(*path, "numbers").values()]):
            message = f"{quoted(header)}: two options end at {twice}"
            yield document.problem("bad-band", message, path, key=True, hint="each band has an end of its own")
        elif ("role" in column) != (column.get("field") == "hours_spent"):
            message = f"{quoted(header)}: a role goes with hours_spent, and hours_spent with a role"
            yield document.problem(
                "role-of-hours", message, path, key=True, hint="{field: hours_spent, role: presales}"
            )
        elif known and isinstance(question, str):
            yield from _answer_problems(document, header, question, known)


def _twice(limits: Sequence[object]) -> object:
    """Return an end that two bands have; None if there is none."""
    return next((limit for limit, count in Counter(map(str, limits)).items() if count > 1), None)


def _answer_problems(document: Document, header: str, question: str, known: Questionnaire) -> Iterator[Problem]:
    path = ("columns", header)
    if question not in known.options:
        fault = fault_of(known, question, "unknown")
        if fault and question not in asked_elsewhere():
            yield document.problem(fault.code, fault.message, (*path, "question"), hint=fault.hint)
        return
    for text, option in document.mapping(*path, "values").items():
        if isinstance(option, str) and (fault := fault_of(known, question, option.strip())):
            yield document.problem(fault.code, fault.message, (*path, "values", text), hint=fault.hint)
    for key in BANDS:
        for option in document.mapping(*path, key):
            if fault := fault_of(known, question, option):
                yield document.problem(fault.code, fault.message, (*path, key, option), key=True, hint=fault.hint)
