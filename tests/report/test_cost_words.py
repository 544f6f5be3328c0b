from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given as forall
from strategies import Situation, situations

from fitcheck.decision.assess import assess
from fitcheck.decision.content.cost_model import Basis
from fitcheck.decision.score.results import CostToClose, Driver, Spread
from fitcheck.report.cost_words import activity_rows, own_figures

SURVEY, GUESS, OWN = Basis("benchmark", "Exari, a survey of lawyers", 2011, "B"), Basis("assumption"), Basis("own")


def driver(title: str, hours: str, rate: int, basis: Basis = GUESS, rate_basis: Basis = GUESS) -> Driver:
    return Driver(title, title, Fraction(hours), "it is", None, basis, "presales", Fraction(rate), rate_basis)


def cost(*drivers: Driver) -> CostToClose:
    money = sum((each.money for each in drivers), Fraction(0))
    none = Spread(0.0, 0.0, 0.0, 0.0)
    return CostToClose(
        none, none, "EUR", money, 1.0, 2.0, (Fraction(1),), Fraction(1), "", drivers, {}, None,
        Fraction(1), None, None, None, None, None, None, (), (), (), (),
    )  # fmt: skip


def test_a_row_says_who_works_how_long_at_which_rate_and_what_that_rests_on() -> None:
    review = replace(driver("Contract", "12.25", 180, SURVEY), role="legal", expenses=Fraction(50), assumed="tender")
    (row,) = activity_rows(cost(review))
    assert (row.activity, row.role, row.rate, row.if_asked) == ("Contract", "legal", Fraction(180), True)
    assert (row.hours, row.expenses, row.money) == (Fraction("12.3"), Fraction(50), Fraction(2255))
    assert row.rests_on == "hours: Exari, 2011; rate: assumption"
    (same,) = activity_rows(cost(driver("Talks", "1", 100)))
    assert same.rests_on == "assumption"


def test_rounded_lines_add_up_by_largest_remainder() -> None:
    thirds = [driver(str(n), "1/3", 1) for n in range(3)]
    rows = activity_rows(cost(*thirds))
    assert [row.hours for row in rows] == [Fraction("0.4"), Fraction("0.3"), Fraction("0.3")]
    assert [row.money for row in rows] == [1, 0, 0]


@forall(situations())
def test_hours_and_money_of_all_rows_are_the_printed_means(situation: Situation) -> None:
    found = assess(situation.screen, situation.prospect, situation.stage, company=situation.company).cost
    assume(found)
    assert found
    rows = activity_rows(found)
    assert float(sum(row.hours for row in rows)) == found.hours.mean
    assert float(sum(row.money for row in rows)) == found.money.mean


def test_what_is_the_users_own_is_counted_with_what_it_changes() -> None:
    own = driver("Talks", "2", 90, GUESS, OWN), replace(driver("Offer", "1", 200, OWN), role="sales")
    assert own_figures(cost(driver("Talks", "2", 90))) is None
    assert own_figures(cost(*own)) == (
        "Your own figures: the rates of 1 of 2 roles and the hours of 1 of 2 pieces of work."
    )
    changed = replace(cost(*own), on_benchmarks=Fraction(1240), cycles_own=True)
    assert own_figures(changed) == (
        "Your own figures: the rates of 1 of 2 roles, the hours of 1 of 2 pieces of work and the rounds of talks. "
        "Without them the mean would be EUR 1,240 instead of 380."
    )
    assert own_figures(cost(driver("Talks", "2", 90, OWN, OWN))) == (
        "Your own figures: the rates of the role and the hours of the piece of work."
    )
