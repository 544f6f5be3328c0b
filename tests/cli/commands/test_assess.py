import json
import os
import re
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from conftest import ROOT, Outcome

from fitcheck.cli.exit_codes import Exit

Run = Callable[..., Outcome]
PARTNER = "examples/patient-partner.yaml"
FORM = "examples/web-form.yaml"
SIX = ("patient-partner", "web-form", "quick-fix", "open-verdict", "one-sided-trust", "friendly-tender")


def test_the_verdict_comes_first_and_what_to_do_last(fitcheck: Run) -> None:
    for file, word in ((PARTNER, "PURSUE"), (FORM, "NOT NOW")):
        for detail in ((), ("--full",), ("--explain",)):
            lines = fitcheck("assess", file, *detail).out.splitlines()
            assert lines[0].startswith(word)
            assert lines[-1].startswith("Next ")
        assert lines[-2].startswith(word)


def test_several_prospects_are_a_list_first_and_more_than_five_only_with_full(fitcheck: Run) -> None:
    three = fitcheck("assess", PARTNER, FORM, "examples/quick-fix.yaml").out.splitlines()
    assert three[0] == "In short"
    assert [line[2:9].strip() for line in three[1:4]] == ["PURSUE", "NOT NOW", "NOT NOW"]
    assert sum(line.startswith("Next ") for line in three) == 3
    six = [*(f"examples/{name}.yaml" for name in SIX), "--screen", "pilot"]
    told = fitcheck("assess", *six).out.splitlines()
    assert told[0] == "In short"
    assert len(told) <= 12
    assert told[-1] == "--full for the report on each"
    assert sum(line.startswith("Next ") for line in fitcheck("assess", *six, "--full").out.splitlines()) == 6


def test_quiet_prints_a_line_a_prospect_and_contradicts_more(fitcheck: Run) -> None:
    assert [line[:7] for line in fitcheck("assess", PARTNER, FORM, "--quiet").out.splitlines()] == [
        "PURSUE ",
        "NOT NOW",
    ]
    for more in ("--full", "--explain"):
        outcome = fitcheck("assess", PARTNER, "--quiet", more)
        assert (outcome.code, outcome.out) == (Exit.USAGE, "")
        assert f"--quiet and {more} contradict each other" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        (["examples/quick-fix.yaml", "--stage", "pilot"], "not now"),
        (["examples/quick-fix.yaml", "--stage", "mature"], "pursue"),
        (["examples/patient-partner.yaml"], "pursue"),
        (["examples/small-complex-deal.yaml"], "pursue"),
        (["examples/large-hostile-deal.yaml"], "not now"),
        (["examples/friendly-tender.yaml"], "not now"),
        (["examples/web-form.yaml"], "not now"),
        (["examples/open-verdict.yaml"], "pursue"),
        (["examples/one-sided-trust.yaml"], "not now"),
    ],
)
def test_each_example_tells_its_story(fitcheck: Run, arguments: list[str], verdict: str) -> None:
    assert json.loads(fitcheck("assess", *arguments, "--format", "json").out)["verdict"] == verdict


def test_the_large_hostile_deal_takes_several_times_the_hours_of_the_small_one(fitcheck: Run) -> None:
    files = ["examples/small-complex-deal.yaml", "examples/large-hostile-deal.yaml"]
    small, large = json.loads(fitcheck("assess", *files, "--format", "json").out)
    assert large["cost_to_close"]["hours"]["mean"] > 3 * small["cost_to_close"]["hours"]["mean"]


def test_the_friendly_tender_fails_by_the_money_gate_alone(fitcheck: Run) -> None:
    told = json.loads(fitcheck("assess", "examples/friendly-tender.yaml", "--format", "json").out)
    assert told["score"] >= told["threshold"]
    assert [gate["id"] for gate in told["gates"] if gate["state"] != "pass"] == ["money"]


def test_of_an_unknown_prospect_no_reason_is_invented(fitcheck: Run) -> None:
    told = json.loads(fitcheck("assess", FORM, "--format", "json").out)
    answered = {reason["question"] for reason in told["reasons"]}
    written = {line.split(":")[0].strip() for line in (ROOT / FORM).read_text(encoding="utf-8").splitlines()}
    assert answered <= written
    assert told["too_little_known"]


def test_the_effects_printed_add_up_to_score_minus_threshold(fitcheck: Run) -> None:
    for document in json.loads(fitcheck("assess", "examples", "--screen", "pilot", "--format", "json").out):
        lines = [*document["reasons"], *document["open"]]
        margin = round(1000 * (document["score"] - document["threshold"]))
        assert sum(round(1000 * line["effect"]) for line in lines) == margin


def test_one_file_gives_a_document_and_several_a_list(fitcheck: Run) -> None:
    assert isinstance(json.loads(fitcheck("assess", FORM, "--format", "json").out), dict)
    assert isinstance(json.loads(fitcheck("assess", FORM, PARTNER, "--format", "json").out), list)


def test_a_folder_stands_for_its_prospects_in_the_order_of_their_names(fitcheck: Run, tmp_path: Path) -> None:
    for source, name in ((PARTNER, "b.yaml"), (FORM, "a.yaml")):
        shutil.copy(ROOT / source, tmp_path / name)
    (tmp_path / "company.yaml").write_text("stage: growth\n", encoding="utf-8")
    told = json.loads(fitcheck("assess", str(tmp_path), "--format", "json").out)
    assert [document["prospect"]["id"] for document in told] == ["a", "b"]


def test_a_pipe_in_a_folder_is_not_waited_for(fitcheck: Run, tmp_path: Path) -> None:
    shutil.copy(ROOT / PARTNER, tmp_path / "a.yaml")
    os.mkfifo(tmp_path / "b.yaml")
    assert fitcheck("assess", str(tmp_path)).code == fitcheck("assess", str(tmp_path / "a.yaml")).code


def test_a_name_that_is_too_long_is_said_with_the_name(fitcheck: Run) -> None:
    outcome = fitcheck("assess", f"{'x' * 300}.yaml")
    assert "cannot read this file: File name too long" in outcome.err
    assert "x" * 300 in "".join(outcome.err.split())


def test_an_empty_folder_is_said_to_be_empty(fitcheck: Run, tmp_path: Path) -> None:
    outcome = fitcheck("assess", str(tmp_path))
    assert (outcome.code, outcome.out) == (Exit.DOCUMENT, "")
    assert "has no prospect files" in outcome.err


def test_the_stage_comes_from_the_option_then_the_company_then_the_screen(fitcheck: Run, tmp_path: Path) -> None:
    company = tmp_path / "ours.yaml"
    company.write_text("stage: growth\n", encoding="utf-8")
    calls: list[tuple[list[str], tuple[str, str]]] = [
        ([], ("pilot", "screen")),
        (["--company", str(company)], ("growth", "company")),
        (["--company", str(company), "--stage", "mature"], ("mature", "given")),
    ]
    for options, expected in calls:
        told = json.loads(fitcheck("assess", PARTNER, "--format", "json", *options).out)
        assert (told["stage"], told["stage_from"]) == expected


def test_company_yaml_of_the_folder_is_taken_without_being_asked_for(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / PARTNER, tmp_path / "p.yaml")
    (tmp_path / "company.yaml").write_text("stage: growth\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert json.loads(fitcheck("assess", "p.yaml", "--format", "json").out)["stage"] == "growth"


def test_a_not_now_has_a_day_to_look_again_counted_from_as_of(fitcheck: Run) -> None:
    command = ["assess", "examples/quick-fix.yaml", "--format", "json", "--as-of", "2026-01-05"]
    told = json.loads(fitcheck(*command).out)
    assert told["as_of"] == "2026-01-05"
    assert told["look_again"]["on"] > "2026-01-05"


def test_fail_on_not_now_exits_with_10_after_the_whole_report(fitcheck: Run) -> None:
    plain = fitcheck("assess", FORM)
    failing = fitcheck("assess", FORM, "--fail-on-not-now")
    assert (plain.code, failing.code) == (Exit.DONE, Exit.NOT_NOW)
    assert failing.out == plain.out
    assert fitcheck("assess", PARTNER, "--fail-on-not-now").code == Exit.DONE


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--stage", "seed"], "unknown stage 'seed'"),
        (["--as-of", "22.11.2026"], "write it as 2026-11-22"),
        (["--format", "pdf"], "one of: text, markdown, html, json"),
        (["--screen", "pilt"], 'did you mean "pilot"'),
        (["--wrong"], "unknown option"),
        (["-o", "no/such/folder/report.txt"], "no files were changed"),
        (["-o", "."], "no files were changed"),
    ],
)
def test_wrong_use_exits_with_2_says_why_and_prints_no_result(fitcheck: Run, arguments: list[str], said: str) -> None:
    outcome = fitcheck("assess", PARTNER, *arguments)
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")
    assert said in outcome.err


def test_problems_of_all_files_are_shown_at_once_and_no_verdict(fitcheck: Run, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("prospect: Acme\nanswers: {named_users: nobdy}\n", encoding="utf-8")
    outcome = fitcheck("assess", str(tmp_path), PARTNER)
    assert (outcome.code, outcome.out) == (Exit.DOCUMENT, "")
    assert outcome.err.count('did you mean "nobody"') == 2
    assert "a.yaml:2:" in outcome.err
    assert "b.yaml:2:" in outcome.err


def test_a_missing_file_is_a_problem_not_a_traceback(fitcheck: Run) -> None:
    outcome = fitcheck("assess", "no-such-file.yaml")
    assert (outcome.code, outcome.out) == (Exit.DOCUMENT, "")
    assert "Traceback" not in outcome.err


def test_output_to_a_file_is_what_would_have_been_printed(fitcheck: Run, tmp_path: Path) -> None:
    for kind in ("text", "markdown", "json"):
        file = tmp_path / kind
        outcome = fitcheck("assess", PARTNER, "--format", kind, "-o", str(file))
        assert outcome.out == ""
        assert file.read_text(encoding="utf-8") == fitcheck("assess", PARTNER, "--format", kind).out


def test_an_input_is_never_overwritten(fitcheck: Run, tmp_path: Path) -> None:
    prospect = tmp_path / "p.yaml"
    shutil.copy(ROOT / PARTNER, prospect)
    before = prospect.read_bytes()
    (tmp_path / "link.yaml").hardlink_to(prospect)
    for output in ("p.yaml", "link.yaml"):
        assert fitcheck("assess", str(prospect), "-o", str(tmp_path / output)).code == Exit.USAGE
        assert prospect.read_bytes() == before


def test_nothing_that_was_read_is_overwritten(fitcheck: Run, tmp_path: Path) -> None:
    """Neither a prospect of a folder, nor the company file, nor the screen."""
    folder = tmp_path / "prospects"
    folder.mkdir()
    shutil.copy(ROOT / PARTNER, folder / "p.yaml")
    company = tmp_path / "ours.yaml"
    company.write_text("stage: growth\n", encoding="utf-8")
    screen = tmp_path / "mine.yaml"
    text = (ROOT / "rubrics" / "screens" / "pilot.yaml").read_text(encoding="utf-8")
    screen.write_text(text.replace("screen: pilot", "screen: mine"), encoding="utf-8")
    before = {file: file.read_bytes() for file in (folder / "p.yaml", company, screen)}
    options = ["--company", str(company), "--screen", str(screen)]
    for file in before:
        assert fitcheck("assess", str(folder), *options, "-o", str(file)).code == Exit.USAGE
    assert {file: file.read_bytes() for file in before} == before


def test_the_ending_of_the_output_file_says_the_format(fitcheck: Run, tmp_path: Path) -> None:
    kinds = {"md": "markdown", "markdown": "markdown", "html": "html", "json": "json", "txt": "text", "report": "text"}
    for name, option in ((f"a.{ending}", kind) for ending, kind in kinds.items()):
        fitcheck("assess", PARTNER, "-o", str(tmp_path / name))
        told = fitcheck("assess", PARTNER, "--format", option).out
        assert (tmp_path / name).read_text(encoding="utf-8") == told


@pytest.mark.parametrize("name", ["r.pdf", "r.docx", "r.xhtml", "r.XLSX"])
def test_an_ending_that_promises_what_is_not_written_is_refused(fitcheck: Run, tmp_path: Path, name: str) -> None:
    for options in ([], ["--format", "markdown"], ["--merge"]):
        outcome = fitcheck("assess", PARTNER, "-o", str(tmp_path / name), *options)
        assert outcome.code == Exit.USAGE
        assert f'"{name}": unsupported output format' in outcome.err
        assert "= text: r.txt, markdown: r.md, html: r.html, json: r.json" in outcome.err
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    "command",
    [["assess"], ["rank", "--hours", "9"], ["letter"], ["compare", PARTNER], ["rubric", "diff", "pilot", "pilot"]],
)
@pytest.mark.parametrize("name", ["hub.csv", "hub.XLSX", "hub.jsonl"])
def test_who_names_a_table_is_told_what_scores_it(fitcheck: Run, tmp_path: Path, name: str, command: list[str]) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04" * 300_000)  # more than a prospect file may have
    outcome = fitcheck(*command, str(tmp_path / name))
    assert outcome.code == Exit.DOCUMENT
    assert outcome.err.startswith("error[wrong-kind]: this is a table, not a prospect file\n")
    assert f"fitcheckbatch{tmp_path / name}" in "".join(outcome.err.split())  # wherever the line is broken
    assert "no such file" in fitcheck(*command, f"no-such-{name}").err


def test_a_folder_hides_what_is_hidden_and_takes_any_case(fitcheck: Run, tmp_path: Path) -> None:
    for name in ("A.YAML", ".b.yaml"):
        shutil.copy(ROOT / PARTNER, tmp_path / name)
    (tmp_path / "c.yaml").mkdir()
    assert json.loads(fitcheck("assess", str(tmp_path), "--format", "json").out)["prospect"]["id"] == "A"


def test_standard_input_is_read_once(fitcheck: Run) -> None:
    outcome = fitcheck("assess", "-", "-")
    assert (outcome.code, outcome.out) == (Exit.USAGE, "")


def test_the_last_day_of_the_calendar_is_a_day_too(fitcheck: Run) -> None:
    told = json.loads(fitcheck("assess", FORM, "--as-of", "9999-12-31", "--format", "json").out)
    assert told["look_again"]["on"] is None


def test_answers_later_than_the_day_judged_from_are_named(fitcheck: Run) -> None:
    told = json.loads(fitcheck("assess", PARTNER, "--as-of", "2001-01-01", "--format", "json").out)
    assert "solution_sought" in told["warnings"][0]


def test_one_file_may_carry_the_answers_to_several_screens(fitcheck: Run) -> None:
    told = json.loads(fitcheck("assess", PARTNER, "--screen", "bant", "--format", "json").out)
    assert told["known"] == 0
    assert "named_users" in told["warnings"][0]


def test_a_loss_even_if_won_has_no_break_even(fitcheck: Run) -> None:
    told = json.loads(fitcheck("assess", "examples/friendly-tender.yaml", "--format", "json").out)
    assert told["cost_to_close"]["per_margin"] > 1
    assert told["cost_to_close"]["break_even_win_probability"] is None


def test_what_would_change_it_does_change_it(fitcheck: Run, tmp_path: Path) -> None:
    """Each set of changes, written into the file, gives a pursue; a set that would not is not offered."""
    sparse = {"named_users": "promised", "solution_sought": "a_say_in_it", "deadline": "none_or_later"}
    quick = json.loads(fitcheck("assess", "examples/quick-fix.yaml", "--format", "json").out)
    answered = {reason["question"]: reason["answer"] for reason in quick["reasons"] if reason["question"]}
    file = tmp_path / "p.json"
    for answers in (sparse, answered):
        file.write_text(json.dumps({"prospect": "Acme", "answers": answers}), encoding="utf-8")
        for found in json.loads(fitcheck("assess", str(file), "--format", "json").out)["would_change"]:
            steps = {step["question"]: step["to"] for step in found["steps"]}
            file.write_text(json.dumps({"prospect": "Acme", "answers": {**answers, **steps}}), encoding="utf-8")
            assert json.loads(fitcheck("assess", str(file), "--format", "json").out)["verdict"] == "pursue"


def number(told: str) -> Fraction:
    """A figure as a person reads it: a decimal, or a whole number and a fraction."""
    sign = -1 if told.startswith("−") else 1
    return sign * sum((Fraction(part) for part in told.strip("+−").split()), Fraction(0))


def test_explain_shows_every_answer_with_its_line_and_the_exact_sum(fitcheck: Run) -> None:
    told = fitcheck("assess", PARTNER, "--explain").out
    document = json.loads(fitcheck("assess", PARTNER, "--format", "json").out)
    flat = " ".join(told.split())
    for reason in document["reasons"]:
        if reason["question"]:
            assert f"{reason['question']}:" in flat
            assert reason["where"] in flat
    found = re.search(r"score ([\d ./]+) − threshold ([\d ./]+) = ([−+\d ./]+) answers", flat)
    assert found
    score, threshold, margin = found.groups()
    assert number(score) - number(threshold) == number(margin)
    assert abs(number(score) - Fraction(str(document["score"]))) <= Fraction(1, 200)
    assert number(threshold) == document["threshold"]


def test_a_role_that_is_nearly_spelt_right_is_a_mistake_and_another_is_said_to_be_unused(
    fitcheck: Run, tmp_path: Path
) -> None:
    company, table = tmp_path / "ours.yaml", tmp_path / "t.csv"
    table.write_text("named_users\nnamed\n", encoding="utf-8")
    out = ("-o", str(tmp_path / "o.csv"))
    for command in (("assess", PARTNER), ("rank", PARTNER, "--hours", "10"), ("batch", str(table), *out)):
        company.write_text("rates: {presale: 100}\n", encoding="utf-8")
        outcome = fitcheck(*command, "--company", str(company))
        assert outcome.code == Exit.DOCUMENT
        assert 'did you mean "presales"?' in outcome.err
        company.write_text("rates: {presales: 100, catering: 3}\n", encoding="utf-8")
        outcome = fitcheck(*command, "--company", str(company))
        assert outcome.code == Exit.DONE
        told = "ignored the rate of catering: no activity of the screen pilot has this role"
        assert outcome.err == f"{company}: {told}\n"
