"""
How long a command takes from cold, as a ratio to importing the four libraries that the command line is made of.

    python benchmarks/startup.py [rounds]

Every round runs each command once, one after the other, so that a busy machine slows all of them;
ratios are taken round by round and their median is printed. Processor time (user + system) of the
whole process is printed beside wall time: it is the firmer of the two on a shared machine, and
the one that is held against the aims.
"""

import compileall
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
FITCHECK = [sys.executable, "-m", "fitcheck"]
EXAMPLE = str(ROOT / "examples" / "patient-partner.yaml")
YARDSTICK = "import typer, rich, pydantic, yaml"
COMMANDS = {
    YARDSTICK: [sys.executable, "-c", YARDSTICK],
    "pass": [sys.executable, "-c", "pass"],
    "fitcheck --version": [*FITCHECK, "--version"],
    "fitcheck --help": [*FITCHECK, "--help"],
    "fitcheck assess, text": [*FITCHECK, "assess", EXAMPLE],
    "fitcheck assess, json": [*FITCHECK, "assess", EXAMPLE, "--format", "json"],
}
AIMS = {"fitcheck --version": 0.25, "fitcheck --help": 0.8, "fitcheck assess, text": 1.7}
"""Most processor time, as a ratio to the yardstick."""


def run(command: list[str]) -> tuple[float, float]:
    """Wall and processor seconds of one process and its children."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    wall, after = time.perf_counter() - start, os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    """Print one line for each command."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    compileall.compile_dir(ROOT / "src", quiet=1)
    for command in COMMANDS.values():
        run(command)
    times = [{name: run(command) for name, command in COMMANDS.items()} for _ in range(rounds)]
    print(f"ratio to `{YARDSTICK}`, median of {rounds} rounds")
    print(f"{'':<40}{'wall':>8}{'processor':>12}{'ms':>8}{'aim':>8}")
    for name in COMMANDS:
        ratios = [statistics.median(each[name][k] / each[YARDSTICK][k] for each in times) for k in (0, 1)]
        milliseconds = 1000 * statistics.median(each[name][0] for each in times)
        most = AIMS.get(name)
        aim = f"{most:>8}  {'reached' if ratios[1] <= most else 'NOT reached'}" if most else ""
        print(f"{name:<40}{ratios[0]:>8.2f}{ratios[1]:>12.2f}{milliseconds:>8.0f}{aim}")


if __name__ == "__main__":
    main()
