from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from textwrap import dedent

import pytest
from conftest import ROOT

from fitcheck.decision.content.cost_model import Deal
from fitcheck.documents.cases import case_names, load_cases
from fitcheck.problems import DocumentError, Place, Problem, UsageError
from fitcheck.proof.cases import Case, CaseFile, Expectation

FIRST = """\
cases: first
version: 2
about: what these are about
screen: pilot
items:
  patient:
    answers: {named_users: named, deadline: unknown}
    expect: {verdict: pursue}
  hurried:
    story: |
      They called on Monday
      and wanted it on Friday.
    lesson: a quick fix is no pilot
    stage: prototype
    deal: {value: 30000, currency: EUR}
    base: patient
    answers: {named_users: nobody, relied_on_us: n/a}
    guesses: {deadline: "Friday may be a manner of speaking"}
    expect:
      verdict: not now
      settled: true
      gates: [named_users, "floor:mutual-trust:ours", money]
      against: [feedback-loop, one-sided-trust]
      for: [patience]
      hours: [10, 40.5]
  larger:
    screen: deal
    expect: {verdict: not now, gates: []}
"""

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of cases and return its path."""

    def written(text: str, name: str = "first.yaml") -> str:
        path = tmp_path / name
        path.write_text(dedent(text), encoding="utf-8")
        return str(path)

    return written


def only(path: str) -> CaseFile:
    """The one file of cases."""
    (file,) = load_cases([path])
    return file


def problems(*paths: str) -> tuple[Problem, ...]:
    """What is wrong."""
    with pytest.raises(DocumentError) as caught:
        load_cases(paths)
    return caught.value.problems


def test_everything_that_is_written_is_read(write: Write) -> None:
    path = write(FIRST)
    file = only(path)
    patient, hurried, larger = file.cases
    assert (file.id, file.version, file.about) == ("first", 2, "what these are about")
    assert (patient.id, patient.file, patient.screen.id, patient.stage) == ("patient", "first", "pilot", "pilot")
    assert patient.expect == Expectation("pursue")
    assert (patient.story, patient.lesson, patient.guesses) == ("", "", {})
    assert patient.where == Place(path, 6, 3)
    assert patient.prospect.deal == Deal()
    assert hurried.stage == "prototype"
    assert hurried.story == "They called on Monday and wanted it on Friday."
    assert hurried.lesson == "a quick fix is no pilot"
    assert hurried.guesses == {"deadline": "Friday may be a manner of speaking"}
    assert hurried.prospect.deal == Deal(Fraction(30_000), "EUR")
    assert hurried.expect == Expectation(
        "not now",
        settled=True,
        gates=("named_users", "floor:mutual-trust:ours", "money"),
        against=("feedback-loop", "one-sided-trust"),
        speaks_for=("patience",),
        hours=(Fraction(10), Fraction(81, 2)),
    )
    assert (larger.screen.id, larger.stage, larger.expect.gates) == ("deal", "growth", ())


def test_answers_of_the_base_are_taken_over_and_ones_own_replace_them(write: Write) -> None:
    path = write(FIRST)
    _, hurried, _ = only(path).cases
    answers = {name: (answer.option, answer.state) for name, answer in hurried.prospect.answers.items()}
    assert answers == {
        "named_users": ("nobody", "given"),
        "deadline": (None, "unknown"),
        "relied_on_us": (None, "n/a"),
    }
    assert hurried.prospect.answers["deadline"].where == Place(path, 7, 35)
    assert hurried.prospect.answers["named_users"].where == Place(path, 17, 15)


def test_a_base_may_have_a_base(write: Write) -> None:
    file = only(write("""\
        cases: first
        version: 1
        about: so
        screen: pilot
        items:
          a: {answers: {named_users: named, deadline: up_to_two_months, tender: short}, expect: {verdict: not now}}
          b: {base: a, answers: {named_users: nobody, deadline: up_to_three_months}, expect: {verdict: not now}}
          c: {base: b, answers: {deadline: none_or_later}, expect: {verdict: not now}}
    """))  # fmt: skip
    answers = {name: answer.option for name, answer in file.cases[2].prospect.answers.items()}
    assert answers == {"named_users": "nobody", "deadline": "none_or_later", "tender": "short"}


ITEM = "cases: first\nversion: 1\nabout: so\nscreen: pilot\nitems:\n  a:\n"

MISTAKES = {
    "    expect: {verdict: persue}": ("unknown-word", 7, "did you mean"),
    "    expect: {verdict: pursue, setled: true}": ("unknown-key", 7, 'did you mean "settled"?'),
    "    expect: {verdict: pursue, settled: yes}": ("wrong-type", 7, 'must be true or false, not "yes"'),
    "    expect: {verdict: pursue, against: []}": ("empty-value", 7, '"against" is empty'),
    "    expect: {verdict: pursue, gates: }": ("empty-value", 7, "must be a list, not empty"),
    "    expect: {verdict: pursue, against: [patients]}": ("unknown-reason", 7, 'did you mean "patience"?'),
    "    expect: {verdict: pursue, for: [friendly]}": ("unknown-reason", 7, 'has no reason "friendly"'),
    "    expect: {verdict: pursue, gates: [name_users]}": ("unknown-gate", 7, 'did you mean "named_users"?'),
    "    expect: {verdict: pursue, hours: [40, 10]}": ("bad-band", 7, "must be [least, most], not [40, 10]"),
    "    expect: {verdict: pursue, hours: [40]}": ("bad-band", 7, "must be [least, most], not [40]"),
    "    expect: {verdict: pursue, hours: 40}": ("bad-band", 7, "write e.g. [40, 90]"),
    "    stage: seed\n    expect: {verdict: pursue}": ("unknown-word", 7, "must be concept"),
    "    screen: pilt\n    expect: {verdict: pursue}": ("unknown-screen", 7, 'did you mean "pilot"?'),
    "    answers: {named_user: named}\n    expect: {verdict: pursue}": ("unknown-question", 7, '"named_users"?'),
    "    answers: {named_users: naned}\n    expect: {verdict: pursue}": ("unknown-option", 7, 'did you mean "named"?'),
    "    answers: {named_users: n/a}\n    expect: {verdict: pursue}": (
        "not-applicable",
        7,
        "applies to every prospect",
    ),
    "    guesses: {named_user: so}\n    expect: {verdict: pursue}": ("unknown-question", 7, "unknown question"),
    "    story: They called.\n    expect: {verdict: pursue}": ("lesson-missing", 7, "a story needs a lesson"),
    "    lesson: so\n    expect: {verdict: pursue}": ("lesson-without-story", 7, "without a story"),
    "    base: b\n    expect: {verdict: pursue}": ("unknown-case", 7, 'no case "b" in this file'),
    "    base: a\n    expect: {verdict: pursue}": ("base-of-itself", 7, "leads back to itself"),
    "    answers: {named_users: named}": ("missing-key", 6, '"expect" is missing'),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_one_mistake_gives_one_problem_at_its_line_in_words_that_help(write: Write, text: str) -> None:
    code, line, words = MISTAKES[text]
    (problem,) = problems(write(f"{ITEM}{text}\n"))
    assert problem.where is not None
    assert (problem.code, problem.where.line) == (code, line)
    assert words in f"{problem.message} {problem.hint}"


def test_a_gate_is_one_only_at_its_stages(write: Write) -> None:
    for stage, wrong in (("pilot", False), ("growth", True)):
        path = write(f"{ITEM}    stage: {stage}\n    expect: {{verdict: not now, gates: [named_users]}}\n")
        if wrong:
            assert [problem.code for problem in problems(path)] == ["unknown-gate"]
        else:
            assert only(path).cases


def test_bases_that_go_round_in_a_circle_are_found(write: Write) -> None:
    text = """\
        cases: first
        version: 1
        about: so
        screen: pilot
        items:
          a: {base: b, expect: {verdict: pursue}}
          b: {base: c, expect: {verdict: pursue}}
          c: {base: a, expect: {verdict: pursue}}
    """
    assert [(p.code, p.where and p.where.line) for p in problems(write(text))] == [
        ("base-of-itself", 6),
        ("base-of-itself", 7),
        ("base-of-itself", 8),
    ]


def test_no_screen_an_unknown_one_and_none_at_all_are_told_apart(write: Write) -> None:
    text = "cases: first\nversion: 1\nabout: so\nitems:\n  a: {expect: {verdict: pursue}}\n"
    assert [problem.code for problem in problems(write(text))] == ["screen-missing"]
    several = ITEM.replace("pilot", "pilt") + "    expect: {verdict: pursue}\n  b: {expect: {verdict: pursue}}\n"
    assert [(p.code, p.where and p.where.line) for p in problems(write(several))] == [("unknown-screen", 4)]
    nothing = "cases: first\nversion: 1\nabout: so\nscreen: pilot\nitems: {}\n"
    assert [problem.code for problem in problems(write(nothing))] == ["empty-value"]


def test_all_problems_of_all_files_are_told_at_once(write: Write) -> None:
    one = write(f"{ITEM}    base: b\n    answers: {{named_users: nane, dead: line}}\n    expect: {{verdict: no}}\n")
    two = write(f"{ITEM}    lesson: so\n    expect: {{verdict: pursue}}\n", "second.yaml")
    found = [(Path(p.where.file).name, p.code) for p in problems(one, two) if p.where]
    assert found == [
        ("first.yaml", "unknown-case"),
        ("first.yaml", "unknown-option"),
        ("first.yaml", "unknown-question"),
        ("first.yaml", "unknown-word"),
        ("second.yaml", "id-not-file-name"),
        ("second.yaml", "lesson-without-story"),
    ]


def test_a_screen_of_ones_own_is_found_beside_the_cases_and_its_problems_are_told_once(
    write: Write, tmp_path: Path
) -> None:
    screen = (ROOT / "rubrics/screens/pilot.yaml").read_text(encoding="utf-8")
    (tmp_path / "own.yaml").write_text(screen.replace("screen: pilot", "screen: own"), encoding="utf-8")
    text = ITEM.replace("screen: pilot", "screen: ./own.yaml") + "    expect: {verdict: pursue}\n"
    (case,) = only(write(text + "  b: {expect: {verdict: pursue}}\n")).cases[:1]
    assert (case.screen.id, case.screen.built_in) == ("own", False)
    (tmp_path / "own.yaml").write_text(screen, encoding="utf-8")
    assert [problem.code for problem in problems(write(text + "  b: {expect: {verdict: pursue}}\n"))] == [
        "id-not-file-name"
    ]


def test_a_base_whose_answers_the_screen_does_not_know_is_a_problem(write: Write, tmp_path: Path) -> None:
    screen = (ROOT / "rubrics/screens/pilot.yaml").read_text(encoding="utf-8")
    small = "\n".join(
        line
        for line in screen.replace("screen: pilot", "screen: own").splitlines()
        if not line.startswith(
            ("cost:", "money_gate:", "  win_rate", "  lost_share", "  months", "  stages: [", "  because:")
        )
    )
    (tmp_path / "own.yaml").write_text(small, encoding="utf-8")
    text = f"{ITEM}    answers: {{tender: long}}\n    expect: {{verdict: not now}}\n"
    text += "  b: {screen: ./own.yaml, base: a, expect: {verdict: not now}}\n"
    (problem,) = problems(write(text))
    assert (problem.code, problem.where and problem.where.line) == ("base-misfit", 9)
    text = f"{ITEM}    screen: ./own.yaml\n    expect: {{verdict: not now, hours: [1, 2]}}\n"
    assert [problem.code for problem in problems(write(text))] == ["hours-without-cost"]


def test_a_folder_stands_for_its_files_by_name(write: Write, tmp_path: Path) -> None:
    write(FIRST.replace("cases: first", "cases: b"), "b.yaml")
    write(FIRST.replace("cases: first", "cases: a"), "a.yaml")
    assert [file.id for file in load_cases([str(tmp_path)])] == ["a", "b"]
    (tmp_path / "none").mkdir()
    assert [problem.code for problem in problems(str(tmp_path / "none"))] == ["no-cases"]


def test_without_names_every_built_in_file_is_read() -> None:
    names = case_names()
    assert names
    assert tuple(file.id for file in load_cases()) == names
    (first,) = load_cases([names[0]])
    assert first.id == names[0]


def test_an_unknown_name_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="no built-in cases"):
        load_cases(["no-such-cases"])


def test_a_missing_file_is_a_problem() -> None:
    assert [problem.code for problem in problems("no/such.yaml")] == ["cannot-read"]


def test_another_kind_of_file_is_said_to_be_one() -> None:
    (problem,) = problems(str(ROOT / "rubrics/mutual-trust.yaml"))
    assert problem.message == "this is a rubric; expected a case file"


def test_a_case_is_a_plain_value() -> None:
    assert Case.__dataclass_params__.frozen  # type: ignore[attr-defined]
