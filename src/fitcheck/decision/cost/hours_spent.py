"""
Hours already spent on a deal are sunk: only the hours left count.

They are deducted from the hours of the same role, down to zero: spending more than expected gives nothing back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from fitcheck.decision.content.cost_model import Activity, CostModel, ThreePoint
from fitcheck.decision.cost.compiled_cost import CompiledCost, compile_cost
from fitcheck.decision.cost.cycles import mean_cycles
from fitcheck.decision.cost.drivers import Chances, expected_hours, happens
from fitcheck.decision.cost.pert import ZERO

Hours = Mapping[str, Fraction]
"""Hours by role [hours]."""

NOTHING_SPENT: Hours = {}

_Burden = tuple[Fraction, ...]
"""What an answer adds: hours of each role that has spent some, then everything else, in the measure [hours, ...]."""


class Left:
    """
    What closing is expected to take in one band of trust, less what is spent.

    Args:
        compiled: the cost model at our prices.
        spent: by role.
        band: index of the band of trust.
        in_hours: whether hours are counted, and not money.
    """

    def __init__(self, compiled: CompiledCost, spent: Hours, band: int, *, in_hours: bool) -> None:
        self._compiled, self._in_hours = compiled, in_hours
        self._cycles_mean = mean_cycles(compiled.cycles[band])
        self._roles = tuple(role for role in compiled.prices.rates if spent.get(role))
        self._spent = [spent[role] for role in self._roles]

    def of(self, answers: Mapping[str, str]) -> Fraction:
        """Expected cost where these are the answers, by question id; what is not there does not apply."""
        return self._value(_sum([self._always(), *(self._option(q, option) for q, option in answers.items())]))

    def bounds(self, known: Mapping[str, str], unknown: Iterable[str]) -> tuple[Fraction, Fraction]:
        """
        Least and most over every completion of what is unknown.

        An option that takes at least as much of everything as another can't be the cheaper one, whatever the others
        are; so only those are joined of which neither takes less of everything.
        """
        base = _sum([self._always(), *(self._option(q, option) for q, option in known.items())])
        least, most = [base], [base]
        for question in unknown:
            added = [self._option(question, option) for option in self._compiled.options[question]]
            least = _leading([_sum([here, more]) for here in least for more in added], sign=1)
            most = _leading([_sum([here, more]) for here in most for more in added], sign=-1)
        return min(map(self._value, least)), max(map(self._value, most))

    def _value(self, burden: _Burden) -> Fraction:
        left = [max(hours - spent, ZERO) for hours, spent in zip(burden[:-1], self._spent, strict=True)]
        return burden[-1] + sum((self._rate(role) * hours for role, hours in zip(self._roles, left, strict=True)), ZERO)

    def _rate(self, role: str) -> Fraction:
        return Fraction(1) if self._in_hours else self._compiled.prices.rates[role]

    def _always(self) -> _Burden:
        return self._burden(work for work in self._compiled.model.activities if work.when is None)

    def _option(self, question: str, option: str) -> _Burden:
        return self._burden(
            work
            for work in self._compiled.model.activities
            if work.when and work.when.question == question and option in work.when.options
        )

    def _burden(self, activities: Iterable[Activity]) -> _Burden:
        hours, other = dict.fromkeys(self._roles, ZERO), ZERO
        for work in activities:
            taken = expected_hours(work, self._cycles_mean)
            if work.role in hours:
                hours[work.role] += taken
            else:
                other += taken * self._rate(work.role)
            if work.expenses and not self._in_hours:
                often = self._cycles_mean if work.per == "cycle" else 1
                other += work.expenses * self._compiled.prices.expense_factor * often
        return (*hours.values(), other)


def _sum(burdens: Sequence[_Burden]) -> _Burden:
    return tuple(sum(column, ZERO) for column in zip(*burdens, strict=True))


def _leading(burdens: Sequence[_Burden], *, sign: int) -> list[_Burden]:
    """Drop what takes at least (`sign` 1) or at most (−1) as much of everything as another."""
    kept: list[_Burden] = []
    for burden in sorted(set(burdens), key=lambda each: sign * sum(each, ZERO)):
        if not any(all(sign * a <= sign * b for a, b in zip(other, burden, strict=True)) for other in kept):
            kept.append(burden)
    return kept


def left_to_spend(compiled: CompiledCost, chances: Chances, cycles_mean: Fraction, spent: Hours) -> CompiledCost:
    """
    Return a cost model with the hours that are left, for the distribution of what closing takes.

    Nobody says which work the hours went into. So each activity of a role keeps the same part of its hours: the part
    that is left of all the hours that are expected of the role.

    Args:
        compiled: the cost model at our prices.
        chances: for every cost question, the probability of each option.
        cycles_mean: mean number of cycles.
        spent: by role.
    """
    if not any(spent.get(role) for role in compiled.prices.rates):
        return compiled
    expected = _expected_hours(compiled.model, chances, cycles_mean)
    left = {
        role: max(1 - spent.get(role, ZERO) / hours, ZERO) if hours else Fraction(1) for role, hours in expected.items()
    }
    activities = tuple(
        replace(work, hours=_times(work.hours, left[work.role])) if left[work.role] != 1 else work
        for work in compiled.model.activities
    )
    return compile_cost(replace(compiled.model, activities=activities), compiled.prices)


def _expected_hours(model: CostModel, chances: Chances, cycles_mean: Fraction) -> dict[str, Fraction]:
    expected = dict.fromkeys((work.role for work in model.activities), ZERO)
    for work in model.activities:
        expected[work.role] += happens(work, chances) * expected_hours(work, cycles_mean)
    return expected


def _times(figure: ThreePoint, part: Fraction) -> ThreePoint:
    return ThreePoint(figure.low * part, figure.likely * part, figure.high * part)
