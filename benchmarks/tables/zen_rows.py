"""
GoRules zen-engine with the same rules: points, the weaker side of trust, score, gates and verdict; no reasons.

    python -m benchmarks.tables.zen_rows decision|expression IN OUT REJECTS RULES ROWS

*decision*: a decision of one expression node, evaluated in batches, the fastest way that the engine offers.
*expression*: the same sums as one compiled expression of its language, without the engine, faster still.
"""

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path

from benchmarks.tables.rules import CELLS, Entry, Rules, Scored, Texts, load

BATCH = 1_000
zen = import_module("zen")  # not installed where nobody compares


def choice(question: str, words: Mapping[str, Entry]) -> str:
    """Points of a question as an expression."""
    known = [f"{question} == '{word}' ? {entry.points} : " for word, entry in words.items() if word]
    return f"({''.join(known)}{words[''].points})"


def expressions(rules: Rules) -> dict[str, str]:
    """Return the rules as expressions: the points of each side, and how many answers fail a gate."""
    choices = [choice(question, words) for question, words in rules.answers.items()]
    found = {f"side{k}": " + ".join(choices[first:end]) for k, (first, end) in enumerate(rules.sides)}
    gated = [
        f"({question} == '{word}' ? 1 : 0)"
        for question, words in rules.answers.items()
        for word, entry in words.items()
        if entry.gate
    ]
    return found | {"failing": " + ".join(gated) or "0"}


def decision(rules: Rules) -> dict[str, object]:
    """Return the rules as a JSON decision model of one expression node."""
    found = expressions(rules)
    for column, side, count, _ in rules.dimensions:
        found[column] = f"$.side{side}" if count == 1 else f"min([$.side{side}, $.side{side + 1}])"
    found["score"] = " + ".join(f"$.{column}" for column, *_ in rules.dimensions)
    floors = "".join(f" and $.side{floor.side} >= {floor.least}" for floor in rules.floors)
    found["verdict"] = f"$.score >= {rules.threshold} and $.failing == 0{floors} ? 'pursue' : 'not now'"
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


def by_decision(rules: Rules, rows: Iterator[dict[str, str]]) -> Iterator[tuple[dict[str, str], Scored]]:
    """Score rows by the engine, in batches."""
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"rules": decision(rules)}}})
    while batch := list(islice(rows, BATCH)):
        answers = engine.evaluate_batch([{"key": "rules", "context": json.dumps(row)} for row in batch])
        for row, answer in zip(batch, answers, strict=True):
            told = answer["data"]["result"]
            dimensions = [int(told[column]) for column, *_ in rules.dimensions]
            yield row, Scored(told["verdict"], int(told["score"]), dimensions, [], [])


def by_expression(rules: Rules, rows: Iterator[dict[str, str]]) -> Iterator[tuple[dict[str, str], Scored]]:
    """Score rows by one compiled expression; sides are joined and held against floors in Python."""
    compiled = zen.compile_expression(f"[{', '.join(expressions(rules).values())}]")
    for row in rows:
        *sides, failing = map(int, compiled.evaluate(row))
        dimensions = [
            sides[side] if count == 1 else min(sides[side], sides[side + 1]) for _, side, count, _ in rules.dimensions
        ]
        score = sum(dimensions)
        holds = not failing and all(sides[floor.side] >= floor.least for floor in rules.floors)
        yield row, Scored("pursue" if holds and score >= rules.threshold else "not now", score, dimensions, [], [])


def sound(
    rules: Rules, header: Sequence[str], rows: Iterator[list[str]], bad: list[list[str]]
) -> Iterator[dict[str, str]]:
    """Yield rows whose cells are all answers, and collect the others."""
    answers = list(rules.answers.values())
    for row in rows:
        value = row[2]
        cells = zip(answers, row[CELLS:], strict=True)
        if (value and not value.isdecimal()) or any(cell not in words for words, cell in cells):
            bad.append(row)
        else:
            yield dict(zip(header, row, strict=True))


def main() -> None:
    """Score the first rows of a table."""
    way, source, target, rejects, tables, count = sys.argv[1:]
    rules = load(tables)
    texts = Texts(rules)
    bad: list[list[str]] = []
    with (
        Path(source).open(newline="", encoding="utf-8") as lines,
        Path(target).open("w", newline="", encoding="utf-8") as out,
    ):
        read, write = csv.reader(lines), csv.writer(out).writerow
        header = next(read)
        write(["id", "name", *texts.header])
        rows = sound(rules, header, islice(read, int(count)), bad)
        for row, found in (by_decision if way == "decision" else by_expression)(rules, rows):
            write([row["id"], row["name"], *texts(found)])
    with Path(rejects).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *bad])


if __name__ == "__main__":
    main()
