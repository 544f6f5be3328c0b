"""Call notes through real processes: pipes, files of every line end, and the same bytes every time."""

import subprocess
import sys
from pathlib import Path

from cli.processes import environment
from conftest import ROOT

CALL = "docs/assistants/call.md"
OURS = ("--company", "docs/assistants/company.yaml")


def run(*argv: str, stdin: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "fitcheck", *argv]
    return subprocess.run(command, check=False, input=stdin, capture_output=True, cwd=ROOT, env=environment(**settings))


def notes(*argv: str, stdin: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
    return run("notes", *argv, *OURS, stdin=stdin, **settings)


def test_a_pack_and_a_check_are_the_same_bytes_whatever_the_hash_seed() -> None:
    for argv in ([CALL], [CALL, "--read", "docs/assistants/reply.json"]):
        told = {notes(*argv, PYTHONHASHSEED=seed).stdout for seed in ("1", "2", "3")}
        assert len(told) == 1


def test_from_notes_to_a_verdict_in_pipes(tmp_path: Path) -> None:
    call, into = tmp_path / "call.md", tmp_path / "tidewell-ferries.yaml"
    call.write_bytes((ROOT / CALL).read_bytes().replace(b"\n", b"\r\n"))
    pack = notes(str(call))
    assert (pack.returncode, pack.stderr) == (0, b"")
    assert b"\r" not in pack.stdout
    reply = (ROOT / "docs/assistants/mended.json").read_bytes()
    saved = notes(str(call), "--read", "-", "--into", str(into), stdin=reply)
    assert (saved.returncode, saved.stderr) == (0, b"")
    assert b"10 found in the notes, 0 refused" in saved.stdout
    reviewed = run("interview", str(into), "--review", stdin=b"\n" * 10)
    assert reviewed.returncode == 0
    assert b"review: true" not in into.read_bytes()
    assert reviewed.stdout == run("assess", str(into)).stdout
    assert reviewed.stdout.startswith(b"PURSUE  Tidewell Ferries")


def test_an_assessment_and_help_import_nothing_of_notes() -> None:
    for argv in ("assess examples/open-verdict.yaml", "--help"):
        told = run(*argv.split(), PYTHONPROFILEIMPORTTIME="1").stderr.decode()
        assert "fitcheck.cli.commands.notes" in told
        assert "fitcheck.notes" not in told
