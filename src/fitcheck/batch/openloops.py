"""What goes through many open rows: there is more than one way to do it, with one and the same result."""

from fractions import Fraction
from typing import NamedTuple, Protocol

from fitcheck.batch.arrays import Flags, Floats, Whole
from fitcheck.batch.limits import Side, Ways, Within
from fitcheck.batch.opencounts import Counts, Few
from fitcheck.batch.trustbands import Moves


class Telling(NamedTuple):
    """
    What every question of a screen and of its cost model is told by, see `fitcheck.decision.telling`.

    Attributes:
        scored: how many are the screen's; those of the cost model come after them.
        weights: of each option [questions, options].
        factors: of each option [questions, options].
        scales: [questions].
        shares: what the sum of weighted squares is to be divided by [questions].
    """

    scored: int
    weights: Whole
    factors: Whole
    scales: Whole
    shares: Floats


class Passing(NamedTuple):
    """Weights of what the money gate lets pass, see `fitcheck.batch.limits.Limits`."""

    holds: Whole
    by: Whole


class Weighed(NamedTuple):
    """
    What open verdicts of k rows come to.

    Attributes:
        leans: whether "pursue" is at least as likely as not [k].
        question: number of the most telling question; `NOTHING` where none is to be asked [k].
        close: whether another one is worth so nearly as much that floats can't tell [k].
    """

    leans: Flags
    question: Whole
    close: Flags


class OpenLoops(Protocol):
    """Goes through open rows."""

    def count(self, few: Few, lines: Whole, now: Whole) -> tuple[Whole, Whole]:
        """
        Count the completions of rows that lack as many answers.

        Args:
            few: what is counted.
            lines: their unknown questions [k, unknown].
            now: points of each side, unknown answers where they stand [k, sides; points].

        Returns:
            `bands` and `by` of `Counts`.
        """

    def weigh(self, telling: Telling, counts: Counts, ways: Ways, passing: Passing, may_cost: Flags) -> Weighed:
        """
        Weigh what is counted, which words of 64 bits hold.

        Args:
            telling: of the questions.
            counts: of k rows.
            ways: of the same rows.
            passing: where they are.
            may_cost: whether cost questions may be asked [k].
        """

    def pair_up(self, mine: Side, theirs: Side, rests: Whole, options: int) -> Within:
        """Weigh what two halves of the cost questions cost; see `fitcheck.batch.limits.pair_up`."""

    def weigh_bands(self, points: Whole, moves: Moves, cuts: Whole, trust_lambda: Fraction) -> Whole:
        """
        Weigh the bands of trust of rows that lack the same answers.

        Args:
            points: of both sides of the dimension that sets the band, or of its only one [k, sides; points].
            moves: what the unknown answers can add.
            cuts: points at which the next band begins.
            trust_lambda: see `Screen`.

        Returns:
            The weight of each band [k, bands].
        """
