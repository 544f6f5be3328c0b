"""
Open verdicts in a table: the probability of "pursue" and the question to ask next, by counting completions.

In a table most rows lack few answers, so that all their completions can be walked through. The counts are exact
integers and give what `unknowns`, `chances` and `asking` give; where there are too many completions, those are asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from fitcheck.decision.chances import band_chances, line_chances
from fitcheck.decision.costanswers import CostAnswers, Ways
from fitcheck.decision.money import Trust
from fitcheck.decision.scorecard import Line
from fitcheck.decision.sheet import Sheet
from fitcheck.decision.telling import Told, dot, most_telling, told
from fitcheck.decision.terms import DealTerms
from fitcheck.decision.unknowns import ALWAYS, MoneyOdds

FEW = 5_000
"""Completions that are walked through one by one."""

HALF = Fraction(1, 2)

_Value = tuple[Fraction, str]
"""What a question is worth for the effort of asking it, and its id."""

_Completion = tuple[int, list[int], tuple[int, ...]]
"""Weight, points of all sides, option of each unknown line."""


@dataclass(frozen=True, slots=True)
class Open:
    """
    An open verdict.

    Attributes:
        leans: whether "pursue" is at least as likely as not.
        ask_next: id of the most telling question.
    """

    leans: bool
    ask_next: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """
    Completions of the unknown scored answers that pass every gate but money.

    Attributes:
        bands: their weight for each band of trust.
        lines: the same by index of the unknown line and option.
        total: weight of all completions, passing or not.
    """

    bands: Sequence[int]
    lines: Mapping[int, Sequence[Sequence[int]]]
    total: int


def count(sheet: Sheet, codes: Sequence[int], sides: Sequence[int], trust: Trust) -> Counted | None:
    """
    Walk through every completion.

    Args:
        sheet: the packed scorecard.
        codes: for each question of the screen.
        sides: points of each side with unknown answers where they stand now [points].
        trust: where the band of cycles comes from.

    Returns:
        The counts; None where there are more than `FEW` completions.
    """
    unknown = [
        (i, gap)
        for i, gap, code in zip(sheet.lines, sheet.gaps, codes, strict=True)
        if i is not None and gap and code < 0
    ]
    if is_long(sheet, codes):
        return None
    lines = [sheet.card.lines[i] for i, _ in unknown]
    start = list(sides)
    for line, (_, gap) in zip(lines, unknown, strict=True):
        start[gap.side] -= line.expected
    bands = [0] * (len(trust.cuts) + 1)
    by_line = {i: [[0] * len(bands) for _ in sheet.card.lines[i].points] for i, _ in unknown}
    told = list(by_line.values())
    for weight, points, options in _completions(start, lines, [gap.side for _, gap in unknown]):
        if sheet.floors_hold(points):
            dimensions = sheet.join(points)
            if sum(dimensions) >= sheet.card.threshold:
                band = trust.band(dimensions)
                bands[band] += weight
                for by_option, option in zip(told, options, strict=True):
                    by_option[option][band] += weight
    return Counted(bands, by_line, prod(sum(line.prior) for line in lines))


def is_long(sheet: Sheet, codes: Sequence[int]) -> bool:
    """Whether a row has more than `FEW` completions, so that `count` tells nothing of it."""
    unknown = [i for i, code in zip(sheet.lines, codes, strict=True) if code < 0 and i is not None]
    return prod([len(sheet.card.lines[i].points) for i in unknown]) > FEW


def _completions(start: list[int], lines: Sequence[Line], sides: Sequence[int]) -> list[_Completion]:
    """Every combination of answers that pass their gates: its weight, points of all sides, and options."""
    ways: list[_Completion] = [(1, start, ())]
    for line, side in zip(lines, sides, strict=True):
        further: list[_Completion] = []
        for option, (points, prior, gated) in enumerate(zip(line.points, line.prior, line.gated, strict=True)):
            if prior and not gated:
                for weight, before, options in ways:
                    after = before.copy()
                    after[side] += points
                    further.append((weight * prior, after, (*options, option)))
        ways = further
    return ways


def weigh(
    sheet: Sheet, counted: Counted, deal: DealTerms | None, costs: CostAnswers | None, *, money_open: bool
) -> Open | None:
    """
    Say which way an open verdict leans, and what to ask next.

    Args:
        sheet: the packed scorecard.
        counted: completions of the scored answers.
        deal: what the deal is worth; None without a cost model.
        costs: the answers to the cost questions; None without a cost model.
        money_open: whether the money gate could still go either way, so that cost questions may be asked.

    Returns:
        Exactly what `pursue_probability` and `ask_next` say; None where the costs have too many completions.

    Source:
        With n of N·W weighted completions good and n_o of them with option o of a question of prior w_o / w, the
        expected drop of p(1 − p) is (Σ n_o² w / w_o − n²) / (N·W)², so that the bracket alone ranks the questions.
    """
    limit = deal.limit if deal and costs else None
    whole = costs.total if costs and limit is not None else 1
    by_band: list[Ways] = [(whole, {})] * len(counted.bands)
    if costs and limit is not None:
        for band, weight in enumerate(counted.bands):
            if weight:
                ways = costs.within(band, limit)
                if ways is None:
                    return None
                by_band[band] = ways
    holds = [ways for ways, _ in by_band]
    good = dot(counted.bands, holds)
    values: list[Told] = []
    for i, by_option in counted.lines.items():
        line = sheet.card.lines[i]
        ways_of = [dot(bands, holds) for bands in by_option]
        values.append(told(ways_of, line.prior, good, line.question.ask_cost, line.question.id))
    if costs and costs.unknown and money_open and limit is not None:
        reached = [band for band, weight in enumerate(counted.bands) if weight]
        if len(reached) == 1:
            # the same for every row of this band and limit, but for the square of the weight
            value, scale, question = costs.most_telling(reached[0], limit)
            values.append((value * counted.bands[reached[0]] ** 2, scale, question))
        else:
            values += costs.told([(counted.bands[band], by_band[band][1]) for band in reached], good)
    return Open(2 * good >= whole * counted.total, most_telling(values)[2] if values else None)


def work_out(
    sheet: Sheet,
    codes: Sequence[int],
    trust: Trust,
    deal: DealTerms | None,
    costs: CostAnswers | None,
    *,
    money_open: bool,
) -> Open | None:
    """
    The same by dynamic programming, for rows of which too much is unknown to walk through.

    Returns:
        Exactly what `pursue_probability` and `ask_next` say; None where the costs have too many completions.
    """
    card, chosen = sheet.card, sheet.chosen(codes)
    limit = deal.limit if deal and costs else None
    odds, by_band = ALWAYS, list[Ways]()
    if costs and limit is not None:
        for band in range(len(trust.cuts) + 1):
            ways = costs.within(band, limit)
            if ways is None:
                return None
            by_band.append(ways)
        odds = MoneyOdds(trust.dimension, trust.cuts, tuple([Fraction(ways, costs.total) for ways, _ in by_band]))
    values: list[_Value] = []
    probability = Fraction(0)
    for i, chances in line_chances(card, chosen, odds).items():
        line = card.lines[i]
        probability, gain = _gain(chances, line.prior)
        values.append((gain / line.question.ask_cost, line.question.id))
    if not values:
        return None
    if costs and costs.unknown and money_open and limit is not None:
        bands = band_chances(card, chosen, odds)
        for question in costs.unknown:
            prior = tuple(costs.compiled.priors[question].values())
            shares = [Fraction(sum(prior), costs.total * weight) if weight else Fraction(0) for weight in prior]
            told = [
                share * sum((p * by[question][o] for p, (_, by) in zip(bands, by_band, strict=True)), Fraction(0))
                for o, share in enumerate(shares)
            ]
            values.append((_gain(told, prior)[1], question))
    return Open(probability >= HALF, max(values, key=lambda value: value[0])[1])


def _gain(chances: Sequence[Fraction], prior: Sequence[int]) -> tuple[Fraction, Fraction]:
    """Probability of "pursue", and how much p(1 − p) drops on average, from what it is after each answer."""
    whole = sum(prior)
    mean = sum((weight * p for weight, p in zip(prior, chances, strict=True)), Fraction(0)) / whole
    drop = sum((weight * (p - mean) ** 2 for weight, p in zip(prior, chances, strict=True)), Fraction(0)) / whole
    return mean, drop
