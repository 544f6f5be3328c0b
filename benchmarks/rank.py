"""
How long it takes to choose among many prospects for limited hours, next to the naive method in the same run.

    python benchmarks/rank.py [runs]

Prospects take 8 to 150 expected hours with a variation of 0.2 to 0.6. The naive method is a plain table over all
prospects and all hours, without bounds, in minutes: once, at the level of the reserve where the best set
is found, which must give the same value; and for every level, which is that time times their number, marked with ≈.
Only our own time includes what one more hour and the next step would bring.
"""

import statistics
import sys
import time
from fractions import Fraction
from random import Random  # noqa: TID251 - seeded

from fitcheck.decision import portfolio
from fitcheck.decision.knapsack import pack
from fitcheck.decision.portfolio import Candidate, plan

SIZES = ((12, 160), (60, 320), (300, 640), (2_000, 1_200))


def candidates(number: int, seed: int) -> list[Candidate]:
    """Draw prospects."""
    random = Random(seed)  # noqa: S311 - not for secrets
    found = []
    for _ in range(number):
        mean, variation = Fraction(random.randint(80, 1500), 10), Fraction(random.randint(20, 60), 100)
        found.append(Candidate(random.randint(3_000, 100_000) * 100, mean, (mean * variation) ** 2))
    return found


def table(values: list[int], weights: list[int], capacity: int) -> int:
    """Best value by the plain table, cell by cell of every prospect."""
    best = [0] * (capacity + 1)
    for value, weight in zip(values, weights, strict=True):
        best[weight:] = [
            max(old, new + value) for old, new in zip(best[weight:], best[: max(0, capacity + 1 - weight)], strict=True)
        ]
    return best[-1]


def naive(found: list[Candidate], hours: Fraction, value: int) -> tuple[float, int]:
    """Time of the table that finds the best set [ms], and how many tables there are."""
    levels = portfolio._levels(found)  # noqa: SLF001 - to work on the same problem
    rooms = [(level, level.capacity(hours)) for level in levels]
    possible = [(level, room) for level, room in rooms if level.t and room >= 0]
    level, room = next((level, room) for level, room in possible if pack(level.items, room, more_than=value - 1))
    start = time.process_time()
    best = table(list(level.items.values), list(level.items.weights), room)
    spent = time.process_time() - start
    if best != value:
        raise AssertionError("the plain table finds another value")
    return 1000 * spent, len(possible)


def main() -> None:
    """Print one line for each size."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"milliseconds to choose, {runs} runs; loss: the most that the value may be below the best possible")
    print(
        f"{'prospects':>10}{'hours':>8}{'chosen':>8}{'loss':>9}{'median':>9}{'most':>9}"
        f"{'one table':>12}{'all tables':>14}"
    )
    for number, hours in SIZES:
        times, tables, chosen, loss = [], [], [], 0.0
        for seed in range(runs):
            found = candidates(number, seed)
            start = time.process_time()
            result = plan(found, Fraction(hours))
            times.append(1000 * (time.process_time() - start))
            chosen.append(len(result.chosen))
            loss = max(loss, 1 - result.value / result.bound)
            if result.exact:
                tables.append(naive(found, Fraction(hours), result.value))
        once = f"{statistics.median(spent for spent, _ in tables):,.1f}" if tables else "-"
        every = f"≈ {statistics.median(spent * levels for spent, levels in tables):,.0f}" if tables else "-"
        print(
            f"{number:>10,}{hours:>8,}{statistics.median(chosen):>8.0f}{loss:>9.3%}"
            f"{statistics.median(times):>9.1f}{max(times):>9.1f}{once:>12}{every:>14}"
        )


if __name__ == "__main__":
    main()
