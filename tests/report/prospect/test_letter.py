import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given as forall, settings, strategies as st
from jsonschema import Draft202012Validator
from strategies import Situation, situations, worked_example

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.change.change_sets import ChangeSet, PathsToPursue, Step
from fitcheck.decision.content.answers import Answer
from fitcheck.decision.content.rubric import Actor, Option, Question, Rubric, Screen
from fitcheck.documents.cases import load_cases
from fitcheck.documents.schemas import schema_of
from fitcheck.problems import DocumentError, UsageError
from fitcheck.report import words
from fitcheck.report.markdown import escape
from fitcheck.report.prospect.letter import GOALS, LetterDocument, letter_document, to_them
from fitcheck.report.prospect.letter_template import built_in_template, letter_markdown

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
    for told in (letter_markdown(letter), str(letter)):
        assert INNER not in told
    allowed = {str(assessment.look_again_weeks)}
    if assessment.look_again:
        allowed |= {str(assessment.look_again.day), str(assessment.look_again.year)}
    assert set(re.findall(r"\d+", letter_markdown(letter))) <= allowed


def test_no_figure_and_no_reason_of_a_built_in_case_occurs_in_its_letter() -> None:
    cases = [case for file in load_cases() for case in file.cases if case.expect.verdict == "not now"]
    for case in cases[::5]:
        assessment = assess(case.screen, case.prospect, case.stage, as_of=DAY)
        told = letter_markdown(letter_document(assessment))
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
    *, steps: tuple[Step, ...] | None = (), goal: Answer | None = None, settled: bool = False, **change: Any
) -> Assessment:
    """Return the worked example as a "not now" with these steps; None: no set of changes."""
    base = worked_example()
    asks = {"goal": "What do you want?", "promises": None}
    rubrics = tuple(
        replace(
            rubric,
            questions=tuple(
                replace(
                    q,
                    reason=GOAL if q.id == "goal" else q.reason,
                    ask_customer=asks.get(q.id, f"May we ask of {q.id}?"),
                )
                for q in rubric.questions
            ),
        )
        for rubric in base.screen.rubrics
    )
    situation = replace(base, screen=replace(base.screen, rubrics=rubrics))
    found = assessed(situation.answering({"pain": Answer("none"), "goal": goal or Answer("vague")}))
    sets = () if steps is None else (ChangeSet(steps, 1, Fraction(70)),)
    would_change = PathsToPursue(sets, **change)
    return replace(found, settled=settled, would_change=would_change, look_again=DAY, look_again_weeks=12, ask_next=())


def step(question: str, after: str, by: Actor, says: str = "They named it") -> Step:
    return Step(question, "", after, says, by, "Advice.", 1, 4, Fraction(1))


def test_steps_are_told_by_who_acts_in_words_for_them() -> None:
    letter = letter_document(
        declined(
            steps=(
                step("goal", "clear", "them", "They said what they want"),
                step("plan", "agreed", "us", "They agreed on their plan"),
                step("pain", "severe", "time", "It hurts them"),
                step("candour", "open", "them", "They told us"),
                step("promises", "kept", "us"),
            )
        )
    )
    assert letter["theirs"] == [
        {"ask": "What do you want?", "enough": "You said what you want"},
        {"ask": "May we ask of candour?", "enough": None},  # how far we trust them is not for their eyes
    ]
    assert letter["ours"] == [{"ask": "May we ask of plan?", "enough": None}]  # nothing to ask about promises
    assert letter["time"] == [{"ask": "May we ask of pain?", "enough": "It hurts you"}]


def test_an_answer_in_the_lower_half_is_not_wished_for() -> None:
    half = letter_document(declined(steps=(step("pain", "some", "them"),)))
    less = letter_document(declined(steps=(step("goal", "vague", "them"),)))
    assert half["theirs"][0]["enough"] == "You named it"
    assert less["theirs"][0]["enough"] is None


@pytest.mark.parametrize(
    ("answer", "quotes"),
    [
        (Answer("clear", evidence="Less overtime", by="plant manager"), ["Less overtime"]),
        (Answer("clear", evidence="They sounded keen"), []),
        (Answer("clear", by="plant manager"), []),
        (Answer("vague", evidence="No idea", by="plant manager"), []),
    ],
)
def test_only_what_somebody_said_of_their_goal_and_what_speaks_for_them_is_quoted(
    answer: Answer, quotes: list[str]
) -> None:
    letter = letter_document(declined(goal=answer))
    assert letter["understood"] == quotes
    is_told = answer.option == "clear"
    assert letter["goal_known"] == is_told
    assert letter["asks"] == ([] if is_told else ["What do you want?"])
    said = "In your own words" if quotes else "You told us what you want to reach" if is_told else "Not enough yet"
    assert said in letter_markdown(letter)


def test_each_way_a_letter_can_go_says_so() -> None:
    said = {
        "answers": letter_markdown(letter_document(declined())),
        "change": letter_markdown(letter_document(declined(steps=(step("plan", "agreed", "us"),)))),
        "untold": letter_markdown(letter_document(declined(steps=(step("promises", "kept", "us"),)))),
        "hopeless": letter_markdown(letter_document(declined(steps=None, obstacles=("pain",)))),
        "answers may do": letter_markdown(
            letter_document(declined(steps=None, obstacles=("pain",), answers_may_do=True))
        ),
        "settled": letter_markdown(letter_document(declined(steps=None, answers_may_do=True, settled=True))),
    }
    only = {
        "We only know too little of you so far": {"answers", "answers may do"},
        "coming to you with this": {"change"},
        "Ask us, and we will say it openly": {"untold", "settled"},
        "found none that would do": {"hopeless"},
        "somebody else may well serve you better": {"hopeless"},
        "What do you want?": {"answers", "change", "untold", "answers may do", "settled"},
        "On 22 November 2026 we will ask": set(said),
    }
    for text, kinds in only.items():
        assert {kind for kind, told in said.items() if text in told} == kinds


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
    assert "In 12 weeks we will ask" in letter_markdown(letter_document(replace(declined(), look_again=None)))


def test_texts_of_a_user_are_neither_markup_nor_template() -> None:
    hostile = "{{ 7 * 7 }} {% raw %} *bold* [x](y) <b>"
    found = declined(goal=Answer("clear", evidence=hostile, by="x"))
    found = replace(found, prospect=replace(found.prospect, name=hostile))
    told = letter_markdown(letter_document(found, hostile))
    assert told.count(escape(hostile)) == 3
    assert "49" not in told
    assert "{{ 7" in told


def test_the_document_is_valid_against_its_schema() -> None:
    schema = schema_of(LetterDocument, "letter")
    Draft202012Validator.check_schema(schema)
    for found in (declined(), declined(steps=None, obstacles=("pain",)), replace(declined(), look_again=None)):
        Draft202012Validator(schema).validate(letter_document(found, "Us"))


def test_a_letter_has_no_two_blank_lines_and_ends_with_one_line_feed() -> None:
    told = letter_markdown(letter_document(declined()))
    assert "\n\n\n" not in told
    assert told.endswith("]\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They named who signs", "You named who signs"),
        ("Named people, with time in their calendars", "Named people, with time in your calendars"),
        ("The wishes are theirs alone, and others want them", "The wishes are yours alone, and others want you"),
        ("Nobody there, and no theme", "Nobody there, and no theme"),
    ],
)
def test_to_them_speaks_to_the_customer(text: str, told: str) -> None:
    assert to_them(text) == told


LETTER = letter_document(declined(steps=(step("goal", "clear", "them"),)))


def test_a_template_of_ones_own_sees_the_same_values() -> None:
    source = "{{ prospect.name }}|{{ sender }}|{{ theirs[0].ask }}|{{ look_again.on }}|{{ hopeful }}"
    assert letter_markdown(LETTER, source) == "Acme|None|What do you want?|2026-11-22|True\n"


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
        ("\n{{ range(10 ** 9) | list }}", 2, "Range too big"),
        ("\n{{ 'x' | nofilter }}", 2, "No filter named"),
        ("\r\n\r\n{{ nope }}", 3, "'nope' is undefined"),
    ],
)
def test_a_broken_template_is_a_problem_with_file_and_line(source: str, line: int, said: str) -> None:
    with pytest.raises(DocumentError) as raised:
        letter_markdown(LETTER, source, "ours.md.j2")
    (problem,) = raised.value.problems
    assert said in problem.message
    assert problem.where
    assert (problem.where.file, problem.where.line) == ("ours.md.j2", line)
    assert problem.excerpt == source.replace("\r\n", "\n").split("\n")[line - 1]


def test_a_template_that_nests_too_deep_is_a_problem() -> None:
    for source in ("{% for a in asks %}" * 30 + "{% endfor %}" * 30, "{{ " + "(" * 5000 + ")" * 5000 + " }}"):
        with pytest.raises(DocumentError):
            letter_markdown(LETTER, source)


def test_the_built_in_template_names_every_value_it_may_use() -> None:
    comment = built_in_template().split("#}")[0]
    for key in LETTER:
        assert key == "schema" or key in comment


def test_the_built_in_template_is_what_is_used_without_one() -> None:
    assert letter_markdown(LETTER) == letter_markdown(LETTER, built_in_template())


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
