"""The public Python interface."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import fitcheck
from fitcheck import Deal, Prospect, Screen
from fitcheck.api import stage_for
from fitcheck.decision.content.cost_model import Company
from fitcheck.problems import DocumentError, UsageError
from fitcheck.report.layout import TextOptions

JUDGES = ROOT / "tests" / "judges"


@pytest.fixture(scope="module")
def screen() -> Screen:
    return fitcheck.load_screen("pilot")


def test_answers_as_a_map_give_what_the_same_answers_in_a_file_give(screen: Screen, tmp_path: Path) -> None:
    answers = {"named_users": "named", "deadline": "none_or_later", "relied_on_us": "n/a", "who_decides": "unknown"}
    file = tmp_path / "acme.json"
    file.write_text(json.dumps({"prospect": "Acme", "answers": answers}), encoding="utf-8")
    from_map = fitcheck.assess(screen, answers)
    from_file = fitcheck.assess(screen, fitcheck.load_prospect(file, screen))
    assert (from_map.score, from_map.known, from_map.verdict) == (from_file.score, from_file.known, from_file.verdict)


def test_all_wrong_answers_of_a_map_are_said_at_once(screen: Screen) -> None:
    with pytest.raises(DocumentError) as caught:
        fitcheck.assess(screen, {"named_users": "nobdy", "no_such_question": "x", "deadline": "n/a"})
    assert sorted(problem.code for problem in caught.value.problems) == [
        "not-applicable",
        "unknown-option",
        "unknown-question",
    ]


def test_a_deal_can_be_given_beside_the_answers(screen: Screen) -> None:
    assessment = fitcheck.assess(screen, {}, deal=Deal(value=Fraction(10_000), currency="EUR"))
    assert assessment.cost is not None
    assert assessment.cost.margin == 7_000


def test_wrong_answers_of_a_map_have_no_place_that_nobody_can_look_up(screen: Screen) -> None:
    with pytest.raises(DocumentError) as caught:
        fitcheck.assess(screen, {"named_users": "nobdy"})
    assert str(caught.value) == '"named_users" has no option "nobdy" (did you mean "nobody"?)'
    assessment = fitcheck.assess(screen, {"named_users": "nobody"})
    assert {gate.where for gate in assessment.gates} == {reason.where for reason in assessment.reasons} == {None}


def test_an_answer_of_a_map_that_is_no_text_is_a_wrong_answer(screen: Screen) -> None:
    with pytest.raises(DocumentError) as caught:
        fitcheck.assess(screen, {"named_users": fitcheck.Answer("nobody"), "deadline": True, 7: "x"})  # type: ignore[dict-item]
    assert [problem.code for problem in caught.value.problems] == ["wrong-type", "unknown-option", "unknown-question"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"screen": "pilot"}, "screen must be a Screen, not 'pilot' (load_screen gives one)"),
        (
            {"prospect": "acme.yaml"},
            "prospect must be a Prospect or a Mapping, not 'acme.yaml' (load_prospect reads",
        ),
        ({"company": "company.yaml"}, "company must be a Company, not 'company.yaml' (load_company gives one)"),
        ({"as_of": "2026-11-11"}, "as_of must be a date, not '2026-11-11' (a datetime.date, e.g."),
        ({"as_of": datetime(2026, 11, 11, tzinfo=UTC)}, "as_of must be a date, not datetime.datetime(2026, 11, 11,"),
        ({"deal": {"value": 1000}}, "deal must be a Deal, not {'value': 1000} (e.g. Deal("),
        ({"prospect": Prospect("a", "A"), "deal": Deal()}, "deal has no effect: the prospect already has one"),
    ],
)
def test_an_argument_of_the_wrong_type_is_named(screen: Screen, wrong: dict[str, Any], said: str) -> None:
    right: dict[str, Any] = {"screen": screen, "prospect": {}}
    with pytest.raises(UsageError, match=f"^{re.escape(said)}"):
        fitcheck.assess(**{**right, **wrong})


def test_everything_that_takes_a_screen_or_a_company_refuses_the_name_of_one(screen: Screen) -> None:
    judges = {"founder": Prospect("acme", "Acme")}
    takes: list[Callable[..., Any]] = [
        lambda screen, company: fitcheck.merge(screen, judges, prospect_id="acme", company=company),
        lambda screen, company: fitcheck.agreement(screen, {"acme": judges}, company=company),
    ]
    for take in takes:
        with pytest.raises(UsageError, match="screen must be a Screen"):
            take("pilot", None)
        with pytest.raises(UsageError, match="company must be a Company"):
            take(screen, "company.yaml")
    with pytest.raises(UsageError, match="screen must be a Screen"):
        fitcheck.load_prospect("acme.yaml", "pilot")  # type: ignore[arg-type]  # that is what is tested
    with pytest.raises(UsageError, match="as_of must be a date"):
        fitcheck.merge(screen, judges, prospect_id="acme", as_of="2026-11-11")  # type: ignore[arg-type]


def test_what_no_function_can_take_is_named_with_what_it_should_be(screen: Screen) -> None:
    fit: Any = fitcheck
    one = fitcheck.assess(screen, {"named_users": "nobody"})
    calls: list[tuple[Callable[[], object], str]] = [
        (lambda: fit.rank(one, 5), "assessments must be an Iterable, not Assessment("),
        (lambda: fit.rank([one.prospect], 5), "assessments[0] must be an Assessment, not Prospect("),
        (
            lambda: fit.compare([one, None]),
            "assessments[1] must be an Assessment, not None (assess gives one)",
        ),
        (lambda: fit.compare(5), "assessments must be an Iterable, not 5"),
        (
            lambda: fit.merge(screen, [one.prospect], prospect_id="x"),
            "judges must be a Mapping, not [Prospect(",
        ),
        (
            lambda: fit.merge(screen, {"ann": {"named_users": "nobody"}}, prospect_id="x"),
            "judges['ann'] must be a Prospect, not {'named_users': 'nobody'} (load_prospect reads a file)",
        ),
        (
            lambda: fit.agreement(screen, {"p": {"ann": {"named_users": "nobody"}}}),
            "prospects['p']['ann'] must be a Prospect, not {'named_users': 'nobody'}",
        ),
        (lambda: fit.agreement(screen, {"p": one.prospect}), "prospects['p'] must be a Mapping, not Prospect("),
        (lambda: fit.agreement(screen, None), "prospects must be a Mapping, not None"),
        (lambda: fit.render(None), "report must be an Assessment or a Comparison or a Ranking or a Judges"),
        (lambda: fit.render(one.prospect), "report must be an Assessment or a Comparison or a Ranking or a J"),
        (lambda: fit.render([one, 5]), "report[1] must be an Assessment, not 5"),
        (lambda: fit.render(one, "text", 80), "options must be a TextOptions, not 80"),
        (lambda: fit.letter(None), "assessment must be an Assessment, not None (assess gives one)"),
        (lambda: fit.letter(one, template=Path("x.j2")), "template must be a str, not "),
        (lambda: fit.load_screen(None), "name_or_path must be a str or a Path, not None (the name of a"),
        (lambda: fit.load_screen(3), "name_or_path must be a str or a Path, not 3"),
        (lambda: fit.load_company(None), "path must be a str or a Path, not None (the path of a file)"),
        (lambda: fit.load_company(""), "path is empty (the path of a file)"),
        (lambda: fit.load_prospect(None, screen), "path must be a str or a Path, not None"),
        (lambda: fit.score_frame(None, screen, columns=5), "columns must be an Iterable, not 5 (e.g. ["),
        (lambda: fit.score_frame(None, screen, columns=[5]), "columns[0] must be a str, not 5"),
        (lambda: fit.score_frame(None, screen, company=""), "company is empty (the path of a file)"),
        (lambda: fit.score_frame(None, screen, as_is="no"), "as_is must be a bool, not 'no' (True or False)"),
    ]
    for call, said in calls:
        with pytest.raises(UsageError, match=f"^{re.escape(said)}"):
            call()


def test_assessments_may_come_one_after_another(screen: Screen) -> None:
    several = [fitcheck.assess(screen, {"named_users": option}) for option in ("nobody", "named")]
    assert fitcheck.compare(iter(several)) == fitcheck.compare(several)
    assert fitcheck.rank(iter(several), 5) == fitcheck.rank(several, 5)
    assert fitcheck.render(iter(several), "json") == fitcheck.render(several, "json")


def test_a_fault_of_a_callers_template_is_not_placed_in_ours(screen: Screen) -> None:
    for template, line in (("Hello\n{{ nobody }}", 2), ("{% if %}", 1)):
        with pytest.raises(DocumentError) as caught:
            fitcheck.letter(fitcheck.assess(screen, {"named_users": "nobody"}), template=template)
        assert [str(problem.where) for problem in caught.value.problems] == [f"<template>:{line}:1"]


def test_judges_without_one_deal_are_refused_and_so_are_none(screen: Screen) -> None:
    judges = {str(value): Prospect("acme", "Acme", deal=Deal(value=Fraction(value))) for value in (1, 2)}
    with pytest.raises(UsageError, match="the scorers give different deals: value"):
        fitcheck.merge(screen, judges, prospect_id="acme")
    with pytest.raises(UsageError, match="no scorers"):
        fitcheck.merge(screen, {}, prospect_id="acme")


def test_the_day_of_looking_again_is_counted_from_as_of(screen: Screen) -> None:
    assessment = fitcheck.assess(screen, {"named_users": "nobody"}, as_of=date(2026, 1, 5))
    assert assessment.look_again_weeks is not None
    assert assessment.look_again is not None
    assert (assessment.look_again - date(2026, 1, 5)).days == 7 * assessment.look_again_weeks


@pytest.mark.parametrize(
    ("given", "company", "expected"),
    [
        (None, None, ("pilot", "screen")),
        (None, Company(), ("pilot", "screen")),
        (None, Company(stage="growth"), ("growth", "company")),
        ("mature", Company(stage="growth"), ("mature", "given")),
    ],
)
def test_the_stage_is_the_given_one_else_the_companys_else_the_screens(
    screen: Screen, given: str | None, company: Company | None, expected: tuple[str, str]
) -> None:
    assert stage_for(screen, given, company) == expected


def test_a_stage_of_the_company_that_the_screen_does_not_know_is_said_to_be_the_companys(screen: Screen) -> None:
    early = replace(screen, stages={"pilot": screen.stages["pilot"]})
    with pytest.raises(UsageError, match="does not have the stage of the company file, growth"):
        stage_for(early, None, Company(stage="growth"))


def test_a_stage_that_the_screen_does_not_know_is_wrong_use(screen: Screen) -> None:
    with pytest.raises(UsageError, match="unknown stage"):
        stage_for(screen, "seed", None)


def test_a_report_in_an_unknown_format_or_detail_is_wrong_use(screen: Screen) -> None:
    with pytest.raises(UsageError, match="unknown format 'pdf'"):
        fitcheck.render(fitcheck.assess(screen, {}), "pdf")
    with pytest.raises(UsageError, match="unknown detail 'all'"):
        fitcheck.render(fitcheck.assess(screen, {}), detail="all")


def test_several_assessments_make_one_report(screen: Screen) -> None:
    one = fitcheck.assess(screen, {})
    assert len(json.loads(fitcheck.render([one, one], "json"))) == len([one, one])
    assert fitcheck.render([one, one], "markdown").count("## NOT NOW") == len([one, one])
    assert "─" * 60 in fitcheck.render([one, one], "text", TextOptions(width=60))


def test_text_without_unicode_is_ascii_but_for_the_users_own(screen: Screen) -> None:
    assert fitcheck.render(fitcheck.assess(screen, {}), "text", TextOptions(ascii_only=True)).isascii()


@pytest.mark.parametrize("kind", ["text", "markdown", "json"])
def test_every_kind_of_report_is_made_in_every_format(screen: Screen, kind: str) -> None:
    one, other = (fitcheck.assess(screen, {"named_users": option}) for option in ("nobody", "named"))
    judges = {
        judge: fitcheck.load_prospect(f"{JUDGES}/acme.{judge}.yaml", screen)
        for judge in ("founder", "presales", "support")
    }
    reports: list[Any] = [
        fitcheck.compare([one, other]),
        fitcheck.rank([one, other], Fraction(40)),
        fitcheck.merge(screen, judges, prospect_id="acme"),
        fitcheck.agreement(screen, {"acme": judges}),
    ]
    for report in reports:
        told = fitcheck.render(report, kind)
        assert told.endswith("\n")
        assert kind != "json" or json.loads(told)["schema"].startswith("fitcheck.")


def test_every_loader_takes_a_path_as_text_or_as_an_object(screen: Screen, tmp_path: Path) -> None:
    prospect, company = ROOT / "examples" / "quick-fix.yaml", tmp_path / "company.yaml"
    company.write_text("stage: growth\n", encoding="utf-8")
    own = ROOT / "rubrics" / "screens" / "pilot.yaml"
    assert fitcheck.load_screen(own) == fitcheck.load_screen(str(own))
    assert fitcheck.load_company(company) == fitcheck.load_company(str(company)) == Company(stage="growth")
    assert fitcheck.load_prospect(prospect, screen) == fitcheck.load_prospect(str(prospect), screen)


def test_every_public_name_is_there_and_every_error_that_a_docstring_names_is_public() -> None:
    for name in fitcheck.__all__:
        assert getattr(fitcheck, name).__name__ == name
    said = " ".join(getattr(fitcheck, name).__doc__ or "" for name in fitcheck.__all__)
    assert {*re.findall(r"\b[A-Z]\w+Error\b", said)} <= {*fitcheck.__all__}


def test_a_letter_is_for_a_not_now_only(screen: Screen) -> None:
    refused = fitcheck.assess(screen, {"named_users": "nobody"})
    assert "not now" in fitcheck.letter(refused, sender="Us")
    pursued = fitcheck.assess(screen, fitcheck.load_prospect(ROOT / "examples" / "patient-partner.yaml", screen))
    with pytest.raises(UsageError):
        fitcheck.letter(pursued)
