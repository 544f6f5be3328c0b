"""What is run: fitcheck, the copy of a table, and the others, as commands in one folder."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from benchmarks.tables.measuring import Command, run

PYTHON = sys.executable
REJECTED = 4
"""Exit code of a batch in which some rows were rejected."""

COPY = "import polars; polars.scan_csv({!r}, infer_schema=False).sink_csv({!r})"
MODULE = "benchmarks.tables."


class Bench(NamedTuple):
    """
    One run of the benchmark.

    Attributes:
        rounds: how often everything is measured.
        large: rows of the large tables.
        peers: rows for the others, and for the python engine.
        zen: rows for zen-engine.
        memory: rows at which the python engine's memory is taken.
    """

    folder: Path
    rounds: int
    large: int
    peers: int
    zen: int
    memory: tuple[int, int, int]

    def prepare(self, way: str, *sizes: int) -> None:
        """Write tables of these sizes."""
        run(module("prepare", ".", way, *map(str, sizes)), self.folder)

    def size(self, name: str) -> float:
        """Size of a file [MB]."""
        return (self.folder / name).stat().st_size / 1e6

    def check(self, theirs: str, rows: int) -> str:
        """Hold another's scores of the first rows against ours, and return what was found."""
        return run(module("checking", "ours.csv", theirs, str(rows)), self.folder).printed.strip()

    def summary(self) -> "Shares":
        """Return what became of the rows of the last run of ours that wrote a summary."""
        found = json.loads((self.folder / "summary.json").read_text(encoding="utf-8"))
        rows = found["rows"]
        settled = sum(each["rows"] for each in found["verdicts"] if each["settled"])
        problems = sum(each["count"] for each in found["rejected"])
        return Shares(rows["read"], rows["rejected"], settled, rows["scored"] - settled, problems)


class Shares(NamedTuple):
    """What became of the rows of a table, and how many cells were at fault."""

    read: int
    rejected: int
    settled: int
    open: int
    problems: int

    def __str__(self) -> str:
        shares = (f"{100 * part / self.read:.1f} %" for part in (self.rejected, self.settled, self.open))
        return "{} of the rows rejected, {} settled, {} open".format(*shares)


def table(way: str, rows: int) -> str:
    """Name of a table."""
    return f"{way}-{rows}.csv"


def ours(source: str, *options: str, engine: str = "auto", out: str = "ours.csv", told: bool = False) -> Command:
    """`fitcheck batch`, as a user runs it; `told` writes the summary too."""
    words = (PYTHON, "-m", "fitcheck", "batch", source, "-o", out, "--engine", engine)
    written = (out, f"{Path(out).stem}-rejects.csv")
    return Command((*words, *options, *(("--summary", "summary.json") if told else ())), (0, REJECTED), written)


def copy(source: str) -> Command:
    """Copy a table through polars, every cell as text: the least that reading and writing it costs."""
    return Command((PYTHON, "-c", COPY.format(source, "copy.csv")), written=("copy.csv",))


def module(name: str, *words: str, codes: tuple[int, ...] = (0,)) -> Command:
    """One of the scripts beside this one."""
    return Command((PYTHON, "-m", MODULE + name, *words), codes)


def engine_taken(source: str, folder: Path) -> str:
    """Return which engine fitcheck takes by itself for a table; it says so on a terminal only."""
    seen, terminal = os.openpty()
    with subprocess.Popen(ours(source).words, stdout=terminal, stderr=subprocess.DEVNULL, cwd=folder) as child:
        os.close(terminal)
        printed = b"".join(_until_closed(seen))
        os.close(seen)
    if child.returncode not in {0, REJECTED}:
        raise RuntimeError(f"fitcheck batch ended with {child.returncode}:\n{printed.decode()}")
    found = re.search(rb"\bengine (\w+)", printed)
    return found[1].decode() if found else "not said"


def _until_closed(terminal: int) -> Iterator[bytes]:
    """Yield what a terminal is told until nobody is left to tell it anything, which Linux calls an error."""
    with suppress(OSError):
        while part := os.read(terminal, 1 << 16):
            yield part


def columns_without_odds(folder: Path) -> str:
    """Return what `--columns` takes for everything that needs no probability, hours or money."""
    rules = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
    dimensions = [column for column, *_ in rules[3]]
    scores = ("verdict", "settled", "score", "score_low", "score_high", "known", *dimensions)
    return ",".join((*scores, "failed_gates", "reason_1", "reason_2", "reason_3"))


def columns_of_plain(folder: Path) -> str:
    """Return what `--columns` takes for what the plain row writes."""
    left = {"settled", "score_low", "score_high", "known"}
    return ",".join(["ids", *(name for name in columns_without_odds(folder).split(",") if name not in left)])
