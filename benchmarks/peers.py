"""
Score a table without fitcheck: points, the weaker side of trust, the threshold, floors and deal-breakers.

    python benchmarks/peers.py pydantic|zen TABLE OUT RULES

*pydantic*: a model checks every row, plain Python adds up its points. *zen*: GoRules zen-engine evaluates the rules as
one decision of one expression node, row by row, which takes it less time than batches do. Every question must be
answered; neither works out reasons, ranges, odds, hours or money.
"""

import csv
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, NamedTuple

Row = dict[str, str]
Scored = tuple[Row, str, int]
"""A row, its verdict, its score [points]."""


class Rules(NamedTuple):
    """
    A screen at a stage.

    Attributes:
        most: points of a perfect prospect.
        questions: by id the points of each option, and whether it is a deal-breaker.
        sides: slices of the questions.
        dimensions: slices of the sides.
        floors: index of a side, and the points that it needs.
    """

    threshold: int
    most: int
    questions: dict[str, dict[str, tuple[int, bool]]]
    sides: list[tuple[int, int]]
    dimensions: list[tuple[int, int]]
    floors: list[tuple[int, int]]


def by_pydantic(rules: Rules, rows: Iterator[Row]) -> Iterator[Scored]:
    """Check each row by a model, then add up."""
    create_model = import_module("pydantic").create_model
    fields: dict[str, Any] = {"id": (str, ...), "name": (str, ...)}
    fields |= {question: (Literal[tuple(options)], ...) for question, options in rules.questions.items()}
    check = create_model("Prospect", **fields).model_validate
    for row in rows:
        prospect = check(row).__dict__
        answers = [options[prospect[question]] for question, options in rules.questions.items()]
        points = [each for each, _ in answers]
        sides = [sum(points[first:end]) for first, end in rules.sides]
        score = sum(min(sides[first:end]) for first, end in rules.dimensions)
        floors = all(sides[side] >= least for side, least in rules.floors)
        pursue = score >= rules.threshold and floors and not any(breaker for _, breaker in answers)
        yield row, "pursue" if pursue else "not now", score


def by_zen(rules: Rules, rows: Iterator[Row]) -> Iterator[Scored]:
    """Evaluate a decision."""
    engine = import_module("zen").ZenEngine({"loader": {"type": "static", "content": {"rules": decision(rules)}}})
    for row in rows:
        result = engine.evaluate("rules", row)["result"]
        yield row, result["verdict"], int(result["score"])


def decision(rules: Rules) -> dict[str, Any]:
    """Write the rules as a JSON decision model of one expression node."""
    points, breakers = [], []
    for question, options in rules.questions.items():
        points.append("".join(f"{question} == '{word}' ? {each} : " for word, (each, _) in options.items()) + "0")
        breakers += [f"{question} != '{word}'" for word, (_, breaker) in options.items() if breaker]
    found = {f"side{k}": " + ".join(f"({each})" for each in points[slice(*side)]) for k, side in enumerate(rules.sides)}
    joined = (", ".join(f"$.side{k}" for k in range(*dimension)) for dimension in rules.dimensions)
    found["score"] = " + ".join(f"min([{sides}])" for sides in joined)
    needed = [f"$.score >= {rules.threshold}", *(f"$.side{side} >= {least}" for side, least in rules.floors)]
    found["verdict"] = f"{' and '.join([*needed, *breakers])} ? 'pursue' : 'not now'"
    node = {"expressions": [{"id": key, "key": key, "value": value} for key, value in found.items()]}
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "rules", "name": "rules", "type": "expressionNode", "content": node},
            {"id": "out", "name": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "rules", "type": "edge"},
            {"id": "b", "sourceId": "rules", "targetId": "out", "type": "edge"},
        ],
    }


def main() -> None:
    """Score a table."""
    peer, source, target, rules_file = sys.argv[1:]
    rules = Rules(**json.loads(Path(rules_file).read_text(encoding="utf-8")))
    with Path(source).open(encoding="utf-8", newline="") as lines, Path(target).open("w", newline="") as out:
        write = csv.writer(out).writerow
        write(["id", "name", "fit_verdict", "fit_score"])
        scorer = {"pydantic": by_pydantic, "zen": by_zen}[peer]
        for row, verdict, score in scorer(rules, csv.DictReader(lines)):
            write([row["id"], row["name"], verdict, f"{100 * score / rules.most:.2f}"])


if __name__ == "__main__":
    main()
