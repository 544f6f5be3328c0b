"""
The floor: csv.reader and dictionaries, and nothing more than a score.

    python -m benchmarks.tables.plain_rows IN OUT REJECTS RULES

It checks 24 answers and the deal value, adds up points, takes the weaker side of trust, floors and gates, the
strongest three reasons, and writes a row. It knows no ranges, probabilities, hours or money, and no spelling but one.
"""

import csv
import sys

from benchmarks.tables.rules import CELLS, Texts, load, score


def main() -> None:
    """Score a table."""
    source, target, rejects, tables = sys.argv[1:]
    rules = load(tables)
    texts = Texts(rules)
    answers = list(rules.answers.values())
    with (
        open(source, newline="", encoding="utf-8") as lines,  # noqa: PTH123 - the plain way
        open(target, "w", newline="", encoding="utf-8") as out,  # noqa: PTH123 - the plain way
        open(rejects, "w", newline="", encoding="utf-8") as bad,  # noqa: PTH123 - the plain way
    ):
        read, write, reject = csv.reader(lines), csv.writer(out).writerow, csv.writer(bad).writerow
        header = next(read)
        write([*header[:2], *texts.header])
        reject([*header, "problems"])
        for row in read:
            cells = row[CELLS:]
            entries = [words.get(cell) for words, cell in zip(answers, cells, strict=True)]
            value = row[2]
            if None in entries or (value and not value.isdecimal()):
                named = zip(header[CELLS:], cells, entries, strict=True)
                problems = [f"{question}: {cell}" for question, cell, entry in named if entry is None]
                if value and not value.isdecimal():
                    problems.append(f"deal_value: {value}")
                reject([*row, "; ".join(problems)])
                continue
            known = [entry for entry in entries if entry is not None]
            write([row[0], row[1], *texts(score(rules, known))])


if __name__ == "__main__":
    main()
