"""
Tables to score, and the rules of a screen for those who score them without fitcheck.

    python -m benchmarks.tables.prepare FOLDER uniform|halo|distinct ROWS...

The same arguments write the same bytes, and a shorter table is the beginning of a longer one. 1 % of the names need
quotes, 0.05 % of the deal values are none, 3 % of the answers are blank and 0.5 % are no answers. *uniform*: every
other answer is as likely as the others. *halo*: every prospect has a quality, and its answers lean to it, so that
sums lie close together and many verdicts stay open. *distinct*: as uniform, but nearly every deal has a value of its
own, to the cent, where the others share some thousands.
"""

import json
import sys
from bisect import bisect
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import accumulate
from math import exp
from pathlib import Path
from random import Random  # noqa: TID251 - seeded

from benchmarks.tables.rules import Entry, Floor, Rules, save
from fitcheck.api import load_screen
from fitcheck.batch.out_columns import column_of
from fitcheck.decision.reasons import line_effect
from fitcheck.decision.rubric import Screen
from fitcheck.decision.scorecard import Line, Scorecard, compile_scorecard
from fitcheck.decision.scoretables import score_tables

SEED = 7
BLANK, BAD, QUOTED, BAD_VALUE = 0.03, 0.005, 0.01, 0.0005
NO_ANSWERS = ("yes", "tbd", "maybe", "see notes")
LEVELS, SPREAD = 20, 0.25
"""Qualities of a prospect in *halo*, and how far its answers are from them, as a share of the options."""

Draw = tuple[Sequence[float], Sequence[str]]
"""Cumulated shares of the cells of a column, and the cells."""


def draws(options: Sequence[str], weights: Sequence[float]) -> Draw:
    """Cells of one column."""
    whole = sum(weights)
    shares = [BLANK, *(BAD / len(NO_ANSWERS) for _ in NO_ANSWERS)]
    shares += [(1 - BLANK - BAD) * weight / whole for weight in weights]
    return [*accumulate(shares)][:-1], ["", *NO_ANSWERS, *options]


def columns(screen: Screen, way: str) -> list[list[Draw]]:
    """For each quality of a prospect the cells of each question."""
    answers = [[option.id for option in question.options] for question in screen.questions]
    if way != "halo":
        return [[draws(options, [1] * len(options)) for options in answers]]
    return [
        [draws(options, [_near(at, len(options), level) for at in range(len(options))]) for options in answers]
        for level in range(LEVELS)
    ]


def _near(at: int, options: int, level: int) -> float:
    """Weight of an option, best first, for a quality, best first."""
    return exp(-((((at + 0.5) / options - (level + 0.5) / LEVELS) / SPREAD) ** 2) / 2)


def rows(screen: Screen, way: str) -> Iterator[str]:
    """Lines of a table without end."""
    yield ",".join(("id", "name", "deal_value", *(question.id for question in screen.questions))) + "\n"
    chance = Random(SEED)  # noqa: S311 - no secret
    draw = chance.random
    levels = columns(screen, way)
    number = 0
    while True:
        name = f"Company {number}" if draw() >= QUOTED else f'"Company {number}, ""North"""'
        value = "n.k." if draw() < BAD_VALUE else _amount(10_000 * 40 ** draw(), way)
        level = levels[int(len(levels) * draw())]
        cells = [texts[bisect(shares, draw())] for shares, texts in level]
        yield f"p{number:08d},{name},{value},{','.join(cells)}\n"
        number += 1


def _amount(worth: float, way: str) -> str:
    return f"{worth:.2f}" if way == "distinct" else str(100 * round(worth / 100))


def rules_of(card: Scorecard) -> Rules:
    """
    Return the tables of a scorecard.

    Raises:
        ValueError: it is none that the plain scorers can add up.
    """
    tables = score_tables(card)
    if card.screen.trust_lambda != 1 or list(tables.positions) != list(range(len(card.lines))):
        raise ValueError(f"{card.screen.id} is no screen that the plain scorers can add up")
    floors = []
    for gate, (side, least) in zip(card.floors, tables.floors, strict=True):
        title = card.dimensions[gate.dimension].rubric.title
        floors.append(Floor(gate.id, side, least, f"{title}: at least {gate.floor.percent} % of its points needed"))
    return Rules(
        threshold=card.threshold,
        answers={line.question.id: _entries(line) for line in card.lines},
        sides=[(side[0], side[-1] + 1) for dimension in card.dimensions for side in dimension.sides],
        dimensions=[
            (column_of(dim.rubric.id), span.start, len(dim.sides), dim.most)
            for dim, span in zip(card.dimensions, tables.sides, strict=True)
        ],
        floors=floors,
    )


def _entries(line: Line) -> dict[str, Entry]:
    words = {
        option.id: Entry(points, line_effect(line, points), option.because, line.question.id if gated else "")
        for option, points, gated in zip(line.question.options, line.points, line.gated, strict=True)
    }
    return words | {"": Entry(line.expected, 0, "", "")}


def table_schema(screen: Screen) -> dict[str, object]:
    """Return the same table as a Table Schema."""
    fields: list[dict[str, object]] = [
        {"name": "id", "type": "string"},
        {"name": "name", "type": "string"},
        {"name": "deal_value", "type": "number"},
    ]
    for question in screen.questions:
        enum = [option.id for option in question.options]
        fields.append({"name": question.id, "type": "string", "constraints": {"enum": enum}})
    return {"fields": fields, "missingValues": [""]}


def main() -> None:
    """Write the tables `<way>-<rows>.csv`, `rules.json` and `schema.json`."""
    folder, way, sizes = Path(sys.argv[1]), sys.argv[2], [int(word) for word in sys.argv[3:]]
    screen = load_screen("pilot")
    save(rules_of(compile_scorecard(screen, screen.default_stage)), folder / "rules.json")
    (folder / "schema.json").write_text(json.dumps(table_schema(screen)), encoding="utf-8")
    with ExitStack() as stack:
        files = [(size, stack.enter_context((folder / f"{way}-{size}.csv").open("w", newline=""))) for size in sizes]
        for number, line in enumerate(rows(screen, way)):
            if number > max(sizes):
                break
            for size, file in files:
                if number <= size:
                    file.write(line)


if __name__ == "__main__":
    main()
