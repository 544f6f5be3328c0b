r"""
Amounts of money as people and CRMs write them, exactly: fractions, never floats.

Nobody sells in thousandths, so three digits after one mark are thousands: "12.000" is twelve thousand. Where the rest
of the column contradicts that, nothing is guessed: the cell is a fault until somebody names the decimal mark.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from fitcheck.currencies import Sign, sign_of
from fitcheck.folding import bare
from fitcheck.nearest import quoted

_BLANKS = " \t\u00a0\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_APOSTROPHES = "'’\u02bc\u00b4`"
_NUMBER = re.compile(rf"(?:(?<![^\W\d_])[.,])?\d(?:[\d.,{_BLANKS}{_APOSTROPHES}]*\d)?[.,]?")
_GROUPED = re.compile(rf"\d{{1,3}}(?:([.,{_BLANKS}{_APOSTROPHES}])\d{{3}})(?:\1\d{{3}})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_TOKEN = re.compile(rf"[{_BLANKS}]+|[^\W\d_]+(?:[$£¥₵/]\.?|\.)?|\$[uU]\b|.", re.DOTALL)
_PLAIN = re.compile(r"\d{1,20}(?:\.\d{1,2})?", re.ASCII)
_EXPONENT = re.compile(r"([-+]?)(\d+)(?:[.,](\d+))?e([-+]?\d+)", re.IGNORECASE | re.ASCII)
_AS_EXCEL_SHORTENS = re.compile(r"[-+]?\d[.,]\d\dE\+\d\d")
_EXACT_DIGITS = 5
"""A number with an exponent and more digits than these has been rounded to six, as statistics programs do."""

_LONGEST = 60
_LARGEST_POWER = 330
"""Of ten; what programs call numbers goes no further."""
_MINUS = "-−–—"
_SCALES = {
    **dict.fromkeys(("k", "tsd", "tsd.", "tausend", "thousand", "thousands", "千"), 3),
    "万": 4,
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), 5),
    **dict.fromkeys(("m", "mm", "mn", "mio", "mio.", "mln", "mln.", "million", "millions", "millionen", "milioni"), 6),
    **dict.fromkeys(("millones", "milhões"), 6),
    **dict.fromkeys(("cr", "cr.", "crore", "crores"), 7),
    **dict.fromkeys(("億", "亿"), 8),
    **dict.fromkeys(("b", "bn", "mrd", "mrd.", "billion", "billions"), 9),
}
"""Powers of ten by what is written behind an amount in short, in small letters."""
_SCALED = {"k": 3, "t": 3, "m": 6}
"""Letters before a code or sign, as in TEUR."""

OPTION = "--decimal {}"
"""How to set the decimal mark on the command line."""


class Figure(str):
    """
    A number that a program wrote as a number, in digits with a point: it means one thing, whatever a text would mean.

    It says nothing about how people write the texts beside it.
    """

    __slots__ = ()


class Marks(NamedTuple):
    """
    What is known of the decimal mark of a column's texts.

    Attributes:
        said: "." or ",", as somebody says it.
        column: the marks that the column's amounts prove; both of them too where nothing can be told.
    """

    said: str | None = None
    column: str = ""

    @property
    def mark(self) -> str | None:
        """The one that holds; None if none does."""
        return self.said or (self.column if len(self.column) == 1 else None)


NO_MARKS = Marks()


class Amount(NamedTuple):
    """
    Money.

    Attributes:
        value: at least 0.
        sign: the currency that the cell names; None if it names none.
    """

    value: Fraction
    sign: Sign | None = None

    @property
    def currency(self) -> str | None:
        """ISO code of the currency where nothing but the cell says which it is."""
        return self.sign.usual if self.sign else None


class AmountError(ValueError):
    """
    A cell without a readable amount.

    Attributes:
        code: `no-amount`, `negative-amount`, `ambiguous-number`, `other-decimal-mark`, `scientific-amount`.
        message: one sentence.
        hint: what to write instead.
    """

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class _Parts(NamedTuple):
    """A text with one number in it: the number, the power of ten behind it, and what stands around it."""

    number: str
    power: int
    sign: Sign | None
    is_negative: bool


def proofs(cells: Iterable[tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """
    Return the first cell that can only have the decimal mark ".", and the first with ",", as far as there are any.

    Args:
        cells: each with its line.

    >>> proofs([(2, "1.234"), (3, "1.234,50"), (4, "7,50"), (5, "$2.5"), (6, Figure("0.5"))])
    {',': (3, '1.234,50'), '.': (5, '$2.5')}
    """
    proven: dict[str, tuple[int, str]] = {}
    for line, cell in cells:
        if type(cell) is Figure or cell.isdecimal():
            continue
        text = bare(cell)
        parts = _parts(text)
        if parts and (mark := _proof(parts.number)):
            proven.setdefault(mark, (line, text))
    return proven


def read_amount(cell: str, marks: Marks | str | None = NO_MARKS, saying: str = OPTION) -> Amount:
    """
    Return the amount that a cell holds.

    Args:
        cell: not blank.
        marks: what is known of the decimal mark, or the mark that somebody says; no matter for a `Figure`.
        saying: how the user says which mark is meant, for a hint.

    Raises:
        AmountError: it holds no amount, a negative one, or an ambiguous one.

    >>> read_amount("22.700,50 €").value, read_amount("$1,234").value, read_amount("EUR 1.2M").value
    (Fraction(45401, 2), Fraction(1234, 1), Fraction(1200000, 1))
    """
    if type(cell) is Figure:
        return Amount(_figure(cell))
    marks = marks if isinstance(marks, Marks) else Marks(marks)
    text = bare(cell)
    if text.isdecimal() and text.isascii() and len(text) <= _LONGEST:  # as most are
        return Amount(Fraction(int(text)))
    if marks.mark != "," and _PLAIN.fullmatch(text):
        return Amount(Fraction(text))
    if len(text) <= _LONGEST and (found := _EXPONENT.fullmatch(text)):
        return Amount(_scientific(text, found))
    parts = _parts(text)
    if parts is None:
        raise _no_amount(text)
    value = _value(parts, marks, text, saying)
    if value is None:
        raise _no_amount(text)
    if parts.is_negative and value:
        raise _negative(text)
    return Amount(value * 10**parts.power, parts.sign)


def is_nothing(cell: str) -> bool:
    """
    Say whether a cell is a dash for an amount of nothing, with a currency or without.

    >>> is_nothing(" $ -   "), is_nothing("-- EUR"), is_nothing("- 5"), is_nothing("$")
    (True, True, False, False)
    """
    tokens = [token for token in _TOKEN.findall(bare(cell)) if not token.isspace()] if len(cell) <= _LONGEST else []
    dashes = [token for token in tokens if token in _MINUS]
    return bool(dashes) and all(token in _MINUS or sign_of(token) for token in tokens)


def share_of(cell: str) -> Fraction | None:
    """
    Return the share that a cell with a percent sign is; None if it has none, or is no number.

    >>> share_of("35 %"), share_of("7,5%"), share_of("35")
    (Fraction(7, 20), Fraction(3, 40), None)
    """
    text = bare(cell)
    if not text.endswith("%"):
        return None
    number = text[:-1].strip().replace(",", ".")
    return Fraction(number) / 100 if re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", number, re.ASCII) else None


def plain_number(cell: str) -> Fraction | None:
    """
    Return the value of a cell that is a number without anything around it, whichever mark it has; None if it is none.

    >>> plain_number("0,35"), plain_number("35"), plain_number("35 %"), plain_number("EUR 35")
    (Fraction(7, 20), Fraction(35, 1), None, None)
    """
    text = bare(cell).replace(",", ".", 1)
    return Fraction(text) if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text, re.ASCII) else None


def _figure(cell: str) -> Fraction:
    if len(cell) > _LONGEST:
        raise _no_amount(cell)
    try:
        value = Fraction(cell)
    except ValueError:
        raise _no_amount(cell) from None
    if value < 0:
        raise _negative(cell)
    return value


def figure(digits: str) -> str:
    """
    Return a number as programs write it, as a figure: without an exponent, and a whole one without a point.

    >>> figure("1e5"), figure("25000.0"), figure("1.50"), figure("-0.0"), figure("NaN"), figure("1e400")
    ('100000', '25000', '1.50', '0', 'NaN', '1e400')
    """
    if digits.isdecimal():
        return Figure(digits)
    number = Decimal(digits)
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_POWER:
        return digits
    if number == number.to_integral_value():
        return Figure(int(number))
    return Figure(f"{number:f}")


def _parts(text: str) -> _Parts | None:
    """Take an amount apart; None if it is none."""
    found = _NUMBER.search(text) if len(text) <= _LONGEST else None
    if not found:
        return None
    around = _Around()
    before, after = (_TOKEN.findall(part) for part in (text[: found.start()], text[found.end() :]))
    if not all(around.takes(token, behind=False) for token in before):
        return None
    if not all(around.takes(token, behind=True) for token in after):
        return None
    common = _common(around.signs)
    if (around.signs and common is None) or (around.needs_sign and common is None):
        return None
    dashes = around.dashes
    if found[0][-1] in ".,":  # 1.200,- has no cents
        dashes = 0
    minus = around.minus + dashes
    if minus > 1 or around.opened != around.closed or around.opened > 1 or around.dashes > 2:  # noqa: PLR2004 - as ,--
        return None
    return _Parts(found[0], around.power, common, bool(minus or around.opened))


class _Around:
    """What stands before and behind a number, token by token."""

    def __init__(self) -> None:
        self.signs: list[Sign] = []
        self.minus = self.dashes = self.opened = self.closed = self.power = 0
        self.needs_sign = False

    def takes(self, piece: str, *, behind: bool) -> bool:
        """Take a piece; False if it can't be part of an amount."""
        word = piece.casefold()
        if piece.isspace() or (piece == "+" and not behind):
            return True
        if piece in _MINUS:
            self.minus, self.dashes = self.minus + (not behind), self.dashes + behind
        elif piece in "()":
            self.opened, self.closed = self.opened + (piece == "(" and not behind), self.closed + (piece == ")")
        elif behind and word in _SCALES and not self.power:
            self.power = _SCALES[word]
        elif sign := sign_of(piece):
            self.signs.append(sign)
        elif not self.power and (scaled := _scaled_sign(piece)):
            self.power = scaled[0]
            self.signs.append(scaled[1])
        elif not self.power and word in _SCALED:
            self.power, self.needs_sign = _SCALED[word], True
        else:
            return False
        return True


def _scaled_sign(token: str) -> tuple[int, Sign] | None:
    """Return the power and the currency of a token such as TEUR."""
    power, sign = _SCALED.get(token[:1].casefold()), sign_of(token[1:])
    return (power, sign) if power and sign else None


def _common(signs: list[Sign]) -> Sign | None:
    """Return the currency that all of them can be; None if there is none, or nothing names one."""
    if not signs:
        return None
    codes = [code for code in signs[0].codes if all(code in sign.codes for sign in signs)]
    return min(signs, key=lambda sign: len(sign.codes)) if codes else None


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


def _value(parts: _Parts, marks: Marks, text: str, saying: str) -> Fraction | None:
    """Return the value of a number before its power of ten; None if it is none."""
    number = parts.number
    proof = _proof(number)
    if not proof and ("." in number or "," in number):
        mark = "." if "." in number else ","
        if marks.said:
            return _read(number, marks.said)
        if mark in marks.column or parts.power:
            raise _ambiguous(parts, text, saying)
        return _read(number, _other(mark))
    value = _read(number, proof or ".")
    if value is not None and proof and marks.mark not in {None, proof}:
        message = f"{quoted(text)} has {quoted(proof)} as its decimal mark, and its column {quoted(marks.mark)}"
        raise AmountError("other-decimal-mark", message, f"write {digits_of(value)}, if {quoted(proof)} is right")
    return value


def _other(mark: str) -> str:
    return {".": ",", ",": "."}[mark]


def _read(number: str, mark: str) -> Fraction | None:
    whole, _, fraction = number.rpartition(mark) if mark in number else (number, "", "")
    is_grouped = _GROUPED.fullmatch(whole) or (mark == "." and _INDIAN.fullmatch(whole))
    if mark in whole or (fraction and not fraction.isdigit()) or (whole and not whole.isdigit() and not is_grouped):
        return None
    digits = whole if whole.isdigit() else "".join(filter(str.isdigit, whole))
    return Fraction(int(digits + fraction or "0"), 10 ** len(fraction))


def _scientific(text: str, found: re.Match[str]) -> Fraction:
    """Return a number with an exponent, unless it was shortened."""
    minus, whole, fraction, exponent = found[1] == "-", found[2], found[3] or "", int(found[4])
    digits = (whole + fraction).strip("0")
    if _AS_EXCEL_SHORTENS.fullmatch(text) or len(digits) > _EXACT_DIGITS or abs(exponent) > _LONGEST:
        raise AmountError("scientific-amount", f"{quoted(text)} is a rounded number", "write it in full, e.g. 25000")
    value = Fraction(int(whole + fraction), 10 ** len(fraction)) * Fraction(10) ** exponent
    if minus and value:
        raise _negative(text)
    return value


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


def _ambiguous(parts: _Parts, text: str, saying: str) -> AmountError:
    mark = "." if "." in parts.number else ","
    whole = "".join(char for char in parts.number if char.isdigit())
    part = parts.number.replace(mark, ".")
    if parts.power:
        whole, part = (digits_of(Fraction(digits) * 10**parts.power) for digits in (whole, part))
    hint = f"{saying.format(_other(mark))} reads {whole}, {saying.format(mark)} reads {part}"
    return AmountError("ambiguous-number", f"{quoted(text)} is ambiguous: {whole} or {part}?", hint)


def _negative(cell: str) -> AmountError:
    return AmountError("negative-amount", f"{quoted(cell.strip())}: a deal cannot be worth less than 0")


def _no_amount(text: str) -> AmountError:
    return AmountError("no-amount", f"{quoted(text)} is not an amount", "enter e.g. 25000")


def scale_and_sign(text: str) -> tuple[int, Sign | None] | None:
    """
    Return the power of ten and the currency that a text names and nothing else; None if it names neither.

    >>> scale_and_sign("k€"), scale_and_sign("thousands"), scale_and_sign("won")
    ((3, Sign(codes=('EUR',), usual='EUR')), (3, None), None)
    """
    around = _Around()
    pieces = [piece for piece in _TOKEN.findall(text) if not piece.isspace()]
    if not pieces or not all(piece not in "()+" and around.takes(piece, behind=True) for piece in pieces):
        return None
    sign = _common(around.signs)
    if around.dashes or ((around.signs or around.needs_sign) and sign is None):
        return None
    return around.power, sign
