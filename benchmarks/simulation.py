"""
How a screen behaves: verdicts on prospects of each type by how much is known, and what gates and dimensions decide.

    python benchmarks/simulation.py [prospects] [seed]

Prospects are drawn from the three types that unknown answers are guessed by, without a price, so that fit alone
decides. Questions are then answered in a random order until a share of the weight is known. Beside each figure stands
the one before types: every option of an unknown answer alike, and half of the weight needed for a "pursue".
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt
from random import Random  # noqa: TID251 - seeded
from statistics import fmean

from fitcheck.decision.content.answers import Answer, Prospect
from fitcheck.decision.content.rubric import STAGES, ProspectType, Screen, Stage
from fitcheck.decision.score.prospect_types import TYPES
from fitcheck.decision.score.scorecard import Scorecard, compile_scorecard
from fitcheck.decision.verdict.scorer import Judgement, Scorer
from fitcheck.documents.reading.finding import names
from fitcheck.documents.screens import load_screen

KNOWN = (20, 40, 70, 100)
"""Percent of the weight that is answered, at least."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """
    What fully answered prospects of one screen at one stage came to, drawn from the types as often as the screen says.

    Attributes:
        pursue: share that is pursued, 0..1.
        fails: by gate, share that fails it.
        decides: by gate, share that it declines alone: the score suffices and every other gate holds.
        correlation: by rubric, of its points with the verdict, −1..1.
    """

    pursue: float
    fails: Mapping[str, float]
    decides: Mapping[str, float]
    correlation: Mapping[str, float]


def draw(card: Scorecard, of_type: ProspectType, chance: Random) -> dict[str, Answer]:
    """Answer every question as a prospect of this type does, in a random order."""
    lines = list(card.lines)
    chance.shuffle(lines)
    at = TYPES.index(of_type)
    return {
        line.question.id: Answer(chance.choices(line.question.options, line.guess.weights[at])[0].id) for line in lines
    }


def partly_known(card: Scorecard, answers: Mapping[str, Answer], percent: int) -> dict[str, Answer]:
    """Keep the first answers, until so much of the weight is known."""
    weights = {line.question.id: line.weight for line in card.lines}
    kept: dict[str, Answer] = {}
    for question, answer in answers.items():
        if 100 * sum(weights[each] for each in kept) >= percent * card.whole:
            break
        kept[question] = answer
    return kept


def pursued(scorers: Sequence[Scorer], of_type: ProspectType, percent: int, draws: tuple[int, int]) -> list[float]:
    """Share of "pursue" by each scorer, among prospects of a type of which so much is known; `draws` and their seed."""
    count, seed = draws
    chance = Random(seed)  # noqa: S311 - no secret
    card = compile_scorecard(scorers[0].screen, scorers[0].stage)
    found = [0] * len(scorers)
    for _ in range(count):
        prospect = Prospect("drawn", "Drawn", partly_known(card, draw(card, of_type, chance), percent))
        found = [n + (each.judge(prospect).verdict == "pursue") for n, each in zip(found, scorers, strict=True)]
    return [number / count for number in found]


def before_types(screen: Screen) -> Screen:
    """Return the screen as it was judged before: unknown answers independent and even, half of the weight needed."""
    even = {question.id: {option.id: 1 for option in question.options} for question in screen.questions}
    only_ordinary: dict[ProspectType, int] = {"hard": 0, "ordinary": 1, "good": 0}
    return replace(screen, types=only_ordinary, priors=even, least_known=Fraction(1, 2))


def behaviour(screen: Screen, stage: Stage, count: int, seed: int) -> Behaviour:
    """Draw fully answered prospects of all types, and sum up what they came to."""
    scorer, found = Scorer(screen, stage), list(_judged(screen, stage, count, seed))
    fails = Counter(gate for each in found for gate in _failed(each))
    alone = Counter(_failed(each)[0] for each in found if len(_failed(each)) == 1 and _reaches(each))
    verdicts = [float(each.verdict == "pursue") for each in found]
    tops = scorer.prepared(frozenset()).tables.tops
    shares = [[each.bounds.now.dimensions[i] / (top or 1) for each in found] for i, top in enumerate(tops)]
    return Behaviour(
        fmean(verdicts),
        {gate: number / count for gate, number in sorted(fails.items())},
        {gate: alone[gate] / count for gate in sorted(fails)},
        {rubric.id: correlation(shares[i], verdicts) for i, rubric in enumerate(screen.rubrics)},
    )


def _judged(screen: Screen, stage: Stage, count: int, seed: int) -> Iterator[Judgement]:
    chance = Random(seed)  # noqa: S311 - no secret
    scorer, card = Scorer(screen, stage), compile_scorecard(screen, stage)
    for of_type in chance.choices(TYPES, card.types, k=count):
        yield scorer.judge(Prospect("drawn", "Drawn", draw(card, of_type, chance)))


def _failed(found: Judgement) -> list[str]:
    return [gate.id for gate in found.failed_gates()]


def _reaches(found: Judgement) -> bool:
    return found.bounds.now.score >= found.card.threshold


def correlation(these: Sequence[float], those: Sequence[float]) -> float:
    """
    Pearson's correlation; 0 where one of both never varies.

    >>> correlation([0.0, 1.0, 2.0], [1.0, 2.0, 3.0])
    1.0
    """
    a, b = fmean(these), fmean(those)
    both = sum((x - a) * (y - b) for x, y in zip(these, those, strict=True))
    spread = sqrt(sum((x - a) ** 2 for x in these) * sum((y - b) ** 2 for y in those))
    return both / spread if spread else 0.0


def main() -> None:
    """Print, for each screen, the share of "pursue" by type and share known, then what gates and dimensions decide."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1  # noqa: PLR2004
    for name in names("screen"):
        screen = load_screen(name)
        stages = [stage for stage in STAGES if stage in screen.stages]
        print(f"\nscreen {screen.id} {screen.version}, {count:,} prospects a figure, seed {seed}")
        print(f"  {'% pursue, of each type (before types)':<42}" + "".join(f"{stage:>15}" for stage in stages))
        scorers = [(Scorer(screen, stage), Scorer(before_types(screen), stage)) for stage in stages]
        for of_type in TYPES:
            for percent in KNOWN:
                shares = [pursued(both, of_type, percent, (count, seed)) for both in scorers]
                cells = "".join(f"{100 * now:>8.1f} ({100 * then:4.1f})" for now, then in shares)
                print(f"    {of_type}, {percent} % known".ljust(44) + cells)
        found = [behaviour(screen, stage, count, seed) for stage in stages]
        _row("% pursue, all types, all known", [100 * each.pursue for each in found])
        for gate in dict.fromkeys(gate for each in found for gate in each.fails):
            _row(f"% {gate} fails", [100 * each.fails.get(gate, 0) for each in found])
            _row("    and declines alone", [100 * each.decides.get(gate, 0) for each in found])
        for rubric in screen.rubrics:
            _row(f"{rubric.id}: correlation", [each.correlation[rubric.id] for each in found], digits=2)


def _row(title: str, values: Sequence[float], digits: int = 1) -> None:
    print(f"  {title:<42}" + "".join(f"{value:>15.{digits}f}" for value in values))


if __name__ == "__main__":
    main()
