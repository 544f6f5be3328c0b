"""What a header says of the figures below it: their currency, their scale, and whether they are percentages."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from fitcheck.amounts import scale_and_sign
from fitcheck.currencies import Sign
from fitcheck.folding import bare, folded_header

_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_PERCENT = frozenset(
    ("percent", "percentage", "pct", "prozent", "porcentaje", "pourcentage", "percentuale", "percentagem", "procent")
)
_THOUSANDS = frozenset(("000", "000s", "'000", "’000"))
_JOINS = frozenset(("in", "en", "em"))
_BETWEEN = re.compile(r"[\s_:,;/-]+")


class Unit(NamedTuple):
    """
    The unit of a column.

    Attributes:
        sign: its currency; None if the header names none.
        power: of ten by which its figures are to be multiplied.
        is_percent: whether they are percentages.
    """

    sign: Sign | None = None
    power: int = 0
    is_percent: bool = False


@cache
def unit_of(header: str) -> tuple[str, Unit]:
    """
    Return what is left of a header, in folded spelling, and the unit that it names.

    >>> unit_of("Amount (USD)")[0], unit_of("importe_eur")[1].sign.usual, unit_of("Margin %")[1].is_percent
    ('amount', 'EUR', True)
    >>> unit_of("Value in TEUR")[0], unit_of("Value in TEUR")[1].power, unit_of("Next step")
    ('value', 3, ('next step', Unit(sign=None, power=0, is_percent=False)))
    """
    words = [*_words(_HUMP.sub(" ", bare(header)))]
    percent = "%" in header or any(word.casefold() in _PERCENT for word in words)
    words = [word for word in words if word != "%" and word.casefold() not in _PERCENT]
    sign, power = None, 0
    for end in (-1, 0):
        while len(words) > 1 and (found := _unit(words[end])):
            power, sign = power or found[0], sign or found[1]
            del words[end]
        while len(words) > 1 and end == -1 and words[-1].casefold() in _JOINS:
            del words[-1]
    return folded_header(" ".join(words)), Unit(sign, power, percent)


def _words(text: str) -> Iterator[str]:
    """Yield the words of a header; what stands in brackets is one word if it is a unit."""
    at = 0
    for found in _BRACKETS.finditer(text):
        yield from filter(None, _BETWEEN.split(text[at : found.start()]))
        inner = found[1].strip()
        yield from [inner] if _unit(inner) else filter(None, _BETWEEN.split(inner))
        at = found.end()
    for word in filter(None, _BETWEEN.split(text[at:])):
        yield from (word[:-1], "%") if word.endswith("%") and len(word) > 1 else (word,)


def _unit(word: str) -> tuple[int, Sign | None] | None:
    return (3, None) if word.casefold() in _THOUSANDS else scale_and_sign(word)
