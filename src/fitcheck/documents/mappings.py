"""Mapping files: their model, their rules, and the column mappings that they hold."""

from collections.abc import Iterator
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
from fitcheck.mapping import FIELDS, Column, ColumnMapping, Field as FieldName
from fitcheck.nearest import quoted
from fitcheck.problems import Problem, printable

LEAVE = "leave"
"""Value of a column that is copied through without answering anything."""


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


class MappingModel(Model):
    """What the columns of a table and their cells mean."""

    mapping: Maybe[KebabId] = Field(None, description="Id of the mapping; without it, its file name.")
    version: Version = Field(description="Raise it whenever a verdict may change.")
    title: Text = Field(description="As shown in reports.")
    about: Text = Field(description="Which tables it is for, and where their headers come from.")
    decimal: Maybe[DecimalMark] = Field(None, description="Decimal mark of amounts; detected if left out.")
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
        columns=tuple(_column(header, column) for header, column in model.columns.items()),
        unknown=tuple(model.unknown or ()),
        decimal=model.decimal,
        currency=model.currency,
        zero_is_unknown=model.zero_is_unknown,
        closed=tuple(model.closed or ()),
    )


def _column(header: str, column: str | ColumnModel) -> Column:
    if isinstance(column, str):
        return Column(header)
    return Column(header, column.question, column.field, column.role, column.values or {})


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
        elif "question" not in column and "field" not in column and "values" not in column and not column:
            message = f"{quoted(header)} needs a question or a field"
            yield document.problem("no-meaning", message, path, key=True, hint="write leave if it is neither")
        elif "values" in column and "question" not in column:
            message = "values need a question"
            yield document.problem("values-without-question", message, (*path, "values"), key=True)
        elif ("role" in column) != (column.get("field") == "hours_spent"):
            message = f"{quoted(header)}: a role goes with hours_spent, and hours_spent with a role"
            yield document.problem(
                "role-of-hours", message, path, key=True, hint="{field: hours_spent, role: presales}"
            )
        elif known and isinstance(question, str):
            yield from _answer_problems(document, header, question, known)


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
