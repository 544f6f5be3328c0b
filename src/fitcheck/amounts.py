r"""
Amounts of money as people and CRMs write them, exactly: fractions, never floats.

"1.234" is over a thousand in one country and just over one in another. That is never guessed: the mark is proven by
other cells of the column, set by the mapping or the user, or the cell is rejected.
"""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from fitcheck.nearest import quoted

_SYMBOLS = {
    "€": "EUR",
    "£": "GBP",
    "$": "USD",
    "¥": "JPY",
    "US$": "USD",
    "A$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
}
_NAMES = {
    "euro": "EUR",
    "us dollar": "USD",
    "british pound": "GBP",
    "pound sterling": "GBP",
    "swiss franc": "CHF",
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
    "new zealand dollar": "NZD",
    "japanese yen": "JPY",
    "yen": "JPY",
    "danish krone": "DKK",
    "norwegian krone": "NOK",
    "swedish krona": "SEK",
    "polish zloty": "PLN",
    "czech koruna": "CZK",
    "indian rupee": "INR",
}
"""As some systems write them instead of their codes."""
_CODE = re.compile("[A-Za-z]{3}")
_BLANKS = " \t\u00a0\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_APOSTROPHES = "'’\u02bc\u00b4`"
_MONEY = re.compile(
    rf"""(?P<before>[A-Z]{{3}}|[A-Z]{{0,2}}[$]|[€£¥])?[{_BLANKS}]*
    (?P<sign>[-+−–]?)[{_BLANKS}]*(?P<again>[€£¥$])?[{_BLANKS}]*
    (?P<number>[.,]?\d(?:[\d.,{_BLANKS}{_APOSTROPHES}]*\d)?)(?P<open>[.,]?)
    (?P<dash>[-–—]{{0,2}})[{_BLANKS}]*(?P<after>[A-Z]{{3}}|[€£¥$])?""",
    re.VERBOSE,
)
_GROUPED = re.compile(rf"\d{{1,3}}(?:([.,{_BLANKS}{_APOSTROPHES}])\d{{3}})(?:\1\d{{3}})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_SHORT = re.compile(
    rf"([€£¥$]|[A-Z]{{3}})?[{_BLANKS}]*(\d+)(?:[.,](\d+))?[{_BLANKS}]*(k|m|mio\.?|bn|tsd\.?)[{_BLANKS}]*([€£¥$]|[A-Z]{{3}})?",
    re.IGNORECASE,
)
_POWERS = {"k": 3, "tsd": 3, "m": 6, "mio": 6, "bn": 9}
_EXPONENT = re.compile(r"[-+]?\d+(?:[.,]\d+)?e[-+]?\d+", re.IGNORECASE)
_LONGEST = 60

OPTION = "--decimal {}"
"""How to set the decimal mark on the command line."""


class Amount(NamedTuple):
    """
    Money.

    Attributes:
        value: at least 0.
        currency: ISO 4217 code if the cell names one; "$" is USD, "¥" JPY.
    """

    value: Fraction
    currency: str | None


class AmountError(ValueError):
    """
    A cell without a readable amount.

    Attributes:
        code: `no-amount`, `negative-amount`, `ambiguous-number`, `other-decimal-mark`, `short-amount`,
            `scientific-amount`.
        message: one sentence.
        hint: what to write instead.
    """

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def proofs(cells: Iterable[tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """
    Return the first cell that can only have the decimal mark ".", and the first with ",", as far as there are any.

    Args:
        cells: each with its line.

    >>> proofs([(2, "1.234"), (3, "1.234,50"), (4, "7,50"), (5, "$2.5")])
    {',': (3, '1.234,50'), '.': (5, '$2.5')}
    """
    proven: dict[str, tuple[int, str]] = {}
    for line, cell in cells:
        match = _MONEY.fullmatch(cell.strip()) if len(cell) <= _LONGEST else None
        if match and (mark := _proof(match["number"] + match["open"])):
            proven.setdefault(mark, (line, cell.strip()))
    return proven


def read_amount(cell: str, mark: str | None, saying: str = OPTION) -> Amount:
    """
    Return the amount that a cell holds.

    Args:
        cell: not blank.
        mark: the decimal mark, "." or ","; None if unknown, which is fine for a cell that can only be read in one
            way.
        saying: how the user sets the mark, for a hint.

    Raises:
        AmountError: it holds no amount, a negative one, or an ambiguous one.

    >>> read_amount("22.700,50 €", None), read_amount("$1,234", ".")
    (Amount(value=Fraction(45401, 2), currency='EUR'), Amount(value=Fraction(1234, 1), currency='USD'))
    """
    text = cell.strip()
    if text.isdecimal() and text.isascii() and len(text) <= _LONGEST:  # as most are
        return Amount(Fraction(int(text)), None)
    if text.startswith("(") and text.endswith(")") and _MONEY.fullmatch(text[1:-1].strip()):
        raise _negative(cell)
    match = _MONEY.fullmatch(text) if len(text) <= _LONGEST else None
    if not match:
        raise _no_amount(cell)
    codes = {_code(found) for found in match.group("before", "again", "after") if found}
    value = None if len(codes) > 1 or None in codes else _value(match["number"] + match["open"], mark, cell, saying)
    if value is None or (match["dash"] and not match["open"]):
        raise _no_amount(cell)
    if match["sign"] and match["sign"] in "-−–" and value:
        raise _negative(cell)
    return Amount(value, codes.pop() if codes else None)


def currency_of(text: str) -> str | None:
    """
    Return the ISO code of a currency that stands alone: its code, its sign or its name in English.

    >>> currency_of("eur"), currency_of("Pound Sterling"), currency_of("€"), currency_of("crowns")
    ('EUR', 'GBP', 'EUR', None)
    """
    known = _NAMES.get(" ".join(text.casefold().split())) or _SYMBOLS.get(text.strip())
    return known or (text.strip().upper() if _CODE.fullmatch(text.strip()) else None)


def _code(written: str) -> str | None:
    """Return the ISO code of a currency as it is written; None for a dollar of unknown country."""
    return _SYMBOLS.get(written) or (written if written.isalpha() else None)


def _proof(number: str) -> str | None:
    """Return the only decimal mark that a number can have."""
    dots, commas = number.count("."), number.count(",")
    if dots and commas:
        return "." if number.rindex(".") > number.rindex(",") else ","
    mark = "." if dots else ","
    if dots + commas != 1:
        return {".": ",", ",": "."}[mark] if dots + commas else None
    whole, fraction = number.split(mark)
    is_plain = whole.isdigit() and whole.isascii()
    could_be_thousands = len(fraction) == 3 and is_plain and len(whole) <= 3 and not whole.startswith("0")  # noqa: PLR2004 - groups are of three
    return None if could_be_thousands else mark


def _value(number: str, mark: str | None, cell: str, saying: str) -> Fraction | None:
    """Return the value of a number without sign and currency; None if it is not a number."""
    proof = _proof(number)
    if not proof and ("." in number or "," in number):
        if mark is None:
            raise _ambiguous(number, cell, saying)
        return _read(number, mark)
    value = _read(number, proof or ".")
    if value is not None and proof and mark not in {None, proof}:
        message = f"{quoted(cell.strip())} does not fit the decimal mark of its column, {quoted(mark)}"
        raise AmountError(
            "other-decimal-mark", message, f"write {digits_of(value)} if {quoted(proof)} is the decimal mark"
        )
    return value


def _read(number: str, mark: str) -> Fraction | None:
    whole, _, fraction = number.rpartition(mark) if mark in number else (number, "", "")
    is_grouped = _GROUPED.fullmatch(whole) or (mark == "." and _INDIAN.fullmatch(whole))
    if mark in whole or (fraction and not fraction.isdigit()) or (whole and not whole.isdigit() and not is_grouped):
        return None
    digits = whole if whole.isdigit() else "".join(filter(str.isdigit, whole))
    return Fraction(int(digits + fraction or "0"), 10 ** len(fraction))


def digits_of(value: Fraction) -> str:
    """
    Return a fraction whose denominator divides a power of ten as digits.

    >>> digits_of(Fraction(61, 2)), digits_of(Fraction(30_000))
    ('30.5', '30000')
    """
    whole, rest = divmod(value, 1)
    digits = ""
    while rest:
        digit, rest = divmod(rest * 10, 1)
        digits += str(digit)
    return f"{whole}.{digits}" if digits else str(whole)


def _ambiguous(number: str, cell: str, saying: str) -> AmountError:
    mark, other = (".", ",") if "." in number else (",", ".")
    whole, fraction = number.split(mark)
    return AmountError(
        "ambiguous-number",
        f"{quoted(cell.strip())} is ambiguous: {int(whole + fraction):,} or {whole}.{fraction}?",
        f"{saying.format(other)} reads {whole}{fraction}, {saying.format(mark)} reads {whole}{mark}{fraction}",
    )


def _negative(cell: str) -> AmountError:
    return AmountError("negative-amount", f"{quoted(cell.strip())}: a deal cannot be worth less than 0")


def _no_amount(cell: str) -> AmountError:
    text = cell.strip()
    if len(text) <= _LONGEST and (short := _SHORT.fullmatch(text)):
        power = _POWERS[short[4].lower().rstrip(".")]
        value = (Fraction(int(short[2])) + Fraction(int(short[3] or "0"), 10 ** len(short[3] or ""))) * 10**power
        return AmountError("short-amount", f"{quoted(text)} is abbreviated", f"write {digits_of(value)}")
    if len(text) <= _LONGEST and _EXPONENT.fullmatch(text):
        return AmountError(
            "scientific-amount", f"{quoted(text)} is a rounded number", "write the full amount, e.g. 25000"
        )
    return AmountError(
        "no-amount", f"{quoted(text)} is not an amount", "enter e.g. 25000, or leave it empty if unknown"
    )
