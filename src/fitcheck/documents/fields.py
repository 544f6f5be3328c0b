"""The kinds of values people write, each with its own words for what is wrong with one."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_plain_validator_function

from fitcheck.decision.rubric import SIDES, STAGES, Actor, Side, Stage
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


class Reads:
    """
    Marks a field that `read` checks and turns into its final value.

    Attributes:
        read: raises the error of `refusal` for what it can't take.
        schema: the same for editors, as JSON Schema.
    """

    def __init__(self, read: Callable[[Any], Any], schema: Mapping[str, Any]) -> None:
        self.read = read
        self.schema = schema

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.schema)


class NotEmpty:
    """Marks a field that may be left out, but not left empty: a key without a value is somebody's mistake."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        return schema["schema"] if schema["type"] == "nullable" else schema


def refusal(code: str, message: str, hint: str | None = None) -> PydanticCustomError:
    """Return the error for a value: `message` is the end of a sentence that begins with the key."""
    return PydanticCustomError("fitcheck", "{message}", {"code": code, "message": message, "hint": hint})


def described(value: object) -> str:
    """
    Return what a value is, for people.

    >>> described("three"), described(Decimal("0.5")), described(None), described([1])
    ('the text "three"', '0.5', 'empty', 'a list')
    """
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case str():
            return f"the text {quoted(value)}"
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
        raise refusal("empty-value", "is empty", "write a text, or leave the key out if it may be missing")
    if value is None:
        raise refusal("empty-value", "is empty", "write a text, or leave the key out if it may be missing")
    hint = None if isinstance(value, (dict, list)) else f'put it in quotes: "{described(value)}"'
    raise refusal("wrong-type", f"must be text, and is {described(value)}", hint)


def _named(pattern: re.Pattern[str], what: str, join: str) -> Reads:
    def read(value: object) -> str:
        text = _text(value)
        if pattern.fullmatch(text):
            return text
        letters = re.sub(r"[^a-z0-9]+", join, text.lower()).strip(join)
        hint = f"write {letters}" if pattern.fullmatch(letters) else None
        raise refusal("bad-id", f"must be {what}, and is {quoted(text)}", hint)

    return Reads(read, {"type": "string", "pattern": f"^(?:{pattern.pattern})$"})


def _option_id(value: object) -> str:
    text = str(_SNAKE_ID.read(value))
    if text == "unknown":
        raise refusal(
            "reserved-word", 'is reserved: "unknown" can be answered to every question', "choose another word"
        )
    return text


def number(
    low: int | None = None,
    high: int | None = None,
    *,
    above: int | None = None,
    whole: bool = False,
    blank: bool = False,
    money: bool = False,
    otherwise: str = "",
) -> Reads:
    """
    Return the reader of an exact number.

    Args:
        low: the least that is allowed.
        high: the most that is allowed.
        above: every number allowed is greater.
        whole: only whole numbers; they are read as `int`, others as `Fraction`.
        blank: a key without a value counts as no number given.
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

    def read(value: object) -> int | Fraction | None:
        if value is None and blank:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            code = "empty-value" if value is None else "wrong-type"
            hint = _number_hint(value, high) or (_money_hint(value) if money and isinstance(value, str) else None)
            raise refusal(code, f"must be {wanted}, and is {described(value)}", hint)
        too_low = (low is not None and value < low) or (above is not None and value <= above)
        too_high = high is not None and value > high
        if too_low or too_high or (whole and value != int(value)):
            hint = f"{value} percent is {Decimal(value) / 100}" if high == 1 and value in _LIKELY_PERCENT else None
            raise refusal("out-of-range", f"must be {wanted}, and is {value}", hint)
        if money and isinstance(value, Decimal) and value.as_tuple().exponent == THOUSANDS:
            hint = f"write {str(value).replace('.', '')}, or {value.normalize():f}"
            raise refusal("ambiguous-number", f"is {value}, which may be read in two ways", hint)
        return int(value) if whole else Fraction(value)

    schema: dict[str, Any] = {"type": "integer" if whole else "number"}
    bounds = {"minimum": low, "maximum": high, "exclusiveMinimum": above}
    schema.update({key: bound for key, bound in bounds.items() if bound is not None})
    if blank:
        schema["type"] = [schema["type"], "null"]
    return Reads(read, schema)


def _number_hint(value: object, high: int | None) -> str | None:
    if not isinstance(value, str):
        return None
    if percent := re.fullmatch(_PERCENT, value):
        return f"write {Decimal(percent[1]) / 100 if high == 1 else percent[1]}"
    if re.fullmatch(_WITH_THOUSANDS, value):
        return f"write {re.sub(_NO_DIGIT, '', value)}"
    if re.fullmatch(_COMMA_DECIMAL, value):
        return f"write {value.replace(',', '.')}"
    return "write it without quotes and without zeros in front" if re.fullmatch(r"[-+]?\d+(\.\d+)?", value) else None


def _money_hint(text: str) -> str | None:
    """Return how to write an amount that stands there as people say it: with its currency, or in short."""
    from fitcheck.batch.amounts import Amount, AmountError, read_amount  # noqa: PLC0415 - few files have such a fault

    found: list[Amount] = []
    for mark in ".,":
        try:
            found.append(read_amount(text, mark))
        except AmountError as error:
            if error.code == "short-amount":
                return error.hint
    if not found:
        return None
    amount = max(found, key=lambda amount: amount.value)  # three digits behind a mark are thousands, as above
    digits = Decimal(amount.value.numerator) / Decimal(amount.value.denominator)
    return f"write {digits:f}" + (f", and currency: {amount.currency}" if amount.currency else "")


def word(*known: str, otherwise: str = "") -> Reads:
    """Return the reader of one word out of a few."""
    wanted = " or ".join([", ".join(known[:-1]), known[-1]][len(known) == 1 :]) + otherwise

    def read(value: object) -> str:
        if isinstance(value, str) and value in known:
            return value
        if isinstance(value, str) and value.strip():
            hint = nearest(value, known, show=0)
            raise refusal("unknown-word", f"must be {wanted}, and is {quoted(value)}", hint)
        code = "wrong-type" if value is not None else "empty-value"
        raise refusal(code, f"must be {wanted}, and is {described(value)}")

    return Reads(read, {"enum": list(known)})


def _day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise refusal("bad-date", f"is {quoted(value)}, which is no day of the calendar") from None
    message = f"must be a day, and is {described(value)}"
    raise refusal("bad-date", message, "write year-month-day, such as 2026-10-03")


def _currency(value: object) -> str:
    if isinstance(value, str) and _CURRENCY.fullmatch(value):
        return value
    hint = f"write {value.upper()}" if isinstance(value, str) and _CURRENCY.fullmatch(value.upper()) else None
    raise refusal("bad-currency", f"must be three capital letters such as EUR, and is {described(value)}", hint)


def _blank_or(reads: Reads) -> Reads:
    def read(value: object) -> Any:
        return None if value is None else reads.read(value)

    return Reads(read, {"anyOf": [dict(reads.schema), {"type": "null"}]})


_SNAKE_ID = _named(_SNAKE, "small letters, digits and _, beginning with a letter", "_")
_TEXT = Reads(_text, {"type": "string", "minLength": 1})
_STAGE = word(*STAGES)
_CURRENCY_CODE = Reads(_currency, {"type": "string", "pattern": "^[A-Z]{3}$"})

Text = Annotated[str, _TEXT]
MaybeText = Annotated[str | None, _TEXT]
BlankText = Annotated[str | None, _blank_or(_TEXT)]
KebabId = Annotated[str, _named(_KEBAB, "small letters, digits and -", "-")]
MaybeKebabId = Annotated[str | None, _named(_KEBAB, "small letters, digits and -", "-")]
SnakeId = Annotated[str, _SNAKE_ID]
OptionId = Annotated[str, Reads(_option_id, _SNAKE_ID.schema)]
WordId = Annotated[str, _named(_WORD, "small letters, digits, - and _, beginning with a letter", "_")]
StageWord = Annotated[Stage, _STAGE]
BlankStage = Annotated[Stage | None, _blank_or(_STAGE)]
SideWord = Annotated[Side, word(*SIDES)]
MaybeSide = Annotated[Side | None, word(*SIDES)]
ActorWord = Annotated[Actor, word("them", "us", "time", "nobody")]
AllStages = Annotated[Literal["all"], word("all", otherwise=", or a list of stages")]
Currency = Annotated[str, _CURRENCY_CODE]
BlankCurrency = Annotated[str | None, _blank_or(_CURRENCY_CODE)]
BlankDay = Annotated[date | None, _blank_or(Reads(_day, {"type": "string", "format": "date"}))]

Amount = Annotated[Fraction, number(0)]
Positive = Annotated[Fraction, number(above=0)]
Share = Annotated[Fraction, number(0, 1)]
Percent = Annotated[Fraction, number(0, 100)]
MaybePercent = Annotated[Fraction | None, number(0, 100)]
PercentOrSides = Annotated[Fraction, number(0, 100, otherwise=", or one for each side")]
PointsOrStages = Annotated[Fraction, number(0, 1, otherwise=", or one for each stage")]
Money = Annotated[Fraction, number(0, money=True)]
BlankMoney = Annotated[Fraction | None, number(0, blank=True, money=True)]
Rate = Annotated[Fraction, number(above=0, money=True)]
BlankRate = Annotated[Fraction | None, number(above=0, blank=True, money=True)]
BlankPositive = Annotated[Fraction | None, number(above=0, blank=True)]
BlankShare = Annotated[Fraction | None, number(0, 1, blank=True)]
Version = Annotated[int, number(1, whole=True)]
Count = Annotated[int, number(1, 1000, whole=True)]
MaybeCount = Annotated[int | None, number(1, 1000, whole=True)]
Weighting = Annotated[int, number(0, 1_000_000, whole=True)]
Year = Annotated[int, number(1900, 2100, whole=True)]
