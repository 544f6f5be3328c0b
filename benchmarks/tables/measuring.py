"""Whole processes, measured side by side. Imports little: a child's peak memory can't be seen below its parent's."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
TOLD = 2_000
"""Bytes that are kept of the beginning and of the end of what a process prints."""


class Command(NamedTuple):
    """
    One process.

    Attributes:
        words: program and arguments.
        codes: exit codes of one that went well.
    """

    words: tuple[str, ...]
    codes: tuple[int, ...] = (0,)


class Run(NamedTuple):
    """Wall seconds, processor seconds and peak memory [MB] of one process; first and last of what it printed."""

    wall: float
    cpu: float
    peak: float
    printed: str


def run(command: Command, folder: Path) -> Run:
    """
    Run one process in a folder.

    Raises:
        RuntimeError: it ended with another exit code.
    """
    log = folder / "printed.txt"
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}  # of the tree that this is part of
    with log.open("wb") as out:
        begun = time.perf_counter()
        child = subprocess.Popen(command.words, stdout=out, stderr=subprocess.STDOUT, cwd=folder, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    printed = ends(log)
    if child.returncode not in command.codes:
        raise RuntimeError(f"{' '.join(command.words)} ended with {child.returncode}:\n{printed}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, printed)


def ends(log: Path) -> str:
    """Return the first and the last `TOLD` bytes of a file: this process has to stay small."""
    with log.open("rb") as file:
        first = file.read(TOLD)
        file.seek(max(len(first), log.stat().st_size - TOLD))
        return (first + file.read()).decode("utf-8", "replace")


def side_by_side(commands: Mapping[str, Command], rounds: int, folder: Path) -> dict[str, list[Run]]:
    """Run every command once a round, one after the other."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(run(command, folder))
    return found


def median(runs: Sequence[Run], figure: Callable[[Run], float]) -> float:
    """Median of one figure of several runs."""
    return statistics.median(map(figure, runs))


def ratio(these: Sequence[Run], those: Sequence[Run], figure: Callable[[Run], float]) -> float:
    """Median of the ratios, round by round."""
    return statistics.median(figure(a) / figure(b) for a, b in zip(these, those, strict=True))


def wall(found: Run) -> float:
    """Wall time [s]."""
    return found.wall


def cpu(found: Run) -> float:
    """Processor time [s]."""
    return found.cpu


def peak(found: Run) -> float:
    """Peak memory [MB]."""
    return found.peak
