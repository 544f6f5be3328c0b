"""
How a screen behaves over random answers: shares of verdicts, what gates decide, which dimensions matter.

    python benchmarks/simulation.py [prospects] [seed]

Prospects are drawn in two ways. *even*: every option of every question is as likely as the others, which makes hardly
anyone worth pursuing. *leaning*: as real prospects are of a piece and have mostly been looked at before, each dimension
of a prospect (each side of trust, and the cost questions) has a share of bad luck, the cube of a number drawn evenly
from 0..1, and every question of it steps down from its best option that often. Deals are worth 10,000 to 400,000,
evenly on a scale of factors.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from random import Random  # noqa: TID251 - seeded
from statistics import fmean

from fitcheck.decision.content.answers import Answer, Prospect
from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.content.rubric import STAGES, Screen, Stage
from fitcheck.decision.verdict.scorer import Judgement, Scorer
from fitcheck.documents.reading.finding import names
from fitcheck.documents.screens import load_screen

WAYS = ("even", "leaning")
LEAST_VALUE, FACTOR = 10_000, 40


@dataclass(frozen=True, slots=True)
class Judged:
    """One prospect: whether it is pursued, which gates fail, whether the score suffices, share of each dimension."""

    pursue: bool
    failed: tuple[str, ...]
    reached: bool
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """
    What the prospects of one screen at one stage, drawn in one way, came to.

    Attributes:
        pursue: share that is pursued, 0..1.
        score_alone: share that no gate but only the score declines.
        fails: by gate, share that fails it.
        decides: by gate, share that it declines alone: the score suffices and every other gate holds.
        correlation: by rubric, of its points with the verdict, −1..1.
    """

    pursue: float
    score_alone: float
    fails: Mapping[str, float]
    decides: Mapping[str, float]
    correlation: Mapping[str, float]


def prospects(screen: Screen, way: str, count: int, seed: int) -> Iterator[Prospect]:
    """Draw prospects with every question answered; the same seed draws the same ones."""
    chance = Random(seed)  # noqa: S311 - no secret
    for number in range(count):
        value = Fraction(round(LEAST_VALUE * FACTOR ** chance.random()))
        yield Prospect(str(number), str(number), dict(_answers(screen, way, chance)), Deal(value=value))


def _answers(screen: Screen, way: str, chance: Random) -> Iterator[tuple[str, Answer]]:
    costly = screen.cost.questions if screen.cost else ()
    groups: dict[tuple[str, str | None], list[tuple[str, list[str]]]] = {}
    for rubric in screen.rubrics:
        for question in rubric.questions:
            options = [option.id for option in question.options]
            groups.setdefault((rubric.id, question.side), []).append((question.id, options))
    groups["cost", None] = [(question.id, [option.id for option in question.options]) for question in costly]
    for questions in groups.values():
        bad = chance.random() ** 3
        for name, options in questions:
            steps = sum(chance.random() < bad for _ in options[1:])
            yield name, Answer(options[steps] if way == "leaning" else chance.choice(options))


def judge(found: Judgement) -> Judged:
    """Sum up the judgement of a prospect whose every question is answered."""
    points, most = found.bounds.now.dimensions, found.prepared.tables.tops
    return Judged(
        found.verdict == "pursue",
        tuple(gate.id for gate in found.failed_gates()),
        found.bounds.now.score >= found.card.threshold,
        tuple(p / (top or 1) for p, top in zip(points, most, strict=True)),
    )


def judged(screen: Screen, stage: Stage, way: str, count: int, seed: int) -> Iterator[Judged]:
    """Draw and judge prospects; the screen is compiled once."""
    scorer = Scorer(screen, stage)
    for prospect in prospects(screen, way, count, seed):
        yield judge(scorer.judge(prospect))


def behaviour(screen: Screen, stage: Stage, way: str, count: int, seed: int) -> Behaviour:
    """Sum up what the prospects came to."""
    found = list(judged(screen, stage, way, count, seed))
    fails = Counter(gate for each in found for gate in each.failed)
    alone = Counter(each.failed[0] for each in found if len(each.failed) == 1 and each.reached)
    verdicts = [float(each.pursue) for each in found]
    return Behaviour(
        fmean(verdicts),
        fmean(not each.failed and not each.reached for each in found),
        {gate: number / count for gate, number in sorted(fails.items())},
        {gate: alone[gate] / count for gate in sorted(fails)},
        {
            rubric.id: correlation([each.shares[i] for each in found], verdicts)
            for i, rubric in enumerate(screen.rubrics)
        },
    )


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
    """Print three tables for each screen and way of drawing."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1  # noqa: PLR2004
    for name in names("screen"):
        screen = load_screen(name)
        stages = [stage for stage in STAGES if stage in screen.stages]
        for way in WAYS:
            found = {stage: behaviour(screen, stage, way, count, seed) for stage in stages}
            print(f"\nscreen {screen.id} {screen.version}, {count:,} prospects drawn {way}, seed {seed}")
            print(f"{'percent':<44}" + "".join(f"{stage:>11}" for stage in stages))
            _row("pursue", [100 * each.pursue for each in found.values()])
            _row("declined by the score alone", [100 * each.score_alone for each in found.values()])
            for gate in dict.fromkeys(gate for each in found.values() for gate in each.fails):
                _row(f"{gate} fails", [100 * each.fails.get(gate, 0) for each in found.values()])
                _row("  and declines alone", [100 * each.decides.get(gate, 0) for each in found.values()])
            print("correlation with the verdict")
            for rubric in screen.rubrics:
                _row(rubric.id, [each.correlation[rubric.id] for each in found.values()], digits=2)


def _row(title: str, values: Sequence[float], digits: int = 1) -> None:
    print(f"  {title:<42}" + "".join(f"{value:>11.{digits}f}" for value in values))


if __name__ == "__main__":
    main()
