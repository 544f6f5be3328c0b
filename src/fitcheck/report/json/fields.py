"""The base of all published documents, which are read from the attributes of decision values, and how they round."""

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from operator import attrgetter
from typing import Annotated, Any

from pydantic import AliasGenerator, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field

from fitcheck.decision.score.rounding import half_up, rounded


class Document(BaseModel):
    """
    A published document or a part of one.

    A field is the attribute of the same name, or what `at` says. A key that Python or pydantic needs for itself ends
    in an underscore here: `from_`, `schema_`.
    """

    model_config = ConfigDict(
        from_attributes=True,
        frozen=True,
        defer_build=True,
        alias_generator=AliasGenerator(serialization_alias=lambda name: name.removesuffix("_")),
        json_schema_serialization_defaults_required=True,
    )

    @classmethod
    def json_text(cls, *values: object) -> str:
        """Return the document of one value, or the list of those of several."""
        told = [cls.model_validate(value).model_dump(by_alias=True) for value in values]
        return json.dumps(told[0] if len(told) == 1 else told, indent=2, ensure_ascii=False) + "\n"


class View:
    """
    A value with attributes added or replaced, for what stands in another place than a document has it.

    >>> View(Fraction(3, 4), numerator=6).numerator, View(Fraction(3, 4), numerator=6).denominator
    (6, 4)
    """

    def __init__(self, value: object, **more: object) -> None:
        self._value = value
        self.__dict__.update(more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._value, name)


def at(path: str, **default: Any) -> Any:
    """
    Return a field that is found elsewhere.

    Args:
        path: attributes and indices joined by dots.
        default: `default` or `default_factory`, for a path that may end early.
    """
    first, *further = path.split(".")
    keys = [int(key) if key.isdigit() else key for key in further]
    return Field(validation_alias=AliasPath(first, *keys), **default)


def each(name: str) -> BeforeValidator:
    """Take an attribute of the value in place of the value."""
    return BeforeValidator(attrgetter(name))


def _to(places: int) -> Callable[[Fraction | float], float]:
    return lambda value: rounded(Fraction(value), places)


Odds = Annotated[float, BeforeValidator(_to(6))]
Share = Annotated[float, BeforeValidator(_to(4))]
Hundredths = Annotated[float, BeforeValidator(_to(2))]
Tenths = Annotated[float, BeforeValidator(_to(1))]
Whole = Annotated[int, BeforeValidator(half_up)]
"""Rounded once, at the very end; plain `float` is for points that `printed` has rounded together."""

Day = Annotated[str, BeforeValidator(date.isoformat)]
Where = Annotated[str, each("short")]
Id = Annotated[str, each("id")]
QuestionId = Annotated[str, each("question")]


class ProspectDocument(Document):
    """The company assessed."""

    id: str
    name: str


class ScreenDocument(Document):
    """The screen used; the digest covers every file that the screen is made of."""

    id: str
    version: int
    digest: str
