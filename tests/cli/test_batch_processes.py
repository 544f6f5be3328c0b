"""`fitcheck batch` as a process: streams, signals, full disks, and the same bytes every time."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli.processes import COMMAND, LONG_RUN, assert_it_ends_quietly, earlier_run, environment, run, start, table

from fitcheck.cli.exit_codes import Exit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return earlier_run(tmp_path)


OUTPUTS = ["-o", "o.csv", "--rejects", "r.csv", "--summary", "s.json"]


def kept(folder: Path) -> bool:
    """Whether the files of the earlier run are as they were, and none lies beside them that was not there."""
    names = {"need.yaml", "worked.yaml", "t.csv", "o.csv", "r.csv", "s.json", "big.csv"}
    olds = [(folder / name).read_bytes() for name in ("o.csv", "r.csv", "s.json")]
    return olds == [b"old\n"] * 3 and {path.name for path in folder.iterdir()} <= names


def lines_of(told: bytes) -> int:
    return len(told.strip().splitlines())


def test_streams_go_through_and_the_summary_goes_to_standard_error(folder: Path) -> None:
    data = (folder / "t.csv").read_bytes()
    through = run(folder, "-", "-o", "-", stdin=data)
    written = run(folder, "t.csv", "-o", "o.csv")
    assert (through.returncode, written.returncode) == (Exit.REJECTED, Exit.REJECTED)
    assert through.stdout == (folder / "o.csv").read_bytes()
    assert b"1 of 2 rows scored" in through.stderr
    assert b"1 of 2 rows scored" in written.stdout
    assert written.stderr == b""


@pytest.mark.parametrize("kind", ["jsonl", "parquet", "xlsx"])
def test_other_formats_go_through_streams_too(folder: Path, kind: str) -> None:
    there = run(folder, "t.csv", "-o", "-", "--to", kind).stdout
    back = run(folder, "-", "--from", kind, "-o", "-", "--to", "csv", stdin=there).stdout
    assert back == run(folder, "t.csv", "-o", "-").stdout


def test_what_comes_from_a_stream_goes_out_in_its_format(folder: Path) -> None:
    line = b'{"pain": "severe", "goal": "clear"}\n'
    through = run(folder, "-", "--from", "jsonl", "-o", "-", stdin=line).stdout
    (folder / "t.jsonl").write_bytes(line)
    assert through == run(folder, "t.jsonl", "-o", "-").stdout


def test_a_summary_on_standard_output_is_json(folder: Path) -> None:
    told = run(folder, "t.csv", "--summary", "-")
    assert json.loads(told.stdout)["rows"] == {"read": 2, "scored": 1, "rejected": 1}


def test_rejects_on_standard_output_are_the_rejects(folder: Path) -> None:
    told = run(folder, "t.csv", "--rejects", "-")
    assert b"some,claer,2,3," in told.stdout


def test_rows_that_no_file_takes_are_said_to_be_kept_nowhere(folder: Path) -> None:
    """Without --rejects a stream leaves no file beside it: the user is told how to keep the rows."""
    told = run(folder, "t.csv", "-o", "-")
    assert b"--rejects" in told.stderr


def test_a_reader_that_has_enough_ends_the_run_quietly(folder: Path) -> None:
    (folder / "big.csv").write_bytes(table(LONG_RUN))
    with start(folder, "big.csv", "-o", "-") as process:
        assert_it_ends_quietly(process)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
@pytest.mark.parametrize("name", ["t.csv", "-"])
def test_a_closed_stream_is_no_fault_of_ours(folder: Path, closed: str, name: str) -> None:
    command = f"exec {' '.join(COMMAND)} {name} --screen worked.yaml {closed}"
    told = subprocess.run(["/bin/sh", "-c", command], check=False, capture_output=True, input=b"", cwd=folder,
                          env=environment())  # fmt: skip
    assert told.returncode != Exit.FAULT
    assert b"fault of fitcheck" not in told.stderr


@pytest.mark.parametrize("outputs", ["-o -", "--rejects -", "--summary -", "--map-only -o -"])
def test_a_result_for_a_standard_output_that_is_closed_is_refused(folder: Path, outputs: str) -> None:
    """It was said to be written there."""
    command = f"exec {' '.join(COMMAND)} t.csv --screen worked.yaml {outputs} >&-"
    told = subprocess.run(["/bin/sh", "-c", command], check=False, capture_output=True, cwd=folder, env=environment())
    assert told.returncode == Exit.USAGE
    assert told.stderr.startswith(b"error[cannot-write]: standard output is closed")


def test_a_stream_that_is_interrupted_is_not_said_to_be_empty(folder: Path) -> None:
    (folder / "big.csv").write_bytes(table(LONG_RUN))
    with start(folder, "big.csv", "-o", "-") as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (Exit.INTERRUPTED, b"fitcheck: interrupted; no files were changed\n")


def test_a_mapping_is_written_though_nobody_reads_the_proposal_to_its_end(folder: Path) -> None:
    with start(folder, "t.csv", "--map-only", "-o", "m.yaml") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        told = process.stderr.read()
    assert (process.returncode, told) == (Exit.PIPE_CLOSED, b"")
    assert "\ntitle: M\n" in (folder / "m.yaml").read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no such device here")
def test_standard_output_may_be_named_as_a_device(folder: Path) -> None:
    told = run(folder, "t.csv", "-o", "/dev/stdout")
    assert told.returncode == Exit.REJECTED
    assert told.stdout.startswith((folder / "t.csv").read_bytes()[:9])
    assert b"add --rejects FILE to keep" in told.stdout


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_the_old_files_and_no_others(folder: Path, sent: signal.Signals) -> None:
    process = start(folder, "-", *OUTPUTS)
    assert process.stdin is not None
    process.stdin.write(table(LONG_RUN))
    process.stdin.flush()
    until = time.monotonic() + 30
    while not list(folder.glob(".o.csv.*")) and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(sent)
    _, told = process.communicate(timeout=60)
    if sent == signal.SIGKILL:  # nothing can tidy up after that
        assert process.returncode == -signal.SIGKILL
        for left in folder.glob(".*"):
            left.unlink()
    elif sent == signal.SIGINT:
        assert process.returncode == Exit.INTERRUPTED
    assert b"Traceback" not in told
    assert kept(folder)
    assert run(folder, "t.csv", *OUTPUTS).returncode == Exit.REJECTED
    assert (folder / "o.csv").read_bytes().startswith(b"pain,goal,note,fit_verdict")


BEFORE = "import os, signal, sys\nfrom fitcheck.__main__ import main\n{how}\nmain()\n"
TOGETHER = """
from fitcheck.cli.commands import batch
opened = batch.table_stream
def disturbed(name):
    both = signal.SIGHUP, signal.SIGTERM
    signal.pthread_sigmask(signal.SIG_BLOCK, both)
    for sent in both:
        os.kill(os.getpid(), sent)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, both)
    return opened(name)
batch.table_stream = disturbed
"""
EARLY = """
class Import:
    def find_spec(self, name, *_):
        if name == "fitcheck.cli.app":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Import())
"""


@pytest.mark.parametrize(
    ("how", "code"),
    [(TOGETHER, Exit.HUNG_UP), (EARLY, Exit.INTERRUPTED)],
)
def test_signals_at_odd_moments_end_a_run_without_a_trace(folder: Path, how: str, code: Exit) -> None:
    words = [sys.executable, "-c", BEFORE.format(how=how), "batch", "t.csv", *OUTPUTS, "--screen", "worked.yaml"]
    told = subprocess.run(words, check=False, capture_output=True, cwd=folder, env=environment(), timeout=60)
    assert (told.returncode, told.stderr) == (code, b"")
    assert kept(folder)


def test_a_full_disk_leaves_the_old_files_and_is_said_in_one_problem(folder: Path) -> None:
    (folder / "big.csv").write_bytes(table(30_000))
    full = run(folder, "big.csv", *OUTPUTS, limits="ulimit -f 1000")
    assert (full.returncode, full.stdout) == (Exit.USAGE, b"")
    assert full.stderr.startswith(b"error[cannot-write]: cannot write o.csv")
    assert kept(folder)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_full_device_is_said_by_its_name(folder: Path) -> None:
    told = run(folder, "t.csv", "-o", "/dev/full")
    assert (told.returncode, told.stdout) == (Exit.USAGE, b"")
    assert b"cannot write /dev/full: No space left on device" in told.stderr
    assert b"= no files were changed" in told.stderr  # something was, to the device
    with Path("/dev/full").open("wb") as full:
        told = subprocess.run([*COMMAND, "t.csv", "-o", "-", "--screen", "worked.yaml"],
                              check=False, stdout=full, stderr=subprocess.PIPE, cwd=folder,
                              env=environment())  # fmt: skip
    assert told.returncode == Exit.USAGE
    assert b"can't write standard output: No space left on device" in told.stderr


@pytest.mark.parametrize(
    "outputs",
    [
        ["-o", "t.csv"], ["-o", "./t.csv"], ["-o", "link.csv"], ["-o", "hard.csv"], ["-o", "worked.yaml"],
        ["-o", "need.yaml"], ["-o", "."], ["-o", "no/such/o.csv"], ["-o", "o.csv", "--rejects", "o.csv"],
        ["-o", "o.txt", "--summary", "./o.txt"], ["-o", "o.csv", "--rejects", "t.csv"],
        ["-o", "o.csv", "--summary", "worked.yaml"], ["-o", "/proc/o.csv"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_place_that_can_not_be_written_to_changes_nothing(folder: Path, outputs: list[str]) -> None:
    (folder / "link.csv").symlink_to("t.csv")
    (folder / "hard.csv").hardlink_to(folder / "t.csv")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    told = run(folder, "t.csv", *outputs, "--to", "csv")
    assert (told.returncode, told.stdout) == (Exit.USAGE, b"")
    assert b"no files were changed" in told.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("letter", ["x", "ä", "漢"])
def test_a_name_with_no_room_for_that_of_the_rejects_is_refused_and_can_be_helped(folder: Path, letter: str) -> None:
    before = {path.name for path in folder.iterdir()}
    name = letter * (250 // len(letter.encode())) + ".csv"
    refused = run(folder, "t.csv", "-o", name)
    told = "".join(refused.stderr.decode().split())
    assert (refused.returncode, refused.stdout) == (Exit.USAGE, b"")
    assert told.startswith("error[cannot-write]:thenameoftherejectsfilewouldbetoolong:")
    assert ("-rejects.csv" in told, "--rejectsFILE" in told) == (True, True)
    assert {path.name for path in folder.iterdir()} == before
    helped = run(folder, "t.csv", "-o", name, "--rejects", "short.csv")
    assert helped.returncode == Exit.REJECTED
    assert {path.name for path in folder.iterdir()} == {*before, name, "short.csv"}


@pytest.mark.parametrize("outputs", [["-o", "x" * 300], ["--rejects", "x" * 300], ["--summary", "x" * 300]])
def test_a_name_that_is_too_long_is_the_one_that_is_told(folder: Path, outputs: list[str]) -> None:
    told = run(folder, "t.csv", *outputs)
    assert told.returncode == Exit.USAGE
    text = "".join(told.stderr.decode().split())
    assert f"cannotwrite{outputs[1]}:Filenametoolong" in text
    assert "nofileswerechanged" in text


@pytest.mark.parametrize("option", ["-o", "--rejects", "--summary"])
def test_a_folder_that_there_is_not_is_named(folder: Path, option: str) -> None:
    told = run(folder, "t.csv", option, "no/such/o.txt")
    assert (told.returncode, told.stdout) == (Exit.USAGE, b"")
    assert b"cannot write no/such/o.txt: no such folder: no/such" in told.stderr


def test_files_that_are_replaced_keep_their_mode_and_new_ones_follow_the_umask(folder: Path) -> None:
    (folder / "o.csv").chmod(0o600)
    (folder / "r.csv").unlink()
    run(folder, "t.csv", *OUTPUTS, limits="umask 027")
    assert stat.S_IMODE((folder / "o.csv").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "r.csv").stat().st_mode) == 0o640


def test_the_rejects_beside_the_output_appear_only_if_there_are_any(folder: Path) -> None:
    (folder / "good.csv").write_bytes(b"pain,goal\nsevere,clear\n")
    assert run(folder, "good.csv", "-o", "new.csv").returncode == Exit.DONE
    assert not (folder / "new-rejects.csv").exists()
    assert run(folder, "t.csv", "-o", "new.csv").returncode == Exit.REJECTED
    assert (folder / "new-rejects.csv").read_bytes().startswith(b"pain,goal,note,fit_row,fit_problems\nsome,claer")
    run(folder, "good.csv", "-o", "new.csv")
    assert lines_of((folder / "new-rejects.csv").read_bytes()) == 1  # no rows of an earlier run


@pytest.mark.parametrize("name", ["nope.csv", ".", "t.csv/x", "/proc/self/mem"])
def test_a_table_that_can_not_be_read_is_one_problem(folder: Path, name: str) -> None:
    told = run(folder, name, *OUTPUTS, "--from", "csv")
    assert (told.returncode, told.stdout) == (Exit.DOCUMENT, b"")
    assert told.stderr.startswith(b"error[cannot-read]")
    assert kept(folder)


def test_a_fifo_is_read_like_any_stream(folder: Path) -> None:
    os.mkfifo(folder / "f.csv")
    process = start(folder, "f.csv", "-o", "-")
    (folder / "f.csv").write_bytes(table(3))
    told, _ = process.communicate(timeout=60)
    assert (process.returncode, lines_of(told)) == (Exit.DONE, 4)


def test_a_run_is_the_same_bytes_whatever_the_hash_seed_locale_and_zone(folder: Path) -> None:
    told = set()
    for seed, locale, zone in (("0", "C.UTF-8", "UTC"), ("1", "C", "Asia/Tokyo"), ("2", "POSIX", "America/Lima")):
        run(folder, "t.csv", *OUTPUTS, PYTHONHASHSEED=seed, LC_ALL=locale, TZ=zone)
        told.add(b"".join((folder / name).read_bytes() for name in ("o.csv", "r.csv", "s.json")))
    assert len(told) == 1
    assert b"old" not in told.pop()


MEGABYTE = 1 << 20


STINGY = f"ulimit -v {1_500 * 1024}"
"""Far less memory, in KiB, than a line that does not end would take."""


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "xlsx", "parquet"])
def test_a_file_without_end_is_no_table(folder: Path, kind: str) -> None:
    told = run(folder, "/dev/zero", "--from", kind, *OUTPUTS[:2], limits=STINGY)
    assert (told.returncode, told.stdout) == (Exit.DOCUMENT, b"")
    said = "cannot-read" if kind in {"xlsx", "parquet"} else "too-long-line"
    assert told.stderr.startswith(f"error[{said}]".encode())
    assert kept(folder)


@pytest.mark.parametrize("name", ["big.csv", "big.jsonl"])
def test_a_line_that_is_no_row_of_anything_ends_the_run_and_is_named(folder: Path, name: str) -> None:
    good = b'{"pain": "severe"}\n' if name.endswith("jsonl") else b"pain,goal\n"
    with (folder / name).open("wb") as file:
        file.write(good * 2)
        for _ in range(64):
            file.write(b"x" * MEGABYTE)
    told = run(folder, name, *OUTPUTS[:2], limits=STINGY)
    (folder / name).unlink()
    assert (told.returncode, told.stdout) == (Exit.DOCUMENT, b"")
    assert told.stderr.startswith(b"error[too-long-line]: line 3 does not end")
    assert name.encode() in told.stderr
    assert kept(folder)


def test_a_proposal_of_a_file_without_lines_is_refused_too(folder: Path) -> None:
    (folder / "big.csv").write_bytes(b"x" * (40 * MEGABYTE))
    told = run(folder, "big.csv", "--map-only", limits=STINGY)
    assert (told.returncode, told.stderr[:21]) == (Exit.DOCUMENT, b"error[too-long-line]:")


def test_standard_input_that_says_nothing_for_a_while_is_read_to_its_end(folder: Path) -> None:
    data = table(30_000)
    begin, end = os.pipe()
    os.set_blocking(begin, False)
    words = [*COMMAND, "-", "-o", "o.csv", "--screen", "worked.yaml"]
    with subprocess.Popen(words, stdin=begin, stdout=subprocess.PIPE, cwd=folder, env=environment()) as process:
        os.close(begin)
        with os.fdopen(end, "wb") as pipe:
            for part in (data[: len(data) // 2], data[len(data) // 2 :]):
                time.sleep(1)
                pipe.write(part)
                pipe.flush()
        out, _ = process.communicate(timeout=60)
    assert (process.returncode, b"30,000 of 30,000 rows scored" in out) == (Exit.DONE, True)
    assert (folder / "o.csv").read_bytes().count(b"\n") == 30_001


def test_rejects_that_somebody_has_edited_are_not_overwritten(folder: Path) -> None:
    (folder / "t.csv").write_text("id,pain\n1,severe\n2,wrong\n", encoding="utf-8")
    run(folder, "t.csv", "-o", "s.csv")
    rejects, scored = folder / "s-rejects.csv", folder / "s.csv"
    before = rejects.read_bytes()
    assert run(folder, "t.csv", "-o", "s.csv").returncode == Exit.REJECTED, "nobody has edited them"
    os.utime(rejects, (scored.stat().st_atime, scored.stat().st_mtime + 60))
    told = run(folder, "t.csv", "-o", "s.csv")
    assert told.returncode == Exit.USAGE
    assert b"s-rejects.csv was edited after s.csv was written" in told.stderr
    assert rejects.read_bytes() == before
    assert run(folder, "t.csv", "-o", "s.csv", "--mended", "s-rejects.csv").returncode == Exit.REJECTED
