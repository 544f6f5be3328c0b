import re

from fitcheck.proof.findings import PROBLEMS, REMARKS, Finding


def test_a_code_is_a_problem_or_a_remark_and_never_both() -> None:
    assert not PROBLEMS.keys() & REMARKS.keys()
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", code) for code in [*PROBLEMS, *REMARKS])


def test_the_code_says_whether_a_finding_is_a_problem() -> None:
    assert Finding("option-order", "rubric", "need", (), "so", "so").is_problem
    assert not Finding("judgement", "rubric", "need", (), "so", "so").is_problem
