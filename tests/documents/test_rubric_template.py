from pathlib import Path

import pytest

from fitcheck.documents.rubric_template import rubric_template
from fitcheck.documents.rubrics import ChangeModel, OptionModel, QuestionModel, RubricModel, load_rubric
from fitcheck.problems import UsageError
from fitcheck.proof.lint import lint


def test_the_template_is_sound_and_nothing_about_it_is_odd(tmp_path: Path) -> None:
    path = tmp_path / "our-own-fit.yaml"
    path.write_text(rubric_template("our-own-fit", "our-own-fit.yaml"), encoding="utf-8")
    rubric = load_rubric(str(path))
    assert (rubric.id, rubric.title) == ("our-own-fit", "Our own fit")
    assert lint(rubric) == ()


def test_the_template_shows_every_key_that_a_rubric_can_have() -> None:
    text = rubric_template("own", "own.yaml")
    for model in (RubricModel, QuestionModel, OptionModel, ChangeModel):
        for key in model.model_fields:
            assert f"{key}:" in text, key


def test_its_lines_fit_into_a_wide_editor() -> None:
    assert max(map(len, rubric_template("own", "own.yaml").splitlines())) <= 120


@pytest.mark.parametrize("name", ["Own", "own fit", "own_fit", "", "-own"])
def test_a_name_that_is_no_id_is_refused_with_what_one_looks_like(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        rubric_template(name, f"{name}.yaml")
    (problem,) = caught.value.problems
    assert "our-fit.yaml" in (problem.hint or "")
