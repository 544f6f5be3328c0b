from pathlib import Path

import pytest
from conftest import ROOT

from fitcheck.documents.any_content import load_any, located, title
from fitcheck.proof.findings import Finding
from fitcheck.proof.lint import lint

SAID = '"We asked what to improve, or weeks went by, and we heard only praise"'
"""What an option of mutual-trust says."""


def finding(kind: str, file: str, *path: str) -> Finding:
    """A finding at a path."""
    return Finding("option-order", kind, file, path, "it is odd", "mend it")  # type: ignore[arg-type]


def test_a_finding_gets_its_place_and_line_in_whichever_file_of_a_screen_it_stands() -> None:
    screen = load_any("pilot")
    pairs = located(
        [
            finding("screen", "pilot", "stages", "pilot", "weights"),
            finding("rubric", "mutual-trust", "questions", "bad_news", "options", "only_praise", "says"),
            finding("cost", "pilot", "questions", "tender"),
        ],
        screen,
        "pilot",
    )
    for (_, problem), file, key in zip(
        pairs,
        ["screens/pilot.yaml", "mutual-trust.yaml", "costs/pilot.yaml"],
        ["weights:", f"says: {SAID}", "tender:"],
        strict=True,
    ):
        assert problem.where is not None
        assert problem.where.file == f"rubrics/{file}"
        lines = (ROOT / "rubrics" / file).read_text(encoding="utf-8").splitlines()
        assert problem.excerpt == lines[problem.where.line - 1]
        assert key in problem.excerpt
        assert (problem.code, problem.message, problem.hint) == ("option-order", "it is odd", "mend it")


def test_a_text_is_pointed_at_itself_and_any_other_part_by_its_key() -> None:
    rubric = load_any("mutual-trust")
    for path, meant in (
        (("questions", "bad_news"), "bad_news"),
        (("questions", "bad_news", "options", "only_praise", "says"), SAID),
    ):
        ((_, problem),) = located([finding("rubric", "mutual-trust", *path)], rubric, "mutual-trust")
        assert problem.where is not None
        assert problem.excerpt is not None
        begin = problem.where.column - 1
        assert problem.excerpt[begin : begin + problem.length] == meant


@pytest.mark.parametrize("name", ["pilot", "deal"])
def test_every_finding_in_the_built_in_content_is_located(name: str) -> None:
    screen = load_any(name)
    found = lint(screen)
    assert [pair[0] for pair in located(found, screen, name)] == list(found)


def test_a_file_of_ones_own_is_named_as_the_user_named_it(tmp_path: Path) -> None:
    path = tmp_path / "mutual-trust.yaml"
    path.write_text((ROOT / "rubrics/mutual-trust.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    found = [finding("rubric", "mutual-trust", "questions", "bad_news")]
    ((_, problem),) = located(found, load_any(str(path)), str(path))
    assert problem.where is not None
    assert problem.where.file == str(path)


def test_titles_say_kind_id_and_version() -> None:
    assert title(load_any("deal")).startswith("screen deal ")
    assert title(load_any("mutual-trust")).startswith("rubric mutual-trust ")
    assert title(load_any(str(ROOT / "rubrics/costs/deal.yaml"))).startswith("cost model deal ")
