"""What closing takes because of one answer, or in any case."""

from dataclasses import dataclass

from fitcheck.decision.costmodel import Activity
from fitcheck.decision.pert import NOTHING, Amount, Growth, pert
from fitcheck.decision.prices import Prices


@dataclass(frozen=True, slots=True)
class Part:
    """Hours, money and calendar weeks, each for the deal and for each cycle; the fixed money is expenses."""

    hours: Growth = NOTHING
    money: Growth = NOTHING
    weeks: Growth = NOTHING

    def __add__(self, other: "Part") -> "Part":
        return Part(self.hours + other.hours, self.money + other.money, self.weeks + other.weeks)


def part_of(activity: Activity, prices: Prices) -> Part:
    """Work out what an activity takes when it happens."""
    hours = pert(activity.hours)
    money = hours.priced(prices.rates[activity.role], activity.expenses * prices.expense_factor)
    weeks = pert(activity.weeks) if activity.weeks else Amount()
    once = activity.per == "deal"
    return Part(*(Growth(deal=amount) if once else Growth(cycle=amount) for amount in (hours, money, weeks)))
