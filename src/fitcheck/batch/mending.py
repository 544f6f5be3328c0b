"""Rows that were rejected as a whole: in the rejects their cells look sound, so that somebody must say they are."""

import re

from fitcheck.batch.outcolumns import REJECT_COLUMNS
from fitcheck.batch.records import Fault

_DAMAGE = (
    "lone-quote", "text-after-quote", "open-quote", "too-few-cells", "too-many-cells", "nul-character", "undecodable",
)  # fmt: skip
"""Codes of what is wrong with a whole row, and does not show any more where the row has been fitted to the header."""

MENDED = f"if it is mended by now, empty its cell in {REJECT_COLUMNS[1]}"
"""What to do about a row that is rejected again for what its cell says."""

_ADVICE = "; when it is mended, empty this cell"
_SAID = re.compile(f"(?P<message>.*?)(?:{_ADVICE})? \\[(?P<code>{'|'.join(_DAMAGE)})\\]", re.DOTALL)


def told(fault: Fault) -> str:
    """
    Return what stands in the rejects of a row that is rejected as a whole.

    >>> told(Fault("open-quote", "a quote is open")), told(Fault("nested-value", "a list"))
    ('a quote is open; when it is mended, empty this cell [open-quote]', 'a list [nested-value]')
    """
    return f"{fault.message}{_ADVICE if fault.code in _DAMAGE else ''} [{fault.code}]"


def position(header: list[str]) -> int | None:
    """Position of the column that says what is wrong with a row, where the table is one of rejects."""
    return next((i for i, name in enumerate(header) if name.strip() == REJECT_COLUMNS[1]), None)


def still_damaged(cell: str) -> Fault | None:
    """
    Return what is still wrong with a row whose cells do not show it, by what its rejects say.

    >>> still_damaged("a quote is open; when it is mended, empty this cell [open-quote]")
    Fault(code='open-quote', message='a quote is open')
    >>> still_damaged('"pain" has no option "sevre" [unknown-option]') is None
    True
    """
    found = _SAID.fullmatch(cell.strip())
    return Fault(found["code"], found["message"]) if found else None
