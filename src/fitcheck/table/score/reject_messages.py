"""
Messages in the rejects about rows that are faulty as a whole.

The cells of such a row look sound in the rejects, so its message is read again until somebody empties it.
"""

import re
from collections.abc import Sequence

from fitcheck.table.read.records import REJECT_COLUMNS, Fault

_DAMAGE = (
    "lone-quote", "text-after-quote", "open-quote", "too-few-cells", "too-many-cells", "nul-character", "undecodable",
)  # fmt: skip
"""Codes of faults of a whole row that its cells no longer show once the row is fitted to the header."""

MENDED = f"if it is mended by now, empty its cell in {REJECT_COLUMNS[1]}"
"""What to do about a row that is rejected again for what its cell says."""

_ADVICE = "; when it is mended, empty this cell"
_SAID = re.compile(f"(?P<message>.*?)(?:{_ADVICE})? \\[(?P<code>{'|'.join(_DAMAGE)})\\]", re.DOTALL)


def reject_message(fault: Fault) -> str:
    """
    Return what stands in the rejects of a row that is rejected as a whole.

    >>> reject_message(Fault("open-quote", "a quote is open")), reject_message(Fault("nested-value", "a list"))
    ('a quote is open; when it is mended, empty this cell [open-quote]', 'a list [nested-value]')
    """
    return f"{fault.message}{_ADVICE if fault.code in _DAMAGE else ''} [{fault.code}]"


def problems_column(header: Sequence[str]) -> int | None:
    """Position of the column that says what is wrong with a row, where the table is one of rejects."""
    return next((i for i, name in enumerate(header) if name.strip() == REJECT_COLUMNS[1]), None)


def unresolved_fault(cell: str) -> Fault | None:
    """
    Return what is still wrong with a row whose cells do not show it, by what its rejects say.

    >>> unresolved_fault("a quote is open; when it is mended, empty this cell [open-quote]")
    Fault(code='open-quote', message='a quote is open')
    >>> unresolved_fault('"pain" has no option "sevre" [unknown-option]') is None
    True
    """
    found = _SAID.fullmatch(cell.strip())
    return Fault(found["code"], found["message"]) if found else None
