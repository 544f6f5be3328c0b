from dataclasses import replace
from pathlib import Path

import pytest

from fitcheck.decision.content.cost_model import CostModel
from fitcheck.decision.content.rubric import Rubric, Screen
from fitcheck.documents.any_content import KINDS, load_any
from fitcheck.documents.content_copy import content_copy
from fitcheck.documents.reading.finding import names
from fitcheck.problems import UsageError

EVERY = [f"{kind}:{name}" for kind in KINDS for name in names(kind)]


def bare(thing: Screen | Rubric | CostModel) -> object:
    """Everything but its id and its places."""
    if isinstance(thing, Screen):
        return replace(thing, id="", digest="", built_in=True)
    return replace(thing, id="", questions=tuple(replace(question, where=None) for question in thing.questions))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", EVERY)
def test_a_copy_says_what_the_original_says(name: str, tmp_path: Path) -> None:
    found = content_copy(name)
    file = tmp_path / found.file
    file.write_text(found.text, encoding="utf-8")
    assert bare(load_any(str(file))) == bare(load_any(name))


def test_a_cost_model_gets_an_id_of_its_own_and_says_how_it_is_used() -> None:
    found = content_copy("cost:deal")
    assert str(found.file) == "deal-costs.yaml"
    assert found.text.startswith("cost: deal-costs\n# A copy of the cost model deal. ")
    assert found.use == 'write "cost_models: {deal: deal-costs.yaml}" in company.yaml'
    assert "cost_models: {pilot: our/pilot-work.yaml}" in content_copy("cost:pilot", Path("our/pilot-work.yaml")).use


def test_a_screen_is_used_by_its_path_and_a_rubric_keeps_its_name() -> None:
    assert content_copy("deal", Path("our-deal.yaml")).use == "fitcheck assess FILE --screen our-deal.yaml"
    assert str(content_copy("mutual-trust").file) == "mutual-trust.yaml"
    with pytest.raises(UsageError, match=r"is called mutual-trust\.yaml"):
        content_copy("mutual-trust", Path("our-trust.yaml"))


@pytest.mark.parametrize("name", ["cost:dael", "nothing", "screen:mutual-trust", "examples/company.yaml"])
def test_only_what_is_built_in_can_be_copied(name: str) -> None:
    with pytest.raises(UsageError, match="no built-in rubric, screen or cost model"):
        content_copy(name)


@pytest.mark.parametrize("file", ["Our deal.yaml", "deal.json", "deal", "-"])
def test_a_name_that_can_be_no_id_is_refused(file: str) -> None:
    with pytest.raises(UsageError, match="can't name a cost model"):
        content_copy("cost:deal", Path(file))
