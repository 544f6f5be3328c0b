"""`fitcheck notes`: from notes to a prompt, and from a reply to a prospect file; nothing is saved that isn't there."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from conftest import ROOT, Outcome

from fitcheck.api import assess, load_prospect, load_screen
from fitcheck.cli.exit_codes import Exit

Run = Callable[..., Outcome]
PILOT = load_screen("pilot")
FOLDER = ROOT / "docs" / "assistants"


@pytest.fixture
def notes(fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `fitcheck notes` in a folder with the call, the replies and the company file of docs/assistants.md."""
    copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return lambda *argv: fitcheck("notes", *argv)


def test_a_check_shows_what_is_found_and_what_is_refused(notes: Run, golden: Callable[[str, str], None]) -> None:
    outcome = notes("call.md", "--read", "reply.json")
    assert (outcome.code, outcome.err) == (Exit.REJECTED, "")
    golden("notes/check.txt", outcome.out)
    assert not Path("acme.yaml").exists()


def test_a_second_call_shows_what_differs(notes: Run, golden: Callable[[str, str], None]) -> None:
    notes("call.md", "--read", "mended.json", "--into", "acme.yaml")
    before = Path("acme.yaml").read_bytes()
    outcome = notes("call-2.md", "--read", "reply-2.json", "--into", "acme.yaml")
    assert (outcome.code, Path("acme.yaml").read_bytes()) == (0, before)
    newer = notes("call-2.md", "--read", "reply-2.json", "--into", "acme.yaml", "--newer", "--as-of", "2026-11-12")
    assert newer.code == 0
    golden("notes/changes.txt", f"{outcome.out}\n{newer.out}")
    assert load_prospect("acme.yaml", PILOT).answer("deadline").option == "up_to_six_months"
    assert "was: [{answer: none_or_later" in Path("acme.yaml").read_text(encoding="utf-8")


def test_a_new_file_has_the_name_given_or_that_of_the_file(notes: Run) -> None:
    assert notes("call.md", "--read", "mended.json", "--into", "tidewell-ferries.yaml").code == 0
    assert load_prospect("tidewell-ferries.yaml", PILOT).name == "Tidewell Ferries"
    assert notes("call.md", "--read", "mended.json", "--into", "a.yaml", "--name", 'Tidewell "T" #1').code == 0
    assert load_prospect("a.yaml", PILOT).name == 'Tidewell "T" #1'


def test_refused_answers_are_not_saved_and_the_others_are(notes: Run) -> None:
    assert (
        notes("call.md", "--read", "reply.json", "--into", "acme.yaml", "--as-of", "2026-11-03").code == Exit.REJECTED
    )
    prospect = load_prospect("acme.yaml", PILOT)
    assert prospect.answer("deadline").option == "none_or_later"
    assert prospect.answer("when_it_broke").state == prospect.answer("cost_of_waiting").state == "unknown"


def test_nothing_is_written_where_nothing_passes(notes: Run) -> None:
    Path("reply.json").write_text('{"answers": []}', encoding="utf-8")
    outcome = notes("call.md", "--read", "reply.json", "--into", "acme.yaml")
    assert (outcome.code, Path("acme.yaml").exists()) == (0, False)


@pytest.mark.parametrize(
    ("argv", "following"),
    [
        ([], "notes call.md --screen pilot --company company.yaml --read mended.json --into acme.yaml"),
        (["--into", "new.yaml"], "interview new.yaml --review --screen pilot --company company.yaml"),
    ],
)
def test_the_next_step_repeats_what_was_given(notes: Run, argv: list[str], following: str) -> None:
    outcome = notes("call.md", "--read", "mended.json", "--screen", "pilot", "--company", "company.yaml", *argv)
    assert " ".join(outcome.out.split()).endswith(f"Next fitcheck {following}")


def test_a_new_file_names_its_screen_and_the_next_step_does_not(notes: Run) -> None:
    outcome = notes("call.md", "--read", "mended.json", "--screen", "deal", "--into", "acme.yaml")
    assert "\nscreen: deal\n" in Path("acme.yaml").read_text(encoding="utf-8")
    assert " ".join(outcome.out.split()).endswith("Next fitcheck interview acme.yaml --review")
    assert "**`deadline`**" in notes("call-2.md", "--for", "acme.yaml").out


def test_without_a_company_file_nobody_is_ours(notes: Run) -> None:
    Path("company.yaml").unlink()
    outcome = notes("call.md", "--read", "reply.json")
    assert "1 refused" in outcome.out


def test_the_pack_is_the_same_on_standard_output_and_in_a_file(notes: Run) -> None:
    told = notes("call.md", "call-2.md")
    assert notes("call.md", "call-2.md", "-o", "pack.md").out == ""
    assert Path("pack.md").read_text(encoding="utf-8") == told.out == notes("call.md", "call-2.md").out
    assert told.out.count("```text\n") == 2


def test_only_open_questions_are_asked_where_the_file_is_named(notes: Run) -> None:
    notes("call.md", "--read", "mended.json", "--into", "acme.yaml", "--name", "Acme")
    told = notes("call-2.md", "--for", "acme.yaml", "--open").out
    assert told.startswith("# Read sales call notes: Acme\n")
    assert "**`deadline`**" not in told
    assert "**`alternatives`**" in told
    assert "**`deadline`**" in notes("call-2.md", "--for", "acme.yaml").out


def test_notes_may_come_from_standard_input(notes: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Path("call.md").read_bytes()), encoding="utf-8"))
    outcome = notes("-", "--read", "mended.json", "--into", "acme.yaml")
    assert outcome.code == 0
    assert 'at: "<stdin>:11"' in Path("acme.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["call.md", "--into", "acme.yaml"], "--into has no effect: there is no reply"),
        (["call.md", "--newer"], "--newer has no effect: there is no reply"),
        (["call.md", "--open"], "--open has no effect: no file says what is open"),
        (["call.md", "--read", "reply.json", "-o", "pack.md"], "--output has no effect"),
        (["call.md", "--read", "reply.json", "--newer"], "--newer has no effect: nothing is saved"),
        (["call.md", "--read", "reply.json", "--into", "a.yaml", "--for", "b.yaml"], "--for has no effect"),
        (["call.md", "--read", "mended.json", "--into", "a.yaml", "--as-of", "May"], "not-a-date"),
        (["call.md", "--read", "mended.json", "--into", "a.csv"], "unfit-name"),
        (["call.md", "-o", "call.md"], "output-is-input"),
        (["-", "--read", "-"], "standard input can be read only once"),
        (["call.md", "--read", "mended.json", "--into", "company.yaml"], "wrong-kind"),
    ],
)
def test_wrong_use_is_told_and_changes_nothing(notes: Run, argv: list[str], told: str) -> None:
    before = {file.name: file.read_bytes() for file in Path().iterdir()}
    outcome = notes(*argv)
    assert outcome.code in {Exit.USAGE, Exit.DOCUMENT}
    assert told in " ".join(outcome.err.split())
    assert {file.name: file.read_bytes() for file in Path().iterdir()} == before


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("call.md", b"PK\x03\x04\xff\xfe", "not text"),
        ("call.md", b"caf\xe9", "save it as UTF-8"),
        ("reply.json", b"I think they are great.", "not valid JSON"),
        ("reply.json", b'{"answers": [{"question": "deadline"}]}', "are missing"),
    ],
)
def test_a_wrong_file_is_named(notes: Run, name: str, data: bytes, told: str) -> None:
    Path(name).write_bytes(data)
    outcome = notes("call.md", "--read", "reply.json")
    assert outcome.code == Exit.DOCUMENT
    assert name in outcome.err
    assert told in " ".join(outcome.err.split())


def test_what_is_only_reported_does_not_make_a_pursue(notes: Run) -> None:
    reply = json.loads(Path("mended.json").read_text(encoding="utf-8"))
    verdicts = {}
    for kind in ("said", "seen", "reported"):
        told = [{**answer, "kind": kind} for answer in reply["answers"]]
        Path("kind.json").write_text(json.dumps({"answers": told}), encoding="utf-8")
        assert notes("call.md", "--read", "kind.json", "--into", f"{kind}.yaml").code == 0
        verdicts[kind] = assess(PILOT, load_prospect(f"{kind}.yaml", PILOT))
    assert [found.verdict for found in verdicts.values()] == ["pursue", "pursue", "not now"]
    assert verdicts["reported"].too_little_known
    assert verdicts["reported"].known == 0
    assert verdicts["said"].known == verdicts["seen"].known > 0
