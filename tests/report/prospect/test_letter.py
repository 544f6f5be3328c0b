import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import assume, given as forall, settings, strategies as st
from jsonschema import Draft202012Validator
from strategies import Situation, situations, worked_example

from fitcheck import load_prospect
from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.change.change_sets import ChangeSet, PathsToPursue, Step
from fitcheck.decision.content.answers import Answer
from fitcheck.decision.content.cost_model import Company
from fitcheck.decision.content.rubric import Option, Question, Rubric, Screen
from fitcheck.decision.score.results import Gate
from fitcheck.documents.cases import load_cases
from fitcheck.documents.schemas import schema_of
from fitcheck.problems import DocumentError, UsageError
from fitcheck.report import words
from fitcheck.report.markdown import escape
from fitcheck.report.prospect.letter import GOALS, HOURS_REASON, MONEY_REASON, LetterDocument, letter_document
from fitcheck.report.prospect.letter_template import _reason, built_in_template, letter_text

INNER = "INNER"
GOAL = "goal-in-their-words"
DAY = date(2026, 11, 22)
LETTERS = "abcdefghij"


def assessed(situation: Situation) -> Assessment:
    return assess(situation.screen, situation.prospect, situation.stage, company=situation.company)


def marked(situation: Situation) -> Situation:
    """Mark every text that is not for the customer's eyes, and leave no digit in those that are."""
    screen = situation.screen
    rubrics = tuple(_rubric(rubric) for rubric in screen.rubrics)
    rules = {
        stage: replace(rule, floors=tuple(replace(floor, because=INNER) for floor in rule.floors))
        for stage, rule in screen.stages.items()
    }
    gate = replace(screen.money_gate, because=INNER) if screen.money_gate else None
    goals = {question.id for rubric in rubrics for question in rubric.questions if question.reason == GOAL}
    answers = {
        name: replace(answer, evidence="their own words" if name in goals else INNER, on=DAY, by=INNER)
        for name, answer in situation.prospect.answers.items()
    }
    return replace(
        situation,
        screen=replace(screen, title=INNER, about=INNER, rubrics=rubrics, stages=rules, money_gate=gate),
        prospect=replace(situation.prospect, id=INNER, answers=answers),
    )


def _rubric(rubric: Rubric) -> Rubric:
    sides = dict.fromkeys(rubric.sides, INNER)
    questions = tuple(_question(question, number) for number, question in enumerate(rubric.questions))
    return replace(rubric, title=INNER, about=INNER, source=INNER, sides=sides, questions=questions)


def _question(question: Question, number: int) -> Question:
    def option(found: Option, at: int) -> Option:
        because = INNER if found.gate else ""
        return replace(found, says=f"Fit {LETTERS[at]}", because=INNER, gate_because=because)

    return replace(
        question,
        ask=INNER,
        why=INNER,
        reason=GOAL if number else INNER,
        change=replace(question.change, advice=INNER),
        ask_customer=None if number else "What of it?",
        options=tuple(option(found, at) for at, found in enumerate(question.options)),
    )


@settings(max_examples=120)
@forall(situations().map(marked))
def test_nothing_but_what_a_customer_may_read_gets_into_a_letter(situation: Situation) -> None:
    assessment = assessed(situation)
    assume(assessment.verdict == "not now")
    letter = letter_document(assessment, "Ourselves")
    for told in (letter_text(letter), str(letter)):
        assert INNER not in told
    allowed = {str(assessment.look_again_weeks)}
    if assessment.look_again:
        allowed |= {str(assessment.look_again.day), str(assessment.look_again.year)}
    assert set(re.findall(r"\d+", letter_text(letter))) <= allowed


def test_no_figure_and_no_reason_of_a_built_in_case_occurs_in_its_letter() -> None:
    cases = [case for file in load_cases() for case in file.cases if case.expect.verdict == "not now"]
    for case in cases[::5]:
        assessment = assess(case.screen, case.prospect, case.stage, as_of=DAY)
        told = letter_text(letter_document(assessment))
        for secret in secrets(assessment):
            assert secret not in told
            assert escape(secret) not in told


def secrets(assessment: Assessment) -> Iterator[str]:
    yield from (reason.text for group in assessment.against for reason in group.members)
    yield from (gate.why for gate in assessment.gates if gate.why)
    yield from (gate.because for gate in assessment.gates)
    yield from (advice.text for advice in assessment.advice)
    for points in (assessment.score, assessment.score_low, assessment.score_high, assessment.threshold):
        yield words.points(points)
    yield from (words.effect(reason.effect) for reason in assessment.reasons)
    yield from (words.effect(line.effect) for line in assessment.still_open)
    for dimension in assessment.dimensions:
        yield words.points(dimension.score)
        yield words.points(dimension.most)
    yield words.percent(assessment.known)
    if assessment.cost:
        for amount in (assessment.cost.money.p10, assessment.cost.money.p50, assessment.cost.money.mean):
            yield f"{amount:,.0f}"
        yield f"{assessment.cost.hours.p50:.1f}"
        yield assessment.cost.cycles_because


def test_a_pursue_is_nothing_to_decline() -> None:
    base = worked_example()
    best = base.answering({q: Answer(o) for q, o in (("goal", "clear"), ("references", "given"), ("candour", "open"))})
    with pytest.raises(UsageError, match="nothing to decline"):
        letter_document(assessed(best))


def declined(
    *,
    steps: tuple[Step, ...] | None = (),
    goal: Answer | None = None,
    settled: bool = False,
    fatal: bool = False,
    **change: Any,
) -> Assessment:
    """Return the worked example as an open "not now" of 23 points, or with a failed gate; None: no set of changes."""
    base = worked_example()
    rubrics = tuple(
        replace(rubric, questions=tuple(_with_words(question) for question in rubric.questions))
        for rubric in base.screen.rubrics
    )
    situation = replace(base, screen=replace(base.screen, rubrics=rubrics))
    pain = Answer("none" if fatal else "some")
    found = assessed(situation.answering({"pain": pain, "goal": goal or Answer("vague"), "plan": Answer("none")}))
    sets = () if steps is None else (ChangeSet(steps, 1, Fraction(70)),)
    would_change = PathsToPursue(sets, **change)
    return replace(
        found, verdict="not now", settled=settled, would_change=would_change, look_again=DAY, look_again_weeks=12
    )


def _with_words(question: Question) -> Question:
    told = {"none": f"No {question.id} yet.", "some": "Some pain.", "broken": "We owe you."}
    return replace(
        question,
        reason=GOAL if question.id == "goal" else question.reason,
        ask_customer=f"May we ask of {question.id}?",
        options=tuple(replace(option, to_customer=told.get(option.id)) for option in question.options),
    )


def test_the_reasons_are_those_that_a_rubric_has_words_for_the_gate_first() -> None:
    assert letter_document(declined(fatal=True))["reasons"] == ["No pain yet.", "No plan yet."]
    assert letter_document(declined())["reasons"] == ["No plan yet.", "Some pain."]
    hopeless = declined(fatal=True, steps=None, obstacles=("pain",))
    assert letter_document(hopeless)["reasons"] == ["No pain yet."]  # what does not decide is not told as well


def test_where_the_score_is_high_enough_a_weakness_is_no_reason() -> None:
    found = declined()
    assert letter_document(replace(found, score=found.threshold))["reasons"] == []


def test_of_a_failed_floor_the_answers_that_it_rests_on_are_told() -> None:
    found = declined(fatal=False)
    floor = Gate("floor:need", "Need", "fail", "too low", "because")
    found = replace(found, score=found.threshold, gates=(floor,))
    assert letter_document(found)["reasons"] == ["No plan yet.", "Some pain."]
    ours = replace(floor, id="floor:trust:ours")
    assert letter_document(replace(found, gates=(ours,)))["reasons"] == []


def test_too_much_work_is_told_without_a_figure_and_with_what_would_be_lighter() -> None:
    case = next(case for file in load_cases() for case in file.cases if case.screen.id == "deal")
    path = str(ROOT / "examples" / "friendly-tender.yaml")
    prospect = load_prospect(path, case.screen)
    letter = letter_document(assess(case.screen, prospect, "growth", as_of=DAY))
    assert letter["reasons"] == [MONEY_REASON]
    assert letter["lighter"]
    assert "It could work with " in letter_text(letter)
    assert not re.search(r"\d", letter_text(letter).split("know why")[1].split("On ")[0])
    pilot = next(case.screen for file in load_cases() for case in file.cases if case.screen.id == "pilot")
    company = Company(pilot_hours=Fraction(10))
    busy = letter_document(assess(pilot, prospect, "pilot", as_of=DAY, company=company))
    assert busy["reasons"] == [HOURS_REASON]


@pytest.mark.parametrize(
    ("answer", "goal"),
    [
        (Answer("clear", evidence="Less overtime", by="plant manager"), "Less overtime"),
        (Answer("clear", evidence="They sounded keen"), None),
        (Answer("clear", by="plant manager"), None),
        (Answer("vague", evidence="No idea", by="plant manager"), None),
    ],
)
def test_only_what_somebody_said_of_their_goal_and_what_speaks_for_them_is_quoted(
    answer: Answer, goal: str | None
) -> None:
    letter = letter_document(declined(goal=answer))
    assert letter["goal"] == goal
    assert ("“Less overtime”" in letter_text(letter)) == bool(goal)
    assert ("telling us" in letter_text(letter)) == bool(goal)


def test_only_an_open_verdict_asks_and_never_of_trust() -> None:
    base = declined(goal=Answer(None, "unknown"))
    asked = letter_document(base)["asks"]
    assert asked[0] == "May we ask of goal?"
    assert len(asked) <= 2
    assert not any(word in ask for ask in asked for word in ("promises", "references", "candour"))
    for closed in (declined(settled=True), declined(steps=None, obstacles=("pain",))):
        assert letter_document(closed)["asks"] == []


def test_each_way_a_letter_can_go_says_so() -> None:
    bare = {"reasons": [], "lighter": [], "asks": [], "too_little_known": False, "hopeful": True}

    def letter(**parts: Any) -> str:
        return letter_text({**letter_document(declined()), **bare, **parts})  # type: ignore[typeddict-item]

    said = {
        "reasons": letter(reasons=["We owe you.", "Some pain."]),
        "unknown": letter(too_little_known=True, asks=["What?", "When?"]),
        "one": letter(asks=["What?"]),
        "lighter": letter(reasons=["Too much."], lighter=["a", "b", "c"]),
        "hopeless": letter(hopeful=False),
    }
    only = {
        "\n\nWe owe you. Some pain.\n\n": {"reasons"},
        "I don't know enough yet": {"unknown"},
        "glad to explain why on a call": {"one", "hopeless"},
        "these answers would help:\n\n- What?\n- When?\n": {"unknown"},
        "this answer would help:\n\n- What?\n": {"one"},
        "It could work with a, b and c.": {"lighter"},
        "the better choice for you": {"hopeless"},
        "On 22 November 2026 I'll get in touch again": set(said),
        "Dear [name],": set(said),
    }
    for text, kinds in only.items():
        assert {kind for kind, told in said.items() if text in told} == kinds


def test_a_letter_to_any_case_has_at_most_twenty_lines() -> None:
    cases = [case for file in load_cases() for case in file.cases if case.expect.verdict == "not now"]
    for case in cases[::7]:
        told = letter_text(letter_document(assess(case.screen, case.prospect, case.stage, as_of=DAY), "Us"))
        assert told.count("\n") <= 20
        assert len(told) < 1200


@forall(st.dates())
def test_the_day_is_written_out_without_a_locale(day: date) -> None:
    told = letter_document(replace(declined(), look_again=day))["look_again"]
    number, month, year = (told["day"] or "").split()
    assert (int(number), int(year)) == (day.day, day.year)
    assert month.isalpha()
    later = letter_document(replace(declined(), look_again=day.replace(day=1)))["look_again"]["day"]
    assert later
    assert later.split()[1] == month


def test_months_have_their_names() -> None:
    days = [DAY.replace(month=1, day=15) + timedelta(days=30 * month) for month in range(12)]
    told = [letter_document(replace(declined(), look_again=day))["look_again"]["day"] or "" for day in days]
    assert [text.split()[1][:3] for text in told] == "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905


def test_without_a_day_it_is_weeks() -> None:
    assert "I'll get in touch again in 12 weeks and ask" in letter_text(
        letter_document(replace(declined(), look_again=None))
    )


def test_texts_of_a_user_are_neither_markup_nor_template() -> None:
    hostile = "{{ 7 * 7 }} {% raw %} *bold* [x](y) <b>"
    found = declined(goal=Answer("clear", evidence=hostile, by="x"))
    found = replace(found, prospect=replace(found.prospect, name=hostile))
    letter = letter_document(found, hostile)
    told = letter_text(letter, "markdown")
    assert told.count(escape(hostile)) == 3
    assert letter_text(letter).count(hostile) == 3  # a mail has no markup, so that nothing is escaped
    assert "49" not in told
    assert "{{ 7" in told


def test_the_document_is_valid_against_its_schema() -> None:
    schema = schema_of(LetterDocument, "letter")
    Draft202012Validator.check_schema(schema)
    for found in (declined(), declined(steps=None, obstacles=("pain",)), replace(declined(), look_again=None)):
        Draft202012Validator(schema).validate(letter_document(found, "Us"))


def test_a_letter_has_no_two_blank_lines_and_ends_with_one_line_feed() -> None:
    told = letter_text(letter_document(declined()))
    assert "\n\n\n" not in told
    assert told.endswith("]\n")


LETTER = letter_document(declined(goal=Answer(None, "unknown")))


def test_a_template_of_ones_own_sees_the_same_values() -> None:
    source = "{{ prospect.name }}|{{ sender }}|{{ asks[0] }}|{{ look_again.on }}|{{ hopeful }}"
    assert letter_text(LETTER, template=source) == "Acme|None|May we ask of goal?|2026-11-22|True\n"


def test_a_template_is_handed_nothing_but_plain_values() -> None:
    def plain(value: Any) -> bool:
        if isinstance(value, dict):
            return all(plain(item) for item in value.values())
        if isinstance(value, list):
            return all(plain(item) for item in value)
        return value is None or isinstance(value, (str, int, bool))

    assert plain(LETTER)
    assert not any(is_dataclass(value) and fields(value) for value in LETTER.values())


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("Dear\n\n{% if sender %}", 3, "Unexpected end of template"),
        ("Dear\n{{ prospect.name", 2, "unexpected end of template"),
        ("Dear {{ prospect.name }}\n\n  {{ score }}\n", 3, "'score' is undefined"),
        ("Dear\n{{ prospect.score }}", 2, "has no attribute 'score'"),
        ("{% for ask in asks %}\n{{ ask }}\n{% endfor %}\n{{ 1 // 0 }}", 4, "zero"),
        ("\n{{ prospect.name + 1 }}", 2, "can't be filled in"),
        ("\n\n{{ ''.__class__.__mro__ }}", 3, "access to attribute '__class__'"),
        ("\n{% include 'other' %}", 2, "no loader"),
        ("\n{% extends 'other' %}", 2, "no loader"),
        ("\n{% macro m() %}\n{{ nope }}\n{% endmacro %}\n{{ m() }}", 3, "'nope' is undefined"),
        ("\n{{ range(1000000000) | list }}", 2, "Range too big"),
        ("\n{{ 'x' | nofilter }}", 2, "No filter named"),
        ("\r\n\r\n{{ nope }}", 3, "'nope' is undefined"),
    ],
)
def test_a_broken_template_is_a_problem_with_file_and_line(source: str, line: int, said: str) -> None:
    with pytest.raises(DocumentError) as raised:
        letter_text(LETTER, "text", source, "ours.md.j2")
    (problem,) = raised.value.problems
    assert said in problem.message
    assert problem.where
    assert (problem.where.file, problem.where.line) == ("ours.md.j2", line)
    assert problem.excerpt == source.replace("\r\n", "\n").split("\n")[line - 1]


def test_a_template_that_nests_too_deep_is_a_problem() -> None:
    for source in ("{% for a in asks %}" * 30 + "{% endfor %}" * 30, "{{ " + "(" * 5000 + ")" * 5000 + " }}"):
        with pytest.raises(DocumentError):
            letter_text(LETTER, template=source)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% for i in range(99999) %}" * 3 + "{% endfor %}" * 3, "loops or calls without an end"),
        ("{% set some = [1] %}" + "{% for a in 'x' | list * 9 %}" * 9 + "{% endfor %}" * 9, "too large"),
        ("{% for a in [1, 2, 3, 4, 5, 6, 7, 8] %}" * 9 + "{% endfor %}" * 9, "loops or calls without an end"),
        ("{% for a in [1, 2, 3, 4, 5, 6, 7, 8] recursive %}{{ loop(a) }}{% endfor %}", "can't be filled in"),
        ("{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}", "calls itself without an end"),
        ("{% macro m(n) %}{{ m(n - 1) ~ m(n - 1) if n }}{% endmacro %}{{ m(40) }}", "loops or calls without an end"),
        ("{{ 'x' * 100000000000 }}", "the result of * may be too large"),
        ("{{ 9 ** 9 ** 9 }}", "the result of ** may be too large"),
        ("{{ '%0999999999d' % 1 }}", "the result of % may be too large"),
        ("{{ 'x' | center(999999999) }}", "No filter named 'center'"),
        ("{% for i in range(9999) %}xxxxxxxxxxxxxxxxxxxx{% endfor %}", "more than a letter can hold"),
        ("{{ none.x }}{{ [][0] }}", "None"),
    ],
)
def test_a_template_under_attack_ends_with_a_reason(source: str, said: str) -> None:
    with pytest.raises(DocumentError) as raised:
        letter_text(LETTER, template=source)
    assert said in raised.value.problems[0].message


def test_a_fault_that_says_nothing_is_named_by_its_kind() -> None:
    assert _reason(MemoryError()) == "it asks for more memory than there is"
    assert _reason(ValueError()) == "ValueError"
    assert _reason(ValueError("why")) == "why"


def test_what_a_terminal_obeys_does_not_come_out_of_a_template() -> None:
    told = letter_text(LETTER, template="a\x1b[31mb\u202ec {{ '\\x1b[2J' }}\r\nnext")
    assert told == "a\ufffd[31mbc \ufffd[2J\nnext\n"


def test_the_built_in_template_names_every_value_it_may_use() -> None:
    comment = built_in_template().split("#}")[0]
    for key in LETTER:
        assert key == "schema" or key in comment


def test_the_built_in_template_is_what_is_used_without_one() -> None:
    assert letter_text(LETTER) == letter_text(LETTER, template=built_in_template())


def screens() -> Iterator[Screen]:
    seen = set()
    for file in load_cases():
        for case in file.cases:
            if case.screen.id not in seen:
                seen.add(case.screen.id)
                yield case.screen


def test_each_built_in_screen_has_a_question_about_their_goal() -> None:
    for screen in screens():
        goals = [question for question in screen.questions if question.reason in GOALS]
        assert goals
        assert all(question.ask_customer for question in goals)


def test_what_a_customer_may_read_is_whole_sentences_that_speak_to_them() -> None:
    reasons = [
        option.to_customer
        for screen in screens()
        for question in screen.questions
        for option in question.options
        if option.to_customer
    ]
    assert reasons
    for reason in reasons:
        assert reason[0].isupper()
        assert reason.endswith(".")
        assert not re.search(r"\b(their|score|trust|prospect|deal-breaker)\b", reason)


def test_of_how_far_we_trust_them_no_answer_is_told_but_what_we_could_not_see() -> None:
    ours = {
        question.id
        for screen in screens()
        for question in screen.questions
        if question.side == "ours" and any(option.to_customer for option in question.options)
    }
    assert ours == {"shown_inside"}
