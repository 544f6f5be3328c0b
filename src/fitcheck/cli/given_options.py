"""The options given on the command line: those without effect are an error, the others can be repeated in a hint."""

import shlex
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import typer

from fitcheck.problems import Problem, UsageError

if TYPE_CHECKING:
    from fitcheck.table.run import Job

SCORING = (
    "rejects", "summary", "stage", "company", "columns", "bad_answers", "hours", "to", "decimal", "as_is",
    "with_closed", "as_of", "back", "changed_since", "mended",
)  # fmt: skip
"""Options about scoring and output, which `--map-only` does not do."""


def reject_ineffective_options(context: typer.Context) -> None:
    """
    Refuse options of `fitcheck batch` that have no effect beside the others.

    Raises:
        UsageError: `no-effect`, one problem for each reason.
    """
    given = {parameter.name: max(parameter.opts, key=len) for parameter in context.command.params if parameter.name}
    given = {name: option for name, option in given.items() if _is_given(context, name)}
    problems = [*_reasons(given)]
    if problems:
        raise UsageError(*problems)


def _reasons(given: dict[str, str]) -> Iterator[Problem]:
    if "map_only" in given:
        idle = [given[name] for name in SCORING if name in given]
        if idle:
            yield _no_effect(idle, "--map-only proposes a mapping and scores nothing")
        return
    if "back" not in given and "changed_since" in given:
        yield _no_effect([given["changed_since"]], "it is for --back")
    if "back" in given and "columns" in given:
        yield _no_effect([given["columns"]], "--back writes fields of its own")
    if "output" not in given:
        idle = [given[name] for name in ("columns", "to", "back", "changed_since") if name in given]
        idle += [given["as_is"]] if "as_is" in given and "rejects" not in given else []
        if idle:
            yield _no_effect(idle, "no rows are written", "add -o OUT")


def given_again(context: typer.Context, left_out: Collection[str]) -> list[str]:
    """Return the given options as words of a command line, except the parameters in `left_out`."""
    words = []
    for parameter in context.command.params:
        name = parameter.name
        if name and parameter.param_type_name == "option" and name not in left_out and _is_given(context, name):
            value = context.params[name]
            words += [max(parameter.opts, key=len), *([] if value is True else [str(value)])]
    return words


SHOWING = frozenset(
    {
        "format",
        "output",
        "quiet",
        "full",
        "explain",
        "pager",
        "merge",
        "fail_on_not_now",
        "hours",
        "role",
        "every",
        "review",
    }
)
"""Options that say what is shown or ranked, and nothing of the verdict."""


def same_verdict(context: typer.Context, *, names_screen: bool) -> str:
    """
    Return the given options that the verdict rests on, as they would stand in another command.

    Args:
        context: of this command.
        names_screen: whether the prospect files name the screen themselves.
    """
    words = given_again(context, {*SHOWING, "screen"} if names_screen else SHOWING)
    return f" {shlex.join(words)}" if words else ""


def refuse_hours_without_cost(job: "Job") -> None:
    """
    Refuse hours if the screen has no cost model to estimate them.

    Raises:
        UsageError: `no-effect`.
    """
    if job.hours is not None and job.screen.cost is None:
        raise UsageError(
            _no_effect(
                ["--hours"],
                f"the screen {job.screen.id} has no cost model",
                'add one to the screen, e.g. "cost: pilot"',
            )
        )


def _no_effect(options: list[str], why: str, hint: str | None = None) -> Problem:
    named = options[0] if len(options) == 1 else f"{', '.join(options[:-1])} and {options[-1]}"
    have = "has" if len(options) == 1 else "have"
    return Problem("no-effect", f"{named} {have} no effect: {why}", hint=hint)


def _is_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
