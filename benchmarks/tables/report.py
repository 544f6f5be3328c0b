"""Everything in one run, printed as it comes."""

import argparse
import compileall
import os
import platform
import tempfile
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.tables.commands import PYTHON, Bench, ours, table
from benchmarks.tables.engines import SMALL, a_row, memory, much_unknown, small
from benchmarks.tables.large import a_million, ten_million
from benchmarks.tables.measuring import ROOT, Command, run
from benchmarks.tables.others import compare
from benchmarks.tables.printing import note

PACKAGES = ("polars", "numba", "pydantic", "frictionless", "zen-engine")
QUICK = {"rounds": 1, "large": 100_000, "peers": 20_000, "zen": 5_000, "memory": (5_000, 20_000, 60_000)}
FULL = {"rounds": 5, "large": 1_000_000, "peers": 100_000, "zen": 20_000, "memory": (10_000, 100_000, 300_000)}


def main(words: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python benchmarks/batch.py", description="How fast large tables are scored.")
    parser.add_argument("--rounds", type=int, help="how often everything is measured; 5, with --quick 1")
    parser.add_argument("--rows", type=int, help="of the large tables; 1,000,000, with --quick 100,000")
    parser.add_argument("--ten-million", action="store_true", help="ten times the rows too: minutes, and 12 GB of disk")
    parser.add_argument("--quick", action="store_true", help="a first look: fewer rows, one round")
    parser.add_argument("--folder", type=Path, help="where tables are written, in a folder that goes when all is done")
    given = parser.parse_args(words)
    sizes = QUICK if given.quick else FULL
    with tempfile.TemporaryDirectory(dir=given.folder, prefix="fitcheck-batch-") as folder:
        bench = Bench(Path(folder).resolve(), **sizes)  # type: ignore[arg-type]  # the two sets of sizes above
        bench = bench._replace(rounds=given.rounds or bench.rounds, large=given.rows or bench.large)
        measure(bench, ten=given.ten_million)


def measure(bench: Bench, *, ten: bool) -> None:
    """Print every section."""
    least = run(Command((PYTHON, "-c", "pass")), bench.folder)
    _warm_up(bench)
    print(f"medians of {bench.rounds} rounds; wall and CPU time and peak memory are those of whole processes")
    note(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    note(", ".join(f"{name} {_version(name)}" for name in PACKAGES))
    note(f"peaks below {least.peak:.0f} MB, which is what `python -c pass` shows, can't be seen")
    tenth = a_million(bench, "uniform")
    a_million(bench, "halo")
    a_million(bench, "distinct")
    compare(bench)
    small(bench)
    a_row(bench)
    much_unknown(bench)
    memory(bench)
    if ten:
        ten_million(bench, tenth)
    note(f"load {os.getloadavg()[0]:.1f} at the end")


def _warm_up(bench: Bench) -> None:
    """Compile everything and read it from the disk once."""
    compileall.compile_dir(ROOT / "src", quiet=1)
    bench.prepare("uniform", SMALL)
    for engine in ("python", "polars", "compiled"):
        run(ours(table("uniform", SMALL), engine=engine), bench.folder)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
