"""The files that answers are read out of, and the one that they are saved to."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fitcheck.cli import options
from fitcheck.cli.delivery import refuse_unfit_name
from fitcheck.cli.inputs import STDIN
from fitcheck.cli.streams import write_file
from fitcheck.problems import printable

if TYPE_CHECKING:
    from fitcheck.decision.content.rubric import Screen
    from fitcheck.notes.call_notes import CallNotes
    from fitcheck.notes.check import Checked

MOST_BYTES = 10_000_000
"""Notes of a year of calls are smaller."""


def call_notes(name: str, ours: Sequence[str]) -> "CallNotes":
    """Read the notes of one call."""
    from fitcheck.documents.reading.source import STDIN as SHOWN, decode, read_bytes
    from fitcheck.notes.call_notes import CallNotes

    shown = SHOWN if name == STDIN else name
    data = sys.stdin.buffer.read() if name == STDIN else read_bytes(name, name, MOST_BYTES)
    return CallNotes(shown, decode(data, shown), ours)


def name_of(file: Path) -> str:
    """
    Make a name of a file's.

    >>> name_of(Path("deals/harlow-pike.yaml"))
    'Harlow Pike'
    """
    return printable(file.stem.replace("-", " ").replace("_", " ").title()).strip() or "Prospect"


def save_answers(
    into: Path,
    checked: "Checked",
    asking: "Screen",
    named: str | None,
    name: str,
    as_of: str | None,
    inputs: Sequence[Path],
    *,
    newer: bool,
) -> bool:
    """Put the answers that passed into a prospect file; say whether any of them changes it."""
    from fitcheck.documents.prospect_template import prospect_template
    from fitcheck.documents.reading.editing import in_yaml
    from fitcheck.documents.reading.source import decode, read_bytes
    from fitcheck.notes.take import take, to_take

    refuse_unfit_name(into, {"YAML": ".yaml"})
    day = options.day_of(as_of)
    if not any(to_take(checked, newer=newer)):
        return False
    if into.exists():
        text = decode(read_bytes(into, str(into)), str(into))
    else:
        text = prospect_template(asking, named, prospect=in_yaml(name))
    write_file(into, take(text, str(into), checked, on=day, newer=newer), inputs=inputs)
    return True
