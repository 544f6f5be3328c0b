"""What is wrong is told whole, on one line too, and can be sent to another process."""

import pickle

import pytest

from fitcheck.problems import DocumentError, FitcheckError, Place, Problem, UsageError
from fitcheck.report.problems import problem_text


@pytest.mark.parametrize("kind", [DocumentError, UsageError])
def test_errors_survive_being_sent(kind: type[FitcheckError]) -> None:
    problems = Problem("a", "first", Place("x.yaml", 3)), Problem("b", "second", hint="do this")
    sent = pickle.loads(pickle.dumps(kind(*problems)))  # noqa: S301 - it was pickled right here
    assert (type(sent), sent.problems, str(sent)) == (kind, problems, str(kind(*problems)))


def test_the_text_of_an_error_says_of_every_problem_where_it_is_and_what_to_do() -> None:
    problems = Problem("a", "first", Place("x.yaml", 3, 2)), Problem("b", "second", hint="do this")
    assert str(DocumentError(*problems)) == "x.yaml:3:2: first; second (do this)"


def test_a_file_as_a_whole_has_no_line() -> None:
    error = DocumentError(Problem("cannot-read", "no such file", Place("x.yaml"), hint='did you mean "y.yaml"?'))
    assert str(error) == 'x.yaml: no such file (did you mean "y.yaml"?)'
    assert "--> x.yaml\n" in problem_text(error.problems)
