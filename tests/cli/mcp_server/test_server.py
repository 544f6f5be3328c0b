"""The server in memory: the tools say what the commands say, and what is wrong so that a model can mend it."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from cli.mcp_server.assistant import call
from conftest import ROOT, Outcome
from mcp import Client
from mcp_types import TextContent, TextResourceContents
from mcp_types.version import LATEST_HANDSHAKE_VERSION, MODERN_PROTOCOL_VERSIONS

from fitcheck.api import load_prospect, load_screen
from fitcheck.cli.mcp_server import answer_text, tools
from fitcheck.cli.mcp_server.server import server

Run = Callable[..., Outcome]
ERAS = {"legacy": LATEST_HANDSHAKE_VERSION, "auto": MODERN_PROTOCOL_VERSIONS[-1]}
"""The handshake of old, and requests that stand for themselves; by the client's mode, the version they agree on."""

EXAMPLES = sorted(file.name for file in (ROOT / "examples").glob("*.yaml") if file.name != "company.yaml")
PILOT = load_screen("pilot")


@pytest.fixture
def examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the examples."""
    monkeypatch.chdir(ROOT / "examples")


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Serve a folder with calls, replies and a company file."""
    folder = tmp_path / "folder"
    copytree(ROOT / "docs" / "assistants", folder)
    monkeypatch.chdir(folder)
    return folder


def answers(file: str) -> list[Any]:
    found: list[Any] = json.loads(Path(file).read_text(encoding="utf-8"))["answers"]
    return found


@pytest.mark.usefixtures("examples")
@pytest.mark.parametrize("mode", ERAS)
def test_every_tool_prompt_and_resource_is_there_in_both_eras(mode: str, golden: Callable[[str, str], None]) -> None:
    async def listed() -> dict[str, list[Any]]:
        async with Client(server(Path.cwd(), allow_write=True), mode=mode) as client:
            assert client.protocol_version == ERAS[mode]
            found: dict[str, list[Any]] = {
                "tools": [*(await client.list_tools()).tools],
                "prompts": [*(await client.list_prompts()).prompts],
                "resources": [*(await client.list_resources()).resources],
            }
        return {
            kind: [each.model_dump(mode="json", by_alias=True, exclude_none=True) for each in all_]
            for kind, all_ in found.items()
        }

    golden("mcp.json", json.dumps(asyncio.run(listed()), indent=1, ensure_ascii=False, sort_keys=True) + "\n")


@pytest.mark.parametrize("mode", ERAS)
def test_an_assessment_is_the_command_s_without_hints_at_its_options(
    mode: str, fitcheck: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "examples")
    printed = fitcheck("assess", "quick-fix.yaml").out
    hints = "--full for everything · --explain for the arithmetic\n"
    assert hints in printed
    assert call("assess", mode=mode, files=["quick-fix.yaml"]) == (printed.replace(hints, ""), False)


@pytest.mark.usefixtures("examples")
@pytest.mark.parametrize("file", EXAMPLES)
def test_no_tool_says_more_about_a_prospect_than_a_model_has_room_for(file: str) -> None:
    one = [call("assess", files=[file]), call("ask_next", file=file), call("what_would_change", file=file)]
    two = call("compare", files=[file, next(other for other in EXAMPLES if other != file)], screen="pilot")
    for told in (*one, two):
        assert not told.is_error, told.text
        assert len(told.text.encode()) <= 6_000
    assert len(call("assess", files=[file], detail="explain").text.encode()) > len(one[0].text.encode())


@pytest.mark.usefixtures("examples")
def test_a_folder_is_every_prospect_in_it() -> None:
    told = call("rank", files=["."], hours=120, screen="pilot")
    assert not told.is_error
    assert "of 8 prospects in 120 hours" in told.text
    assert len(call("assess", files=["."], screen="pilot").text.splitlines()) >= len(EXAMPLES)


@pytest.mark.usefixtures("examples")
def test_what_is_too_long_is_cut_after_a_line_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = call("assess", files=["."], screen="pilot").text
    monkeypatch.setattr(answer_text, "SHORT", 400)
    told = call("assess", files=["."], screen="pilot").text
    assert len(told.encode()) <= 400
    *kept, last = told.splitlines()
    assert kept == whole.splitlines()[: len(kept)]
    left = len(whole.splitlines()) - len(kept)
    assert last == f"... cut here: {left} more lines. Name fewer files, or ask for less."


@pytest.mark.usefixtures("examples")
def test_a_letter_is_for_a_not_now_alone() -> None:
    assert "my answer is: not now" in call("letter", file="quick-fix.yaml").text
    refused = call("letter", file="patient-partner.yaml")
    assert refused.is_error
    assert "error[" in refused.text


@pytest.mark.parametrize("screen", ["pilot", "deal", "bant", "meddpicc"])
def test_every_question_is_in_the_overview_and_every_option_in_a_part(screen: str) -> None:
    found, overview = load_screen(screen), call("questions", screen=screen).text
    assert "1. Answer only what the notes say." in overview
    parts = [*(rubric.id for rubric in found.rubrics), "cost"]
    told = "".join(call("questions", screen=screen, part=part).text for part in parts)
    for question in found.asked:
        assert f"- `{question.id}`: " in overview
        assert all(f"- `{option.id}`: {option.says}\n" in told for option in question.options)


@pytest.mark.usefixtures("examples")
def test_only_open_questions_are_shown_for_a_prospect() -> None:
    told = call("questions", prospect="open-verdict.yaml").text
    assert "`alternatives`" in told
    assert "`named_users`" not in told


@pytest.mark.usefixtures("notes")
def test_notes_are_read_with_their_line_numbers_from_any_line_on() -> None:
    lines = Path("call.md").read_text(encoding="utf-8").splitlines()
    whole = call("read_notes", file="call.md").text
    assert f"8 | {lines[7]}" in " ".join(whole.split("\n"))
    rest = call("read_notes", file="call.md", first_line=8).text
    assert f"8 | {lines[7]}" in rest
    assert lines[6] not in rest
    assert f"{len(lines)} | {lines[-1]}" in rest
    assert call("read_notes", file="call.md", first_line=0).is_error


def test_notes_of_any_length_are_read_piece_by_piece(notes: Path) -> None:
    (notes / "long.md").write_text("".join(f"line {number}\n" for number in range(1, 20_001)), encoding="utf-8")
    first, seen = 1, list[int]()
    while first <= 20_000:
        told = call("read_notes", file="long.md", first_line=first).text
        assert len(told.encode()) <= 60_000
        shown = [int(line.rpartition(" ")[2]) for line in told.splitlines() if " | line " in line]
        seen += shown
        first = shown[-1] + 1
    assert seen == list(range(1, 20_001))


@pytest.mark.usefixtures("notes")
def test_from_notes_to_a_verdict() -> None:
    told = call("check_answers", notes=["call.md"], answers=answers("reply.json"))
    assert "8 found in the notes, 2 refused" in told.text
    assert "call.md:8" in told.text
    mended = answers("mended.json")
    saved = call(
        "save_answers", allow_write=True, notes=["call.md"], answers=mended, into="new.yaml", as_of="2026-11-03"
    )
    assert not saved.is_error, saved.text
    assert load_prospect("new.yaml", PILOT).answer("deadline").option == "none_or_later"
    assert "PURSUE" in call("assess", files=["new.yaml"]).text
    again = call("check_answers", notes=["call-2.md"], answers=answers("reply-2.json"), prospect="new.yaml")
    assert "The file says something else" in again.text
    written = Path("new.yaml").read_bytes()
    call("save_answers", allow_write=True, notes=["call-2.md"], answers=answers("reply-2.json"), into="new.yaml")
    assert Path("new.yaml").read_bytes() == written
    later = answers("reply-2.json")
    call("save_answers", allow_write=True, notes=["call-2.md"], answers=later, into="new.yaml", newer=True)
    assert "was: [{answer: none_or_later" in Path("new.yaml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("notes")
def test_nothing_is_saved_unless_that_is_allowed() -> None:
    told = call("save_answers", notes=["call.md"], answers=answers("mended.json"), into="new.yaml")
    assert told.is_error
    assert 'unknown tool "save_answers"' in told.text
    assert not Path("new.yaml").exists()


FAULTS: dict[str, tuple[str, dict[str, Any], str]] = {
    "a tool": ("asess", {"files": ["bad.yaml"]}, 'did you mean "assess"?'),
    "an argument": ("assess", {"file": ["bad.yaml"]}, 'did you mean "files"?'),
    "a file": ("assess", {"files": ["bad.yml"]}, 'did you mean "bad.yaml"?'),
    "an option in a file": ("assess", {"files": ["bad.yaml"]}, "bad.yaml:3:13"),
    "a question in a file": ("ask_next", {"file": "bad.yaml"}, 'did you mean "named_users"?'),
    "a screen": ("rank", {"files": ["."], "hours": 5, "screen": "pilt"}, 'did you mean "pilot"?'),
    "a stage": ("assess", {"files": ["bad.yaml"], "stage": "pilott"}, "'pilot'"),
    "a part": ("questions", {"part": "cots"}, 'did you mean "cost"?'),
    "a date": ("assess", {"files": ["bad.yaml"], "as_of": "3 May"}, "write it as 2026-11-22"),
    "hours": ("rank", {"files": ["bad.yaml"], "hours": -1}, "write it as 120"),
    "a type": ("rank", {"files": "bad.yaml", "hours": 1}, "files: Input should be a valid list"),
    "what is missing": ("assess", {}, "files: Field required"),
    "a key": ("check_answers", {"notes": ["call.md"], "answers": [{"qustion": "a"}]}, 'did you mean "question"?'),
    "a reply": ("check_answers", {"notes": ["call.md"], "answers": ["deadline"]}, "answers.0"),
    "standard input": ("assess", {"files": ["-"]}, "standard input is taken"),
    "a NUL": ("assess", {"files": ["a\0b"]}, "invalid file name"),
    "a size": ("assess", {"files": ["big.yaml"]}, "file is larger than 1,000,000 bytes"),
    "a folder": ("letter", {"file": "."}, "name one prospect file"),
    "an ending": ("save_answers", {"notes": ["call.md"], "answers": [], "into": "call.md"}, ".yaml or .yml"),
}


@pytest.mark.usefixtures("notes")
@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_an_error_of_the_tool_that_says_what_to_write_instead(what: str) -> None:
    Path("bad.yaml").write_text(
        "prospect: A\nanswers:\n  deadline: non_or_later\n  named_user: nobody\n", encoding="utf-8"
    )
    Path("big.yaml").write_text("#" * 1_000_001, encoding="utf-8")
    tool, arguments, expected = FAULTS[what]
    told = call(tool, allow_write=True, **arguments)
    assert told.is_error
    assert told.text.startswith("error[")
    assert expected in told.text
    assert "Traceback" not in told.text
    assert "pydantic" not in told.text


@pytest.mark.usefixtures("examples")
def test_a_fault_of_our_own_is_one_calm_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(tools, "assess_all", broken)
    told = call("assess", files=["quick-fix.yaml"])
    assert told.is_error
    assert "this is a bug in fitcheck (RuntimeError)" in told.text
    assert "secret" not in told.text + "".join(capfd.readouterr())


ELSEWHERE = [
    "../secret.yaml",
    "sub/../../secret.yaml",
    "/etc/passwd",
    "link.yaml",
    "linked/secret.yaml",
    "..",
    "linked",
]


@pytest.mark.parametrize("name", ELSEWHERE)
@pytest.mark.parametrize("tool", ["assess", "letter", "screen", "company", "read", "notes", "prospect", "into"])
def test_nothing_outside_the_folder_is_read_or_written(notes: Path, name: str, tool: str) -> None:
    secret = notes.parent / "secret.yaml"
    secret.write_text("prospect: Hidden\nanswers: {hush: hush}\n", encoding="utf-8")
    (notes / "link.yaml").symlink_to(secret)
    (notes / "linked").symlink_to(notes.parent)
    (notes / "sub").mkdir()
    reply: dict[str, Any] = {"notes": ["call.md"], "answers": answers("mended.json")}
    given: dict[str, tuple[str, dict[str, Any]]] = {
        "assess": ("assess", {"files": [name]}),
        "letter": ("letter", {"file": name}),
        "screen": ("questions", {"screen": name}),
        "company": ("questions", {"company": name}),
        "read": ("read_notes", {"file": name}),
        "notes": ("check_answers", {**reply, "notes": [name]}),
        "prospect": ("check_answers", {**reply, "prospect": name}),
        "into": ("save_answers", {**reply, "into": name}),
    }
    before = {file: file.read_bytes() for file in notes.parent.rglob("*.yaml")}
    told = call(given[tool][0], allow_write=True, **given[tool][1])
    assert told.is_error
    assert "hush" not in told.text.lower()
    assert "error[outside]" in told.text or (tool in {"into", "letter"} and "error[" in told.text)
    assert {file: file.read_bytes() for file in notes.parent.rglob("*.yaml")} == before


def test_a_new_file_does_not_appear_behind_a_link_that_leads_out(notes: Path) -> None:
    (notes / "linked").symlink_to(notes.parent)
    (notes / "dangling.yaml").symlink_to(notes.parent / "new.yaml")
    for into in ("linked/new.yaml", "dangling.yaml", "../new.yaml"):
        told = call("save_answers", allow_write=True, notes=["call.md"], answers=answers("mended.json"), into=into)
        assert told.is_error
        assert "error[outside]" in told.text
    assert not (notes.parent / "new.yaml").exists()


def test_a_file_in_the_folder_cannot_name_one_outside(notes: Path) -> None:
    (notes.parent / "secret.yaml").write_text("hush: hush\n", encoding="utf-8")
    (notes / "ours.yaml").write_text("company: Ours\ncost_models: {pilot: ../secret.yaml}\n", encoding="utf-8")
    told = call("questions", company="ours.yaml")
    assert told.is_error
    assert "error[outside]" in told.text
    assert "hush" not in told.text


def test_links_inside_the_folder_are_followed(notes: Path) -> None:
    (notes / "same.md").symlink_to("call.md")
    told = call("check_answers", notes=["same.md"], answers=answers("mended.json"))
    assert "10 found in the notes, 0 refused" in told.text


@pytest.mark.usefixtures("examples")
def test_prompts_and_resources_are_read() -> None:
    async def read() -> None:
        async with Client(server(Path.cwd(), allow_write=False)) as client:
            for name, given in {
                "read_call_notes": {"notes": "call.md", "prospect": "acme.yaml"},
                "prepare_next_call": {"prospect": "acme.yaml"},
                "review_pipeline": {"hours": "40"},
            }.items():
                [message] = (await client.get_prompt(name, given)).messages
                assert isinstance(message.content, TextContent)
                assert all(word in message.content.text for word in given.values())
            for resource in (await client.list_resources()).resources:
                [content] = (await client.read_resource(str(resource.uri))).contents
                assert isinstance(content, TextResourceContents)
                assert content.text.startswith("# ")

    asyncio.run(read())
