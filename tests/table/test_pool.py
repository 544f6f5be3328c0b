"""A table that several processes score comes out as from one, and whatever ends one of them ends the run cleanly."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle, islice
from multiprocessing import active_children
from pathlib import Path

import pytest
from cli.processes import assert_it_ends_quietly, earlier_run, environment, limited
from strategies import worked_example
from table.tables import score

from fitcheck.cli.exit_codes import Exit
from fitcheck.report.json.batch import BatchDocument
from fitcheck.table import pool
from fitcheck.table.run import Job

ROWS = (
    b"severe,clear,1", b"some,clear,2", b"severe,claer,3", b"severe,,4", b'severe,clear,"5, ""x"""', b"too,few",
    b'"severe",clear,"six\nlines"', b"", b"some,\xc3\xa9,7", b"none,clear,=8", b"Total,12,", b'some,clear,"9',
)  # fmt: skip
JSON = (
    b'{"pain": "severe", "goal": "clear", "n": 1.50}', b"", b'{"pain": "sevre"}', b"[1]", b'{"pain": "some", "x": 1}',
)  # fmt: skip
JOB = Job(worked_example().screen, "pilot")

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def table(rows: int) -> bytes:
    return b"pain,goal,note\n" + b"".join(row + b"\n" for row in islice(cycle(ROWS), rows))


@pytest.mark.parametrize(("name", "data"), [("t.csv", table(300)), ("t.jsonl", b"\n".join(islice(cycle(JSON), 90)))])
@pytest.mark.parametrize(("processes", "rows"), [(1, 7), (2, 40), (3, 5)])
def test_the_number_of_processes_changes_no_byte_and_no_count(
    name: str, data: bytes, processes: int, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = score(JOB, data, "jsonl", name=name)
    assert whole.result.tally.rejected > 30
    monkeypatch.setattr(pool, "ROWS", rows)
    shared = score(JOB, data, "jsonl", processes, name)
    assert (shared.scored, shared.rejects) == (whole.scored, whole.rejects)
    assert BatchDocument.json_text(shared.result) == BatchDocument.json_text(whole.result)
    assert not active_children()


def test_a_short_table_is_scored_here_and_a_long_one_by_a_process_for_each_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = []

    @contextmanager
    def begin(_: object, processes: int) -> Iterator[None]:
        begun.append(processes)
        raise NotImplementedError
        yield

    monkeypatch.setattr(pool, "ROWS", 10)
    monkeypatch.setattr(pool, "_pool", begin)
    monkeypatch.setattr(pool, "_processors", lambda: 3)
    assert score(JOB, table(10 * pool.FEW)).result.tally.read > 50
    with pytest.raises(NotImplementedError):
        score(JOB, table(20 * pool.FEW))
    assert begun == [3]


RUN = """
from fitcheck.table import pool
pool.ROWS, pool.FEW, pool._processors = 50, 0, lambda: 3
from fitcheck.__main__ import main
main()
"""
"""The command with batches of a few rows, which three processes share."""

WITHOUT_POSIX = """
import os, signal
for module, name in ((signal, "pthread_sigmask"), (os, "fchmod"), (os, "set_blocking"), (os, "sched_getaffinity")):
    if hasattr(module, name):
        delattr(module, name)
"""
"""Leaves the first process what Windows has too."""

LONG = b"pain,goal,note\n" + b"severe,clear,%s\n" % (b"x" * 10_000) * 500
"""A table that is read in several steps, though it has few rows."""

OUTPUTS = ("-o", "o.csv", "--rejects", "r.csv", "--summary", "s.json")


def command(*argv: str, begin: str = "") -> list[str]:
    return [sys.executable, "-c", begin + RUN, "batch", *argv, "--screen", "worked.yaml"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (earlier_run(tmp_path) / "big.csv").write_bytes(table(3000))
    return tmp_path


def outputs(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in OUTPUTS[1::2]]


@contextmanager
def waiting(folder: Path, *argv: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A run whose processes have begun, and which waits for more rows."""
    with subprocess.Popen(command("-", *argv), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          cwd=folder, env=environment()) as process:  # fmt: skip
        try:
            assert process.stdin is not None
            process.stdin.write(LONG)
            process.stdin.flush()
            until = time.monotonic() + 60
            while len(workers_of(process.pid)) < 3 and time.monotonic() < until:
                time.sleep(0.02)
            assert len(workers_of(process.pid)) == 3
            yield process
        finally:
            process.kill()


def workers_of(pid: int) -> list[int]:
    """The processes that score for a process."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def gone(pids: Sequence[int]) -> bool:
    until = time.monotonic() + 30
    left = [*pids]
    while left and time.monotonic() < until:
        for pid in [*left]:
            with suppress(OSError):
                os.kill(pid, 0)
                continue
            left.remove(pid)
        time.sleep(0.02)
    return not left


@linux
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_when_the_first_process_ends_the_others_do_and_the_old_files_stay(folder: Path, sent: signal.Signals) -> None:
    codes = {
        signal.SIGINT: Exit.INTERRUPTED,
        signal.SIGTERM: Exit.TERMINATED,
        signal.SIGHUP: Exit.HUNG_UP,
        signal.SIGKILL: -signal.SIGKILL,
    }
    with waiting(folder, *OUTPUTS) as process:
        workers = workers_of(process.pid)
        process.send_signal(sent)
        _, told = process.communicate(timeout=60)
    assert process.returncode == codes[sent]
    assert b"Traceback" not in told
    assert gone(workers)
    assert outputs(folder) == [b"old\n"] * 3


@linux
def test_ctrl_c_which_all_processes_hear_is_told_once(folder: Path) -> None:
    with waiting(folder, *OUTPUTS) as process:
        workers = workers_of(process.pid)
        for pid in (*workers, process.pid):
            os.kill(pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (Exit.INTERRUPTED, b"fitcheck: interrupted; no files were changed\n")
    assert gone(workers)


@linux
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_is_ended_ends_the_run_with_a_sentence(folder: Path, sent: signal.Signals) -> None:
    with waiting(folder, *OUTPUTS) as process:
        workers = workers_of(process.pid)
        os.kill(workers[1], sent)
        out, told = process.communicate(table(20_000), timeout=60)
    assert (process.returncode, out) == (Exit.USAGE, b"")
    assert told.startswith(b"error[stopped]: a process that scored part of the table was ended")
    assert gone(workers)
    assert outputs(folder) == [b"old\n"] * 3
    assert not [*folder.glob(".*")]


@linux
def test_a_reader_that_has_enough_ends_the_run_quietly(folder: Path) -> None:
    with waiting(folder, "-o", "-") as process:
        assert process.stdin is not None
        workers = workers_of(process.pid)
        process.stdin.close()
        assert_it_ends_quietly(process)
        assert gone(workers)


def test_where_only_posix_could_help_the_same_files_are_written(folder: Path) -> None:
    written = []
    for begin in ("", WITHOUT_POSIX):
        words = command("big.csv", *OUTPUTS, begin=begin)
        told = subprocess.run(words, check=False, capture_output=True, cwd=folder, env=environment(), timeout=60)
        assert told.returncode == Exit.REJECTED, told.stderr
        written.append(outputs(folder))
    assert written[0] == written[1] != [b"old\n"] * 3


def test_a_full_disk_is_told_in_one_problem(folder: Path) -> None:
    words = limited("ulimit -f 40", command("big.csv", *OUTPUTS))
    told = subprocess.run(words, check=False, capture_output=True, cwd=folder, env=environment(), timeout=60)
    assert (told.returncode, told.stdout) == (Exit.USAGE, b"")
    assert told.stderr.startswith(b"error[cannot-write]: cannot write o.csv")
    assert outputs(folder) == [b"old\n"] * 3


@pytest.mark.parametrize("limit", [12, 18])
def test_where_no_process_can_be_begun_it_is_told(folder: Path, limit: int) -> None:
    words = limited(f"ulimit -n {limit}", command("big.csv", *OUTPUTS))
    told = subprocess.run(words, check=False, capture_output=True, cwd=folder, env=environment(), timeout=60)
    assert (told.returncode, told.stdout) == (Exit.USAGE, b"")
    assert told.stderr.startswith(b"error[stopped]: no process can be begun that scores part of the table: ")
    assert outputs(folder) == [b"old\n"] * 3
