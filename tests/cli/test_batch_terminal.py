"""`fitcheck batch` on terminals of every width."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from cli.processes import COMMAND, LONG_RUN, earlier_run, environment, run, table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return earlier_run(tmp_path)


@pytest.mark.parametrize("columns", [80, 60, 38, 20, 1])
@pytest.mark.parametrize("options", [[], ["--explain"], ["--map-only"]])
def test_no_width_breaks_the_screen(folder: Path, columns: int, options: list[str]) -> None:
    told = run(folder, "t.csv", *options, COLUMNS=str(columns)).stdout.decode()
    assert max(map(len, told.splitlines())) <= max(columns, 20)


def on_a_terminal(folder: Path, *argv: str, command: Sequence[str] = COMMAND) -> str:
    """Run on a terminal of 80 columns and return what it received on both streams."""

    def chunks() -> Iterator[bytes]:
        while select.select([ours], [], [], 60)[0]:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # the other end is closed
                return
            if not chunk:
                return
            yield chunk

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen([*command, *argv, "--screen", "worked.yaml"], stdin=theirs, stdout=theirs,
                               stderr=theirs, cwd=folder, env=environment(TERM="xterm-256color"))  # fmt: skip
    os.close(theirs)
    received = b"".join(chunks())
    process.wait(timeout=60)
    os.close(ours)
    return received.decode()


def test_progress_is_shown_on_a_terminal_and_leaves_no_trace(folder: Path) -> None:
    (folder / "big.csv").write_bytes(table(LONG_RUN))
    told = on_a_terminal(folder, "big.csv")
    steps = re.findall(r"\r([\d,]+) rows  [█░]{24}  (\d+) %", told)
    assert len(steps) > 1
    assert [int(share) for _, share in steps] == sorted(int(share) for _, share in steps)
    assert re.search(r"\r +\r(?=[^\r]*200,000 of 200,000)", told)


def test_a_short_run_and_a_pipe_show_no_progress(folder: Path) -> None:
    assert "%  " not in on_a_terminal(folder, "t.csv").partition("1 of 2")[0]
    (folder / "big.csv").write_bytes(table(LONG_RUN))
    assert run(folder, "big.csv").stderr == b""
