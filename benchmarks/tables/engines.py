"""The python engine: from cold, a row against a row in plain Python; and the memory of each engine."""

import csv

from benchmarks.tables.commands import PYTHON, Bench, columns_of_plain, module, ours, table
from benchmarks.tables.measuring import Command, cpu, peak, ratio, run, side_by_side, wall
from benchmarks.tables.printing import aim, heading, note, show

SMALL, OFTEN = 1_000, 3
"""Rows of the small table, and how many times as many rounds it gets."""

MOST_SMALL, MOST_ROW = 8, 1
MOST_GROWTH = 1.1
"""What flat memory may still grow by; a figure of this benchmark."""
PASS, COLD = "python -c pass", f"fitcheck batch, {SMALL:,} rows"
FLOOR, SAME, FULL = (
    "plain Python, the floor",
    "python engine, the floor's columns",
    "python engine, all columns and ours",
)

OTHERS, EVERY = 3, 3
"""Columns of a table that are no questions, and of how many questions one keeps its column where much is unknown."""

PARTLY = "partly.csv"
ALONE, TOGETHER = "each by itself (--engine python)", "looked at ahead (auto)"


def small(bench: Bench) -> None:
    """Print how long a small table takes from cold."""
    bench.prepare("uniform", SMALL)
    heading(f"{SMALL:,} rows by the python engine, from cold")
    commands = {PASS: Command((PYTHON, "-c", "pass")), COLD: ours(table("uniform", SMALL), engine="python")}
    found = side_by_side(commands, OFTEN * bench.rounds, bench.folder)
    show(found, SMALL, PASS)
    aim("wall, to `python -c pass`", ratio(found[COLD], found[PASS], wall), MOST_SMALL)
    aim("CPU, to `python -c pass`", ratio(found[COLD], found[PASS], cpu), MOST_SMALL)


def a_row(bench: Bench) -> None:
    """Print how long the python engine takes for a row, against plain Python."""
    bench.prepare("uniform", bench.peers)
    source = table("uniform", bench.peers)
    heading(f"{bench.peers:,} rows by the python engine, against plain Python")
    note(
        "the floor reads by csv.reader, checks cells in dictionaries, adds up points, the weaker side of trust, floors,"
    )
    note("gates and three reasons, and writes a row; it knows no ranges, odds, hours, money or groups of reasons")
    commands = {
        FLOOR: module("plain_rows", source, "plain.csv", "rejects-plain.csv", "rules.json"),
        SAME: ours(source, "--columns", columns_of_plain(bench.folder), engine="python", out="same.csv"),
        FULL: ours(source, engine="python"),
    }
    found = side_by_side(commands, bench.rounds, bench.folder)
    show(found, bench.peers, FLOOR)
    for name, runs in found.items():
        each = 1e6 / bench.peers
        note(f"{name}: {each * min(map(wall, runs)):.1f} µs a row at best, {each * min(map(cpu, runs)):.1f} µs of CPU")
    note(f"checked, {FLOOR}: {bench.check('plain.csv', bench.peers)}")
    for name in (SAME, FULL):
        aim(f"{name}: wall a row, to the floor's", ratio(found[name], found[FLOOR], wall), MOST_ROW)
        aim(f"{name}: CPU a row, to the floor's", ratio(found[name], found[FLOOR], cpu), MOST_ROW)
    (bench.folder / source).unlink()


def much_unknown(bench: Bench) -> None:
    """Print what it brings to look ahead at rows of which much is unknown, as in most exports."""
    bench.prepare("halo", SMALL)
    with (bench.folder / table("halo", SMALL)).open(newline="", encoding="utf-8") as file:
        rows = [*csv.reader(file)]
    kept = [*range(OTHERS), *range(OTHERS, len(rows[0]), EVERY)]
    with (bench.folder / PARTLY).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([row[i] for i in kept] for row in rows)
    asked, known = len(rows[0]) - OTHERS, len(kept) - OTHERS
    heading(f"{SMALL:,} rows, halo, with a column for {known} of {asked} questions, row by row")
    commands = {ALONE: ours(PARTLY, engine="python", out="alone.csv"), TOGETHER: ours(PARTLY, out="together.csv")}
    found = side_by_side(commands, bench.rounds, bench.folder)
    show(found, SMALL, TOGETHER)
    same = (bench.folder / "alone.csv").read_bytes() == (bench.folder / "together.csv").read_bytes()
    note(f"checked: {'the same bytes' if same else 'NOT the same bytes'}")


def memory(bench: Bench) -> None:
    """Print the peak memory of each engine over tables of several lengths, once each."""
    sizes = (*bench.memory, bench.peers, bench.large)
    bench.prepare("uniform", *sorted({*sizes}))
    heading("memory, all columns and ours, once each")
    peaks = {}
    blocks = (bench.peers, bench.large)
    for engine, lengths in (("python", bench.memory), ("polars", blocks), ("compiled", blocks)):
        for rows in lengths:
            found = run(ours(table("uniform", rows), engine=engine), bench.folder, watched=True)
            peaks[engine, rows] = peak(found)
            note(f"{engine} engine, {rows:>9,} rows: peak {found.peak:6.0f} MB in {found.wall:.1f} s")
    first, middle, last = bench.memory
    for fewer in (first, middle):
        growth = peaks["python", last] / peaks["python", fewer]
        aim(f"python engine, peak at {last:,} rows to {fewer:,} (flat)", growth, MOST_GROWTH)
    for rows in sizes:
        (bench.folder / table("uniform", rows)).unlink(missing_ok=True)
