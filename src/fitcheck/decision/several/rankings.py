"""A ranking of prospects for limited hours, as plain values: what each brings and takes."""

from dataclasses import dataclass
from fractions import Fraction

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.rubric import Screen
from fitcheck.decision.cost.work_hours import WorkHours
from fitcheck.decision.score.rounding import half_up
from fitcheck.decision.several.portfolio import Candidate, reserve
from fitcheck.decision.verdict.asking import NextQuestion
from fitcheck.decision.verdict.principal import sentences

CENTS = 100
"""What values are counted in: hundredths of a unit of money."""


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One prospect in the ranking.

    Attributes:
        name: of the prospect, and no other's.
        hours: that closing takes, of the role that is ranked for.
        value: what pursuing it is worth on average, won or lost [currency of the ranking]; None if that can't be known.
        why: why `value` is None, in a sentence.
        reserved: part of the hours reserved for all chosen [hours]; None unless chosen.
    """

    assessment: Assessment
    name: str
    hours: WorkHours
    value: Fraction | None
    why: str | None = None
    reserved: Fraction | None = None

    @property
    def at_risk(self) -> bool:
        """Whether it may cost more than it returns: on average, or with the likely answers to what is not known."""
        risky = any(gate.id == "money" and gate.state == "at risk" for gate in self.assessment.gates)
        return self.value is not None and (risky or self.cents <= 0)

    @property
    def reason(self) -> str | None:
        """What decided its verdict most, in half a sentence."""
        found = self.assessment
        groups = found.speaks_for if found.verdict == "pursue" else found.against
        return next(sentences(found, found.failed_gates, groups, found.screen.least_known), None)

    @property
    def alone(self) -> Fraction:
        """P80 of its hours, which it would need if nothing else were taken on [hours]."""
        return reserve([self.candidate])

    @property
    def cents(self) -> int:
        """What it is worth, in hundredths of a unit of money; 0 if that can't be known."""
        return half_up((self.value or Fraction(0)) * CENTS)

    @property
    def candidate(self) -> Candidate:
        """What is planned with."""
        return Candidate(self.cents, self.hours.mean, self.hours.variance)

    @property
    def per_hour(self) -> Fraction | None:
        """What an expected hour brings; None if the prospect takes no hours or its value is not known."""
        return self.value / self.hours.mean if self.value is not None and self.hours.mean else None


@dataclass(frozen=True, slots=True)
class AskFirst:
    """
    An open prospect whose answers could change the plan.

    Attributes:
        chance: of the other verdict than now once everything is answered, 0..1.
        stake: what that would bring: the hours that others could have, or its own value beyond that of the hours it
            takes [currency of the ranking].
        question: the one to ask first.
    """

    entry: Entry
    chance: Fraction
    stake: Fraction
    question: NextQuestion

    @property
    def worth(self) -> Fraction:
        """What knowing everything would bring on average: the rank."""
        return self.chance * self.stake


@dataclass(frozen=True, slots=True)
class MoreHours:
    """
    The fewest further half hours that bring anything.

    Attributes:
        hours: [hours].
        gain: how much more the best set is then worth.
        added, dropped: what comes and goes.
    """

    hours: Fraction
    gain: Fraction
    added: tuple[Entry, ...]
    dropped: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """
    Where the hours should go; money in `currency`.

    Attributes:
        screen, assessments: what was ranked.
        hours: available [hours].
        role: whose; None: everybody's.
        currency: ISO code.
        chosen: pursued and taken on, most value for an hour first.
        no_room: pursued, and worth more elsewhere, likewise.
        no_gain: pursued, but they may cost more than they return, likewise.
        not_ranked: pursued, but of unknown worth, as given.
        not_now: as given.
        usual_chance: the pursued prospects without a win probability of their own, as given.
        win_rate: the probability that is reckoned with for those, 0..1.
        value: of all chosen.
        bound: no other set is worth more.
        exact: whether `value` is proven to be the most possible, in hours reserved by the minute.
        expected: hours of all chosen [hours].
        reserved: P80 of the hours of all chosen together [hours].
        one_more_hour: what the next hour would bring; None where there are too many prospects to say.
        price: what an hour brings about where the hours run out.
        step: None if no prospect is left, or where there are too many to say.
        ask_first: most worth asking first.
        benchmarks: which figures of the chosen are not the user's own, of "hours", "rates", "margin", "cycles".
        assumptions: which of them rest on a guess of ours, at least in part, and not on a source.
    """

    screen: Screen
    assessments: tuple[Assessment, ...]
    hours: Fraction
    role: str | None
    currency: str
    chosen: tuple[Entry, ...]
    no_room: tuple[Entry, ...]
    no_gain: tuple[Entry, ...]
    not_ranked: tuple[Entry, ...]
    not_now: tuple[Entry, ...]
    usual_chance: tuple[Entry, ...]
    win_rate: Fraction
    value: Fraction
    bound: Fraction
    exact: bool
    expected: Fraction
    reserved: Fraction
    one_more_hour: Fraction | None
    price: Fraction
    step: MoreHours | None
    ask_first: tuple[AskFirst, ...]
    benchmarks: tuple[str, ...]
    assumptions: tuple[str, ...]

    @property
    def pursued(self) -> tuple[Entry, ...]:
        """Every pursued prospect."""
        return (*self.chosen, *self.no_room, *self.no_gain, *self.not_ranked)

    @property
    def without_hours(self) -> bool:
        """Whether no pursued prospect takes any hours of the role, so that its hours choose nothing."""
        return self.role is not None and bool(self.pursued) and not any(entry.hours.mean for entry in self.pursued)
