"""
The cost side of many prospects: what their answers have in common is worked out once.

Deals differ in value, answers to cost questions repeat: so money is compared as integers, and the quantiles of
hours and money, which are floats, come from `fitcheck.decision.cost` once for each set of answers and trust.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, repeat
from math import prod
from operator import itemgetter, mul

from fitcheck.decision.answers import Answer
from fitcheck.decision.compiledcost import CompiledCost
from fitcheck.decision.cost import CostDistribution, CostSummary, money_bounds
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.sheet import NOT_APPLICABLE, UNKNOWN
from fitcheck.decision.telling import Told, most_telling, told

MOST_DISTRIBUTIONS = 100
"""Sets of cost answers of which the distributions are kept: each takes up to half a megabyte."""

FEW = 2
"""Places; of fewer `itemgetter` makes no tuple."""

MOST_ENTRIES = 2_000
"""Combinations of unknown cost answers that are kept for each half of the questions."""

Ways = tuple[int, Mapping[str, Sequence[int]]]
"""Weight of the completions within a limit: of all, and by unknown question and option."""


class Half:
    """
    Every combination of the answers to some unknown questions, in ascending order of what it costs.

    Attributes:
        questions: their ids.
        costs: of each combination [1/`CompiledCost.unit`].
        weights: relative weight of each.
        up_to: weight of all before it, and of all at the end.
        places: for each question and option which combinations have it.
    """

    def __init__(self, compiled: CompiledCost, band: int, questions: Sequence[str]) -> None:
        self.questions = questions
        entries: list[tuple[int, int, tuple[int, ...]]] = [(0, 1, ())]
        for question in questions:
            costs = compiled.bands[band].options[question].values()
            weights = compiled.priors[question].values()
            options = [(o, c, w) for o, (c, w) in enumerate(zip(costs, weights, strict=True)) if w]
            entries = [(cost + c, weight * w, (*by, o)) for cost, weight, by in entries for o, c, w in options]
        entries.sort()
        self.costs = [cost for cost, _, _ in entries]
        self.weights = [weight for _, weight, _ in entries]
        self.up_to = [0, *accumulate(self.weights)]
        self.places = [
            [
                [place for place, (_, _, options) in enumerate(entries) if options[k] == option]
                for option in range(len(compiled.options[question]))
            ]
            for k, question in enumerate(questions)
        ]
        self._sums = {
            question: [*map(_sum_of, by_option)] for question, by_option in zip(questions, self.places, strict=True)
        }

    def tell(self, other: "Half", rest: int) -> tuple[int, dict[str, list[int]]]:
        """
        Weight of the combinations of both halves that cost at most `rest` together.

        Returns:
            Of all, and by question of this half and option. It is asked for every amount that a deal may have, so
            the loops are those of the standard library.
        """
        ways = [*map(mul, self.weights, other.within(map(rest.__sub__, self.costs)))]
        return sum(ways), {question: [of_option(ways) for of_option in sums] for question, sums in self._sums.items()}

    def within(self, rests: Iterable[int]) -> Iterator[int]:
        """Weight of the combinations that cost at most so much, for each."""
        return map(self.up_to.__getitem__, map(bisect_right, repeat(self.costs), rests))


def _sum_of(places: Sequence[int]) -> Callable[[Sequence[int]], int]:
    """Return what sums up what stands at some places."""
    if len(places) < FEW:
        return lambda figures: sum([figures[place] for place in places])
    pick = itemgetter(*places)
    return lambda figures: sum(pick(figures))


Asked = tuple[tuple[int, ...], int, int]
"""A set of answers to the cost questions, a band of trust and a limit."""


@dataclass(slots=True)
class CostMemo:
    """What the cost sides of a table have worked out: kept together, so that all of it has one bound."""

    distributions: dict[tuple[int, ...], CostDistribution] = field(default_factory=dict)
    halves: dict[tuple[int, tuple[str, ...]], tuple[Half, Half] | None] = field(default_factory=dict)
    ways: dict[Asked, Ways | None] = field(default_factory=dict)
    telling: dict[Asked, Told] = field(default_factory=dict)
    closings: dict[tuple[tuple[int, ...], tuple[int, ...]], CostSummary] = field(default_factory=dict)


@dataclass(slots=True)
class CostAnswers:
    """
    One set of answers to the cost questions.

    Attributes:
        codes: one for each question of the cost model.
        answers: by question id.
        cheapest, dearest: expected money for each band of trust [1/`CompiledCost.unit`].
        unknown: ids of the questions that are unknown.
        total: weight of all completions.
    """

    compiled: CompiledCost
    codes: tuple[int, ...]
    answers: Mapping[str, Answer]
    cheapest: tuple[int, ...]
    dearest: tuple[int, ...]
    unknown: tuple[str, ...]
    total: int
    _memo: CostMemo
    _certain: dict[int, CostSummary] = field(default_factory=dict)

    @classmethod
    def of(cls, compiled: CompiledCost, codes: Sequence[int], memo: CostMemo) -> "CostAnswers":
        """Work out what these answers cost, one code for each question of the cost model; `memo` is of the model."""
        questions = compiled.model.questions
        answers = {
            q.id: _answer(q.options[code].id if code >= 0 else None, code)
            for q, code in zip(questions, codes, strict=True)
        }
        bounds = [money_bounds(compiled, answers, band) for band in range(len(compiled.bands))]
        unknown = tuple(q.id for q, code in zip(questions, codes, strict=True) if code == UNKNOWN)
        return cls(
            compiled=compiled,
            codes=tuple(codes),
            answers=answers,
            cheapest=tuple(low for low, _ in bounds),
            dearest=tuple(high for _, high in bounds),
            unknown=unknown,
            total=prod(sum(compiled.priors[question].values()) for question in unknown),
            _memo=memo,
        )

    def summary(self, bands: tuple[int, ...]) -> CostSummary:
        """Hours and money over everything that is unknown, for these relative weights of the bands of trust."""
        key = (self.codes, bands)
        found = self._memo.closings.get(key)
        if found is None:
            kept = self._memo.distributions
            distribution = kept.get(self.codes)
            if distribution is None:
                distribution = CostDistribution(self.compiled, self.answers)
                bounded_put(kept, self.codes, distribution, MOST_DISTRIBUTIONS)
            found = bounded_put(self._memo.closings, key, distribution.summary(bands))
        return found

    def summary_in(self, band: int) -> CostSummary:
        """The same where the band of trust is known, as it mostly is."""
        found = self._certain.get(band)
        if found is None:
            bands = range(len(self.compiled.bands))
            found = self._certain[band] = self.summary(tuple([int(here == band) for here in bands]))
        return found

    def within(self, band: int, limit: int) -> Ways | None:
        """
        Weight of the completions that cost at most `limit`, of all and by what an unknown question turns out to be.

        Args:
            band: of trust.
            limit: [1/`CompiledCost.unit`].

        Returns:
            Equal to enumerating every completion; None where there are too many combinations to keep.
        """
        key, kept = (self.codes, band, limit), self._memo.ways
        return kept[key] if key in kept else bounded_put(kept, key, self._count(band, limit))

    def told(self, reached: Sequence[tuple[int, Mapping[str, Sequence[int]]]], good: int) -> list[Told]:
        """
        What each unknown question is worth, in the cost model's order.

        Args:
            reached: for each band of trust the weight of its completions, and its ways by question and option.
            good: weight of all good completions.
        """
        found = []
        for question in self.unknown:
            prior = tuple(self.compiled.priors[question].values())
            ways = [sum([weight * by[question][o] for weight, by in reached]) for o in range(len(prior))]
            found.append(told(ways, prior, good, 1, question))
        return found

    def most_telling(self, band: int, limit: int) -> Told:
        """The unknown question that is worth most where the band of trust is known."""
        key = (self.codes, band, limit)
        found = self._memo.telling.get(key)
        if found is None:
            ways = self.within(band, limit)
            if ways is None:
                raise ValueError("there are too many combinations")
            found = bounded_put(self._memo.telling, key, most_telling(self.told([(1, ways[1])], ways[0])))
        return found

    def halves(self, band: int) -> tuple[Half, Half, int] | None:
        """
        The combinations of the unknown answers, in two halves, and what they leave of a limit of 0.

        Returns:
            None where there are too many combinations to keep.
        """
        key, kept = (band, self.unknown), self._memo.halves
        found = kept[key] if key in kept else bounded_put(kept, key, self._split(band))
        return found and (*found, self._least(band) - self.cheapest[band])

    def _count(self, band: int, limit: int) -> Ways | None:
        halves = self.halves(band)
        if halves is None:
            return None
        left, right, left_over = halves
        whole, by_left = left.tell(right, limit + left_over)
        return whole, by_left | right.tell(left, limit + left_over)[1]

    def _least(self, band: int) -> int:
        costs = self.compiled.bands[band].options
        return sum(min(costs[question].values()) for question in self.unknown)

    def _split(self, band: int) -> tuple[Half, Half] | None:
        sizes = {q: len(self.compiled.options[q]) for q in self.unknown}
        left: list[str] = []
        right: list[str] = []
        for question in self.unknown:
            smaller = min((left, right), key=lambda half: prod(sizes[q] for q in half))
            smaller.append(question)
        if max(prod(sizes[q] for q in half) for half in (left, right)) > MOST_ENTRIES:
            return None
        return Half(self.compiled, band, left), Half(self.compiled, band, right)


def _answer(option: str | None, code: int) -> Answer:
    if option is not None:
        return Answer(option)
    return Answer(None, "n/a" if code == NOT_APPLICABLE else "unknown")
