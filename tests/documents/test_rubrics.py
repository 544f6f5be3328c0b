from fractions import Fraction
from pathlib import Path

import pytest

from fitcheck.decision.content.rubric import STAGES, Change
from fitcheck.documents.reading.finding import names
from fitcheck.documents.rubrics import load_rubric
from fitcheck.problems import DocumentError, Place, UsageError

TRUST = """\
rubric: trust
version: 3
title: "  Mutual   trust "
about: |
  Do they trust us,
  and we them?
source: "Trust\\e[31m is a two way street"
sides: {ours: "We trust them", theirs: "They trust us"}
questions:
  bad_news:
    ask: Who told the last bad news?
    ask_customer: How shall we tell each other bad news?
    why: Trust shows in bad news told early.
    rule: Take the last option that holds.
    side: ours
    weight: 0.1
    reason: straight-answers
    not_applicable: Only before there was any
    ask_cost: 2
    options:
      told:
        says: They did
        points: {concept: 0.1, prototype: 0.2, pilot: 0.3, growth: 0.4, mature: 1}
        because: they tell bad news
      found: {says: We found out, points: 0, because: we had to find out, gate: all, gate_because: so, reason: other}
    change: {by: us, advice: Tell ours first., effort: 3, weeks: 4}
  visits:
    ask: Do they visit?
    why: Who visits, cares.
    side: ours
    weight: 2
    reason: they-care
    options:
      yes: {says: "Yes", points: 1, because: a}
      no: {says: "No", points: 0, because: b, gate: [pilot, concept]}
    change: {by: nobody, advice: Wait.}
  promises:
    ask: Do they rely on us?
    why: Who relies, trusts.
    side: theirs
    weight: 1
    reason: they-rely
    source: Customer trust
    options: {yes: {says: "Yes", points: 1, because: a}, no: {says: "No", points: 0, because: b}}
    change: {by: time, advice: Wait.}
"""


def write(folder: Path, text: str) -> str:
    file = folder / "trust.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_everything_that_is_written_arrives(tmp_path: Path) -> None:
    path = write(tmp_path, TRUST.replace("gate: [pilot, concept]}", "gate: [pilot, concept], gate_because: c}"))
    rubric = load_rubric(path)

    assert (rubric.id, rubric.version, rubric.title) == ("trust", 3, "Mutual trust")
    assert rubric.about == "Do they trust us, and we them?"
    assert rubric.source == "Trust\ufffd[31m is a two way street"
    assert list(rubric.sides.items()) == [("theirs", "They trust us"), ("ours", "We trust them")]
    assert [question.id for question in rubric.questions] == ["bad_news", "visits", "promises"]

    news, visits, promises = rubric.questions
    assert (news.weight, news.side, news.reason, news.ask_cost) == (Fraction(1, 10), "ours", "straight-answers", 2)
    assert news.not_applicable == "Only before there was any"
    assert news.ask_customer == "How shall we tell each other bad news?"
    assert news.where == Place(path, 10, 3)
    assert (news.rule, visits.rule) == ("Take the last option that holds.", "")
    assert news.option("told").points == tuple(Fraction(n, 10) for n in (1, 2, 3, 4, 10))
    assert news.option("found").points == (Fraction(0),) * 5
    assert news.option("found").gate == frozenset(STAGES)
    assert (news.option("found").gate_because, news.option("found").reason) == ("so", "other")
    assert news.change == Change("us", "Tell ours first.", 3, 4)
    assert [option.id for option in visits.options] == ["yes", "no"]
    assert visits.option("no").gate == {"pilot", "concept"}
    assert (visits.ask_cost, visits.change.effort, visits.change.weeks, visits.source) == (1, 1, None, None)
    assert promises.source == "Customer trust"


def test_problems_of_shape_and_of_meaning_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        load_rubric(write(tmp_path, TRUST.replace("weight: 2", "weight: two")))

    assert [problem.code for problem in caught.value.problems] == ["wrong-type", "gate-without-because"]


def test_options_may_stand_in_any_order_of_points(tmp_path: Path) -> None:
    turned = TRUST.replace(", gate: [pilot, concept]", "").replace("points: 1, because: a", "points: 0, because: a")
    assert load_rubric(write(tmp_path, turned)).questions[1].option("yes").points[0] == 0


def test_a_wrong_name_is_a_wrong_call_and_gets_the_right_one() -> None:
    with pytest.raises(UsageError) as caught:
        load_rubric("mutual_trust")
    (problem,) = caught.value.problems
    assert (problem.code, problem.hint) == ("unknown-rubric", 'did you mean "mutual-trust"?')


@pytest.mark.parametrize("name", names("rubric"))
def test_every_built_in_rubric_is_sound_and_named_by_its_file(name: str) -> None:
    rubric = load_rubric(name)
    assert rubric.id == name
    for question in rubric.questions:
        assert question.where is not None
        assert question.where.file == f"rubrics/{name}.yaml"
