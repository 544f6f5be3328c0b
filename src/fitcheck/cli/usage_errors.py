"""A command line that typer refuses, in our own words and with what was probably meant."""

from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from typing import Any

import typer

from fitcheck.nearest import closest, quoted
from fitcheck.problems import Problem, UsageError

OPTIONS: dict[str, tuple[str, ...]] = {
    "--json": ("--format json", "--to jsonl"),
    "--jsonl": ("--to jsonl", "--format json"),
    "--md": ("--format markdown",),
    "--markdown": ("--format markdown",),
    "--html": ("--format html",),
    "--text": ("--format text",),
    "--txt": ("--format text",),
    "--yaml": ("--format yaml",),
    "--csv": ("--to csv", "--format csv"),
    "--xlsx": ("--to xlsx", "--format xlsx"),
    "--type": ("--format", "--to"),
    "--output-format": ("--format", "--to"),
    "--out": ("--output",),
    "--outfile": ("--output",),
    "--file": ("--output",),
    "--verbose": ("--full", "--explain"),
    "--details": ("--full", "--explain"),
    "-v": ("--full", "--explain"),
    "--why": ("--explain",),
    "-q": ("--quiet",),
    "--silent": ("--quiet",),
    "--short": ("--quiet",),
    "--date": ("--as-of",),
    "--today": ("--as-of",),
    "--on": ("--as-of",),
    "--rubric": ("--screen",),
    "--config": ("--company",),
    "--mapping": ("--map",),
    "--crm": ("--map",),
    "--sep": ("--delimiter",),
    "--separator": ("--delimiter",),
    "--errors": ("--rejects",),
    "--capacity": ("--hours",),
    "--time": ("--hours",),
    "--overwrite": ("--force",),
    "-f": ("--force",),
    "--strict": ("--fail-on-not-now",),
}
"""Options by what other programs call them; the first that the command has is suggested."""

COMMANDS: dict[str, tuple[str, ...]] = {
    "score": ("assess", "batch"),
    "evaluate": ("assess",),
    "qualify": ("assess",),
    "verdict": ("assess",),
    "report": ("assess",),
    "run": ("assess", "test"),
    "ask": ("interview",),
    "start": ("interview",),
    "add": ("interview",),
    "questions": ("interview",),
    "table": ("batch",),
    "csv": ("batch",),
    "import": ("batch",),
    "crm": ("batch",),
    "prioritise": ("rank",),
    "prioritize": ("rank",),
    "top": ("rank",),
    "diff": ("compare", "rubric diff"),
    "mail": ("letter",),
    "email": ("letter",),
    "decline": ("letter",),
    "merge": ("assess --merge",),
    "scorers": ("agreement",),
    "setup": ("init",),
    "config": ("init",),
    "company": ("init",),
    "screen": ("rubric",),
    "screens": ("rubric list",),
    "list": ("rubric list",),
    "show": ("rubric show",),
    "check": ("rubric check",),
    "test": ("rubric test",),
    "copy": ("rubric copy",),
    "new": ("interview", "rubric new"),
    "lint": ("check", "rubric check"),
    "validate": ("check", "rubric check"),
    "create": ("new", "interview"),
    "export": ("copy",),
    "print": ("show",),
    "compare": ("diff",),
    "help": ("--help",),
    "version": ("--version",),
}
"""Commands by what somebody may call them; those that the group has are suggested."""

TABLES = (".csv", ".tsv", ".xlsx", ".parquet", ".jsonl")
"""Endings of tables; any other file is taken for a prospect."""


FEW = 3
"""So many commands are named that have an option."""


def usage_problem(error: typer.TyperException) -> Problem:
    """Say what typer refuses, with what to type instead."""
    context = getattr(error, "ctx", None)
    see = f"see {context.command_path if context else 'fitcheck'} --help"
    if hasattr(error, "possibilities"):
        option = str(getattr(error, "option_name", ""))
        hint = _meant(option, context, error.possibilities or ()) or see
        return Problem("no-such-option", f"unknown option {quoted(option)}", hint=hint)
    message = error.format_message().rstrip(".").replace("'", '"')
    usage = f"{' '.join(context.get_usage().split()).replace('Usage:', 'usage:')}; " if context else ""
    return Problem("wrong-usage", f"{message[:1].lower()}{message[1:]}", hint=f"{usage}{see}")


def _meant(option: str, context: Any, possible: Sequence[str]) -> str | None:
    """Suggest an option of this command, else the commands that have the given one."""
    here = {name: param.metavar or "" for param in context.command.get_params(context) for name in param.opts}
    for synonym in OPTIONS.get(option, ()):
        name, _, value = synonym.partition(" ")
        if name in here and (value in here[name] or "|" not in here[name]):
            return f"did you mean {synonym}?"
    if near := closest(option, possible):
        return f"did you mean {near}?"
    commands = getattr(context.find_root().command, "commands", {})
    having = [name for name, command in commands.items() if any(option in param.opts for param in command.params)]
    if having and context.parent is None:
        return f"options follow the command: fitcheck {having[0]} {option}"
    return f"{option} is an option of {' and '.join(having)}" if 0 < len(having) <= FEW else None


def unknown_command(word: str, path: str, commands: Sequence[str]) -> UsageError:
    """
    Refuse a word that is not a command.

    Args:
        word: as typed.
        path: command line up to it.
        commands: that are known there.
    """
    if Path(word).suffix and Path(word).exists():
        command = "batch" if Path(word).suffix.lower() in TABLES else "assess"
        hint = f"to score this file: fitcheck {command} {quote(word)}"
    else:
        near = closest(word, commands)
        usual = [meant for meant in COMMANDS.get(word.lower(), ()) if _is_there(meant, commands)]
        meant = " or ".join(f"{path} {name}" for name in (usual or ([near] if near else [])))
        hint = f"did you mean {meant}?" if meant else f"see {path} --help"
    return UsageError(Problem("no-such-command", f"unknown command {quoted(word)}", hint=hint))


def _is_there(meant: str, commands: Sequence[str]) -> bool:
    return meant.startswith("--") or meant.partition(" ")[0] in commands
