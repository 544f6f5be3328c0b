"""The prospect file to fill in is sound before, while and after it is filled in."""

import re

import pytest
from hypothesis import given
from strategies import Situation, situations

from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import Question
from fitcheck.documents.prospect_template import WIDTH, prospect_template
from fitcheck.documents.prospects import Questionnaire, read_prospect
from fitcheck.documents.reading.finding import names
from fitcheck.documents.screens import load_screen


@pytest.mark.parametrize("name", names("screen"))
def test_each_answer_that_is_offered_can_take_the_place_of_unknown(name: str) -> None:
    screen = load_screen(name)
    text = prospect_template(screen, name)
    assert max(map(len, text.splitlines())) <= WIDTH
    known = Questionnaire.of(screen)
    untouched = read_prospect(text.encode(), "new.yaml", known=known)
    costly = screen.cost.questions if screen.cost else ()
    every: list[Question | CostQuestion] = [*screen.questions, *costly]
    asked = {question.id: question for question in every}
    assert {id_: answer.state for id_, answer in untouched.answers.items()} == dict.fromkeys(asked, "unknown")
    blocks = re.findall(r"((?:^  #   .*\n)+)^  (\w+): unknown$", text, re.MULTILINE)
    assert [question for _, question in blocks] == [*asked]
    for block, question in blocks:
        offered = re.findall(r"^  #   (\S+): ", block, re.MULTILINE)
        options = [option.id for option in asked[question].options]
        assert offered == [*options, *(["n/a"] if asked[question].not_applicable else [])]
        for word in offered:
            filled = re.sub(rf"^  {question}: unknown$", f"  {question}: {word}", text, flags=re.MULTILINE)
            answer = read_prospect(filled.encode(), "new.yaml", known=known).answers[question]
            assert (answer.option or answer.state) == word


@given(situations())
def test_whatever_a_screen_asks_the_file_is_sound(situation: Situation) -> None:
    text = prospect_template(situation.screen, "it's mine.yaml")
    assert '\nscreen: "it\'s mine.yaml"\n' in text
    read_prospect(text.encode(), "new.yaml", known=Questionnaire.of(situation.screen))
