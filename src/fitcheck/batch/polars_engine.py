"""
The polars engine: blocks of sound lines at once, and what it can't read or does not do, row by row.

The rows of a block come out in the order of the table, with the same text as from the row engine: a property test
holds the two equal. Nothing rests on polars finding damage: only lines that `fitcheck.batch.blocks` has seen to be
sound are given to it, and it must return as many rows as they are.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import polars as pl

from fitcheck.batch.blocks import Block
from fitcheck.batch.cellwords import code_of
from fitcheck.batch.columnar import band, joined, one_sided_key, reason_keys, strongest, sums
from fitcheck.batch.opening import Opened
from fitcheck.batch.outcolumns import POINTS as POINT_TEXTS
from fitcheck.batch.outcolumns import PREFIX, RowTexts, column_of
from fitcheck.batch.packed import GATED, SPECIAL, TEXT, Packed, codes_of, pack
from fitcheck.batch.records import Record
from fitcheck.batch.rowreading import Asking
from fitcheck.batch.scoring import Rejected, Scoring
from fitcheck.batch.writing import DelimitedWriter
from fitcheck.decision.memo import keep
from fitcheck.decision.principal import REASONS
from fitcheck.decision.rows import Row
from fitcheck.decision.sheet import NOT_APPLICABLE, UNKNOWN
from fitcheck.decision.tablecost import CostSide, DealSide
from fitcheck.decision.unknowns import band_weights


class TooVariedError(Exception):
    """A column of answers has too many distinct texts to be one; its table is scored row by row."""
