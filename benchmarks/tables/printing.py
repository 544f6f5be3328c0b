"""The lines that are printed: a table of processes, and figures beside their aims."""

import os
from collections.abc import Mapping, Sequence

from benchmarks.tables.measuring import Run, cpu, median, peak, ratio, wall

WIDE = 44


def show(runs: Mapping[str, Sequence[Run]], rows: int | Mapping[str, int], base: str | None = None) -> None:
    """
    Print one line for each command.

    Args:
        runs: what was measured; median of the rounds.
        rows: how many rows each scored.
        base: the command that the ratios are taken to.
    """
    print(f"  {'':<{WIDE}}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'rows/s':>12}", end="")
    print(f"{'x wall':>9}{'x CPU':>9}" if base else "")
    for name, found in runs.items():
        seconds, count = median(found, wall), rows if isinstance(rows, int) else rows[name]
        print(f"  {name:<{WIDE}}{seconds:>9.2f}{median(found, cpu):>9.2f}{median(found, peak):>9.0f}", end="")
        print(f"{count / seconds:>12,.0f}", end="")
        print(f"{ratio(found, runs[base], wall):>9.2f}{ratio(found, runs[base], cpu):>9.2f}" if base else "")


def aim(what: str, figure: float, limit: float, *, at_least: bool = False, unit: str = "x") -> None:
    """Print a figure beside its aim, and whether it was reached."""
    reached = figure >= limit if at_least else figure <= limit
    wanted = f"aim: {'at least' if at_least else 'at most'} {limit:g} {unit}"
    print(f"  {what:<68}{figure:>8.2f} {unit:<3} {wanted:<22} {'reached' if reached else 'NOT reached'}", flush=True)


def heading(text: str) -> None:
    """Print the beginning of a section, and how busy the machine is."""
    print(f"\n{text} (load {os.getloadavg()[0]:.1f})", flush=True)


def note(text: str) -> None:
    """Print a sentence."""
    print(f"  {text}", flush=True)
