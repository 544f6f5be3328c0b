"""`fitcheck interview`: what is typed stands in the file, and nothing is asked that can't matter."""

import io
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random  # noqa: TID251 - seeded

import pytest
from conftest import Outcome

from fitcheck.api import assess, load_prospect, load_screen
from fitcheck.cli.exit_codes import Exit
from fitcheck.decision.content.rubric import Screen
from fitcheck.decision.score.rounding import apart

Run = Callable[..., Outcome]
Typed = Callable[..., Outcome]

PILOT = load_screen("pilot")
ASKED = {question.id: question for question in PILOT.asked}
BEGIN = ("Acme", "")
PROMPT = "Answer (e.g. 2 they named two people):"
MIXED = ["1", "2", "2", "?", "2", "1", "2", "2", "3"]
"""Answers to the core that leave the verdict open."""
FIRST = [option.id for option in ASKED[PILOT.core[0]].options]
"""What the first question offers."""


@pytest.fixture
def typed(fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Run an interview in an empty folder, with lines that are typed."""
    monkeypatch.chdir(tmp_path)

    def call(lines: Iterable[str], *argv: str, file: str = "acme.yaml") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return fitcheck("interview", file, *argv)

    return call


def questions(told: str, screen: Screen = PILOT) -> list[str]:
    """Which questions were asked, in order."""
    by_text = {" ".join(question.ask.split()): question.id for question in screen.asked}
    blocks = [" ".join(block.split()) for block in re.split(r"(?: left|question \d+ of \d+)\n", told)[1:]]
    return [next(name for text, name in by_text.items() if block.startswith(text)) for block in blocks]


@pytest.mark.parametrize("seed", range(6))
def test_what_is_typed_stands_in_the_file_and_the_report_is_that_of_assess(
    typed: Typed, fitcheck: Run, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    keys = [chance.choice(["1", "2", "3", "?"]) for _ in range(60)]
    outcome = typed([*BEGIN, *keys], "--all")
    assert outcome.code == Exit.DONE
    given = {
        question: ASKED[question].options[int(key) - 1].id
        for question, key in zip(questions(outcome.err), keys, strict=False)
        if key != "?"
    }
    assert {q: a.option for q, a in load_prospect("acme.yaml", PILOT).answers.items() if a.option} == given
    assert len(questions(outcome.err)) == len(PILOT.asked)
    assert outcome.out == fitcheck("assess", "acme.yaml").out


def test_the_core_comes_first_then_the_verdict_in_three_lines(typed: Typed) -> None:
    outcome = typed([*BEGIN, *MIXED, "n"])
    assert questions(outcome.err) == [*PILOT.core]
    told = assess(PILOT, load_prospect("acme.yaml", PILOT))
    first = outcome.err.rpartition(f"{PROMPT} ")[2].strip().splitlines()
    assert first[0].startswith(f"{told.verdict.upper()}  {told.state}, ")
    assert first[1] == "Score {} of 100, needs {}".format(*apart(told.score, told.threshold))
    assert first[2].startswith("Against: " if told.verdict == "not now" else "For: ")
    assert first[3] == "15 questions about the fit and 10 about the cost left, most telling first."
    assert outcome.out.startswith(f"{told.verdict.upper()}  Acme")


def test_after_the_core_each_question_is_the_one_about_the_fit_that_tells_most(typed: Typed) -> None:
    keys = ["2", "?", "1"]
    for count in range(len(keys)):
        outcome = typed([*BEGIN, *MIXED, "", *keys[:count], "q"], file=f"p{count}.yaml")
        asked = questions(outcome.err)
        passed = {question for question, key in zip(asked, [*MIXED, *keys[:count]], strict=False) if key == "?"}
        told = assess(PILOT, load_prospect(f"p{count}.yaml", PILOT))
        telling = [a.question for a in told.ask_next if a.question not in passed and not a.costs_hours]
        assert asked[-1] == telling[0]


def test_cost_questions_are_never_asked_before_one_about_the_fit(typed: Typed) -> None:
    outcome = typed([*BEGIN, *["2"] * 60], "--screen", "deal", "--all")
    deal = load_screen("deal")
    asked = [question for question in questions(outcome.err, deal) if question not in deal.core]
    costing = {question.id for question in deal.cost.questions} if deal.cost else set()
    assert len(asked) == len(deal.asked) - len(deal.core)
    assert sorted(asked, key=costing.__contains__) == asked


def test_it_ends_where_no_remaining_question_can_change_the_verdict(typed: Typed) -> None:
    first = typed([*BEGIN, "5", ""])  # not the problem that we solve: a deal-breaker
    assert questions(first.err) == ["problem_match"]
    told = " ".join(first.err.split())
    assert "NOT NOW settled Score " in told
    assert (
        "No remaining question can change the verdict (23 questions about the fit and 10 about the cost left)." in told
    )
    assert "Answer them anyway? [y/N]" in told
    assert first.out.startswith("NOT NOW  Acme")
    more = typed(["y", *["1"] * 40])
    assert "Continuing acme.yaml." in more.err
    assert questions(more.err)[: len(PILOT.core) - 1] == [*PILOT.core[1:]]
    assert len(questions(more.err)) == len(PILOT.asked) - 1
    nothing_left = "Continuing acme.yaml.\nEvery question is answered. b goes back through them, Enter ends: "
    assert typed([""]).err == f"{nothing_left}Nothing was added to acme.yaml.\n"
    assert len(questions(typed(["b", "b", "1", "1"]).err)) == 3


def test_run_again_after_the_first_verdict_it_goes_straight_on(typed: Typed) -> None:
    core = ["1", "2", "2", "2", "2", "1", "2", "2", "3"]
    once = typed([*BEGIN, *core, "", "q"], file="once.yaml")
    typed([*BEGIN, *core, "n"])
    again = typed(["q"])
    assert "Go on?" not in again.err
    assert questions(again.err) == questions(once.err)[-1:]


def test_what_is_no_answer_to_go_on_is_asked_again_and_back_returns_to_the_core(typed: Typed) -> None:
    outcome = typed([*BEGIN, *MIXED, "7", "b", "2", "n"])
    assert outcome.err.count("Type y or n, or b to go back.") == 1
    assert outcome.err.count("Go on? [Y/n]") == 3
    assert questions(outcome.err) == [*PILOT.core, PILOT.core[-1]]


def test_the_rule_stands_in_short_under_the_question_and_whole_with_why(typed: Typed) -> None:
    question = ASKED[PILOT.core[0]]
    outcome = typed([*BEGIN, "w", "q"])
    short, _, told = " ".join(outcome.err.split()).partition(PROMPT)
    assert question.rule.split(". ")[0].startswith("If the last option applies")
    assert question.rule.split(". ")[0] not in short
    assert question.rule.split(". ")[1] in short
    assert question.why in told
    assert f"To answer it: {question.rule}" in told


def test_what_back_replaces_leaves_no_trace(typed: Typed, tmp_path: Path) -> None:
    typed([*BEGIN, "2 they named two", "1", "q"], file="straight.yaml")
    there = typed([*BEGIN, "b", "", "3 no", "b", "2 they named two", "?", "b", "1", "q"], file="back.yaml")
    assert there.code == Exit.DONE
    straight, back = ((tmp_path / name).read_text(encoding="utf-8") for name in ("straight.yaml", "back.yaml"))
    assert back == straight
    assert f'problem_match: {{answer: {FIRST[1]}, evidence: "they named two"}}' in back


def test_back_goes_through_all_questions_in_their_order_and_forward_again_to_where_one_was(typed: Typed) -> None:
    straight = questions(typed([*BEGIN, *MIXED, "", "2", "1", "q"], file="a.yaml").err)
    back = len(straight) - 1
    there = typed([*BEGIN, *MIXED, "", "2", "1", *["b"] * back, *[""] * back, "q"], file="b.yaml")
    assert questions(there.err) == [*straight, *straight[-2::-1], *straight[1:]]
    assert Path("a.yaml").read_text(encoding="utf-8") == Path("b.yaml").read_text(encoding="utf-8")


def test_back_goes_through_the_answers_of_earlier_sessions_too(typed: Typed) -> None:
    typed([*BEGIN, *MIXED[:5], "q"])
    again = typed([*["b"] * 5, "", "", "3", "", "q"])
    answered = [question for question, key in zip(PILOT.core, MIXED[:5], strict=False) if key != "?"]
    here = PILOT.core[5]
    assert questions(again.err) == [here, *answered[::-1], answered[0], *answered[1:], here]
    assert "This is the first question." in again.err
    options = [option.id for option in ASKED[answered[2]].options]
    assert load_prospect("acme.yaml", PILOT).answer(answered[2]).option == options[2]


def test_the_present_answer_is_shown_and_nothing_is_erased_until_it_is_replaced(typed: Typed) -> None:
    outcome = typed([*BEGIN, "2 they named two", "1", "b", "b", "q"])
    assert outcome.err.count("now: 1 ") == 1
    assert f"now: 2 {ASKED['problem_match'].options[1].says} “they named two”" in " ".join(outcome.err.split())
    assert outcome.err.count("Enter keeps 2") == 1
    answers = load_prospect("acme.yaml", PILOT).answers.values()
    assert sum(answer.option is not None for answer in answers) == 2


def test_a_question_mark_takes_an_answer_back(typed: Typed) -> None:
    typed([*BEGIN, "2", "b", "?", "q"])
    assert load_prospect("acme.yaml", PILOT).answer("problem_match").state == "unknown"


def test_an_answer_of_an_assistant_that_is_replaced_is_confirmed_and_one_that_is_kept_is_not(typed: Typed) -> None:
    proposed = 'answer: {}, evidence: "as they said", at: "call.md:3", review: true'
    first, second = (proposed.format(FIRST[1]), proposed.format(ASKED[PILOT.core[1]].options[1].id))
    text = f"prospect: Acme\nanswers:\n  {PILOT.core[0]}: {{{first}}}\n  {PILOT.core[1]}: {{{second}}}\n"
    Path("acme.yaml").write_text(text, encoding="utf-8")
    typed(["b", "b", "1 no, this", "", "q"])
    written = Path("acme.yaml").read_text(encoding="utf-8")
    assert f'  {PILOT.core[0]}: {{answer: {FIRST[0]}, evidence: "no, this"}}\n' in written
    assert f"  {PILOT.core[1]}: {{{second}}}\n" in written


def test_the_core_is_counted_by_question_and_the_rest_by_what_is_left(typed: Typed) -> None:
    told = typed([*BEGIN, *MIXED, "", "?", "q"]).err
    core = len(PILOT.core)
    assert re.findall(r"question (\d+) of (\d+)", told) == [(str(at + 1), str(core)) for at in range(core)]
    assert re.findall(r" · (\d+) questions about the fit and (\d+) about the cost left", told) == [
        ("15", "10"),
        ("14", "10"),
    ]


def test_enter_leaves_a_question_unknown(typed: Typed) -> None:
    outcome = typed([*BEGIN, "", "1", "q"])
    assert questions(outcome.err) == [*PILOT.core[:3]]
    assert load_prospect("acme.yaml", PILOT).answer(PILOT.core[0]).state == "unknown"


def test_to_stop_and_go_on_comes_to_the_same_as_to_go_through(typed: Typed, tmp_path: Path) -> None:
    keys = ["1", "2", "1", "2", "1", "1", "2", "1"]
    typed([*BEGIN, *keys, "q"], file="once.yaml")
    for k, key in enumerate(keys):
        typed([*(BEGIN if k == 0 else ()), key, "q"], file="often.yaml")
    once, often = ((tmp_path / name).read_text(encoding="utf-8") for name in ("once.yaml", "often.yaml"))
    assert once == often


@pytest.mark.parametrize("lines", [[], ["q"], ["", "q"]])
def test_nothing_is_written_before_the_name_is_known(typed: Typed, tmp_path: Path, lines: list[str]) -> None:
    outcome = typed(lines)
    assert (outcome.code, outcome.out, [*tmp_path.iterdir()]) == (Exit.DONE, "", [])
    assert outcome.err.endswith("Quit; nothing was saved.\n")


@pytest.mark.parametrize(
    ("lines", "asked_again"),
    [
        (["Acme"], ["Value of"]),
        (["Acme", "q"], ["Value of"]),
        (["Acme", "", "q"], []),
        (["Acme", "30000 EUR", "q"], []),
        (["Acme", "", "?", "?"], []),
        (["Acme", "30000 EUR", "1"], []),
    ],
)
def test_name_and_value_are_saved_at_once_and_only_what_was_not_asked_is_asked_when_resumed(
    typed: Typed, lines: list[str], asked_again: list[str]
) -> None:
    broken_off = typed(lines)
    assert broken_off.err.endswith("Saved: acme.yaml. To resume: fitcheck interview acme.yaml\n")
    saved = load_prospect("acme.yaml", PILOT)
    assert (saved.name, saved.deal.currency) == ("Acme", "EUR" if "30000 EUR" in lines else None)
    assert bool(broken_off.out) == ("1" in lines)  # a report only once there is an answer
    resumed = typed(["q"]).err
    assert [said for said in ("Name of", "Value of") if said in resumed] == asked_again


def test_the_value_stands_under_the_name_whenever_it_was_given(typed: Typed, tmp_path: Path) -> None:
    typed(["Acme", "30000 EUR", "1", "q"], file="once.yaml")
    typed(["Acme", "q"], file="twice.yaml")
    typed(["30000 EUR", "1", "q"], file="twice.yaml")
    once, twice = ((tmp_path / name).read_text(encoding="utf-8") for name in ("once.yaml", "twice.yaml"))
    assert once == twice
    assert 'prospect: "Acme"\ndeal: {value: 30000, currency: EUR}\n' in once


def test_a_template_that_nobody_has_filled_in_is_asked_for_its_name_and_value(typed: Typed, fitcheck: Run) -> None:
    fitcheck("template", "-o", "acme.yaml")
    typed(["Acme", "30000 EUR", "2", "q"])
    typed(["Acme", "30000 EUR", "2", "q"], file="new.yaml")
    assert Path("acme.yaml").read_text(encoding="utf-8") == Path("new.yaml").read_text(encoding="utf-8")


def test_resumed_it_goes_on_after_the_last_answer_and_then_returns_to_what_was_unknown(typed: Typed) -> None:
    typed([*BEGIN, "1", "?", "2", "q"])
    resumed = typed(["1", "q"]).err
    assert questions(resumed)[:2] == [*PILOT.core[3:5]]
    resumed = typed([*["?"] * (len(PILOT.core) - 4), "q"]).err
    assert questions(resumed) == [*PILOT.core[4:], PILOT.core[1]]


def test_what_nobody_knows_is_written_as_unknown(typed: Typed) -> None:
    outcome = typed([*BEGIN, *["?"] * len(PILOT.core), "", *["?"] * (len(PILOT.questions) - len(PILOT.core)), ""])
    assert (outcome.code, load_prospect("acme.yaml", PILOT).name) == (Exit.DONE, "Acme")
    assert not any(answer.option for answer in load_prospect("acme.yaml", PILOT).answers.values())


def test_name_deal_evidence_and_day_are_kept_as_they_were_said(typed: Typed) -> None:
    said = 'they said: "two of us", # really'
    outcome = typed(
        ["", "\u200b", 'Bright "loom": #1', "lots", "1.234k", "0.001", "9" * 20, "$30,000.50", f"1 {said}", "q"],
        "--as-of",
        "2026-10-03",
    )
    assert '"lots" is not an amount; enter e.g. 30000 EUR' in outcome.err
    assert '"1.234k" is ambiguous' in outcome.err
    prospect = load_prospect("acme.yaml", PILOT)
    answer = prospect.answer("problem_match")
    assert (prospect.name, float(prospect.deal.value or 0), prospect.deal.currency) == (
        'Bright "loom": #1', 30000.5, "USD",
    )  # fmt: skip
    assert (answer.option, answer.evidence, str(answer.on)) == (FIRST[0], said, "2026-10-03")


def test_what_is_no_answer_is_said_and_asked_again(typed: Typed) -> None:
    word = FIRST[1].capitalize()
    outcome = typed([*BEGIN, "6", "0", "yes", "n", "9" * 5000, f"{word}\tthey said so", "q"])
    assert outcome.err.count(f"Type a number from 1 to {len(FIRST)}, or ? if you do not know.") == 5
    assert load_prospect("acme.yaml", PILOT).answer("problem_match").evidence == "they said so"
    assert load_prospect("acme.yaml", PILOT).answer("problem_match").option == FIRST[1]


def test_a_file_written_by_hand_stays_as_it_is_but_for_its_answers(typed: Typed, tmp_path: Path) -> None:
    text = "# mine\nprospect: Acme # the one\nanswers:\n    # from the call\n    problem_match: unknown # ask Ann\n"
    (tmp_path / "acme.yaml").write_text(text, encoding="utf-8")
    typed(["", "2", "1", "q"])
    lines = (tmp_path / "acme.yaml").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(text.splitlines()) + 2
    assert lines[-1].startswith("deal: {}  # ")
    assert {"# mine", "prospect: Acme # the one", "    # from the call"} <= {*lines}
    assert f"    problem_match: {FIRST[1]} # ask Ann" in lines


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("-", "an interview needs a file to write to"),
        ("r.pdf", '"r.pdf": unsupported output format = YAML: r.yaml'),
        ("r.json", '"r.json": unsupported output format'),
        ("nowhere/a.yaml", "can't write"),
    ],
)
def test_wrong_use_exits_with_2(typed: Typed, file: str, said: str) -> None:
    outcome = typed([*BEGIN, "1", "q"], file=file)
    assert outcome.code == Exit.USAGE
    assert said in " ".join(outcome.err.split())


def test_bytes_that_are_no_text_are_left_alone(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_bytes(b"prospect: Brightl\xf6m\nanswers:\n  deadline: unknown\n")
    outcome = typed(["1", "q"])
    assert (outcome.code, "not-utf8" in outcome.err) == (Exit.DOCUMENT, True)
    assert b"\xf6" in (tmp_path / "acme.yaml").read_bytes()


def test_what_can_t_be_put_into_the_file_is_said_and_asked_again(typed: Typed, tmp_path: Path) -> None:
    text = "prospect: B\nanswers:\n  problem_match:\n    answer: unknown\n    evidence: |\n      long\n      text\n"
    (tmp_path / "acme.yaml").write_text(text, encoding="utf-8")
    outcome = typed(["", "1 new words", "1", "q"])
    assert "cannot insert evidence into this file" in " ".join(outcome.err.split())
    answer = load_prospect("acme.yaml", PILOT).answer("problem_match")
    assert (answer.option, answer.evidence) == (FIRST[0], "long text")


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "acme.yaml"

    class Meanwhile(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # lines of text, not of bytes
            if file.exists() and "deal:" in file.read_text(encoding="utf-8"):
                file.write_text("prospect: Edited\n", encoding="utf-8")
            return super().readline(-1 if size is None else size)

    monkeypatch.setattr(sys, "stdin", Meanwhile("Acme\n\n1\n1\n1\n"))
    outcome = fitcheck("interview", "acme.yaml")
    assert (outcome.code, "was changed by somebody else" in outcome.err) == (Exit.USAGE, True)
    assert file.read_text(encoding="utf-8") == "prospect: Edited\n"


def test_back_from_the_first_question_changes_the_value(typed: Typed, tmp_path: Path) -> None:
    outcome = typed(["Acme", "1 eur", "b", "30000 eur", "b", "?", "b", "25000 EUR", "b", "", "1", "q"])
    assert "This is the first question." not in outcome.err
    assert "Value of the first contract (Enter keeps 25000 EUR; ? if unknown):" in outcome.err
    typed(["Acme", "25000 EUR", "1", "q"], file="straight.yaml")
    straight, back = ((tmp_path / name).read_text(encoding="utf-8") for name in ("straight.yaml", "acme.yaml"))
    assert back == straight
    typed(["q"])
    assert "This is the first question." in typed(["b", "b", "q"]).err


def test_back_from_the_last_prompt_asks_again(typed: Typed, tmp_path: Path) -> None:
    outcome = typed([*BEGIN, "5", "b", "2", "q"])
    assert questions(outcome.err)[:2] == ["problem_match", "problem_match"]
    assert load_prospect(tmp_path / "acme.yaml", PILOT).answer("problem_match").option == FIRST[1]


def test_a_new_file_names_its_screen_and_no_command_needs_it_again(typed: Typed, fitcheck: Run) -> None:
    deal = load_screen("deal")
    told = typed([*BEGIN, "1", "q"], "--screen", "deal")
    assert Path("acme.yaml").read_text(encoding="utf-8").splitlines()[3:5] == ['prospect: "Acme"', "screen: deal"]
    assert told.err.endswith("To resume: fitcheck interview acme.yaml\n")
    assert questions(typed(["q"]).err, deal) == [deal.core[1]]
    assert "\ndeal screen " in fitcheck("assess", "acme.yaml").out


def test_the_value_of_a_new_file_for_another_screen_stands_under_it_whenever_it_was_given(typed: Typed) -> None:
    typed(["Acme", "q"], "--screen", "deal")
    typed(["30000 EUR", "1", "q"])
    typed(["Acme", "30000 EUR", "1", "q"], "--screen", "deal", file="once.yaml")
    assert Path("acme.yaml").read_text(encoding="utf-8") == Path("once.yaml").read_text(encoding="utf-8")


def test_a_screen_that_the_file_does_not_name_is_repeated(typed: Typed) -> None:
    Path("acme.yaml").write_text("prospect: Acme\n", encoding="utf-8")
    told = typed(["", "1", "q"], "--screen", "deal")
    assert told.err.endswith("To resume: fitcheck interview acme.yaml --screen deal\n")


def test_a_file_that_can_t_be_read_is_left_alone(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text("prospect: Acme\nanswers: {named_users: nmaed}\n", encoding="utf-8")
    outcome = typed(["1"])
    assert outcome.code == Exit.DOCUMENT
    assert 'did you mean "named"' in outcome.err
    assert "nmaed" in (tmp_path / "acme.yaml").read_text(encoding="utf-8")


def test_the_screen_at_80_columns(typed: Typed, golden: Callable[[str, str], None]) -> None:
    lines = ["Brightloom Logistics", "30000 EUR", "w", "1 they offered to test", "?", "2", "9", "2", "3", "5", ""]
    golden("interview.txt", typed(lines).err)
