"""Every file of tests/bad has one mistake; its first line, or `<name>.expect`, says which problem and where."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from fitcheck.documents.company import load_company
from fitcheck.documents.costs import load_cost
from fitcheck.documents.mappings import load_mapping
from fitcheck.documents.prospects import Questionnaire, read_prospect
from fitcheck.documents.reading import yaml_tree as yamltree
from fitcheck.documents.rubrics import load_rubric
from fitcheck.documents.screens import load_screen
from fitcheck.problems import DocumentError, Problem
from fitcheck.report.problems import problem_text

BAD = Path(__file__).parents[1] / "bad"
PARTNER = load_screen(str(BAD / "parts" / "partner.yaml"))

LOAD: dict[str, Callable[[str], object]] = {
    "rubric": load_rubric,
    "screen": load_screen,
    "cost": load_cost,
    "mapping": lambda path: load_mapping(path, Questionnaire.of(PARTNER)),
    "company": lambda path: load_company(path, cost=load_cost("deal")),
    "prospect": lambda path: read_prospect(Path(path).read_bytes(), path, known=Questionnaire.of(PARTNER)),
}
FILES = sorted(file for kind in LOAD for file in (BAD / kind).iterdir() if file.suffix != ".expect")


def expected(file: Path) -> tuple[str, int, int, str]:
    """Code, line, column and some words of the problem."""
    sidecar = file.with_name(file.name + ".expect")
    told = sidecar.read_text() if sidecar.exists() else file.read_text(encoding="utf-8").partition("\n")[0]
    found = re.fullmatch(r"(?:# expect: )?([a-z0-9-]+) (\d+):(\d+) (.*)\n?", told)
    assert found, f"{file} does not say what to expect"
    return found[1], int(found[2]), int(found[3]), found[4]


def assert_excerpt_is_the_line(file: Path, problem: Problem) -> None:
    """A problem shows the line that it names; in JSON it names none."""
    assert problem.where is not None
    if not problem.where.line:
        assert (file.suffix, problem.excerpt) == (".json", None)
        return
    assert problem.excerpt is not None
    lines = re.split(r"\r\n|[\r\n]", file.read_bytes().decode("utf-8", "replace"))
    assert problem.excerpt == lines[problem.where.line - 1]
    assert problem.length <= max(1, len(problem.excerpt) - problem.where.column + 1)


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 40


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_one_mistake_gives_one_problem_at_its_place_in_words_that_help(file: Path) -> None:
    code, line, column, words = expected(file)
    with pytest.raises(DocumentError) as caught:
        LOAD[file.parent.name](str(file))

    (problem,) = caught.value.problems
    assert problem.where is not None
    assert (problem.code, problem.where.line, problem.where.column) == (code, line, column)
    assert problem.where.file == str(file)
    text = " ".join(problem_text([problem], 500).split())
    assert words in text.replace("= ", "")
    assert "Input should" not in text
    assert "pydantic" not in text
    assert_excerpt_is_the_line(file, problem)


def test_without_libyaml_the_same_mistakes_are_found_on_the_same_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamltree, "Loader", yaml.SafeLoader)
    for file in FILES:
        code, line, *_ = expected(file)
        with pytest.raises(DocumentError) as caught:
            LOAD[file.parent.name](str(file))
        (problem,) = caught.value.problems
        assert problem.where is not None
        assert (file.name, problem.code, problem.where.line) == (file.name, code, line)
