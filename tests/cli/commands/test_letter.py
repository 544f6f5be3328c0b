import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Outcome
from jsonschema import Draft202012Validator

from fitcheck.cli.exit_codes import Exit
from fitcheck.documents.schemas import schema_of
from fitcheck.report.prospect.letter import LetterDocument

Run = Callable[..., Outcome]
QUICK = "examples/quick-fix.yaml"
LETTERS = {
    "quick-fix": [QUICK],
    "quick-fix-with-company": [QUICK, "--company", "examples/company.yaml"],
    "one-sided-trust": ["examples/one-sided-trust.yaml"],
    "web-form": ["examples/web-form.yaml"],
    "large-hostile-deal": ["examples/large-hostile-deal.yaml"],
    "friendly-tender": ["examples/friendly-tender.yaml"],
}


@pytest.mark.parametrize("name", LETTERS)
def test_goldens_of_letters(fitcheck: Run, golden: Callable[[str, str], None], name: str) -> None:
    outcome = fitcheck("letter", *LETTERS[name])
    still_open = "This verdict is still open: ask the questions in fitcheck assess before you decline.\n"
    assert (outcome.code, outcome.err) == (0, still_open if name == "web-form" else "")
    golden(f"letter/{name}.txt", outcome.out)


def test_golden_of_a_letter_in_markdown(fitcheck: Run, golden: Callable[[str, str], None]) -> None:
    golden("letter/quick-fix.md", fitcheck("letter", QUICK, "--format", "markdown").out)


def test_golden_of_what_may_be_said(fitcheck: Run, golden: Callable[[str, str], None]) -> None:
    told = fitcheck("letter", QUICK, "--format", "json").out
    golden("letter/quick-fix.json", told)
    Draft202012Validator(schema_of(LetterDocument, "letter")).validate(json.loads(told))


def test_to_a_pursue_no_letter_is_written(fitcheck: Run, tmp_path: Path) -> None:
    outcome = fitcheck("letter", "examples/patient-partner.yaml", "-o", str(tmp_path / "letter.md"))
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert "nothing to decline" in " ".join(outcome.err.split())
    assert not (tmp_path / "letter.md").exists()


def test_the_built_in_wording_can_be_printed_changed_and_used(fitcheck: Run, tmp_path: Path) -> None:
    printed = fitcheck("letter", "--show-template")
    assert (printed.code, printed.err) == (0, "")
    ours = tmp_path / "ours.md.j2"
    ours.write_text(printed.out, encoding="utf-8")
    assert fitcheck("letter", QUICK, "--template", str(ours)).out == fitcheck("letter", QUICK).out
    ours.write_text(printed.out.replace("Dear [name]", "Good day [name]"), encoding="utf-8")
    assert fitcheck("letter", QUICK, "--template", str(ours)).out.startswith("Good day [name],\n")


def test_a_broken_template_exits_with_3_and_shows_the_line(fitcheck: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.md.j2"
    broken.write_text("Dear {{ prospect.name }},\n\nyour score is {{ score }}.\n", encoding="utf-8")
    outcome = fitcheck("letter", QUICK, "--template", str(broken), "-o", str(tmp_path / "letter.md"))
    assert (outcome.code, outcome.out) == (Exit.DOCUMENT, "")
    assert "broken.md.j2:3:1" in outcome.err
    assert "your score is {{ score }}." in outcome.err
    assert "a template knows: prospect, sender, goal" in " ".join(outcome.err.replace("=", " ").split())
    assert not (tmp_path / "letter.md").exists()


def test_a_template_that_is_missing_or_no_text_exits_with_3(fitcheck: Run, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"Dear\n\x89PNG\xff")
    for name, said in ((str(picture), "not UTF-8"), ("no-such.j2", "no such file"), (str(tmp_path), "a folder")):
        outcome = fitcheck("letter", QUICK, "--template", name)
        assert (outcome.code, outcome.out) == (Exit.DOCUMENT, "")
        assert said in outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "html"], "one of: text, markdown, json"),
        (["--stage", "seed"], "unknown stage 'seed'"),
        (["--as-of", "tomorrow"], "write it as 2026-11-22"),
        (["-o", QUICK], "is an input file"),
        (["-o", "l.docx"], "= text: l.txt, markdown: l.md, json: l.json"),
    ],
)
def test_wrong_use_exits_with_2_says_why_and_prints_no_letter(fitcheck: Run, arguments: list[str], said: str) -> None:
    outcome = fitcheck("letter", QUICK, *arguments)
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert said in outcome.err


def test_neither_the_prospect_nor_the_template_is_overwritten(fitcheck: Run, tmp_path: Path) -> None:
    shutil.copy(ROOT / QUICK, tmp_path / "p.yaml")
    (tmp_path / "t.j2").write_text("Dear {{ prospect.name }}", encoding="utf-8")
    command = ["letter", str(tmp_path / "p.yaml"), "--template", str(tmp_path / "t.j2")]
    for name in ("p.yaml", "t.j2"):
        before = (tmp_path / name).read_bytes()
        assert fitcheck(*command, "-o", str(tmp_path / name)).code == Exit.USAGE
        assert (tmp_path / name).read_bytes() == before


def test_output_to_a_file_is_what_would_have_been_printed(fitcheck: Run, tmp_path: Path) -> None:
    for kind in ("text", "markdown", "json"):
        file = tmp_path / kind
        assert fitcheck("letter", QUICK, "--format", kind, "-o", str(file)).out == ""
        assert file.read_text(encoding="utf-8") == fitcheck("letter", QUICK, "--format", kind).out


def test_the_ending_of_the_output_file_says_the_format(fitcheck: Run, tmp_path: Path) -> None:
    for name, kind in (("l.md", "markdown"), ("l.txt", "text"), ("l.json", "json")):
        fitcheck("letter", QUICK, "-o", str(tmp_path / name))
        told = fitcheck("letter", QUICK, "--format", kind).out
        assert (tmp_path / name).read_text(encoding="utf-8") == told


def test_the_day_counts_from_as_of(fitcheck: Run) -> None:
    early = json.loads(fitcheck("letter", QUICK, "--as-of", "2026-01-05", "--format", "json").out)
    late = json.loads(fitcheck("letter", QUICK, "--as-of", "2026-01-06", "--format", "json").out)
    assert early["look_again"]["on"] < late["look_again"]["on"]
