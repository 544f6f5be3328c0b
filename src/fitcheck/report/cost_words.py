"""The cost to close in words, the same in every report for people."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from fitcheck.decision.change.cost_changes import CostChanges
from fitcheck.decision.content.cost_model import Deal, Per
from fitcheck.decision.score.results import CostToClose, Driver
from fitcheck.decision.score.rounding import decimal, half_up, rounded_shares
from fitcheck.report.figures import about, wins_needed
from fitcheck.report.words import percent


def cost_rows(cost: CostToClose, deal: Deal) -> Iterator[tuple[str, str, str]]:
    """
    The figures of a cost to close: label, text, and what they rest on if any is not the user's own.

    Every range is P10 to P90 around P50, with the mean beside it.
    """
    hours, money, currency = cost.hours, cost.money, cost.currency
    worked, paid = _rests_on(cost, "hours", "cycles"), _rests_on(cost, "hours", "cycles", "rates")
    earned = _rests_on(cost, "hours", "cycles", "rates", "margin")
    yield "hours", f"{hours.p50:.1f} h ({hours.p10:.1f} to {hours.p90:.1f}), mean {hours.mean:.1f}", worked
    if cost.hours_spent:
        spent = ", ".join(f"{half_up(each * 10) / 10:g} h of {role}" for role, each in cost.hours_spent.items())
        yield "spent", f"{spent} already, taken off the hours above", ""
    text = f"{currency} {money.p50:,.0f} ({money.p10:,.0f} to {money.p90:,.0f}), mean {money.mean:,.0f}"
    yield "money", text, paid
    yield "weeks", f"{cost.weeks_p50:.1f}, 90 % likely within {cost.weeks_p90:.1f}", worked
    cycles = f"{decimal(cost.cycles_mean, 1)} on average: {cost.cycles_because}"
    yield "cycles", cycles, _rests_on(cost, "cycles")
    if cost.per_deal_value is not None and deal.value is not None:
        value = f"{deal.currency or currency} {half_up(deal.value):,}{_PER[deal.per]}"
        of = "deal value" if deal.per == "once" else "value of the months that count"
        yield "value", f"costs {percent(cost.per_deal_value)} of the {of} ({value})", paid
    if cost.margin is not None:
        yield "margin", f"{_margin(cost)} (margin {currency} {half_up(cost.margin):,})", earned
    if cost.expected_value is not None:
        yield "brings", _brings(cost), earned
    elif least := cost.worth_from:
        text = f"pays off from a {least.of} of {currency} {half_up(least.amount):,}{_PER[least.per]}"
        yield "worth", f"{text}, at a win probability of {percent(cost.win_probability)}", earned


_PER: dict[Per, str] = {"once": "", "year": " a year"}
"""What a value counts for."""


def _rests_on(cost: CostToClose, *figures: str) -> str:
    """Whether any of these figures is a guess of ours, or else a benchmark; "" where all are the user's own."""
    if not {*figures}.isdisjoint(cost.assumptions):
        return "assumption"
    return "" if {*figures}.isdisjoint(cost.benchmarks) else "benchmark"


def _margin(cost: CostToClose) -> str:
    if cost.break_even is not None:
        return f"you must win {percent(cost.break_even)} of such deals to break even"
    return (
        f"costs {percent(cost.per_margin)} of the margin: a loss even if won" if cost.per_margin else "nothing to win"
    )


def _brings(cost: CostToClose) -> str:
    """What pursuing brings on average, and what closing may cost for that."""
    brings, currency = half_up(cost.expected_value or Fraction(0)), cost.currency
    text = f"{currency} {'−' if brings < 0 else ''}{abs(brings):,} on average, won or lost"
    text += f", at a win probability of {percent(cost.win_probability)}"
    return text if cost.limit is None else f"{text}; closing is worth up to {currency} {half_up(cost.limit):,}"


class ActivityRow(NamedTuple):
    """
    One line of what the money is made of; in every column the lines add up to the printed total.

    Attributes:
        activity: its title.
        hours: expected, over all rounds, to 0.1 [hours].
        role: who works.
        rate: money per hour [currency of the costs], exact.
        expenses: expected beside the hours, in whole units.
        money: hours × rate + expenses, in whole units.
        hours_rest_on, rate_rests_on: a source with its year, "assumption" or "own".
        if_asked: that it counts by its chance only, because the answer that asks for it is not known.
    """

    activity: str
    hours: Fraction
    role: str
    rate: Fraction
    expenses: Fraction
    money: Fraction
    hours_rest_on: str
    rate_rests_on: str
    if_asked: bool

    @property
    def rests_on(self) -> str:
        """What hours and rate rest on, said once where it is the same."""
        same = self.hours_rest_on == self.rate_rests_on
        return self.hours_rest_on if same else f"hours: {self.hours_rest_on}; rate: {self.rate_rests_on}"


def activity_rows(cost: CostToClose) -> tuple[ActivityRow, ...]:
    """
    What the mean money is made of, by activity: hours at the rate of a role, and expenses; most hours first.

    Hours add up to the mean hours as printed, money to the mean money as printed, expenses to their own total.
    """
    found = cost.drivers
    hours = _rounded([driver.hours for driver in found], 1)
    expenses = _rounded([driver.expenses for driver in found], 0)
    money = _rounded([driver.money for driver in found], 0)
    return tuple(
        ActivityRow(
            activity=driver.title,
            hours=hours[at],
            role=driver.role,
            rate=driver.rate,
            expenses=expenses[at],
            money=money[at],
            hours_rest_on=driver.basis.short,
            rate_rests_on=driver.rate_basis.short,
            if_asked=driver.assumed is not None,
        )
        for at, driver in enumerate(found)
    )


def _rounded(parts: Sequence[Fraction], digits: int) -> tuple[Fraction, ...]:
    """Round parts so that they add up to their rounded sum."""
    unit = 10**digits
    return rounded_shares(parts, Fraction(half_up(sum(parts, Fraction(0)) * unit), unit), digits)


def own_figures(cost: CostToClose) -> str | None:
    """
    Say which figures are the user's own, and what the mean money would be without those of the company file.

    Returns:
        None where none is the user's own.
    """
    working = [driver for driver in cost.drivers if driver.hours]
    roles = {driver.role: driver.rate_basis.kind == "own" for driver in working}
    rates, hours = sum(roles.values()), sum(driver.basis.kind == "own" for driver in working)
    told = [
        f"the rates of {_of(rates, len(roles), 'role')}" if rates else "",
        f"the hours of {_of(hours, len(working), 'piece')} of work" if hours else "",
        "the rounds of talks" if cost.cycles_own else "",
    ]
    own = [part for part in told if part]
    if not own:
        return None
    text = f"Your own figures: {' and '.join(filter(None, (', '.join(own[:-1]), own[-1])))}."
    if cost.on_benchmarks is None:
        return text
    without, here = half_up(cost.on_benchmarks), half_up(cost.expected)
    return f"{text} Without them the mean would be {cost.currency} {without:,} instead of {here:,}."


def _of(part: int, whole: int, noun: str) -> str:
    if part < whole:
        return f"{part} of {whole} {noun}s"
    return f"the {noun}" if whole == 1 else f"both {noun}s" if whole == 2 else f"all {whole} {noun}s"  # noqa: PLR2004


def driver_text(driver: Driver) -> str:
    """What takes the hours, and why; a condition where the answer is not known."""
    if driver.assumed:
        return f"{driver.title}: if {driver.because}, which is not known"
    return f"{driver.title}: {driver.because}"


def worth(cost: CostToClose) -> str:
    """From when closing it pays off, in half a sentence; "" where nobody can say."""
    if cost.break_even is not None:
        return f"pays off if you win {wins_needed(cost.break_even)}"
    if cost.margin is not None:
        return "a loss even if you win it"
    if least := cost.worth_from:
        return f"pays off from a {least.of} of {cost.currency} {about(least.amount)}{_PER[least.per]}"
    return ""


def worth_closing(cheaper: CostChanges) -> str:
    """What other cost answers would do, up to the answers themselves."""
    if cheaper.state == "at risk":
        return "At today’s trust, closing could pay off, though it is not likely, if"
    return "At today’s trust, closing would pay off if"
