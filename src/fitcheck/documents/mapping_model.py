"""The shape of a mapping file."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from fitcheck.batch.mapping import FIELDS, Field as FieldName
from fitcheck.documents.fields import (
    Currency,
    KebabId,
    NotEmpty,
    Reads,
    SnakeId,
    Text,
    Version,
    described,
    refusal,
    word,
)
from fitcheck.documents.rubric_model import MANY, SINGLE, Model, by_shape

LEAVE = "leave"
"""Stands for a column that is known, carried along and no answer."""


def _decimal(value: object) -> str:
    if isinstance(value, str) and value in {".", ","}:
        return value
    meant = {"point": ".", "dot": ".", "period": ".", "comma": ","}.get(str(value).lower())
    raise refusal(
        "empty-value" if value is None else "unknown-word",
        f'must be "." or ",", and is {described(value)}',
        f'write "{meant}"' if meant else None,
    )


def _yes_or_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    words = {
        "yes": "true",
        "no": "false",
        "y": "true",
        "n": "false",
        "on": "true",
        "off": "false",
        "1": "true",
        "0": "false",
    }
    meant = words.get(str(value).lower())
    raise refusal(
        "empty-value" if value is None else "wrong-type",
        f"must be true or false, and is {described(value)}",
        f"write {meant}" if meant else None,
    )


MaybeField = Annotated[FieldName | None, word(*FIELDS)]
LeaveWord = Annotated[str, word(LEAVE, otherwise=", or a mapping with question or field")]
MaybeSnakeId = Annotated[SnakeId | None, NotEmpty()]
MaybeCurrency = Annotated[Currency | None, NotEmpty()]
MaybeMark = Annotated[Literal[".", ","] | None, Reads(_decimal, {"enum": [".", ","]})]
YesNo = Annotated[bool, Reads(_yes_or_no, {"type": "boolean"})]


class ColumnModel(Model):
    """A column that says something."""

    question: MaybeSnakeId = Field(None, description="Id of the question that the column answers.")
    field: MaybeField = Field(None, description="What else the column says of the deal; instead of a question.")
    values: dict[str, Text] | None = Field(
        None, description="By text of a cell: id of an option, unknown or n/a; with a question only."
    )


class MappingModel(Model):
    """Which columns of a table are which, and what their cells mean."""

    mapping: KebabId = Field(description="Id of the mapping, and the name of its file.")
    version: Version = Field(description="One more whenever a verdict may move.")
    title: Text = Field(description="As shown in reports.")
    about: Text = Field(description="Which tables it is for, and where their headers are from.")
    decimal: MaybeMark = Field(None, description="Decimal mark of amounts; without it, what the amounts prove.")
    currency: MaybeCurrency = Field(None, description="Of deals whose cell and column name none.")
    zero_is_unknown: YesNo = Field(False, description="Whether 0 in the value column means that nobody filled it in.")
    closed: list[Text] | None = Field(
        None, description="Stages of a deal that is closed, beside won and lost; they keep it from the best prospects."
    )
    unknown: list[Text] | None = Field(None, description="Texts of cells that mean unknown, in every column.")
    columns: Annotated[
        dict[
            str,
            Annotated[Annotated[LeaveWord, Tag(SINGLE)] | Annotated[ColumnModel, Tag(MANY)], Discriminator(by_shape)],
        ],
        Field(min_length=1),
    ] = Field(
        description="By header: a question, a field, or leave. Capitals, blanks and punctuation make no difference."
    )
