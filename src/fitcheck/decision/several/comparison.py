"""Two or three prospects side by side: where they differ, and what follows from the figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from fitcheck.decision.assessment import Assessment, check_one_screen
from fitcheck.decision.content.answers import State
from fitcheck.decision.score.results import CostToClose, OpenLine, Reason
from fitcheck.decision.several.naming import unique_names
from fitcheck.problems import Problem, UsageError

NOTHING = Fraction(0)

FEWEST, MOST = 2, 3
"""How many prospects are laid side by side."""


@dataclass(frozen=True, slots=True)
class Said:
    """
    One prospect's answer to a question.

    Attributes:
        answer: id of the chosen option; None unless `state` is "given", and on the one-sided line.
        says: what the option says, or how far trust is one-sided; "" where there is nothing to say.
        effect: on score − threshold; of an unknown answer where it stands, of one that does not apply 0 [points].
        low, high: what an unknown answer could make of it; else the same as `effect` [points].
    """

    state: State
    answer: str | None
    says: str
    effect: Fraction
    low: Fraction
    high: Fraction
    evidence: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """
    One question, and what it does to each prospect's score.

    Attributes:
        question: None on the one-sided line of a two-way dimension.
        ask: the question, or the title of the dimension.
        said: one for each prospect.
        apart: how far the effects are apart [points].
    """

    dimension: str
    question: str | None
    ask: str
    said: tuple[Said, ...]
    apart: Fraction


@dataclass(frozen=True, slots=True)
class Conclusion:
    """
    What follows from the figures; prospects are named by their position, 0 for the first.

    Attributes:
        pursued: whose verdict is "pursue".
        best: of several pursued, the one with the most expected value per hour; None if unknown or tied.
        beyond_doubt: `best` stays best even at the P90 of its own hours and the P10 of everybody else's.
        margin_unknown: of several pursued, those whose value for an hour is not known, as their margin is not.
        ask_first: whose verdict an answer can still turn.
        look_first: where none is pursued, which to look at again first; empty if all on the same day, or if
            no change would help.
    """

    pursued: tuple[int, ...]
    best: int | None
    beyond_doubt: bool
    margin_unknown: tuple[int, ...]
    ask_first: tuple[int, ...]
    look_first: tuple[int, ...]

    @property
    def kind(self) -> Literal["none", "one", "several"]:
        """How many are pursued."""
        return "several" if len(self.pursued) > 1 else "one" if self.pursued else "none"


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    Prospects on the same screen at the same stage, in the order given.

    Attributes:
        names: of the prospects, all different.
        differences: what sets their scores apart, most first; over all of them the effects of two prospects differ by
            what their scores differ by.
        value_per_hour: expected value, for each hour that closing is expected to take [`cost.currency`]; None where
            margin or hours are not known.
    """

    assessments: tuple[Assessment, ...]
    names: tuple[str, ...]
    differences: tuple[Difference, ...]
    value_per_hour: tuple[Fraction | None, ...]
    conclusion: Conclusion


def compare(assessments: Sequence[Assessment]) -> Comparison:
    """
    Compare two or three prospects side by side.

    Args:
        assessments: of the same screen at the same stage.

    Raises:
        UsageError: too few or too many, or of different screens, stages or currencies.
    """
    if not FEWEST <= len(assessments) <= MOST:
        message = f"{len(assessments)} {'prospect' if len(assessments) == 1 else 'prospects'} cannot be compared"
        raise UsageError(Problem("not-two-or-three", message, hint="name two or three"))
    check_one_screen(assessments, "compared")
    if len({assessment.cost.currency for assessment in assessments if assessment.cost}) > 1:
        message = "prospects can only be compared in one currency"
        raise UsageError(Problem("different-currencies", message, hint="assess all of them with the same company file"))
    values = tuple(_value_per_hour(assessment.cost) for assessment in assessments)
    found = sorted(_differences(assessments), key=lambda difference: -difference.apart)
    return Comparison(
        tuple(assessments),
        unique_names([assessment.prospect for assessment in assessments]),
        tuple(difference for difference in found if difference.apart),
        values,
        _conclusion(assessments, values),
    )


def _differences(assessments: Sequence[Assessment]) -> Iterator[Difference]:
    """Every question in rubric order, then how far each two-way dimension is one-sided."""
    lines = [_lines(assessment) for assessment in assessments]
    rubrics = assessments[0].screen.rubrics
    asked: list[tuple[str, str | None, str]] = [(r.id, q.id, q.ask) for r in rubrics for q in r.questions]
    asked += [(rubric.id, None, rubric.title) for rubric in rubrics if rubric.is_two_way]
    for dimension, question, ask in asked:
        said = tuple(_said(found.get((dimension, question)), question) for found in lines)
        effects = [answer.effect for answer in said]
        yield Difference(dimension, question, ask, said, max(effects) - min(effects))


def _lines(assessment: Assessment) -> dict[tuple[str, str | None], Reason | OpenLine]:
    lines: list[Reason | OpenLine] = [*assessment.reasons, *assessment.still_open]
    return {(line.dimension, line.question): line for line in lines}


def _said(line: Reason | OpenLine | None, question: str | None) -> Said:
    if isinstance(line, OpenLine):
        return Said("unknown", None, "", line.effect, line.low, line.high)
    if line is None:
        return Said("n/a" if question else "given", None, "", NOTHING, NOTHING, NOTHING)
    says, effect = line.says if question else line.text, Fraction(line.effect)
    return Said("given", line.answer, says, effect, effect, effect, line.evidence, line.by)


def _value_per_hour(cost: CostToClose | None) -> Fraction | None:
    """Expected value by expected hours."""
    hours = _mean_hours(cost) if cost else NOTHING
    return cost.expected_value / hours if cost and cost.expected_value is not None and hours else None


def _mean_hours(cost: CostToClose) -> Fraction:
    """Expected hours, which are exact as those of all drivers together."""
    return sum((driver.hours for driver in cost.drivers), NOTHING)


def _conclusion(assessments: Sequence[Assessment], values: Sequence[Fraction | None]) -> Conclusion:
    pursued = tuple(i for i, assessment in enumerate(assessments) if assessment.verdict == "pursue")
    several = len(pursued) > 1
    best = _best(values, pursued) if several else None
    return Conclusion(
        pursued=pursued,
        best=best,
        beyond_doubt=best is not None
        and all(_beats(assessments[best].cost, assessments[i].cost) for i in pursued if i != best),
        margin_unknown=tuple(i for i in pursued if several and values[i] is None),
        ask_first=tuple(i for i, assessment in enumerate(assessments) if not assessment.settled),
        look_first=() if pursued else _look_first(assessments),
    )


def _best(values: Sequence[Fraction | None], pursued: Sequence[int]) -> int | None:
    known = [(value, i) for i in pursued if (value := values[i]) is not None]
    leading = [i for value, i in known if value == max(known)[0]]
    return leading[0] if len(known) == len(pursued) and len(leading) == 1 else None


def _beats(ours: CostToClose | None, theirs: CostToClose | None) -> bool:
    """Whether the value for an hour is above that of the other, with many hours here and few there."""
    low, high = _value_at(ours, ours.hours.p90 if ours else 0), _value_at(theirs, theirs.hours.p10 if theirs else 0)
    return low is not None and high is not None and low > high


def _value_at(cost: CostToClose | None, hours: float) -> Fraction | None:
    """
    Value per hour if closing took so many hours; None if unknown or unbounded.

    The cost of an hour stays the same; what it brings is spread over more hours.
    """
    if cost is None or cost.margin is None or cost.expected_value is None or not hours:
        return None
    brings = cost.win_probability * cost.margin
    return brings / Fraction(hours) - (brings - cost.expected_value) / _mean_hours(cost)


def _look_first(assessments: Sequence[Assessment]) -> tuple[int, ...]:
    """By the day to look again, or by weeks where a day is not known."""
    hopeful = [i for i, a in enumerate(assessments) if a.verdict == "not now" and a.hopeful]
    days = {i: day.toordinal() for i in hopeful if (day := assessments[i].look_again)}
    weeks = {i: assessments[i].look_again_weeks or 0 for i in hopeful}
    when = days if len(days) == len(hopeful) else weeks
    first = tuple(i for i in hopeful if when[i] == min(when.values()))
    return first if len(first) < len(assessments) else ()
