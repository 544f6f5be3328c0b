"""`fitcheck skill`: a folder that assistants read as an Agent Skill."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome

from fitcheck.cli.exit_codes import Exit

Run = Callable[..., Outcome]


@pytest.fixture
def skill(fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    return lambda *argv: fitcheck("skill", *argv)


def files() -> list[str]:
    return sorted(str(file) for file in Path().rglob("*") if file.is_file())


def test_the_skill_has_the_name_of_its_folder(skill: Run) -> None:
    outcome = skill("-o", "skills/our-calls")
    assert (outcome.code, outcome.err) == (0, "Wrote skills/our-calls: 4 files.\n")
    assert files() == [
        "skills/our-calls/SKILL.md",
        "skills/our-calls/references/deal.md",
        "skills/our-calls/references/pilot.md",
        "skills/our-calls/references/reply.schema.json",
    ]
    assert Path("skills/our-calls/SKILL.md").read_text(encoding="utf-8").startswith("---\nname: our-calls\n")


def test_screens_can_be_chosen(skill: Run) -> None:
    assert skill("-o", "fitcheck", "--screen", "meddpicc").code == 0
    text = Path("fitcheck/SKILL.md").read_text(encoding="utf-8")
    assert "--screen meddpicc" in text
    assert "pilot.md" not in text


def test_an_existing_skill_is_overwritten_only_if_asked(skill: Run) -> None:
    skill("-o", "fitcheck")
    Path("fitcheck/SKILL.md").write_text("ours", encoding="utf-8")
    outcome = skill("-o", "fitcheck")
    assert outcome.code == Exit.USAGE
    assert "already exists" in outcome.err
    assert Path("fitcheck/SKILL.md").read_text(encoding="utf-8") == "ours"
    assert skill("-o", "fitcheck", "--force").code == 0


@pytest.mark.parametrize("name", ["Our Calls", "a_b", "x" * 65])
def test_a_folder_that_cannot_name_a_skill_is_refused(skill: Run, name: str) -> None:
    assert skill("-o", name).code == Exit.USAGE
    assert files() == []


def test_a_folder_that_cannot_be_made_is_told(skill: Run) -> None:
    Path("skills").write_text("a file", encoding="utf-8")
    outcome = skill("-o", "skills/fitcheck")
    assert outcome.code == Exit.USAGE
    assert "cannot write" in outcome.err
