"""Real processes: streams, pipes, terminals, encodings, and the same bytes every time."""

import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from fitcheck.cli.exit_codes import Exit

COMMAND = [sys.executable, "-m", "fitcheck"]
PARTNER = "examples/patient-partner.yaml"


def environment(**settings: str) -> dict[str, str]:
    """What a process gets from us, and nothing of the terminal that the tests run in."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8", **settings}


def run(*argv: str, stdin: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a process of its own."""
    return subprocess.run(
        [*COMMAND, *argv], check=False, input=stdin, capture_output=True, cwd=ROOT, env=environment(**settings)
    )


def on_a_terminal(*argv: str, columns: int = 80, **settings: str) -> str:
    """Run a command line on a terminal and return what the terminal received."""
    ours, theirs = pty.openpty()
    settings = {"TERM": "xterm-256color", "COLUMNS": str(columns), **settings}
    process = subprocess.Popen(
        [*COMMAND, *argv], stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment(**settings)
    )
    os.close(theirs)
    received = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        received += chunk
    process.wait(timeout=60)
    os.close(ours)
    return received.decode()


def test_version_is_one_line() -> None:
    outcome = run("--version")
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    assert re.fullmatch(rb"fitcheck \d+\.\d+\.\d+\n", outcome.stdout)


def test_version_imports_none_of_the_libraries() -> None:
    code = "import sys; sys.argv[1:] = ['--version']; from fitcheck.__main__ import main; main(); print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=environment(), cwd=ROOT)
    loaded = told.stdout.decode().split()
    assert not {"typer", "rich", "pydantic", "yaml"} & {name.partition(".")[0] for name in loaded}


def test_a_single_assessment_as_text_in_a_pipe_imports_nothing_heavy() -> None:
    code = (
        "import sys; from fitcheck.cli.app import run; "
        f"run(['assess', {PARTNER!r}]); print(*sys.modules, file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=environment(), cwd=ROOT)
    modules = told.stderr.decode().split()
    loaded = {name.partition(".")[0] for name in modules}
    assert not [name for name in modules if name.startswith("fitcheck.report.json")]
    assert not {"rich", "numpy", "jinja2", "polars", "narwhals", "sqlite3", "jsonschema"} & loaded


def test_two_runs_are_the_same_bytes_whatever_the_hash_seed_and_the_locale() -> None:
    told = {
        run(
            "assess", "examples", "--screen", "pilot", "--format", "json", PYTHONHASHSEED=seed, LC_ALL=locale, TZ=zone
        ).stdout
        for seed, locale, zone in (("0", "C.UTF-8", "UTC"), ("1", "C", "Asia/Tokyo"), ("2", "POSIX", "America/Lima"))
    }
    assert len(told) == 1
    assert len(json.loads(told.pop())) == 8


def test_text_is_the_same_bytes_whatever_the_hash_seed() -> None:
    assert (
        len({run("assess", "examples", "--screen", "pilot", PYTHONHASHSEED=seed).stdout for seed in ("0", "1", "2")})
        == 1
    )


def test_standard_input_is_read_as_yaml_and_as_json() -> None:
    written = {"prospect": "Acme", "answers": {"named_users": "nobody"}}
    as_yaml = b"prospect: Acme\nanswers: {named_users: nobody}\n"
    documents = [
        json.loads(run("assess", "-", "--format", "json", stdin=data).stdout)
        for data in (as_yaml, json.dumps(written).encode())
    ]
    assert [document["prospect"] for document in documents] == [{"id": "acme", "name": "Acme"}] * 2
    assert documents[0]["score"] == documents[1]["score"]


def test_a_closed_pipe_ends_quietly_with_its_own_code() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.Popen(
        [*COMMAND, "assess", PARTNER], stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, env=environment()
    )
    os.close(writing)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (Exit.PIPE_CLOSED, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("options", [[], ["--format", "json"]])
def test_a_full_disk_is_said_in_one_line(options: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [*COMMAND, "assess", PARTNER, *options],
            check=False, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, env=environment(),
        )  # fmt: skip
    assert process.returncode == Exit.USAGE
    assert b"Traceback" not in process.stderr
    assert process.stderr.count(b"\n") == 1


def test_colour_is_for_terminals_only() -> None:
    assert "\x1b[" in on_a_terminal("assess", PARTNER)
    assert b"\x1b" not in run("assess", PARTNER).stdout


@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_colour_gets_none(settings: dict[str, str]) -> None:
    assert "\x1b" not in on_a_terminal("assess", PARTNER, columns=80, **settings)


def test_a_terminal_and_a_pipe_show_the_same_words() -> None:
    shown = re.sub(r"\x1b\[[0-9;]*m", "", on_a_terminal("assess", PARTNER)).replace("\r\n", "\n")
    assert shown == run("assess", PARTNER, COLUMNS="80").stdout.decode()


@pytest.mark.parametrize("columns", [1, 2, 5, 11, 20, 37, 60, 200])
def test_no_width_breaks_the_report(columns: int) -> None:
    outcome = run("assess", "examples/open-verdict.yaml", "--explain", COLUMNS=str(columns))
    assert outcome.returncode == 0
    assert max(map(len, outcome.stdout.decode().splitlines())) <= max(columns, 20)


def test_a_terminal_without_unicode_gets_ascii_drawing() -> None:
    outcome = run("assess", PARTNER, PYTHONIOENCODING="ascii")
    assert outcome.returncode == 0
    assert outcome.stdout.isascii()
    assert b"\\u" not in outcome.stdout


def test_a_users_text_is_neither_markup_nor_an_escape_sequence() -> None:
    name = "Acme [/red] [bold]x[/bold] :smile: \\e[31m"
    written = json.dumps({"prospect": name, "answers": {"named_users": {"answer": "nobody", "evidence": "[/] **x**"}}})
    prospect = ROOT / "tests" / "readme" / "markup.json"
    prospect.write_text(written, encoding="utf-8")
    try:
        shown = on_a_terminal("assess", str(prospect.relative_to(ROOT)))
    finally:
        prospect.unlink()
    assert name in re.sub(r"\x1b\[[0-9;]*m", "", shown)


def test_a_fault_of_our_own_is_one_calm_sentence() -> None:
    code = (
        "import fitcheck.api, sys\n"
        "def broken(*_, **__): raise RuntimeError('secret')\n"
        "fitcheck.api.assess = broken\n"
        "from fitcheck.cli.app import run\n"
        f"sys.exit(run(['assess', {PARTNER!r}]))\n"
    )
    told = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, env=environment(), cwd=ROOT)
    assert (told.returncode, told.stdout) == (Exit.FAULT, b"")
    assert b"Traceback" not in told.stderr
    assert b"secret" not in told.stderr


def test_init_writes_a_company_file_that_is_sound_and_keeps_one_that_is_there(tmp_path: Path) -> None:
    def init(*argv: str) -> int:
        return subprocess.run(
            [*COMMAND, "init", *argv], check=False, capture_output=True, cwd=tmp_path, env=environment()
        ).returncode

    assert init() == Exit.DONE
    before = (tmp_path / "company.yaml").read_bytes()
    (tmp_path / "company.yaml").write_bytes(b"stage: growth\n")
    assert init() == Exit.USAGE
    assert (tmp_path / "company.yaml").read_bytes() == b"stage: growth\n"
    assert init("--force") == Exit.DONE
    assert (tmp_path / "company.yaml").read_bytes() == before
    outcome = run("assess", PARTNER, "--company", str(tmp_path / "company.yaml"), "--format", "json")
    assert outcome.returncode == Exit.DONE


@pytest.mark.parametrize("topic", [[], ["assess"], ["rubric"], ["rubric", "show"], ["schema"], ["init"]])
def test_help_exits_with_0(topic: list[str]) -> None:
    outcome = run(*topic, "--help")
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    assert b"Usage" in outcome.stdout


@pytest.mark.parametrize("kind", ["rubric", "screen", "cost", "prospect", "company", "assessment", "batch"])
def test_every_kind_of_document_has_a_schema(kind: str) -> None:
    outcome = run("schema", kind)
    assert outcome.returncode == 0
    assert json.loads(outcome.stdout)["title"] == f"fitcheck {kind}"


def test_what_is_to_be_done_when_the_process_ends_is_done() -> None:
    code = (
        "import atexit, sys; atexit.register(print, 'done'); sys.argv[1:] = ['assess', sys.argv[1]]\n"
        "from fitcheck.__main__ import main; main()"
    )
    words = [sys.executable, "-c", code, PARTNER]
    told = subprocess.run(words, check=False, capture_output=True, cwd=ROOT, env=environment(), timeout=60)
    assert (told.returncode, told.stdout.splitlines()[-1], told.stderr) == (Exit.DONE, b"done", b"")


def test_a_profiler_tells_what_it_saw() -> None:
    words = [sys.executable, "-m", "cProfile", "-m", "fitcheck", "assess", PARTNER]
    told = subprocess.run(words, check=False, capture_output=True, cwd=ROOT, env=environment(), timeout=60)
    assert (told.returncode, b"function calls" in told.stdout) == (Exit.DONE, True)
