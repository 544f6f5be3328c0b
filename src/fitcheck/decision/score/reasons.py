"""
Why: the exact effect of every answer on the margin (score − threshold).

The threshold is spread over the questions as their baseline; what an answer gives above its baseline
speaks for the prospect, what it gives below speaks against. Effects are integers in the scorecard's unit and add up
to the margin exactly.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from fitcheck.decision.content.answers import Answer
from fitcheck.decision.content.rubric import SIDES, Rubric
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.score.bounds import ScoreBounds
from fitcheck.decision.score.results import OpenLine, Reason, ReasonGroup
from fitcheck.decision.score.score_tables import UNKNOWN, ScoreTables
from fitcheck.decision.score.scorecard import Line, Scorecard

SHOWN = 4
"""Reasons shown on each side; more are "not likely to be helpful" (Regulation B, comment 9(b)(2)-1)."""

ONE_SIDED = "one-sided-trust"
"""Reason code of the line for what the stronger side of a two-way dimension can't make up for."""


class Reasons:
    """
    The reasons of one scorecard; that of each answer is put into words once.

    Args:
        tables: of the scorecard.
    """

    def __init__(self, tables: ScoreTables) -> None:
        self._card = card = tables.card
        self._gaps: dict[tuple[str, int, bool], Reason] = {}
        self._two_way = [
            (dimension.rubric, span)
            for dimension, span in zip(card.dimensions, tables.sides, strict=True)
            if dimension.rubric.is_two_way
        ]

    @cached_property
    def _of_answers(self) -> list[list[Reason]]:
        """For each line the reason of each option."""
        card = self._card
        return [[_reason(card, line, option) for option in range(len(line.points))] for line in card.lines]

    def known(self, codes: Sequence[int], bounds: ScoreBounds) -> list[Reason]:
        """
        Return the reasons of what is known, in rubric order, without evidence and places.

        Args:
            codes: one for each line.
            bounds: of these codes.
        """
        found = [of[code] for of, code in zip(self._of_answers, codes, strict=True) if code != UNKNOWN]
        for rubric, span in self._two_way:
            if bounds.low.sides[span] == bounds.high.sides[span]:
                theirs, ours = bounds.now.sides[span]
                if effect := _one_sided_effect(self._card, theirs, ours):
                    found.append(self._one_sided(rubric, effect, theirs < ours))
        return found

    def _one_sided(self, rubric: Rubric, effect: int, theirs_is_weaker: bool) -> Reason:
        key = (rubric.id, effect, theirs_is_weaker)
        known = self._gaps.get(key)
        if known is None:
            text = one_sided_text(rubric, theirs_is_weaker=theirs_is_weaker)
            known = bounded_put(self._gaps, key, Reason(ONE_SIDED, rubric.id, text, effect))
        return known

    def explain(
        self, codes: Sequence[int], bounds: ScoreBounds, answers: Mapping[str, Answer]
    ) -> tuple[tuple[Reason, ...], tuple[OpenLine, ...]]:
        """
        Effect of every line of the scorecard, in points of 100.

        Args:
            codes: one for each line.
            bounds: of these codes.
            answers: by question id, for evidence and places.

        Returns:
            Reasons (answered) and open lines (unknown), each in rubric order. Their effects together are
            score − threshold, exactly.

        Source:
            PMML Scorecard partial scores with a neutral baseline; the one-sided line is the interaction
            term of the 2-additive Choquet integral.
        """
        card = self._card
        reasons = tuple(_shown(card, reason, answers) for reason in self.known(codes, bounds))
        lines = zip(card.lines, codes, strict=True)
        still_open = [_open_line(card, line, bounds) for line, code in lines if code == UNKNOWN]
        for rubric, span in self._two_way:
            low, high = bounds.low.sides[span], bounds.high.sides[span]
            if low != high:
                still_open.append(_open_one_sided(card, rubric, bounds.now.sides[span], low, high))
        return reasons, tuple(still_open)


def _reason(card: Scorecard, line: Line, option: int) -> Reason:
    picked = line.question.options[option]
    return Reason(
        code=picked.reason or line.question.reason,
        dimension=card.dimensions[line.dimension].rubric.id,
        question=line.question.id,
        answer=picked.id,
        says=picked.says,
        text=picked.because,
        effect=line.effect(line.points[option]),
        points=line.points[option],
        most=line.most,
    )


def _shown(card: Scorecard, reason: Reason, answers: Mapping[str, Answer]) -> Reason:
    """Return the reason with points of 100, and what stands beside its answer."""
    effect, points, most = (card.shown(each) for each in (reason.effect, reason.points, reason.most))
    shown = replace(reason, effect=effect, points=points, most=most)
    if reason.question is None:
        return shown
    answer = answers[reason.question]
    return replace(shown, evidence=answer.evidence, on=answer.on, by=answer.by, where=answer.where)


def _open_line(card: Scorecard, line: Line, bounds: ScoreBounds) -> OpenLine:
    return OpenLine(
        dimension=card.dimensions[line.dimension].rubric.id,
        question=line.question.id,
        text=line.question.ask,
        effect=card.shown(line.effect(line.expected(bounds.types))),
        low=card.shown(line.effect(min(line.points))),
        high=card.shown(line.effect(max(line.points))),
        weight=card.shown(line.weight),
    )


def _open_one_sided(
    card: Scorecard, rubric: Rubric, now: Sequence[int], low: Sequence[int], high: Sequence[int]
) -> OpenLine:
    """How one-sided trust is while an answer on either side is open."""
    widest = max(high[1] - low[0], high[0] - low[1])
    nearest = max(0, low[0] - high[1], low[1] - high[0])
    lowest, highest, effect = (
        card.shown(_one_sided_effect(card, *sides)) for sides in ((0, widest), (0, nearest), now)
    )
    return OpenLine(rubric.id, None, "one-sided trust", effect, lowest, highest, weight=Fraction(0))


def _one_sided_effect(card: Scorecard, theirs: int, ours: int) -> int:
    """What the stronger side cannot make up for, never positive."""
    return card.join((theirs, ours)) - (theirs + ours) // 2


def one_sided_text(rubric: Rubric, *, theirs_is_weaker: bool) -> str:
    """Say which direction of trust is the weaker one, of a two-way rubric."""
    weaker, stronger = SIDES if theirs_is_weaker else reversed(SIDES)
    return f"one-sided: less of “{rubric.sides[weaker]}” than of “{rubric.sides[stronger]}”"


def ranked(reasons: Sequence[Reason], which: Literal["for", "against"]) -> Iterator[ReasonGroup]:
    """
    Yield the reasons on one side, strongest first, those of that side with one code added up.

    Ties keep the order of the rubric. The first member of a group is its strongest.
    """
    is_for = which == "for"
    groups: dict[str, list[Reason]] = {}
    for reason in reasons:
        if reason.effect > 0 if is_for else reason.effect < 0:
            groups.setdefault(reason.code, []).append(reason)
    found = [
        ReasonGroup(
            code,
            sum((member.effect for member in members), start=Fraction(0)),
            tuple(sorted(members, key=lambda member: member.effect, reverse=is_for)),
        )
        for code, members in groups.items()
    ]
    yield from sorted(found, key=lambda group: group.effect, reverse=is_for)
