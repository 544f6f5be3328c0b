"""An interview on a real terminal: line editing, signals, and which stream gets what."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from cli.processes import environment

from fitcheck.api import load_prospect, load_screen
from fitcheck.cli.exit_codes import Exit

PILOT = load_screen("pilot")
COMMAND = [sys.executable, "-m", "fitcheck", "interview", "acme.yaml"]
UP, LEFT, DELETE = "\x1b[A", "\x1b[D", "\x7f"


class Terminal:
    """An interview on a terminal of 24 lines and 80 columns, as a shell would start it."""

    def __init__(self, folder: Path, stdout: int | None = None) -> None:
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        start = (
            "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", start, *COMMAND], cwd=folder, env=environment(TERM="xterm-256color"),
            stdin=theirs, stdout=theirs if stdout is None else stdout, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.received = ""

    def type(self, text: str) -> None:
        """Type into it."""
        os.write(self.ours, text.encode())

    def wait_for(self, text: str) -> str:
        """Read until a text has come; return what came up to it."""
        end = time.monotonic() + 60
        while text not in self.received:
            assert time.monotonic() < end, self.received
            if select.select([self.ours], [], [], 1)[0]:
                self.received += os.read(self.ours, 65536).decode()
        before, _, self.received = self.received.partition(text)
        return before

    def answer(self, text: str, prompt: str = "two people): ") -> None:
        """Answer the next question."""
        self.wait_for(prompt)
        self.type(f"{text}\r")

    def interrupt(self) -> None:
        """
        Press Ctrl-C until it has been heard.

        Between two keys readline looks at no signal: one that comes just then is heard with the next.
        """
        for _ in range(60):
            self.type("\x03")
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=1)
                return

    def end(self) -> tuple[int, str]:
        """Wait for its end; return the exit code and what else it showed."""
        with suppress(OSError):  # the other end is closed
            while chunk := os.read(self.ours, 65536):
                self.received += chunk.decode()
        return self.process.wait(timeout=60), self.received

    def close(self) -> None:
        """Close the window."""
        os.close(self.ours)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path)
    yield opened
    with suppress(OSError):
        opened.close()
    opened.process.kill()
    opened.process.wait()


def evidence(folder: Path, question: str) -> tuple[str | None, str | None]:
    answer = load_prospect(folder / "acme.yaml", PILOT).answer(question)
    return answer.option, answer.evidence


def test_lines_can_be_edited_and_recalled(terminal: Terminal, tmp_path: Path) -> None:
    pytest.importorskip("readline")
    terminal.answer(f"Acmes{DELETE}", "prospect: ")
    terminal.answer("30000 EUR", "unknown): ")
    terminal.answer(f"1 they tld us{LEFT * 5}o")
    terminal.answer(UP)
    terminal.answer("q")
    assert terminal.end()[0] == Exit.DONE
    saved = load_prospect(tmp_path / "acme.yaml", PILOT)
    assert saved.name == "Acme"
    first, second = (
        question.options[0].id for name in PILOT.core[:2] for question in PILOT.asked if question.id == name
    )
    assert evidence(tmp_path, PILOT.core[0]) == (first, "they told us")
    assert evidence(tmp_path, PILOT.core[1]) == (second, "they told us")


def test_ctrl_c_keeps_the_answers_and_says_how_to_resume(terminal: Terminal, tmp_path: Path) -> None:
    for typed, prompt in (("Acme", "prospect: "), ("", "unknown): "), ("2", "people): ")):
        terminal.answer(typed, prompt)
    terminal.wait_for("people): ")
    terminal.type("1 half a sen")
    terminal.wait_for("half a sen")
    terminal.interrupt()
    code, told = terminal.end()
    assert code == Exit.INTERRUPTED
    assert "Saved: acme.yaml. To resume: fitcheck interview acme.yaml" in told
    assert "Traceback" not in told
    answers = load_prospect(tmp_path / "acme.yaml", PILOT).answers.values()
    assert [answer.option for answer in answers if answer.option] == ["a_part_worth_having"]


def test_ctrl_c_after_going_back_keeps_the_answers(terminal: Terminal, tmp_path: Path) -> None:
    for typed, prompt in (("Acme", "prospect: "), ("", "unknown): "), ("2 of us", "people): "), ("b", "people): ")):
        terminal.answer(typed, prompt)
    shown = terminal.wait_for("people): ")
    assert "now: " in shown
    assert "Enter keeps 2" in shown
    terminal.interrupt()
    assert terminal.end()[0] == Exit.INTERRUPTED
    assert evidence(tmp_path, PILOT.core[0]) == ("a_part_worth_having", "of us")


def test_a_closed_terminal_keeps_the_answers(terminal: Terminal, tmp_path: Path) -> None:
    for typed, prompt in (("Acme", "prospect: "), ("", "unknown): "), ("2 of us", "people): ")):
        terminal.answer(typed, prompt)
    terminal.wait_for("people): ")
    terminal.close()
    assert terminal.process.wait(timeout=60) == Exit.HUNG_UP
    assert evidence(tmp_path, PILOT.core[0]) == ("a_part_worth_having", "of us")


def test_with_standard_output_in_a_file_the_report_alone_goes_there(tmp_path: Path) -> None:
    with (tmp_path / "report.txt").open("wb") as report:
        terminal = Terminal(tmp_path, stdout=report.fileno())
    for typed, prompt in (("Acme", "prospect: "), ("", "unknown): "), ("5", "people): "), ("", "[y/N] ")):
        terminal.answer(typed, prompt)
    assert terminal.end()[0] == Exit.DONE
    assert (tmp_path / "report.txt").read_text(encoding="utf-8").startswith("NOT NOW  Acme")
    os.close(terminal.ours)


def test_a_question_is_shown_again_before_typing_errors_scroll_it_off(terminal: Terminal) -> None:
    for typed, prompt in (("Acme", "prospect: "), ("", "unknown): ")):
        terminal.answer(typed, prompt)
    shown = ""
    for _ in range(12):
        shown += f"{terminal.wait_for('people): ')}people): "
        assert "What problem do they want solved" in "".join(shown.splitlines()[-24:])
        terminal.type("nonsense\r")


def test_in_a_pipe_ctrl_c_keeps_the_answers(tmp_path: Path) -> None:
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment()
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"Acme\n\n1\n2\n")
        process.stdin.flush()
        told = b""
        while b"question 3 of 9" not in told:
            told += os.read(process.stderr.fileno(), 4096)
        for _ in range(60):  # Python hears of a signal that comes just before it waits for input only with the next
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=1)
                break
        assert process.returncode == Exit.INTERRUPTED
        assert process.stderr.read().endswith(b"\nSaved: acme.yaml. To resume: fitcheck interview acme.yaml\n")
    answers = load_prospect(tmp_path / "acme.yaml", PILOT).answers.values()
    assert len([answer for answer in answers if answer.option]) == 2
