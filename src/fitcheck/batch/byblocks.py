"""Large delimited tables, scored by blocks or small pieces: which engine does it, and whether it can."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import Any, BinaryIO, NamedTuple

from fitcheck.batch.blocks import blocks, can_be_read
from fitcheck.batch.blocktally import add_up
from fitcheck.batch.cuts import pieces
from fitcheck.batch.dialect import SAMPLE_BYTES
from fitcheck.batch.formats import is_installed, missing_extra
from fitcheck.batch.making import Make, made
from fitcheck.batch.mending import position
from fitcheck.batch.opening import Delimited, Opened, read_on
from fitcheck.batch.packed import Packed, pack
from fitcheck.batch.rowengine import pieces as small_pieces
from fitcheck.batch.scoring import Scoring
from fitcheck.batch.writing import DelimitedWriter, Rejects, Writer

LARGE = SAMPLE_BYTES
"""From so many bytes on a table is cut up: below, to begin what scores the parts takes longer than the rows do."""

VERY_LARGE = 1 << 24
"""From so many bytes on by the compiled engine: below, it would gain less than it takes to be compiled once."""

MOST_WAYS = (1 << 63) - 1
"""Ways to answer the cost questions that can be numbered: what a word of 64 bits holds."""

MOST_BANDS = 60
"""Bands of trust that can be told by a bit each."""


class ByBlocks(NamedTuple):
    """
    What scores the parts of a table.

    Attributes:
        name: what it is called.
        packages: what it needs.
        module, engine: where it is; imported where it is needed, as it may be slow to import and an extra.
        begins_threads: whether importing it does, after which no process may be forked.
        cut: yields the parts of a table of some columns.
    """

    name: str
    packages: tuple[str, ...]
    module: str
    engine: str
    begins_threads: bool
    cut: Callable[[Delimited, int], Iterator[Any]]


POLARS = ByBlocks(
    "polars", ("numpy", "polars"), "fitcheck.batch.polars_engine", "PolarsEngine", begins_threads=True, cut=blocks
)
COMPILED = ByBlocks(
    "compiled", ("numpy", "numba"), "fitcheck.batch.compiled.engine", "CompiledEngine", begins_threads=False, cut=pieces
)
PYTHON = ByBlocks("python", (), "fitcheck.batch.rowengine", "RowEngine", begins_threads=False, cut=small_pieces)
THREADS = "OPENBLAS_NUM_THREADS"
"""Says how many threads numpy begins."""

ENGINES: Mapping[str, ByBlocks] = {engine.name: engine for engine in (POLARS, COMPILED)}


class Plan(NamedTuple):
    """
    How the parts of a table are scored.

    Attributes:
        by: what scores them.
        table: what is cut up.
        made_of: what the engine is given, beside where rejected rows go.
    """

    by: ByBlocks
    table: Delimited
    made_of: tuple[object, ...]


def plan(wanted: str, scoring: Scoring, opened: Opened, writer: Writer) -> Plan | None:
    """
    Plan to score a table in parts, where that can be done and is worth it.

    Args:
        wanted: an engine, or `auto`.
        scoring: what scores it row by row.
        opened: the table.
        writer: takes scored rows.

    Raises:
        UsageError: the engine is wanted by name, and what it needs is not installed.
    """
    table, width = opened.delimited, len(opened.header)
    if table is None or not isinstance(writer, DelimitedWriter) or not can_be_read(table, width):
        return None
    is_large, delimiter = len(table.sample) >= LARGE, table.dialect.delimiter
    by = ENGINES.get(wanted) or (_best(table) if is_large and wanted == "auto" else None)
    packed = _packed(scoring, opened, writer) if by else None
    if by and packed:
        if not is_installed(*by.packages):
            raise missing_extra(f"the {by.name} engine", "fast")
        return Plan(by, table, (scoring, packed, delimiter, writer))
    return Plan(PYTHON, table, (scoring, delimiter, writer)) if is_large else None


def _packed(scoring: Scoring, opened: Opened, writer: DelimitedWriter) -> Packed | None:
    """The packed scorecard, if blocks of this table can be scored by one."""
    if position(opened.header) is not None or not (writer.out.as_it_is or writer.out.positions is not None):
        return None  # rejects are read again row by row
    words = scoring.reader.scorer.words(frozenset())
    fits = scoring.reader.cost_combinations <= MOST_WAYS and len(words.trust.cuts) < MOST_BANDS
    return pack(words.sheet) if fits else None


def _best(table: Delimited) -> ByBlocks | None:
    """The first of the engines that are installed; a table that is not so large is not worth compiling for."""
    size = None
    with suppress(OSError, AttributeError):
        found = os.fstat(table.stream.fileno())  # type: ignore[attr-defined]
        size = found.st_size if stat.S_ISREG(found.st_mode) else None
    order = (POLARS, COMPILED) if size is not None and size < VERY_LARGE else (COMPILED, POLARS)
    return next((by for by in order if is_installed(*by.packages)), None)


def score(
    planned: Plan,
    scoring: Scoring,
    opened: Opened,
    *,
    rejecting: Rejects | None,
    files: tuple[BinaryIO, ...],
    progress: Callable[[int], None],
) -> None:
    """
    Score a table in parts.

    Args:
        planned: from `plan`.
        scoring: its tally takes the counts of all blocks.
        opened: the table.
        rejecting: takes the rows that are not scored.
        files: where scored rows go, and the others.
        progress: told how many rows are done.
    """
    from fitcheck.batch.processes import scored  # noqa: PLC0415 - slow to import, and most tables are small

    by, table, made_of = planned
    if not by.begins_threads:
        made(partial(_import_quietly, by.module), by.name)
    make = Make(by.name, partial(_made, by, *made_of, rejecting))
    tally = scoring.tally
    found = read_on(by.cut(table, len(opened.header)), opened.file, opened.format)
    for counted in scored(found, make, files, lambda: tally.least_rate, lambda rows: progress(tally.read + rows)):
        add_up(tally, counted)
        progress(tally.read)


def _made(by: ByBlocks, *words: object) -> Any:
    return getattr(import_module(by.module), by.engine)(*words)


def _import_quietly(module: str) -> None:
    """Import a module with numpy, but without the threads that numpy would begin."""
    is_said = THREADS in os.environ
    os.environ.setdefault(THREADS, "1")
    try:
        import_module(module)
    finally:
        if not is_said:
            del os.environ[THREADS]
