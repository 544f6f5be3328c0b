"""A proposal for the mapping of a table, from its header and its first rows."""

from collections.abc import Sequence
from itertools import islice
from typing import BinaryIO

from fitcheck.batch.asked import Asked
from fitcheck.batch.footers import non_data_kind
from fitcheck.batch.mapping import ColumnMapping
from fitcheck.batch.opening import open_table
from fitcheck.batch.proposal import Proposal, propose
from fitcheck.batch.settings import Settings

ROWS = 2_000
"""First rows that are looked at."""

VALUES = 20
"""Values of each column that are taken into account."""


def propose_for(
    stream: BinaryIO, file: str, settings: Settings, asked: Sequence[Asked], mapping: ColumnMapping | None
) -> Proposal:
    """
    Propose a mapping for a table; see `propose`.

    Args:
        stream: its bytes.
        file: its name for people.
        settings: how it is to be read.
        asked: what the screen asks.
        mapping: what is known already.

    Raises:
        DocumentError: the table can't be read, or has no header.
    """
    opened = open_table(stream, file, settings, asked, mapping)
    values: list[dict[str, None]] = [{} for _ in opened.header]
    for record in islice(opened.records, ROWS):
        if record.fault is None and not non_data_kind(record.cells, opened.header):
            for seen, cell in zip(values, record.cells, strict=False):
                if len(seen) < VALUES:
                    seen[cell] = None
    return propose(opened.header, [list(seen) for seen in values], asked, mapping)
