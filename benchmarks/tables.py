"""
Write the tables that `batch.py` measures, and the rules of the screen for scorers that do not know fitcheck.

    python benchmarks/tables.py FOLDER KIND:ROWS...

The same arguments write the same bytes, and a shorter table is the beginning of a longer one. Each prospect has a
quality to which its answers lean, so that both verdicts are common. *full*: every scored question is answered.
*crm*: the table has a column for every third question only, answered in every row. *gaps*: each prospect lacks its own
random share of the answers, up to three in five. *fit*: as *full*, without deal values, so that money decides nothing.
"""

import json
import sys
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate, islice
from math import exp
from pathlib import Path
from random import Random  # noqa: TID251 - seeded

from fitcheck.api import load_screen
from fitcheck.decision.score.scorecard import Scorecard, compile_scorecard

SEED = 7
CRM_COLUMN = 3
"""In *crm*, every how many questions one has a column."""

MOST_GAPS = 0.6
QUOTED = 0.01
"""Share of the names that need quotes."""

LEVELS, SPREAD = 20, 0.25
"""Qualities of prospects, and how far their answers are from them, as a share of the options."""


def cumulated(options: int, level: int) -> list[float]:
    """Cumulated weights of the options of a question, best first, for a quality, best first."""
    return [
        *accumulate(exp(-((((k + 0.5) / options - (level + 0.5) / LEVELS) / SPREAD) ** 2) / 2) for k in range(options))
    ]


def table(card: Scorecard, kind: str) -> Iterator[str]:
    """Yield the lines of a table without end."""
    questions = [line.question for line in card.lines][:: CRM_COLUMN if kind == "crm" else 1]
    options = [[option.id for option in question.options] for question in questions]
    levels = [[cumulated(len(each), level) for each in options] for level in range(LEVELS)]
    value = [] if kind == "fit" else ["deal_value"]
    yield ",".join(["id", "name", *value, *(question.id for question in questions)]) + "\n"
    draw = Random(SEED).random  # noqa: S311 - no secret
    number = 0
    while True:
        name = f"Company {number}" if draw() >= QUOTED else f'"Company {number}, ""North"""'
        worth = str(100 * round(100 * 40 ** draw()))
        level = levels[int(LEVELS * draw())]
        cells = [each[bisect(sums, sums[-1] * draw())] for each, sums in zip(options, level, strict=True)]
        if kind == "gaps":
            share = MOST_GAPS * draw()
            cells = ["" if draw() < share else cell for cell in cells]
        yield ",".join([f"p{number:08d}", name, *([worth] if value else []), *cells]) + "\n"
        number += 1


def rules(card: Scorecard) -> dict[str, object]:
    """
    Return what a peer scores with: points as integers, sides as slices of the questions.

    Raises:
        ValueError: two-way trust is not the weaker of both sides, which is all that the peers can do.
    """
    if card.screen.trust_lambda != 1:
        raise ValueError(f"{card.screen.id} does not score trust by its weaker side")
    sides = [(side[0], side[-1] + 1) for dimension in card.dimensions for side in dimension.sides]
    first = [*accumulate((len(dimension.sides) for dimension in card.dimensions), initial=0)]
    return {
        "threshold": card.threshold,
        "most": sum(dimension.most for dimension in card.dimensions),
        "questions": {
            line.question.id: {
                option.id: (points, gated)
                for option, points, gated in zip(line.question.options, line.points, line.gated, strict=True)
            }
            for line in card.lines
        },
        "sides": sides,
        "dimensions": [(start, start + len(dim.sides)) for start, dim in zip(first, card.dimensions, strict=False)],
        "floors": [(first[floor.dimension] + floor.side, floor.least) for floor in card.floors],
    }


def main() -> None:
    """Write the tables `<kind>-<rows>.csv` and `rules.json`."""
    folder = Path(sys.argv[1])
    screen = load_screen("pilot")
    card = compile_scorecard(screen, screen.default_stage)
    (folder / "rules.json").write_text(json.dumps(rules(card)), encoding="utf-8")
    for word in sys.argv[2:]:
        kind, rows = word.split(":")
        with (folder / f"{kind}-{rows}.csv").open("w", encoding="utf-8", newline="") as file:
            file.writelines(islice(table(card, kind), int(rows) + 1))


if __name__ == "__main__":
    main()
