"""What others score with: the integer tables of a screen, as a JSON file that is read without fitcheck."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

CELLS = 3
"""Columns of the table before the answers: id, name, deal_value."""


class Entry(NamedTuple):
    """
    What one answer counts.

    Attributes:
        points: [1/100 of the 0..100 score].
        effect: on the margin, 0 where unknown [doubled points].
        because: what it says as a reason.
        gate: id of the gate that it fails, "" for none.
    """

    points: int
    effect: int
    because: str
    gate: str


class Floor(NamedTuple):
    """A side that must have so many points, and why."""

    id: str
    side: int
    least: int
    because: str


class Rules(NamedTuple):
    """
    A screen at a stage.

    Attributes:
        answers: for each question its id, and what each cell counts; "" is an unknown answer.
        sides: for each side of a dimension, the first question and the one after the last.
        dimensions: for each its column, the first of its sides, how many it has, and the most points.
    """

    threshold: int
    answers: dict[str, dict[str, Entry]]
    sides: list[tuple[int, int]]
    dimensions: list[tuple[str, int, int, int]]
    floors: list[Floor]


class Scored(NamedTuple):
    """The score of one row [points], and what decided it."""

    verdict: str
    score: int
    dimensions: list[int]
    failed: list[str]
    reasons: list[str]


REASONS = 3


def save(rules: Rules, path: Path) -> None:
    """Write rules."""
    path.write_text(json.dumps(rules), encoding="utf-8")


def load(path: str) -> Rules:
    """Read rules."""
    threshold, answers, sides, dimensions, floors = json.loads(Path(path).read_text(encoding="utf-8"))
    return Rules(
        threshold,
        {question: {cell: Entry(*entry) for cell, entry in words.items()} for question, words in answers.items()},
        [(first, end) for first, end in sides],
        [(column, side, count, most) for column, side, count, most in dimensions],
        [Floor(*floor) for floor in floors],
    )


def score(rules: Rules, entries: Sequence[Entry]) -> Scored:
    """Score one row in plain Python; two-way trust counts its weaker side. An unknown answer counts as expected."""
    points = [entry.points for entry in entries]
    sides = [sum(points[first:end]) for first, end in rules.sides]
    dimensions = [
        sides[side] if count == 1 else min(sides[side], sides[side + 1]) for _, side, count, _ in rules.dimensions
    ]
    total = sum(dimensions)
    failed, reasons = [], []
    for entry in entries:
        if entry.gate:
            failed.append(entry.gate)
            reasons.append(entry.because)
    for floor in rules.floors:
        if sides[floor.side] < floor.least:
            failed.append(floor.id)
            reasons.append(floor.because)
    pursued = total >= rules.threshold and not failed
    if pursued:
        found = sorted([(-entry.effect, entry.because) for entry in entries if entry.effect > 0])
    else:
        found = sorted([(entry.effect, entry.because) for entry in entries if entry.effect < 0])
    for _, because in found:
        if len(reasons) >= REASONS:
            break
        if because not in reasons:
            reasons.append(because)
    return Scored("pursue" if pursued else "not now", total, dimensions, failed, reasons[:REASONS])


class Texts:
    """Cells of a scored row, made once for each number."""

    def __init__(self, rules: Rules) -> None:
        self._points = [f"{points // 100}.{points % 100:02d}" for points in range(10_001)]
        self._shares = [[_percent(points, most) for points in range(most + 1)] for _, _, _, most in rules.dimensions]
        columns = [column for column, _, _, _ in rules.dimensions]
        reasons = [f"reason_{k + 1}" for k in range(REASONS)]
        self.header = [f"fit_{name}" for name in ("verdict", "score", *columns, "failed_gates", *reasons)]

    def __call__(self, row: Scored) -> list[str]:
        """Return the cells of one row."""
        shares = [texts[points] for texts, points in zip(self._shares, row.dimensions, strict=True)]
        blanks = [""] * (REASONS - len(row.reasons))
        return [row.verdict, self._points[row.score], *shares, "; ".join(row.failed), *row.reasons, *blanks]


def _percent(points: int, most: int) -> str:
    """Points as percent of the most, two decimals, halves upwards."""
    hundredths = (20_000 * points + most) // (2 * most)
    return f"{hundredths // 100}.{hundredths % 100:02d}"
