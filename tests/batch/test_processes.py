"""A table that several processes score comes out as from one, and whatever ends one of them ends the run cleanly."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path

import pytest
from cli.processes import assert_it_ends_quietly, earlier_run, environment, limited

from fitcheck.batch import processes
from fitcheck.cli.exits import Exit

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks safely")

FAST = ("polars", "compiled")
ENGINES = ("python", *FAST)

ROWS = (
    b"severe,clear,1", b"some,clear,2", b"severe,claer,3", b"severe,,4", b'severe,clear,"5, ""x"""', b"too,few",
    b'"severe",clear,"six\nlines"', b"", b"some,\xc3\xa9,7", b"none,clear,=8",
)  # fmt: skip

RUN = """
import os, sys
from fitcheck.batch import blocks, byblocks, opening, processes
blocks.BLOCK = opening.SAMPLE_BYTES = byblocks.LARGE = {block}
processes._processes = lambda files: {count}
os.environ["FITCHECK_DEBUG"] = "1"
{more}
from fitcheck.__main__ import main
main()
"""
"""The command with blocks of a few rows, so that a small table has many, and with so many processes."""

CHANGED = """
import time
from fitcheck.batch import byblocks
make = byblocks._made
def changed(*words):
    engine = make(*words)
    score = engine.score
    def other(block, *more):
        if {}:
            {}
        return score(block, *more)
    engine.score = other
    return engine
byblocks._made = changed
"""
"""Something else happens where some blocks are scored."""

WAIT = CHANGED.format("block.first_line < 50", "time.sleep(60)")
"""The first block takes a minute, so that all others wait for their turn."""


def fail(how: str) -> str:
    """Scoring goes wrong at blocks below line 400."""
    return CHANGED.format("block.first_line > 400", how)


def command(*argv: str, count: int, block: int = 1000, more: str = "", engine: str = "polars") -> list[str]:
    script = RUN.format(block=block, count=count, more=more)
    return [sys.executable, "-c", script, "batch", *argv, "--screen", "worked.yaml", "--engine", engine]


def table(rows: int) -> bytes:
    return b"pain,goal,note\n" + b"".join(row + b"\n" for row in islice(cycle(ROWS), rows))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (earlier_run(tmp_path) / "big.csv").write_bytes(table(2000))
    return tmp_path


OUTPUTS = ("-o", "o.csv", "--rejects", "r.csv", "--summary", "s.json")


def run(folder: Path, words: Sequence[str], **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(words, check=False, capture_output=True, cwd=folder, env=environment(), **more)  # type: ignore[call-overload,no-any-return]  # what the tests give


@contextmanager
def begun(folder: Path, words: Sequence[str], processes: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A run that has begun so many others."""
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder,
                          env=environment()) as process:  # fmt: skip
        try:
            until = time.monotonic() + 30
            while len(others_of(process.pid)) < processes and time.monotonic() < until:
                time.sleep(0.02)
            assert len(others_of(process.pid)) == processes
            yield process
        finally:
            process.kill()


def outputs(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in OUTPUTS[1::2]]


@pytest.mark.parametrize("engine", ENGINES)
def test_several_processes_write_what_one_writes(folder: Path, engine: str) -> None:
    one = run(folder, command("big.csv", *OUTPUTS, count=1, engine=engine))
    assert one.returncode == Exit.REJECTED, one.stderr
    expected = outputs(folder)
    assert expected[0].count(b"\n") > 900
    for count, block in ((2, 1000), (3, 300), (4, 5000)):
        several = run(folder, command("big.csv", *OUTPUTS, count=count, block=block, engine=engine))
        assert (several.returncode, several.stdout, several.stderr) == (one.returncode, one.stdout, b"")
        assert outputs(folder) == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_streams_go_through_several_processes(folder: Path, engine: str) -> None:
    data = (folder / "big.csv").read_bytes()
    one, several = (run(folder, command("-", "-o", "-", count=count, engine=engine), input=data) for count in (1, 3))
    assert one.returncode == several.returncode == Exit.REJECTED
    assert one.stdout == several.stdout
    assert len(one.stdout) > len(data)


def test_a_fault_in_one_process_is_told_and_leaves_the_old_files(folder: Path) -> None:
    told = run(folder, command("big.csv", *OUTPUTS, count=3, more=fail("raise RuntimeError(block.first_line)")))
    assert told.returncode == Exit.FAULT
    assert told.stderr.endswith(b"\nRuntimeError: 402\n")  # the first of those that fail
    assert outputs(folder) == [b"old\n"] * 3
    assert not [*folder.glob(".*")]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_process_that_is_killed_ends_the_run_with_a_word(folder: Path, engine: str) -> None:
    more = fail("os.kill(os.getpid(), 9)")
    told = run(folder, command("big.csv", *OUTPUTS, count=3, more=more, engine=engine), timeout=60)
    assert (told.returncode, told.stdout) == (Exit.USAGE, b"")
    assert told.stderr.startswith(b"error[stopped]: a process that scored part of the table was ended")
    assert (b"--engine python takes least" in told.stderr) == (engine != "python")
    assert outputs(folder) == [b"old\n"] * 3
    assert not [*folder.glob(".*")]


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_is_killed_while_it_waits_for_its_turn_ends_the_run(folder: Path, sent: signal.Signals) -> None:
    with begun(folder, command("big.csv", *OUTPUTS, count=3, more=WAIT), 3) as process:
        time.sleep(1)
        os.kill(others_of(process.pid)[1], sent)
        out, told = process.communicate(timeout=30)
    assert (process.returncode, out) == (Exit.USAGE, b"")
    assert told.startswith(b"error[stopped]")
    assert outputs(folder) == [b"old\n"] * 3


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, Exit.TERMINATED), (signal.SIGINT, Exit.INTERRUPTED)])
def test_a_reader_that_is_stuck_does_not_keep_a_run_from_being_ended(
    folder: Path, sent: signal.Signals, code: Exit
) -> None:
    (folder / "big.csv").write_bytes(table(20_000))
    with begun(folder, command("big.csv", "-o", "-", count=3), 3) as process:
        time.sleep(1)  # the pipe is full by then
        others = others_of(process.pid)
        process.send_signal(sent)
        assert process.wait(timeout=30) == code
        assert gone(others)


@pytest.mark.parametrize("limit", ["-n 12", "-n 15", "-n 18"])
def test_where_no_processes_can_be_begun_one_scores_all(folder: Path, limit: str) -> None:
    assert run(folder, command("big.csv", *OUTPUTS, count=1)).returncode == Exit.REJECTED
    expected = outputs(folder)
    told = run(folder, limited(f"ulimit {limit}", command("big.csv", *OUTPUTS, count=3)), timeout=60)
    assert (told.returncode, told.stderr) == (Exit.REJECTED, b"")
    assert outputs(folder) == expected


NO_THREAD = """
from threading import Thread
from fitcheck.batch import processes
def refuse(*_):
    raise RuntimeError("can't start new thread")
Thread.start = refuse
"""
NO_MEMORY = """
from multiprocessing.connection import Connection
def refuse(self):
    raise MemoryError
take = processes._take
def taking(pipe, given):
    Connection.recv = refuse
    take(pipe, given)
processes._take = taking
import threading
threading.excepthook = lambda *_: None
"""
NO_LIBRARY = """
from fitcheck.batch import byblocks
def refuse(*_):
    raise ImportError("its library is broken")
byblocks._made = refuse
"""


@pytest.mark.parametrize("more", [NO_THREAD, NO_MEMORY])
def test_a_process_that_can_not_take_in_blocks_ends_the_run(folder: Path, more: str) -> None:
    told = run(folder, command("big.csv", *OUTPUTS, count=3, more=more), timeout=60)
    assert (told.returncode, told.stdout) == (Exit.USAGE, b"")
    assert told.stderr.startswith(b"error[stopped]")
    assert outputs(folder) == [b"old\n"] * 3


@pytest.mark.parametrize("engine", FAST)
@pytest.mark.parametrize("count", [1, 3])
def test_a_library_that_can_not_be_imported_is_told_with_the_reason(folder: Path, count: int, engine: str) -> None:
    told = run(folder, command("big.csv", *OUTPUTS, count=count, more=NO_LIBRARY, engine=engine), timeout=60)
    assert (told.returncode, told.stdout) == (Exit.USAGE, b"")
    said = f"error[no-engine]: the {engine} engine can't run here: its library is broken"
    assert told.stderr.decode().startswith(said)
    assert outputs(folder) == [b"old\n"] * 3


def test_a_process_that_was_stopped_is_ended_too(folder: Path) -> None:
    with begun(folder, command("big.csv", *OUTPUTS, count=3, more=WAIT), 3) as process:
        others = others_of(process.pid)
        os.kill(others[1], signal.SIGSTOP)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == Exit.TERMINATED
        assert gone(others)


ENDED = """
import signal
from multiprocessing.context import ForkProcess
start = ForkProcess.start
def stopped(process):
    start(process)
    os.kill(process.pid, signal.SIGSTOP)
    os.kill(os.getpid(), signal.SIGTERM)
ForkProcess.start = stopped
"""
"""The run is ended as soon as it has begun a process, which would not hear of it."""


def test_a_run_that_is_ended_while_it_begins_processes_leaves_none(folder: Path) -> None:
    told = run(folder, command("big.csv", *OUTPUTS, count=3, more=ENDED), timeout=30)
    assert (told.returncode, told.stdout, told.stderr) == (Exit.TERMINATED, b"", b"")
    assert outputs(folder) == [b"old\n"] * 3


def test_who_was_begun_by_nohup_outlives_the_terminal(folder: Path) -> None:
    words = command("big.csv", *OUTPUTS, count=3, more="import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)")
    with begun(folder, words, 3) as process:
        process.send_signal(signal.SIGHUP)
        assert process.wait(timeout=60) == Exit.REJECTED


def test_a_table_that_becomes_shorter_meanwhile_ends_the_run(folder: Path) -> None:
    more = CHANGED.format("block.first_line == 2", "os.truncate('big.csv', 5000)")
    told = run(folder, command("big.csv", *OUTPUTS, count=3, more=more, engine="compiled"), timeout=60)
    assert (told.returncode, told.stdout) == (Exit.DOCUMENT, b"")
    assert told.stderr.startswith(b"error[cannot-read]")
    assert b"the table became shorter while it was read" in told.stderr
    assert outputs(folder) == [b"old\n"] * 3


def test_a_full_disk_is_said_in_one_problem(folder: Path) -> None:
    told = run(folder, limited("ulimit -f 40", command("big.csv", *OUTPUTS, count=3)), timeout=60)
    assert (told.returncode, told.stdout) == (Exit.USAGE, b"")
    assert told.stderr.startswith(b"error[cannot-write]: can't write o.csv")
    assert outputs(folder) == [b"old\n"] * 3


def others_of(pid: int) -> list[int]:
    """The processes that a process has begun."""
    return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split())]


def gone(pids: Sequence[int]) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for pid in pids:
            with suppress(OSError):
                os.kill(pid, 0)
                break
        else:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_when_the_first_process_ends_the_others_do(folder: Path, sent: signal.Signals) -> None:
    with begun(folder, command("big.csv", *OUTPUTS, count=3, more=WAIT), 3) as process:
        others = others_of(process.pid)
        process.send_signal(sent)
        _, told = process.communicate(timeout=60)
    assert b"Traceback" not in told
    assert gone(others)
    assert outputs(folder) == [b"old\n"] * 3


def test_a_reader_that_has_enough_ends_the_run_quietly(folder: Path) -> None:
    with begun(folder, command("big.csv", "-o", "-", count=3), 3) as process:
        assert_it_ends_quietly(process)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """As it is in a process that has begun no thread and has not imported polars."""
    monkeypatch.delitem(sys.modules, "polars", raising=False)
    monkeypatch.setattr("threading.active_count", lambda: 1)
    return monkeypatch


def test_files_in_memory_are_written_by_this_process_alone(alone: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alone.setattr(os, "sched_getaffinity", lambda _: range(3))
    with (tmp_path / "o.csv").open("wb") as file:
        assert processes._processes([file]) == 3
        assert processes._processes([file, BytesIO()]) == 1


def test_a_daemon_begins_no_process(alone: pytest.MonkeyPatch) -> None:
    class Daemon:
        daemon = True

    alone.setattr(processes, "current_process", Daemon)
    assert processes._processes([]) == 1
    alone.setattr(Daemon, "daemon", False)
    assert processes._processes([]) == min(processes.MOST, len(os.sched_getaffinity(0)))
