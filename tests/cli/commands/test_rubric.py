import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Outcome

from fitcheck.cli.exit_codes import Exit
from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import Question
from fitcheck.documents.screens import load_screen

Run = Callable[..., Outcome]

CASES = """\
cases: own
version: 1
about: two of them
screen: pilot
items:
  hurried:
    answers: {named_users: nobody}
    expect: {verdict: VERDICT, gates: [named_users]}
  nothing_known:
    expect: {verdict: not now, settled: false}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a screen of one's own, the same as the built-in one."""
    text = (ROOT / "rubrics/screens/pilot.yaml").read_text(encoding="utf-8")
    (tmp_path / "pilot.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def changed(folder: Path, *changes: tuple[str, str], name: str = "pilot.yaml") -> str:
    """Change the file and return its path."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_list_names_every_screen_rubric_and_cost_model(fitcheck: Run) -> None:
    told = fitcheck("rubric", "list").out
    for file in (
        *ROOT.glob("rubrics/*.yaml"),
        *ROOT.glob("rubrics/screens/*.yaml"),
        *ROOT.glob("rubrics/costs/*.yaml"),
    ):
        assert re.search(rf"^  {file.stem} ", told, re.MULTILINE), file.stem


@pytest.mark.parametrize("name", ["pilot", "mutual-trust", "rubrics/costs/deal.yaml"])
def test_show_prints_what_is_asked(fitcheck: Run, name: str) -> None:
    outcome = fitcheck("rubric", "show", name)
    assert outcome.code == Exit.DONE
    assert "?" in outcome.out


def test_what_is_listed_can_be_shown_by_the_name_it_is_listed_under(fitcheck: Run) -> None:
    listed = re.findall(r"^  (\S+)", fitcheck("rubric", "list").out, re.MULTILINE)
    assert {"pilot", "cost:pilot", "rubric:bant", "mutual-trust", "comparison"} <= {*listed}
    heads = [fitcheck("rubric", "show", name).out.split("\n\n")[0] for name in listed]
    assert len({*heads}) == len(listed)


def test_a_screen_shows_every_question_that_a_prospect_can_answer(fitcheck: Run) -> None:
    screen = load_screen("pilot")
    assert screen.cost
    shown = " ".join(fitcheck("rubric", "show", "pilot").out.split())
    asked: list[Question | CostQuestion] = [*screen.questions, *screen.cost.questions]
    for question in asked:
        for option in question.options:
            assert f"{option.says} · {option.id}" in shown
    assert "38 None: they said so · none 50 One or two · one_or_two 13 Three or more" in shown  # 3, 4 and 1 of 8 cases
    assert f"A first call asks {', '.join(load_screen('pilot').core)}" in shown
    assert "the odds of a hard, ordinary or good prospect are 1 : 2 : 1" in shown
    assert all(f"To answer it: {question.rule}" in shown for question in asked if question.rule)


def test_a_file_that_is_there_is_taken_whatever_its_ending(
    fitcheck: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(own)
    Path(changed(own, ("screen: pilot", "screen: mine"))).rename("mine.txt")
    for command in (
        ["rubric", "show"],
        ["rubric", "check"],
        ["assess", str(ROOT / "examples/web-form.yaml"), "--screen"],
    ):
        assert fitcheck(*command, "mine.txt").code == Exit.DONE


@pytest.mark.parametrize("name", ["bant", "meddpicc", "pilot"])
def test_show_names_each_row_of_the_weights_whole(fitcheck: Run, name: str) -> None:
    told = fitcheck("rubric", "show", name).out
    assert re.findall(r"^  (thre\w*) +\d+ ", told, re.MULTILINE) == ["threshold"]


@pytest.mark.parametrize("width", [30, 50, 60, 72, 73, 100])
def test_show_keeps_to_the_width_and_names_every_weight(
    fitcheck: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    told = fitcheck("rubric", "show", "pilot").out.splitlines()
    assert max(map(len, told)) <= width
    assert "patience-and-feedback" in " ".join(told)
    assert "threshold" in " ".join(told)


def test_show_says_one_week_of_one(fitcheck: Run, own: Path) -> None:
    text = (ROOT / "rubrics/mutual-trust.yaml").read_text(encoding="utf-8")
    (own / "mutual-trust.yaml").write_text(re.sub(r"weeks: \d+", "weeks: 1", text), encoding="utf-8")
    told = fitcheck("rubric", "show", str(own / "mutual-trust.yaml")).out
    assert ", 1 week: " in told
    assert "1 weeks" not in told


def test_check_says_of_each_file_that_it_is_sound(fitcheck: Run) -> None:
    outcome = fitcheck("rubric", "check", "mutual-trust", "rubrics/costs/deal.yaml")
    assert (outcome.code, outcome.err) == (Exit.DONE, "")
    lines = outcome.out.splitlines()
    assert re.fullmatch(r"mutual-trust: rubric mutual-trust \d+ is sound", lines[0])
    assert re.fullmatch(r"rubrics/costs/deal.yaml: cost model deal \d+ is sound", lines[1])


def test_check_refuses_what_can_not_do_what_it_says_and_shows_the_place(fitcheck: Run, own: Path) -> None:
    file = changed(own, ("patience-and-feedback: 35}", "patience-and-feedback: 0}"))
    outcome = fitcheck("rubric", "check", file)
    assert (outcome.code, outcome.out) == (Exit.DOCUMENT, "")
    assert "error[dead-gate]" in outcome.err
    line = next(
        n for n, text in enumerate(Path(file).read_text(encoding="utf-8").splitlines(), 1) if "feedback: 0" in text
    )
    assert f"pilot.yaml:{line}:" in outcome.err


def test_check_remarks_and_strict_takes_remarks_for_errors(fitcheck: Run, own: Path) -> None:
    text = (ROOT / "rubrics/mutual-trust.yaml").read_text(encoding="utf-8")
    (own / "mutual-trust.yaml").write_text(text, encoding="utf-8")
    file = changed(
        own,
        ("We asked what to improve, or weeks went by, and we heard only praise", "They were rather friendly"),
        name="mutual-trust.yaml",
    )
    relaxed = fitcheck("rubric", "check", file)
    assert (relaxed.code, relaxed.err) == (Exit.DONE, "")
    flat = " ".join(relaxed.out.split())
    assert "is sound, with 1 remark" in flat
    assert 'remark[judgement]: "rather" and "friendly" in bad_news.only_praise are a matter of opinion' in flat
    strict = fitcheck("rubric", "check", "--strict", file)
    assert (strict.code, strict.out) == (Exit.DOCUMENT, "")
    assert "error[judgement]" in strict.err


def test_check_tells_the_same_thing_once_and_goes_on_after_a_wrong_file(fitcheck: Run, own: Path) -> None:
    wrong = changed(own, ("default_stage: pilot", "default_stage: seed"))
    outcome = fitcheck("rubric", "check", "--strict", "pilot", wrong, "pilot")
    assert outcome.err.count("error[unknown-word]") == 1
    assert outcome.err.count("error[reason-spread]") <= 1
    assert outcome.code == Exit.DOCUMENT


def test_new_writes_a_rubric_that_check_finds_sound(fitcheck: Run, tmp_path: Path) -> None:
    file = tmp_path / "our-fit.yaml"
    outcome = fitcheck("rubric", "new", str(file))
    assert (outcome.code, outcome.out) == (Exit.DONE, "")
    assert "rubric check" in outcome.err
    checked = fitcheck("rubric", "check", "--strict", str(file))
    assert (checked.code, checked.out.split()) == (Exit.DONE, f"{file}: rubric our-fit 1 is sound".split())


def test_new_replaces_nothing_unless_told_to_and_wants_a_name_that_can_be_an_id(fitcheck: Run, tmp_path: Path) -> None:
    file = tmp_path / "our-fit.yaml"
    file.write_text("mine", encoding="utf-8")
    assert fitcheck("rubric", "new", str(file)).code == Exit.USAGE
    assert file.read_text(encoding="utf-8") == "mine"
    assert fitcheck("rubric", "new", "--force", str(file)).code == Exit.DONE
    assert file.read_text(encoding="utf-8") != "mine"
    for name in ("Our fit.yaml", "our_fit.yaml", "our-fit.txt", "our-fit"):
        outcome = fitcheck("rubric", "new", str(tmp_path / name))
        assert outcome.code == Exit.USAGE
        assert not (tmp_path / name).exists()


def test_a_copied_cost_model_takes_the_place_of_the_built_in_one_in_every_screen(fitcheck: Run, tmp_path: Path) -> None:
    copy = tmp_path / "deal-costs.yaml"
    outcome = fitcheck("rubric", "copy", "cost:deal", "-o", str(copy))
    assert (outcome.code, outcome.out) == (Exit.DONE, "")
    assert outcome.err.splitlines() == [
        f'Wrote {copy}. To use it: write "cost_models: {{deal: {copy.as_posix()}}}" in company.yaml'
    ]
    assert fitcheck("rubric", "check", "--strict", str(copy)).code == Exit.DONE
    text = copy.read_text(encoding="utf-8")
    more = """\
  gift:
    title: A visit of the founder
    hours: [40, 40, 40]
    role: founder
    per: deal
    because: "ours always go"
    basis: own
"""
    text = text.replace("activities:\n", f"activities:\n{more}").replace(
        "rates:\n", "rates:\n  founder: {per_hour: 200, basis: own}\n"
    )
    copy.write_text(text, encoding="utf-8")
    company = tmp_path / "company.yaml"
    fitcheck("init", str(company))
    company.write_text(company.read_text(encoding="utf-8") + f"cost_models: {{deal: {copy.name}}}\n", encoding="utf-8")
    command = ["assess", "examples/small-complex-deal.yaml", "--format", "json", "--company", str(company)]
    usual = json.loads(fitcheck(*command[:-2], "--screen", "deal").out)
    own = json.loads(fitcheck(*command, "--screen", "deal").out)
    added = {driver["activity"]: driver["hours"] for driver in own["cost_to_close"]["drivers"]}
    assert added["gift"] == 40
    assert own["cost_to_close"]["hours"]["mean"] == usual["cost_to_close"]["hours"]["mean"] + 40
    other = fitcheck(*command, "--screen", "pilot")
    assert other.code == Exit.DONE
    assert "gift" not in other.out


def test_copy_replaces_nothing_unless_told_to(fitcheck: Run, tmp_path: Path) -> None:
    file = tmp_path / "our-deal.yaml"
    file.write_text("mine", encoding="utf-8")
    assert fitcheck("rubric", "copy", "deal", "-o", str(file)).code == Exit.USAGE
    assert file.read_text(encoding="utf-8") == "mine"
    outcome = fitcheck("rubric", "copy", "deal", "-o", str(file), "--force")
    assert outcome.err.endswith(f"--screen {file.as_posix()}\n")
    assert fitcheck("assess", "examples/quick-fix.yaml", "--screen", str(file)).code == Exit.DONE


def test_test_runs_ones_own_cases_and_fails_if_one_is_not_as_expected(fitcheck: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(CASES.replace("VERDICT", "not now"), encoding="utf-8")
    good = fitcheck("rubric", "test", str(file))
    assert (good.code, good.err) == (Exit.DONE, "")
    assert good.out.splitlines()[0] == "own  2 of 2 as expected"
    assert good.out.splitlines()[-1] == "PASSED  2 cases, all as expected"
    file.write_text(CASES.replace("VERDICT", "pursue"), encoding="utf-8")
    bad = fitcheck("rubric", "test", str(file))
    assert bad.code == Exit.DOCUMENT
    assert "verdict: expected pursue, found not now" in " ".join(bad.out.split())
    assert bad.out.splitlines()[-1].startswith("FAILED  2 cases, 1 not as expected")


def test_test_demands_that_a_screen_of_ones_own_is_covered_unless_told_not_to(fitcheck: Run, own: Path) -> None:
    file = own / "own.yaml"
    file.write_text(
        CASES.replace("VERDICT", "not now").replace("screen: pilot", "screen: ./pilot.yaml"), encoding="utf-8"
    )
    whole = fitcheck("rubric", "test", str(file))
    assert whole.code == Exit.DOCUMENT
    assert "Not covered" in whole.out
    assert "named_users.named chosen" in whole.out
    assert "named_users.nobody chosen" not in whole.out
    assert fitcheck("rubric", "test", "--cases-only", str(file)).code == Exit.DONE


def test_test_shows_every_problem_of_a_case_file_and_no_result(fitcheck: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(CASES.replace("VERDICT", "perhaps").replace("named_users]", "named_user]"), encoding="utf-8")
    outcome = fitcheck("rubric", "test", str(file))
    assert (outcome.code, outcome.out) == (Exit.DOCUMENT, "")
    assert "error[unknown-word]" in outcome.err
    assert "error[unknown-gate]" in outcome.err
    assert fitcheck("rubric", "test", "no-such-cases").code == Exit.USAGE


def test_a_screen_is_called_one_where_cases_are_expected_and_a_cost_model_where_a_screen_is(
    fitcheck: Run, own: Path, tmp_path: Path
) -> None:
    told = fitcheck("rubric", "test", changed(own)).err
    assert told.startswith("error[wrong-kind]: this is a screen; expected a case file\n")
    assert "| screen: pilot\n" in told
    cost = tmp_path / "cost.yaml"
    cost.write_text((ROOT / "rubrics/costs/pilot.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    told = fitcheck("assess", "examples/web-form.yaml", "--screen", str(cost)).err
    assert told.startswith("error[wrong-kind]: this is a cost model; expected a screen\n")


def test_diff_of_a_screen_with_itself_moves_nothing(fitcheck: Run, own: Path) -> None:
    outcome = fitcheck("rubric", "diff", "pilot", str(own / "pilot.yaml"), "examples")
    assert (outcome.code, outcome.err) == (Exit.DONE, "")
    count = len([file for file in (ROOT / "examples").glob("*.yaml") if file.name != "company.yaml"])
    assert outcome.out.splitlines()[-1] == f"0 of {count} verdicts change"


def test_diff_lists_the_verdicts_that_move_and_can_fail_on_them(fitcheck: Run, own: Path) -> None:
    file = changed(own, ("threshold: 58", "threshold: 100"))
    outcome = fitcheck("rubric", "diff", "pilot", file, "examples/patient-partner.yaml", "examples/quick-fix.yaml")
    assert outcome.code == Exit.DONE
    assert "pursue → not now  Brightloom Logistics · patient-partner · at pilot" in outcome.out
    assert outcome.out.splitlines()[-1] == "1 of 2 verdicts change"
    for options, code in (([], Exit.NOT_NOW), (["--stage", "mature"], Exit.DONE)):
        arguments = ["rubric", "diff", "--fail-on-move", "pilot", file, "examples/patient-partner.yaml", *options]
        assert fitcheck(*arguments).code == code


def test_diff_as_json_says_the_same(fitcheck: Run, own: Path) -> None:
    file = changed(own, ("threshold: 58", "threshold: 100"))
    arguments = ["rubric", "diff", "pilot", file, "examples/patient-partner.yaml", "--stage", "all", "--format", "json"]
    told = json.loads(fitcheck(*arguments).out)
    assert (told["schema"], told["compared"]) == ("fitcheck.moves/2", 5)
    assert [move["before"]["stage"] for move in told["moves"]] == ["concept", "prototype", "pilot"]
    assert {move["before"]["verdict"] for move in told["moves"]} == {"pursue"}


def test_diff_of_a_rubric_or_a_cost_model_puts_it_into_the_screen(fitcheck: Run, tmp_path: Path) -> None:
    text = (ROOT / "rubrics/shared-interest.yaml").read_text(encoding="utf-8")
    (tmp_path / "shared-interest.yaml").write_text(text, encoding="utf-8")
    rubric = changed(tmp_path, ("gate: all", "gate: [mature]"), name="shared-interest.yaml")
    prospect = tmp_path / "acme.yaml"
    partner = (ROOT / "examples/patient-partner.yaml").read_text(encoding="utf-8")
    prospect.write_text(partner.replace("the_one_we_solve", "another_problem"), encoding="utf-8")
    outcome = fitcheck("rubric", "diff", "shared-interest", rubric, str(prospect))
    assert "not now → pursue" in outcome.out
    assert "deal-breaker problem_match: fails → none" in outcome.out
    text = (ROOT / "rubrics/costs/pilot.yaml").read_text(encoding="utf-8")
    (tmp_path / "pilot.yaml").write_text(re.sub(r"per_hour: \d+", "per_hour: 9999", text), encoding="utf-8")
    costs = ["rubrics/costs/pilot.yaml", str(tmp_path / "pilot.yaml")]
    outcome = fitcheck("rubric", "diff", *costs, "examples/patient-partner.yaml", "--stage", "growth")
    assert "deal-breaker money: passes → fails" in outcome.out


def test_diff_without_files_takes_the_built_in_cases_of_the_screen(fitcheck: Run, own: Path) -> None:
    outcome = fitcheck("rubric", "diff", "pilot", str(own / "pilot.yaml"), "--format", "json")
    assert json.loads(outcome.out)["compared"] > 20


def test_diff_reads_answers_that_only_one_of_the_two_knows_and_refuses_those_that_none_does(
    fitcheck: Run, tmp_path: Path
) -> None:
    text = (ROOT / "rubrics/shared-interest.yaml").read_text(encoding="utf-8")
    (tmp_path / "shared-interest.yaml").write_text(text, encoding="utf-8")
    rubric = changed(tmp_path, ("result_only:", "only_a_result:"), name="shared-interest.yaml")
    prospect = tmp_path / "acme.yaml"
    prospect.write_text("prospect: Acme\nanswers: {goal_in_their_words: only_a_result}\n", encoding="utf-8")
    assert fitcheck("rubric", "diff", "shared-interest", rubric, str(prospect)).code == Exit.DONE
    prospect.write_text("prospect: Acme\nanswers: {goal_in_their_words: no_result}\n", encoding="utf-8")
    outcome = fitcheck("rubric", "diff", "shared-interest", rubric, str(prospect))
    assert (outcome.code, outcome.out) == (Exit.DOCUMENT, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pilot", "mutual-trust"], "can't be compared with"),
        (["pilot", "pilot", "--format", "html"], "one of: text, json"),
        (["pilot", "pilot", "--stage", "seed"], "unknown stage 'seed'"),
        (["pilot", "plot"], 'did you mean "pilot"?'),
        (["rubrics/costs/deal.yaml", "rubrics/costs/deal.yaml"], "has no cost model deal"),
    ],
)
def test_wrong_use_of_diff_exits_with_2_and_says_why(fitcheck: Run, arguments: list[str], said: str) -> None:
    outcome = fitcheck("rubric", "diff", *arguments)
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert said in " ".join(outcome.err.split())


def test_every_command_has_help_that_says_what_it_does(fitcheck: Run) -> None:
    for command in ("list", "show", "check", "test", "new", "diff"):
        outcome = fitcheck("rubric", command, "--help")
        assert outcome.code == Exit.DONE
        assert "Usage: fitcheck rubric" in outcome.out


COMMANDS = {
    "assess": "FILE...",
    "interview": "FILE",
    "rank": "FILE...",
    "batch": "TABLE",
    "compare": "FILE FILE [FILE]",
    "letter": "FILE",
    "agreement": "FOLDER|FILE...",
    "schema": "KIND",
    "init": "[FILE]",
    "rubric show": "NAME|FILE",
    "rubric check": "FILE...",
    "rubric test": "[NAME|FILE...]",
    "rubric new": "FILE",
    "rubric copy": "NAME",
    "rubric diff": "OLD NEW [FILE...]",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_names_arguments_without_types_of_python(fitcheck: Run, command: str) -> None:
    told = fitcheck(*command.split(), "--help").out
    assert told.splitlines()[0] == f"Usage: fitcheck {command} [OPTIONS] {COMMANDS[command]}"
    assert not re.search(r"<(str|list|path|int)|\{", told)


def test_what_help_says_comes_first_works_in_any_folder(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = r"^  (?:First|Or, to fill in a file|Then): fitcheck (.*)$"
    asked, first, then = re.findall(named, fitcheck("--help").out, re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("Acme\n\n2\n"))
    for command in (asked, f"{first} --force", then):
        outcome = fitcheck(*command.split())
        assert outcome.code == Exit.DONE
    assert "Ask next" in outcome.out
