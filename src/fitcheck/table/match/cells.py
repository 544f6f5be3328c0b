"""
What the texts of cells mean as answers to one question.

A table says the same answer over and over, so everything that a cell may say is worked out once for each column, into
codes that are positions of options; below zero stands what is no option.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from fitcheck.amounts import Figure
from fitcheck.decision.score.score_tables import NOT_APPLICABLE, UNKNOWN
from fitcheck.folding import folded_cell
from fitcheck.mapping import NOT_APPLICABLE_WORD, UNKNOWN_WORD, Column, ColumnMapping
from fitcheck.nearest import closest, nearest, quoted
from fitcheck.table.match.questions import QuestionSpec

BLANK_WORDS = ("", "?", "-")
"""What people write beside `unknown` where they know nothing."""

MOST_NAMED = 9
"""A hint names all answers if there are no more than these."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LOCAL = {
    "mai": 5,
    "okt": 10,
    "dez": 12,
    "mär": 3,
    "mrz": 3,
    "mrt": 3,
    "mei": 5,
    "fév": 2,
    "avr": 4,
    "aoû": 8,
    "déc": 12,
}
_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)} | _LOCAL
_DAY_MONTH = re.compile(r"(\d{1,2})[-. /]{1,2}([^\W\d_]{3,4})\.?")
_MONTH_DAY = re.compile(r"([^\W\d_]{3,4})\.?[-. /](\d{1,2})")
_ISO = re.compile(r"\d{4}-(\d\d)-(\d\d)(?:[t ]00:00(?::00(?:\.0+)?)?)?")
_LAST_DAY, _LAST_MONTH = 31, 12
_WHOLE = re.compile(r"([-+]?\d+)[.,]0+")
_DECIMAL = re.compile(r"[-+]?\d+[.,]\d+")

_FOLDED = "\0"
"""Stands before a word in folded spelling; no cell of a table begins with it."""

_DECIMALS = _FOLDED * 2
"""Is there where numbers among the answers have decimals."""


def cell_words(
    asked: QuestionSpec, column: Column | None = None, mapping: ColumnMapping | None = None
) -> dict[str, int]:
    """
    Return the code of every text that a cell of this column may be.

    What the mapping says of the column comes first, then its texts for unknown, the ids of the options, what they say,
    and the words for unknown and n/a. A text that means two options by the same rule is left out.

    Returns:
        By text of a cell without blanks around it: position of the option, `UNKNOWN` or `NOT_APPLICABLE`. The same
        words in folded spelling are in it for `code_of`, under keys that no cell can have.

    >>> ask = QuestionSpec("who_decides", "Who decides?", (("us", "We do"), ("them", "They do")))
    >>> words = cell_words(ask, Column("Decider", "who_decides", values={"Buyer": "them"}))
    >>> words["Buyer"], words["We do"], words[""], code_of("THEY-DO", words), code_of("nobody", words)
    (1, 0, -1, 1, None)
    """
    codes = {option: position for position, option in enumerate(asked.ids)} | {UNKNOWN_WORD: UNKNOWN}
    if asked.may_be_na:
        codes[NOT_APPLICABLE_WORD] = NOT_APPLICABLE
    values = column.values if column else {}
    tiers: list[list[tuple[str, int]]] = [
        [(text.strip(), codes[word]) for text, word in values.items() if word in codes],
        [(text.strip(), UNKNOWN) for text in (mapping.unknown if mapping else ())],
        list(codes.items()),
        [(says.strip(), codes[option]) for option, says in asked.options],
        [(text, UNKNOWN) for text in BLANK_WORDS],
    ]
    words = dict[str, int]()
    for tier in tiers:
        found = _unambiguous(tier)
        words.update({text: code for text, code in found.items() if text not in words})
    folded = _unambiguous((folded_cell(text), code) for tier in tiers for text, code in tier)
    marked = {_FOLDED + text: code for text, code in folded.items()}
    return words | marked | ({_DECIMALS: UNKNOWN} if any(map(_DECIMAL.fullmatch, words)) else {})


def code_of(cell: str, words: Mapping[str, int]) -> int | None:
    """
    Return the code of a cell: exactly as written, else but for capitals, blanks, _ and -; None if it is no answer.

    Where all numbers among the answers are whole, 3.0 is 3: a program made one of the other.

    Args:
        cell: its text, blanks around it and all.
        words: from `cell_words`.
    """
    text = cell.strip()
    if type(cell) is Figure and "." in text:
        text = text.rstrip("0").rstrip(".")  # one number, however many digits a program gives it
    code = words.get(text)
    if code is None:
        code = words.get(_FOLDED + folded_cell(text))
    if code is None and (whole := _WHOLE.fullmatch(text)) and _DECIMALS not in words:
        code = words.get(whole[1])
    return code


class CellProblem(NamedTuple):
    """
    One cell that can't be read.

    Attributes:
        column: its header.
        value: the cell.
        code: kebab-case.
        message: one sentence.
        hint: what to write instead.
    """

    column: str
    value: str
    code: str
    message: str
    hint: str | None

    def __str__(self) -> str:
        """As it stands in the rejects."""
        of = "" if self.message.startswith(quoted(self.column)) else f"{quoted(self.column)}: "
        return f"{of}{self.message} [{self.code}]" + (f"; {self.hint}" if self.hint else "")


def bad_answer(header: str, asked: QuestionSpec, cell: str, words: Mapping[str, int]) -> CellProblem:
    """
    Say what is wrong with a cell that is no answer.

    Args:
        header: of its column.
        asked: the question.
        cell: its text.
        words: from `cell_words`, for the column of the cell.

    Returns:
        `not-applicable` for n/a where it is no answer, `two-meanings` where the text fits several answers but for
        capitals, `made-a-date` where a spreadsheet turned the answer into a date, else `unknown-option`.
    """
    text = cell.strip()
    if folded_cell(text) == NOT_APPLICABLE_WORD and not asked.may_be_na:
        message = f"{quoted(asked.id)} applies to every prospect and cannot be n/a"
        return CellProblem(header, cell, "not-applicable", message, "unknown, if it isn't known")
    if len(meant := _meanings(asked, text, words)) > 1:
        message = f"{quoted(text)} may mean {' or '.join(quoted(word) for word in meant)}"
        return CellProblem(header, cell, "two-meanings", message, f"write {meant[0]} or {meant[1]}")
    if (was := _before_the_spreadsheet(text, words)) is not None:
        message = f"{quoted(text)} is a date, which a spreadsheet made of {quoted(was)}"
        return CellProblem(
            header, cell, "made-a-date", message, f"write {was}, in a column that the spreadsheet keeps as text"
        )
    message = f"{quoted(asked.id)} has no option {quoted(text)}"
    if (date_of := excel_date(text)) is not None:
        message += f", which looks like a date a spreadsheet made of {quoted(date_of)}"
    return CellProblem(header, cell, "unknown-option", message, _hint(asked, text, words))


def word_of(asked: QuestionSpec, code: int) -> str:
    """
    Return the word of a code: id of an option, `unknown` or `n/a`.

    >>> ask = QuestionSpec("who_decides", "Who decides?", (("us", "We do"), ("them", "They do")))
    >>> [word_of(ask, code) for code in (1, UNKNOWN, NOT_APPLICABLE)]
    ['them', 'unknown', 'n/a']
    """
    return {UNKNOWN: UNKNOWN_WORD, NOT_APPLICABLE: NOT_APPLICABLE_WORD}.get(code) or asked.options[code][0]


def is_figure(text: str) -> bool:
    """
    Say whether a text is a number, an amount or a date rather than words: nothing such is ever like another.

    >>> is_figure("2026-05-01"), is_figure("1-5"), is_figure("12 %"), is_figure("01-May"), is_figure("5 users")
    (True, True, True, True, False)
    """
    letters = "".join(char if char.isalpha() else " " for char in text.casefold()).split()
    has_digit = any(char.isdigit() for char in text)
    return has_digit and all(word[:3] in MONTHS or len(word) == 1 for word in letters)


def _unambiguous(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found, twice = dict[str, int](), set[str]()
    for text, code in pairs:
        if found.setdefault(text, code) != code:
            twice.add(text)
    return {text: code for text, code in found.items() if text not in twice}


def _meanings(asked: QuestionSpec, text: str, words: Mapping[str, int]) -> list[str]:
    """Return what a text could mean but for capitals and blanks."""
    folded = folded_cell(text)
    written = [word for word in words if not word.startswith(_FOLDED)]
    codes = {words[word]: None for word in written if folded_cell(word) == folded}
    codes |= {asked.ids.index(option): None for option, says in asked.options if folded_cell(says) == folded}
    return [word_of(asked, code) for code in codes]


def excel_date(cell: str) -> str | None:
    """
    Return the band that a spreadsheet most likely turned into this date; None if it is no such date. For messages only.

    What it shows does not say whether the day or the month was written first. A band goes from the lower to the
    higher number, so that order is taken; two equal numbers are no band.

    >>> [excel_date(cell) for cell in ("01-May", "May-01", "10-Dec", "2026-05-01 00:00:00", "Mayor", "31-Feb")]
    ['1-5', '1-5', '10-12', '1-5', None, '2-31']
    """
    text = cell.strip().lower()
    if found := _DAY_MONTH.fullmatch(text):
        day, month = int(found[1]), _NUMBERS.get(found[2][:3], 0)
    elif found := _MONTH_DAY.fullmatch(text):
        day, month = int(found[2]), _NUMBERS.get(found[1][:3], 0)
    elif found := _ISO.fullmatch(text):
        day, month = int(found[2]), int(found[1])
    else:
        return None
    if not (1 <= day <= _LAST_DAY and 1 <= month <= _LAST_MONTH) or day == month:
        return None
    return f"{min(day, month)}-{max(day, month)}"


def _before_the_spreadsheet(text: str, words: Mapping[str, int]) -> str | None:
    """Return the answer that a spreadsheet took for a date, if it did."""
    was = excel_date(text)
    if was is None:
        return None
    readings = (was, "-".join(reversed(was.split("-"))))
    return next((reading for reading in readings if code_of(reading, words) is not None), None)


def _hint(asked: QuestionSpec, text: str, words: Mapping[str, int]) -> str | None:
    """Return the nearest answer, in the words of the option or of the mapping; all ids where none is near."""
    if not is_figure(text):
        written = [word for word in words if word not in BLANK_WORDS and not word.startswith(_FOLDED)]
        known = {folded_cell(word).replace(" ", "_"): word for word in reversed(written)}
        meant = closest(folded_cell(text), list(known))
        if meant is not None:
            return f"did you mean {quoted(known[meant])}?"
    return nearest("", [*asked.ids, UNKNOWN_WORD], show=MOST_NAMED)
