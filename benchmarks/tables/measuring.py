"""Whole processes, measured side by side. Imports little: a child's peak memory can't be seen below its parent's."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
EVERY = 0.25
"""Seconds between two looks at the memory of several processes."""

TOLD = 2_000
"""Bytes that are kept of the beginning and of the end of what a process prints."""


class Command(NamedTuple):
    """
    One process.

    Attributes:
        words: program and arguments.
        codes: exit codes of one that went well.
        written: files that it writes; they are removed before, so that every command begins with new ones.
    """

    words: tuple[str, ...]
    codes: tuple[int, ...] = (0,)
    written: tuple[str, ...] = ()


class Run(NamedTuple):
    """
    What one command took.

    Attributes:
        wall: time [s].
        cpu: processor time of all its processes [s].
        peak: memory [MB]; where there are several processes, all of theirs together, looked at now and then.
        printed: first and last of what it printed.
    """

    wall: float
    cpu: float
    peak: float
    printed: str


def run(command: Command, folder: Path, *, watched: bool = False) -> Run:
    """
    Run one process in a folder.

    Args:
        command: what to run.
        folder: where.
        watched: look at the memory of all its processes together, which takes time that others could use.

    Raises:
        RuntimeError: it ended with another exit code.
    """
    log = folder / "printed.txt"
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}  # of the tree that this is part of
    for name in command.written:
        (folder / name).unlink(missing_ok=True)
    with log.open("wb") as out:
        begun = time.perf_counter()
        child = subprocess.Popen(command.words, stdout=out, stderr=subprocess.STDOUT, cwd=folder, env=environment)
        with together(child.pid) if watched else nullcontext(()) as peaks:
            _, status, usage = os.wait4(child.pid, 0)
            wall = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    printed = ends(log)
    if child.returncode not in command.codes:
        raise RuntimeError(f"{' '.join(command.words)} ended with {child.returncode}:\n{printed}")
    return Run(wall, usage.ru_utime + usage.ru_stime, max([usage.ru_maxrss * 1024 / 1e6, *peaks]), printed)


@contextmanager
def together(pid: int) -> Iterator[list[float]]:
    """Note, now and then, how much memory a process and those that it begins take together [MB]."""
    found: list[float] = []
    ended = Event()

    def look() -> None:
        while not ended.wait(EVERY):
            begun = children(pid)
            if begun:
                found.append(sum(map(share, (pid, *begun))))

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield found
    finally:
        ended.set()
        watcher.join()


def children(pid: int) -> list[int]:
    """Processes that a process has begun, where the system tells them."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def share(pid: int) -> float:
    """Memory of a process, what it shares with others divided among them [MB]; 0 if it is gone."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) * 1024 / 1e6 for line in told.splitlines() if line.startswith("Pss:"))


def ends(log: Path) -> str:
    """Return the first and the last `TOLD` bytes of a file: this process has to stay small."""
    with log.open("rb") as file:
        first = file.read(TOLD)
        file.seek(max(len(first), log.stat().st_size - TOLD))
        return (first + file.read()).decode("utf-8", "replace")


def side_by_side(commands: Mapping[str, Command], rounds: int, folder: Path) -> dict[str, list[Run]]:
    """Run every command once a round, one after the other; then each once more for its memory."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(run(command, folder))
    for name, command in commands.items():
        memory = run(command, folder, watched=True).peak
        found[name] = [one._replace(peak=memory) for one in found[name]]
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
