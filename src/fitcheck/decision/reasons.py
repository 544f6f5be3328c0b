"""
Why: the exact effect of every answer on the margin (score − threshold).

The threshold is spread over the questions as their baseline; what an answer gives above its baseline
speaks for the prospect, what it gives below speaks against. Effects are kept doubled, because each
side of a two-way dimension carries half, and add up to twice the margin as integers.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from fitcheck.decision.answers import Answer
from fitcheck.decision.results import OpenLine, Reason, ReasonGroup
from fitcheck.decision.rubric import SIDES, Rubric
from fitcheck.decision.scorecard import Dimension, Line, Scorecard

SHOWN = 4
"""Reasons shown on each side; more are "not likely to be helpful" (Regulation B, comment 9(b)(2)-1)."""

ONE_SIDED = "one-sided-trust"
"""Reason code of the line for what the stronger side of a two-way dimension can't make up for."""


def line_effect(line: Line, points: int) -> int:
    """Effect of having `points` on a line [doubled points]."""
    return line.factor * points - line.baseline


def explain(
    card: Scorecard, chosen: Sequence[int | None], answers: Mapping[str, Answer]
) -> tuple[tuple[Reason, ...], tuple[OpenLine, ...]]:
    """
    Effect of every line of the scorecard.

    Args:
        card: the compiled screen.
        chosen: for each line the index of the chosen option, None if unknown.
        answers: by question id, for evidence and places.

    Returns:
        Reasons (answered) and open lines (unknown), each in rubric order. Their effects together are
        2 × (score − threshold), exactly [doubled points].

    Source:
        PMML Scorecard partial scores with a neutral baseline; the one-sided line is the interaction
        term of the 2-additive Choquet integral.
    """
    reasons: list[Reason] = []
    still_open: list[OpenLine] = []
    for line, option in zip(card.lines, chosen, strict=True):
        if option is None:
            still_open.append(_open_line(card, line))
        else:
            reasons.append(_reason(card, line, option, answers[line.question.id]))
    for dimension in card.dimensions:
        if dimension.rubric.is_two_way:
            gap = _one_sided(card, dimension, chosen)
            if isinstance(gap, Reason):
                reasons.append(gap)
            elif gap:
                still_open.append(gap)
    return tuple(reasons), tuple(still_open)


def _reason(card: Scorecard, line: Line, option: int, answer: Answer) -> Reason:
    picked = line.question.options[option]
    return Reason(
        code=picked.reason or line.question.reason,
        dimension=card.dimensions[line.dimension].rubric.id,
        question=line.question.id,
        answer=picked.id,
        says=picked.says,
        text=picked.because,
        effect=line_effect(line, line.points[option]),
        points=line.points[option],
        most=line.most,
        evidence=answer.evidence,
        on=answer.on,
        by=answer.by,
        where=answer.where,
    )


def _open_line(card: Scorecard, line: Line) -> OpenLine:
    return OpenLine(
        dimension=card.dimensions[line.dimension].rubric.id,
        question=line.question.id,
        text=line.question.ask,
        effect=line_effect(line, line.expected),
        low=line_effect(line, min(line.points)),
        high=line_effect(line, max(line.points)),
        weight=line.weight,
    )


def _one_sided(card: Scorecard, dimension: Dimension, chosen: Sequence[int | None]) -> Reason | OpenLine | None:
    """What the stronger side can't make up for; open as long as an answer of either side is unknown."""

    def side_sums(stand_in: Callable[[Line], int]) -> list[int]:
        return [
            sum(stand_in(card.lines[i]) if (o := chosen[i]) is None else card.lines[i].points[o] for i in side)
            for side in dimension.sides
        ]

    theirs, ours = side_sums(lambda line: line.expected)
    low, high = side_sums(lambda line: min(line.points)), side_sums(lambda line: max(line.points))
    effect = 2 * card.join((theirs, ours)) - theirs - ours
    rubric = dimension.rubric
    if low != high:
        widest = max(high[1] - low[0], high[0] - low[1])
        nearest = max(0, low[0] - high[1], low[1] - high[0])
        # Rounding can set the line back by one at every other step of the gap, hence the neighbours.
        lowest = min(_lost(card, gap) for gap in (widest, max(0, widest - 1)))
        highest = max(_lost(card, gap) for gap in (nearest, nearest + 1))
        return OpenLine(rubric.id, None, "how far trust is one-sided", effect, lowest, highest, weight=0)
    if not effect:
        return None
    return Reason(code=ONE_SIDED, dimension=rubric.id, text=one_sided_text(rubric, theirs, ours), effect=effect)


def one_sided_text(rubric: Rubric, theirs: int, ours: int) -> str:
    """Say which direction of trust is the weaker one, of a two-way rubric."""
    weaker, stronger = SIDES if theirs < ours else reversed(SIDES)
    return f"one-sided: less of “{rubric.sides[weaker]}” than of “{rubric.sides[stronger]}”"


def _lost(card: Scorecard, gap: int) -> int:
    """What a gap between the sides takes from their mean, never positive [doubled points]."""
    return 2 * card.join((0, gap)) - gap


def group(reasons: Iterable[Reason]) -> tuple[tuple[ReasonGroup, ...], tuple[ReasonGroup, ...]]:
    """
    Reasons against and for, strongest first, those with one code added up; none for an effect of zero.

    Ties keep the order of the rubric. The text of a group is that of its strongest member that points
    the way the group does.
    """
    by_code: dict[str, list[Reason]] = {}
    for reason in reasons:
        by_code.setdefault(reason.code, []).append(reason)
    groups = []
    for code, members in by_code.items():
        effect = sum(member.effect for member in members)
        sign = -1 if effect < 0 else 1
        groups.append(ReasonGroup(code, effect, tuple(sorted(members, key=lambda m: -sign * m.effect))))
    against = sorted((g for g in groups if g.effect < 0), key=lambda g: g.effect)
    speaks_for = sorted((g for g in groups if g.effect > 0), key=lambda g: -g.effect)
    return tuple(against), tuple(speaks_for)
