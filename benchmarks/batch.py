"""
What it costs to score a table: beside a plain copy of it, and beside others who do part of the same job.

    python benchmarks/batch.py [--rows 1000000] [--rounds 3] [--folder FOLDER]

Every figure is that of a whole command: wall time, processor time (user + system) of all its processes together, and
the peak memory of the largest one, as Linux or macOS count them for a child. Commands that are compared take turns, and
ratios are taken round by round; what is printed is the median. `--rows` are those of the largest table: the others
keep their proportion to it. Aims hold for the default; a smaller table makes more of the time that a start takes.
"""

import argparse
import compileall
import csv
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROWS, ROUNDS = 1_000_000, 3
PER_CRM, PER_PEERS, PER_SMALL, PER_GAPS = 10, 20, 100, 500
"""The largest table is so many times as long as the others."""

MOST_FULL, MOST_CRM = 45, 60
"""Aims [CPU s a million rows]. The CRM table may take 150 once odds are worked out from a third of the answers."""

LEAST_PEER = 3
MOST_MEMORY, MOST_GROWTH = 100, 1.1
"""Aims: peak of the largest process [MB], and what flat memory may grow by from the small table to the large one."""

HALF = Decimal("0.005")
"""Half of the last digit of a score."""

COPY, FITCHECK, BRIEF = "polars, a copy, every cell as text", "fitcheck batch", "fitcheck batch, verdict and score only"
PEERS = {"pydantic": "pydantic, a model per row", "zen": "zen-engine, a decision per row"}
PACKAGES = {"polars": "polars", "pydantic": "pydantic", "zen": "zen-engine"}


class Run(NamedTuple):
    """What a command took: wall time [s], time of all its processes together [CPU s], peak of the largest [MB]."""

    wall: float
    cpu: float
    peak: float


Runs = Mapping[str, Sequence[Run]]
"""By the name of a command what it took, round by round."""


class Bench:
    """A folder of tables, and how often a command is measured."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder = folder
        self.rounds = rounds
        self.installed = {name: found for name, package in PACKAGES.items() if (found := installed(package))}

    def run(self, *words: str) -> Run:
        """
        Run a command by this Python.

        Raises:
            RuntimeError: it failed.
        """
        log = self.folder / "log.txt"
        with log.open("wb") as out:
            begun = time.perf_counter()
            child = subprocess.Popen([sys.executable, *words], stdout=out, stderr=out, cwd=self.folder)
            _, status, usage = os.wait4(child.pid, 0)  # it counts the processes of the child too
            wall = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise RuntimeError(f"{words} ended with {child.returncode}:\n{log.read_text(encoding='utf-8')[-2000:]}")
        unit = 1 if sys.platform == "darwin" else 1024
        return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)

    def measure(self, commands: Mapping[str, Sequence[str]]) -> Runs:
        """Run every command once a round, one after the other."""
        rounds = [{name: self.run(*words) for name, words in commands.items()} for _ in range(self.rounds)]
        return {name: [each[name] for each in rounds] for name in commands}

    def table(self, kind: str, rows: int) -> str:
        """Write a table, and return its name."""
        self.run(str(HERE / "tables.py"), ".", f"{kind}:{rows}")
        return f"{kind}-{rows}.csv"

    def copied(self, table: str) -> dict[str, Sequence[str]]:
        """Return the command that copies a table, if polars is installed."""
        program = f"import polars; polars.scan_csv({table!r}, infer_schema=False).sink_csv('copy.csv')"
        return {COPY: ("-c", program)} if "polars" in self.installed else {}

    def check(self, ours: str, theirs: str) -> None:
        """
        Hold another's scored table against ours.

        Raises:
            ValueError: a verdict or a score differs, or all verdicts are the same word.
        """
        verdicts = set()
        with (self.folder / ours).open(newline="") as left, (self.folder / theirs).open(newline="") as right:
            for mine, other in zip(csv.DictReader(left), csv.DictReader(right), strict=True):
                verdicts.add(mine["fit_verdict"])
                same = all(mine[name] == other[name] for name in ("id", "fit_verdict"))
                if not same or abs(Decimal(mine["fit_score"]) - Decimal(other["fit_score"])) > HALF:
                    raise ValueError(f"{ours} and {theirs} differ:\n{mine}\n{other}")
        if len(verdicts) == 1:
            raise ValueError(f"{ours} has only one verdict: {verdicts}")


def fitcheck(table: str, *options: str, out: str = "ours.csv") -> Sequence[str]:
    """Words of `fitcheck batch`."""
    return ("-m", "fitcheck", "batch", table, "-o", out, *options)


def median(runs: Sequence[Run], figure: str) -> float:
    """Median of one figure over the rounds."""
    return float(statistics.median(getattr(run, figure) for run in runs))


def ratio(these: Sequence[Run], those: Sequence[Run], figure: str) -> float:
    """Median of the ratios of the rounds."""
    return float(statistics.median(getattr(a, figure) / getattr(b, figure) for a, b in zip(these, those, strict=True)))


def show(title: str, found: Runs, base: str) -> None:
    """Print a line for each command, with its ratios to one of them, if that was run."""
    print(f"\n{title}\n  {'':<44}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}", end="")
    print(f"{'x wall':>9}{'x CPU':>9}  x: ratio to {base}" if base in found else f"  no ratios without {base}")
    for name, runs in found.items():
        figures = [median(runs, figure) for figure in ("wall", "cpu", "peak")]
        print(f"  {name:<44}{''.join(f'{each:>9.2f}' for each in figures)}", end="")
        ratios = [ratio(runs, found[base], figure) for figure in ("wall", "cpu")] if base in found else []
        print("".join(f"{each:>9.2f}" for each in ratios), flush=True)


def aim(what: str, figure: float, limit: float | None, *, at_least: bool = False) -> None:
    """Print a figure beside its aim, if it has one."""
    wanted = "no aim"
    if limit is not None:
        reached = figure >= limit if at_least else figure <= limit
        wanted = f"aim: at {'least' if at_least else 'most'} {limit:g}, {'reached' if reached else 'NOT reached'}"
    print(f"  {what:<71}{figure:>9.2f}  {wanted}", flush=True)


def one_table(bench: Bench, title: str, kind: str, rows: int, most: float | None) -> Sequence[Run]:
    """Print what a table costs beside its copy; return what fitcheck took."""
    table = bench.table(kind, rows)
    found = bench.measure({**bench.copied(table), FITCHECK: fitcheck(table)})
    show(f"{rows:,} rows, {title}", found, COPY)
    aim("CPU s of fitcheck for a million rows, its start included", 1e6 * median(found[FITCHECK], "cpu") / rows, most)
    (bench.folder / table).unlink()
    return found[FITCHECK]


def peers(bench: Bench, rows: int) -> None:
    """Print what others take for a table without deal values, after a check that they say the same."""
    table = bench.table("fit", rows)
    commands = {FITCHECK: fitcheck(table), BRIEF: fitcheck(table, "--columns", "ids,verdict,score", out="brief.csv")}
    present = {peer: name for peer, name in PEERS.items() if peer in bench.installed}
    for peer, name in present.items():
        commands[name] = (str(HERE / "peers.py"), peer, table, f"{peer}.csv", "rules.json")
    found = bench.measure(commands)
    show(f"{rows:,} rows, every question answered, no deal values; others write verdict and score only", found, BRIEF)
    for peer, name in present.items():
        bench.check("brief.csv", f"{peer}.csv")
        what = f"{name}, same verdicts and scores: its CPU s to ours for these"
        aim(what, ratio(found[name], found[BRIEF], "cpu"), LEAST_PEER, at_least=True)


def memory(bench: Bench, rows: int, large: Sequence[Run]) -> None:
    """Print the peak of the largest process, and how it grows from a small table to the large one."""
    table = bench.table("full", rows)
    small = bench.measure({FITCHECK: fitcheck(table)})[FITCHECK]
    print(f"\nmemory of fitcheck, every question answered, {rows:,} rows and the table above")
    aim("peak MB of the largest process", median(large, "peak"), MOST_MEMORY)
    aim(f"the same, to the peak at {rows:,} rows", ratio(large, small, "peak"), MOST_GROWTH)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What it costs to score a table.")
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of the largest table; %(default)s")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often everything is measured; %(default)s")
    parser.add_argument("--folder", type=Path, help="where a temporary folder of tables is made")
    given = parser.parse_args()
    if given.rows < PER_GAPS:
        parser.error(f"--rows must be at least {PER_GAPS}")
    compileall.compile_dir(HERE.parent / "src", quiet=1)
    with tempfile.TemporaryDirectory(dir=given.folder, prefix="fitcheck-") as folder:
        bench = Bench(Path(folder).resolve(), given.rounds)
        print(f"medians of {given.rounds} rounds; CPU s of all processes together, peak MB of the largest one")
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
        for name, package in PACKAGES.items():
            print(f"{package} {bench.installed.get(name) or f'is left out: pip install {package}'}")
        large = one_table(bench, "every question answered", "full", given.rows, MOST_FULL)
        one_table(bench, "as CRMs export: columns for a third of the questions", "crm", given.rows // PER_CRM, MOST_CRM)
        one_table(bench, "random gaps", "gaps", given.rows // PER_GAPS, None)
        peers(bench, given.rows // PER_PEERS)
        memory(bench, given.rows // PER_SMALL, large)


def installed(package: str) -> str | None:
    """Return the version of a package, None if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    main()
