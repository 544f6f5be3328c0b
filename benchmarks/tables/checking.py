"""
Whether another scorer says the same as fitcheck, row by row.

    python -m benchmarks.tables.checking OURS THEIRS [ROWS]

Both must have scored the same rows, of the first ROWS of the table, with the same score and points of each dimension.
Where every answer is known and the verdict settled without the gate on money, which only fitcheck has, the verdicts
must be equal too.
"""

import csv
import sys
from itertools import takewhile
from pathlib import Path


def main() -> None:
    """Compare, and say in one line what was found to be equal."""
    ours, theirs = sys.argv[1:3]
    end = f"p{int(sys.argv[3]):08d}" if len(sys.argv) > 3 else "q"  # noqa: PLR2004 - an argument that may be left out
    verdicts = 0
    count = 0
    with (
        Path(ours).open(newline="", encoding="utf-8") as mine,
        Path(theirs).open(newline="", encoding="utf-8") as other,
    ):
        left = takewhile(lambda row: row["id"] < end, csv.DictReader(mine))
        right = csv.DictReader(other)
        same = [name for name in right.fieldnames or () if name not in {"fit_verdict", "fit_failed_gates"}]
        same = [name for name in same if not name.startswith("fit_reason")]
        for a, b in zip(left, right, strict=True):
            count += 1
            plain = a["fit_known"] == "1.0000" and a["fit_settled"] == "true"
            comparable = plain and "money" not in a["fit_failed_gates"].split("; ")
            verdicts += comparable
            for name in [*same, *(["fit_verdict"] if comparable else [])]:
                if a[name] != b[name]:
                    raise AssertionError(f"{a['id']}, {name}: {a[name]!r} here, {b[name]!r} there")
    if not verdicts:
        raise AssertionError("no verdict was compared")
    print(f"same {count:,} rows scored, same scores and dimensions; {verdicts:,} comparable verdicts, all the same")


if __name__ == "__main__":
    main()
