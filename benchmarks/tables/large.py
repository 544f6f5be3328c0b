"""A million rows and ten: against a plain copy of the same file."""

import shutil

from benchmarks.tables.commands import Bench, columns_without_odds, copy, engine_taken, ours, table
from benchmarks.tables.measuring import Run, cpu, median, peak, ratio, run, side_by_side, wall
from benchmarks.tables.printing import aim, heading, note, show

COPIED = "polars, scan to sink: the copy"
ALL, IDS = "all columns and ours", "ids and ours"
ALL_PLAIN, IDS_PLAIN = "all columns, ours without odds", "ids, ours without odds"
MOST_ALL, MOST_IDS = 2.0, 1.5
MOST_TIME, MOST_MEMORY, TEN = 12, 150, 10
LOOK = 50_000
"""Rows of the table that tells which engine is taken: as many as are very large."""

NEEDED = 1_200
"""Bytes of disk for a row of the largest table, its copy, ids and ours, and its rejects."""


def a_million(bench: Bench, way: str) -> Run:
    """Print how long a large table takes; return the medians of ids and ours."""
    bench.prepare(way, LOOK, bench.large)
    engine = engine_taken(table(way, LOOK), bench.folder)
    source = table(way, bench.large)
    plain = columns_without_odds(bench.folder)
    commands = {
        COPIED: copy(source),
        ALL: ours(source, told=True),
        IDS: ours(source, "--columns", "ids,fit"),
        ALL_PLAIN: ours(source, "--columns", f"all,{plain}"),
        IDS_PLAIN: ours(source, "--columns", f"ids,{plain}"),
    }
    heading(f"{bench.large:,} rows, {way}, {bench.size(source):,.0f} MB, against a copy by polars")
    found = side_by_side(commands, bench.rounds, bench.folder)
    note(f"{bench.summary()}; engine {engine}")
    note("without odds: verdict, settled, scores, known, dimensions, failed gates, reasons; no hours, money, ask next")
    show(found, bench.large, COPIED)
    for name, most in ((ALL, MOST_ALL), (IDS, MOST_IDS), (ALL_PLAIN, MOST_ALL), (IDS_PLAIN, MOST_IDS)):
        aim(f"{way}, {name}: wall, to the copy", ratio(found[name], found[COPIED], wall), most)
        aim(f"{way}, {name}: CPU, to the copy", ratio(found[name], found[COPIED], cpu), most)
    (bench.folder / source).unlink()
    return Run(median(found[IDS], wall), median(found[IDS], cpu), median(found[IDS], peak), "")


def ten_million(bench: Bench, tenth: Run) -> None:
    """
    Print how time and memory grow to ten times the rows, measured once.

    Args:
        bench: where and how.
        tenth: what the table a tenth as long took.
    """
    rows = TEN * bench.large
    heading(f"{rows:,} rows, uniform, ids and ours, once")
    free = shutil.disk_usage(bench.folder).free
    if free < NEEDED * rows:
        note(f"skipped: it takes {NEEDED * rows / 1e9:.1f} GB of disk, {free / 1e9:.1f} GB are free in {bench.folder}")
        return
    bench.prepare("uniform", rows)
    source = table("uniform", rows)
    command = ours(source, "--columns", "ids,fit", told=True)
    copied, found = run(copy(source), bench.folder), run(command, bench.folder)
    found = found._replace(peak=run(command, bench.folder, watched=True).peak)
    note(f"{bench.summary()}; {bench.size(source):,.0f} MB")
    show({COPIED: [copied], IDS: [found]}, rows, COPIED)
    aim(f"wall, to that of {bench.large:,} rows", found.wall / tenth.wall, MOST_TIME)
    aim(f"CPU, to that of {bench.large:,} rows", found.cpu / tenth.cpu, MOST_TIME)
    aim(f"peak memory, more than at {bench.large:,} rows", found.peak - tenth.peak, MOST_MEMORY, unit="MB")
    (bench.folder / source).unlink()
