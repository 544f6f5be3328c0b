from fitcheck.decision.several.judges import Decisive, Ruling
from fitcheck.report.scorers.disagreement import ruling


def test_a_ruling_groups_scorers_by_the_verdict_that_follows_and_says_where_it_is_still_open() -> None:
    rulings = (
        Ruling("none", "None", ("dee",), "not now", settled=True),
        Ruling("some", "Some", ("cy",), "pursue", settled=False),
        Ruling("many", "Many", ("bo", "ann"), "pursue", settled=True),
        Ruling("all", "All", ("eve",), "pursue", settled=True),
    )
    assert ruling(Decisive("users", "Who?", rulings)) == (
        "not now if dee is right; pursue, still open, if cy is right; pursue if ann, bo or eve is right"
    )
