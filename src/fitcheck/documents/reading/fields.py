"""Field types of the files that people write, each with its own error messages."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    GetCoreSchemaHandler,
    PlainValidator,
    Tag,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

from fitcheck.decision.content.rubric import SIDES, STAGES, Actor, Side, Stage
from fitcheck.nearest import nearest, quoted
from fitcheck.problems import printable

_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_WORD = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_CURRENCY = re.compile("[A-Z]{3}")
THOUSANDS = -3
"""Exponent of a decimal number with three digits after its point."""
_LIKELY_PERCENT = range(5, 101)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WITH_THOUSANDS = r"\d{1,3}([_ ',.\u00a0\u2009\u202f]\d{3})+"
_NO_DIGIT = r"\D"
_COMMA_DECIMAL = r"[-+]?\d+,\d+"
_PERCENT = r"(\d+(?:\.\d+)?) ?%"


def reads(read: Callable[[Any], Any], schema: Mapping[str, Any]) -> PlainValidator:
    """
    Mark a field whose value `read` checks and converts.

    Args:
        read: raises the error of `refusal` for what it does not accept.
        schema: the same for editors, as JSON Schema.
    """
    return PlainValidator(read, json_schema_input_type=Annotated[Any, WithJsonSchema(dict(schema))])


class _NotEmpty:
    """Marks a key that may be left out, but not left empty: a key without a value is a mistake."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Use the schema of the type without its None."""
        return handler(get_args(source)[0])


_T = TypeVar("_T")
Maybe = Annotated[_T | None, _NotEmpty()]
"""A key that may be left out; `X | None` may be left empty too."""


SINGLE, MANY = "single", "many"


def _by_shape(value: object) -> str:
    return MANY if isinstance(value, (dict, list)) else SINGLE


_One = TypeVar("_One")
_Many = TypeVar("_Many")
OneOrMany = Annotated[Annotated[_One, Tag(SINGLE)] | Annotated[_Many, Tag(MANY)], Discriminator(_by_shape)]
"""Either one value, or a mapping or list of several; an error is about what was probably meant."""


class Model(BaseModel):
    """Base of all file models: unknown keys are errors; the validator is built on first use."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


def refusal(code: str, message: str, hint: str | None = None) -> PydanticCustomError:
    """Return the error for a value: `message` is the end of a sentence that begins with the key."""
    return PydanticCustomError("fitcheck", "{message}", {"code": code, "message": message, "hint": hint})


def described(value: object) -> str:
    """
    Return what a value is, for people.

    >>> described("three"), described(Decimal("0.5")), described(None), described([1])
    ('"three"', '0.5', 'empty', 'a list')
    """
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case str():
            return quoted(value)
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return str(value)


def clean(text: str) -> str:
    r"""
    Return a text on one line, safe to print, without spaces around it.

    >>> clean(" one\ntwo ")
    'one two'
    """
    line = printable(text).strip(" ")
    return " ".join(filter(None, line.split(" "))) if "  " in line else line


def is_kebab(text: str) -> bool:
    """Say whether a text can be the id of a file or a reason code."""
    return _KEBAB.fullmatch(text) is not None


def _text(value: object) -> str:
    if isinstance(value, str):
        text = clean(value)
        if text:
            return text
        raise refusal("empty-value", "is empty", "enter a text, or delete the line if it is optional")
    if value is None:
        raise refusal("empty-value", "is empty", "enter a text, or delete the line if it is optional")
    hint = None if isinstance(value, (dict, list)) else f'put it in quotes: "{described(value)}"'
    raise refusal("wrong-type", f"must be text, not {described(value)}", hint)


def _named(pattern: re.Pattern[str], what: str, join: str) -> PlainValidator:
    def read(value: object) -> str:
        text = _text(value)
        if pattern.fullmatch(text):
            return text
        letters = re.sub(r"[^a-z0-9]+", join, text.lower()).strip(join)
        hint = f"write {letters}" if pattern.fullmatch(letters) else None
        raise refusal("bad-id", f"must be {what}, not {quoted(text)}", hint)

    return reads(read, {"type": "string", "pattern": f"^(?:{pattern.pattern})$"})


def _not_reserved(text: str) -> str:
    if text == "unknown":
        raise refusal("reserved-word", 'is reserved: every question can be answered "unknown"', "choose another id")
    return text


def number(
    low: int | None = None,
    high: int | None = None,
    *,
    above: int | None = None,
    whole: bool = False,
    money: bool = False,
    otherwise: str = "",
) -> PlainValidator:
    """
    Return the reader of an exact number.

    Args:
        low: the least that is allowed.
        high: the most that is allowed.
        above: every number allowed is greater.
        whole: only whole numbers; they are read as `int`, others as `Fraction`.
        money: three decimals are refused: who writes 30.000 may mean thirty thousand.
        otherwise: what else may stand there, to end the message with.
    """
    kind = "a whole number" if whole else "a number"
    if low is not None and high is not None:
        wanted = f"{kind} from {low} to {high}"
    elif low is not None or above is not None:
        wanted = f"{kind}, {low} or more" if low is not None else f"{kind} above {above}"
    else:
        wanted = kind
    wanted += otherwise

    def read(value: object) -> int | Fraction:
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            code = "empty-value" if value is None else "wrong-type"
            hint = _number_hint(value, high) or (_money_hint(value) if money and isinstance(value, str) else None)
            raise refusal(code, f"must be {wanted}, not {described(value)}", hint)
        too_low = (low is not None and value < low) or (above is not None and value <= above)
        too_high = high is not None and value > high
        if too_low or too_high or (whole and value != int(value)):
            hint = f"{value} percent is {Decimal(value) / 100}" if high == 1 and value in _LIKELY_PERCENT else None
            raise refusal("out-of-range", f"must be {wanted}, not {value}", hint)
        if money and isinstance(value, Decimal) and value.as_tuple().exponent == THOUSANDS:
            hint = f"write {str(value).replace('.', '')}, or {value.normalize():f}"
            raise refusal("ambiguous-number", f"is ambiguous: {int(str(value).replace('.', '')):,} or {value}?", hint)
        return int(value) if whole else Fraction(value)

    schema: dict[str, Any] = {"type": "integer" if whole else "number"}
    bounds = {"minimum": low, "maximum": high, "exclusiveMinimum": above}
    schema.update({key: bound for key, bound in bounds.items() if bound is not None})
    return reads(read, schema)


def _number_hint(value: object, high: int | None) -> str | None:
    if not isinstance(value, str):
        return None
    if percent := re.fullmatch(_PERCENT, value):
        return f"write {Decimal(percent[1]) / 100 if high == 1 else percent[1]}"
    if re.fullmatch(_WITH_THOUSANDS, value):
        return f"write {re.sub(_NO_DIGIT, '', value)}"
    if re.fullmatch(_COMMA_DECIMAL, value):
        return f"write {value.replace(',', '.')}"
    return "write it without quotes or leading zeros" if re.fullmatch(r"[-+]?\d+(\.\d+)?", value) else None


def _money_hint(text: str) -> str | None:
    """Return how to write an amount that stands there as people say it: with its currency, or in short."""
    from fitcheck.amounts import Amount, AmountError, read_amount  # noqa: PLC0415 - few files have such a fault

    found: list[Amount] = []
    for mark in ".,":
        try:
            found.append(read_amount(text, mark))
        except AmountError:
            continue
    if not found:
        return None
    amount = max(found, key=lambda amount: amount.value)  # three digits behind a mark are thousands, as above
    digits = Decimal(amount.value.numerator) / Decimal(amount.value.denominator)
    return f"write {digits:f}" + (f", and currency: {amount.currency}" if amount.currency else "")


def word(*known: str, otherwise: str = "") -> PlainValidator:
    """Return the reader of one word out of a few."""
    wanted = " or ".join([", ".join(known[:-1]), known[-1]][len(known) == 1 :]) + otherwise

    def read(value: object) -> str:
        if isinstance(value, str) and value in known:
            return value
        if isinstance(value, str) and value.strip():
            hint = nearest(value, known, show=0)
            raise refusal("unknown-word", f"must be {wanted}, not {quoted(value)}", hint)
        code = "wrong-type" if value is not None else "empty-value"
        raise refusal(code, f"must be {wanted}, not {described(value)}")

    return reads(read, {"enum": list(known)})


_YES_OR_NO = {**dict.fromkeys(("yes", "y", "on", "1"), "true"), **dict.fromkeys(("no", "n", "off", "0"), "false")}


def _yes_or_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    code, meant = "empty-value" if value is None else "wrong-type", _YES_OR_NO.get(str(value).lower())
    raise refusal(code, f"must be true or false, not {described(value)}", f"write {meant}" if meant else None)


def _day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise refusal("bad-date", f"is {quoted(value)}, a day that does not exist") from None
    message = f"must be a date, not {described(value)}"
    raise refusal("bad-date", message, "write e.g. 2026-10-03")


def _currency(value: object) -> str:
    if isinstance(value, str) and _CURRENCY.fullmatch(value):
        return value
    hint = f"write {value.upper()}" if isinstance(value, str) and _CURRENCY.fullmatch(value.upper()) else None
    raise refusal("bad-currency", f"must be three capital letters (e.g. EUR), not {described(value)}", hint)


_SNAKE_ID = _named(_SNAKE, "lower-case letters, digits and _, starting with a letter", "_")

Text = Annotated[str, reads(_text, {"type": "string", "minLength": 1})]
KebabId = Annotated[str, _named(_KEBAB, "lower-case letters, digits and -", "-")]
SnakeId = Annotated[str, _SNAKE_ID]
OptionId = Annotated[str, _SNAKE_ID, AfterValidator(_not_reserved)]
WordId = Annotated[str, _named(_WORD, "lower-case letters, digits, - and _, starting with a letter", "_")]
StageWord = Annotated[Stage, word(*STAGES)]
SideWord = Annotated[Side, word(*SIDES)]
ActorWord = Annotated[Actor, word("them", "us", "time", "nobody")]
AllStages = Annotated[Literal["all"], word("all", otherwise=", or a list of stages")]
Currency = Annotated[str, reads(_currency, {"type": "string", "pattern": "^[A-Z]{3}$"})]
YesNo = Annotated[bool, reads(_yes_or_no, {"type": "boolean"})]
Day = Annotated[date, reads(_day, {"type": "string", "format": "date"})]

Amount = Annotated[Fraction, number(0)]
Positive = Annotated[Fraction, number(above=0)]
Share = Annotated[Fraction, number(0, 1)]
Percent = Annotated[Fraction, number(0, 100)]
PercentOrSides = Annotated[Fraction, number(0, 100, otherwise=", or one for each side")]
PointsOrStages = Annotated[Fraction, number(0, 1, otherwise=", or one for each stage")]
Money = Annotated[Fraction, number(0, money=True)]
PositiveMoney = Annotated[Fraction, number(above=0, money=True)]
Version = Annotated[int, number(1, whole=True)]
Count = Annotated[int, number(1, 1000, whole=True)]
Odds = Annotated[int, number(1, 1000, whole=True)]
Weighting = Annotated[int, number(0, 1_000_000, whole=True)]
Year = Annotated[int, number(1900, 2100, whole=True)]
