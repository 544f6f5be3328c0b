"""What is wrong can be sent to another process, with all that is known of it."""

import pickle

import pytest

from fitcheck.problems import DocumentError, FitcheckError, Place, Problem, UsageError


@pytest.mark.parametrize("kind", [DocumentError, UsageError])
def test_errors_survive_being_sent(kind: type[FitcheckError]) -> None:
    problems = Problem("a", "first", Place("x.yaml", 3)), Problem("b", "second", hint="do this")
    sent = pickle.loads(pickle.dumps(kind(*problems)))  # noqa: S301 - it was pickled right here
    assert (type(sent), sent.problems, str(sent)) == (kind, problems, str(kind(*problems)))
