"""
The usual way: csv.DictReader, a pydantic model with an enum for each answer, and the plain scorer.

    python -m benchmarks.tables.pydantic_rows IN OUT REJECTS RULES
"""

import csv
import sys
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError, create_model

from benchmarks.tables.rules import Rules, Texts, load, score


def model_of(rules: Rules) -> type[BaseModel]:
    """Return the model of a row."""
    fields: dict[str, Any] = {"id": (str, ...), "name": (str, ...), "deal_value": (Decimal | None, None)}
    for question, words in rules.answers.items():
        answer = Enum(question, {word: word for word in words if word})  # type: ignore[misc]  # made of the screen
        fields[question] = (answer | None, None)
    model: type[BaseModel] = create_model("Prospect", **fields)
    return model


def main() -> None:
    """Score a table."""
    source, target, rejects, tables = sys.argv[1:]
    rules = load(tables)
    texts = Texts(rules)
    check = model_of(rules).model_validate
    with (
        Path(source).open(newline="", encoding="utf-8") as lines,
        Path(target).open("w", newline="", encoding="utf-8") as out,
        Path(rejects).open("w", newline="", encoding="utf-8") as bad,
    ):
        read = csv.DictReader(lines)
        write, reject = csv.writer(out).writerow, csv.writer(bad).writerow
        write(["id", "name", *texts.header])
        reject([*(read.fieldnames or ()), "problems"])
        for row in read:
            try:
                prospect = check({name: cell or None for name, cell in row.items()}).__dict__
            except ValidationError as error:
                problems = [f"{each['loc'][0]}: {each['input']}" for each in error.errors(include_url=False)]
                reject([*row.values(), "; ".join(problems)])
                continue
            chosen = [(words, prospect[question]) for question, words in rules.answers.items()]
            entries = [words[answer.value if answer else ""] for words, answer in chosen]
            write([row["id"], row["name"], *texts(score(rules, entries))])


if __name__ == "__main__":
    main()
