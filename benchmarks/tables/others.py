"""A hundred thousand rows: against others who validate or score the same rows."""

import re
from importlib.util import find_spec

from benchmarks.tables.commands import PYTHON, Bench, module, ours, table
from benchmarks.tables.measuring import Command, Run, cpu, median, ratio, side_by_side, wall
from benchmarks.tables.printing import aim, heading, note, show

OURS, PYDANTIC, FRICTIONLESS = (
    "fitcheck batch, all columns and ours",
    "csv + a pydantic model per row",
    "frictionless validate, as JSON",
)
DECISION, EXPRESSION = "zen-engine, a decision, in batches", "zen-engine, one compiled expression"
INSTALL = {"frictionless": "frictionless", "zen": "zen-engine"}
LEAST_FRICTIONLESS, LEAST_PYDANTIC, LEAST_ZEN = 15, 10, 40
OUTPUTS = {PYDANTIC: "pydantic.csv", DECISION: "decision.csv", EXPRESSION: "expression.csv"}


def compare(bench: Bench) -> None:
    """Print how much faster we are than each of the others that is there."""
    bench.prepare("uniform", bench.peers)
    source = table("uniform", bench.peers)
    heading(f"{bench.peers:,} rows, uniform, {bench.size(source):,.0f} MB, against others")
    there = {name for name in INSTALL if find_spec(name)}
    for name in sorted(INSTALL.keys() - there):
        note(f"skipped: {INSTALL[name]} is not installed; pip install {INSTALL[name]}")
    commands = {OURS: ours(source, told=True), PYDANTIC: module("pydantic_rows", *_files(source, PYDANTIC))}
    rows = {OURS: bench.peers, PYDANTIC: bench.peers}
    if "frictionless" in there:
        limit = str(bench.peers * 100)
        words = (PYTHON, "-m", "frictionless", "validate", source, "--schema", "schema.json", "--limit-errors", limit)
        commands[FRICTIONLESS] = Command((*words, "--json"), (1,))
        rows[FRICTIONLESS] = bench.peers
    if "zen" in there:
        for name, way in ((DECISION, "decision"), (EXPRESSION, "expression")):
            commands[name] = module("zen_rows", way, *_files(source, name), str(bench.zen))
            rows[name] = bench.zen
    found = side_by_side(commands, bench.rounds, bench.folder)
    note(str(bench.summary()))
    show(found, rows)
    for name in (name for name in OUTPUTS if name in found):
        note(f"checked, {name}: {bench.check(OUTPUTS[name], rows[name])}")
    _aims(bench, found, rows)
    (bench.folder / source).unlink()


def _files(source: str, name: str) -> tuple[str, ...]:
    return source, OUTPUTS[name], f"rejects-{OUTPUTS[name]}", "rules.json"


def _errors(printed: str) -> int:
    """Return how many errors a report of frictionless counts, at its beginning."""
    found = re.search(r'"errors": (\d+),', printed)
    if not found:
        raise ValueError(f"frictionless did not report: {printed}")
    return int(found[1])


def _aims(bench: Bench, found: dict[str, list[Run]], rows: dict[str, int]) -> None:
    mine = found[OURS]
    aim("CPU of a pydantic model per row, to ours", ratio(found[PYDANTIC], mine, cpu), LEAST_PYDANTIC, at_least=True)
    if FRICTIONLESS in found:
        errors = _errors(found[FRICTIONLESS][0].printed)
        problems = bench.summary().problems
        if errors != problems:
            raise AssertionError(f"frictionless finds {errors} cells at fault, fitcheck {problems}")
        note(f"checked, frictionless: it finds the same {errors:,} cells at fault; it scores nothing")
        aim(
            "wall time of frictionless, to ours",
            ratio(found[FRICTIONLESS], mine, wall),
            LEAST_FRICTIONLESS,
            at_least=True,
        )
        note(f"its CPU time, to ours: {ratio(found[FRICTIONLESS], mine, cpu):.2f} x")
    for name in (name for name in (DECISION, EXPRESSION) if name in found):
        scale = rows[OURS] / rows[name]
        label = f"CPU a row of {name}, to ours"
        aim(label, scale * ratio(found[name], mine, cpu), LEAST_ZEN, at_least=True)
    if DECISION in found:
        note(f"zen-engine ran {bench.zen:,} rows, scaled; reasons, ranges, hours and money it does not work out;")
        note("the expression is its language without the engine: sides are joined and gates decided in Python")
        note(f"rows for a CPU second: ours {rows[OURS] / median(mine, cpu):,.0f}")
