"""
How much scorers of the same prospects differ: overall, from case to case, and in the verdict.

A system is noisy if the same prospect gets different scores from different scorers. Part of that is level (some are
stricter throughout), the rest is pattern (they see prospects differently, or saw them on different days).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import sqrt

from fitcheck.decision.score.results import Verdict


@dataclass(frozen=True, slots=True)
class Noise:
    """
    Noise in the scores of a complete table, every scorer on every prospect.

    Attributes:
        judges: the columns.
        prospects: the rows.
        offsets: for each scorer the mean score less the mean of all [points].
        level2, pattern2, system2: variances [points²]; system is the two together unless level was cut off at 0.
    """

    judges: tuple[str, ...]
    prospects: tuple[str, ...]
    offsets: tuple[Fraction, ...]
    level2: Fraction
    pattern2: Fraction
    system2: Fraction

    @property
    def level(self) -> float:
        """Standard deviation between scorers [points]."""
        return sqrt(self.level2)

    @property
    def pattern(self) -> float:
        """Standard deviation of what is neither the scorer nor the prospect [points]."""
        return sqrt(self.pattern2)

    @property
    def system(self) -> float:
        """Standard deviation between the scores that one prospect gets [points]."""
        return sqrt(self.system2)


def noise(scores: Mapping[str, Mapping[str, Fraction]]) -> Noise | None:
    """
    Split the differences between scorers into level and pattern.

    Args:
        scores: by prospect, then scorer; gaps are allowed [points].

    Returns:
        None unless two scorers or more scored the same two prospects or more, see `complete_table`.

    Source:
        Two-way analysis of variance, C prospects × J scorers (Kahneman, Sibony, Sunstein, "Noise"): pattern² =
        MS_residual, level² = max(0, (MS_judges − MS_residual) / C), system² = the mean variance within a prospect.
    """
    judges, prospects = complete_table(scores)
    cases, columns = len(prospects), len(judges)
    if cases < 2 or columns < 2:  # noqa: PLR2004 - nothing varies
        return None
    table = [[scores[prospect][judge] for judge in judges] for prospect in prospects]
    rows = [sum(row, Fraction(0)) / columns for row in table]
    means = [sum(column, Fraction(0)) / cases for column in zip(*table, strict=True)]
    grand = sum(rows, Fraction(0)) / cases
    between = cases * sum(((mean - grand) ** 2 for mean in means), Fraction(0)) / (columns - 1)
    within = sum(((x - row) ** 2 for r, row in zip(table, rows, strict=True) for x in r), Fraction(0))
    rest = (within - between * (columns - 1)) / ((cases - 1) * (columns - 1))
    return Noise(
        judges=judges,
        prospects=prospects,
        offsets=tuple(mean - grand for mean in means),
        level2=max(Fraction(0), (between - rest) / cases),
        pattern2=rest,
        system2=within / (cases * (columns - 1)),
    )


def complete_table(scores: Mapping[str, Mapping[str, Fraction]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    Choose scorers and prospects so that every scorer scored every prospect.

    All scorers, if they share two prospects; otherwise the one with the fewest prospects is dropped, the last in
    the alphabet of several, until two prospects are shared.

    Returns:
        Scorers and prospects, each sorted; empty where not even two scorers share two prospects.
    """
    scored = dict.fromkeys(sorted({judge for row in scores.values() for judge in row}), 0)
    for row in scores.values():
        for judge in row:
            scored[judge] += 1
    judges = sorted(scored)
    while len(judges) > 1:
        prospects = tuple(prospect for prospect in sorted(scores) if scores[prospect].keys() >= set(judges))
        if len(prospects) > 1:
            return tuple(judges), prospects
        judges.remove(min(reversed(judges), key=lambda judge: scored[judge]))
    return (), ()


def verdict_noise(verdicts: Sequence[Sequence[Verdict]]) -> Fraction | None:
    """
    Say how often two scorers of one prospect come to different verdicts.

    Args:
        verdicts: for each prospect those of its scorers.

    Returns:
        The mean over prospects of the share of pairs that differ, 0..1; None if no prospect has two scorers.
    """
    pairs = [list(combinations(row, 2)) for row in verdicts if len(row) > 1]
    shares = [Fraction(sum(a != b for a, b in row), len(row)) for row in pairs]
    return sum(shares, Fraction(0)) / len(shares) if shares else None
