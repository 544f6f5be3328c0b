"""Refuses a table whose header answers no question, or one question twice, and says why."""

from fitcheck.folding import folded_header
from fitcheck.mapping import Column, ColumnMapping
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Place, Problem
from fitcheck.table.match.opening import Opened

MOST_NEAR = 3
"""So many headers are named that are near to a question where none is one."""


def check_matching(
    opened: Opened, mapping: ColumnMapping | None = None, hint: str = "--map-only proposes a mapping to begin with"
) -> None:
    """
    Refuse a table that answers nothing, or of which two columns answer one question.

    A CRM's export answers no question until it has a column for one: with a mapping of its fields it is read all the
    same, for what its deals are worth and which of them are closed.

    Args:
        opened: the table.
        mapping: the user's.
        hint: what to do where nothing is answered and there is no mapping.

    Raises:
        DocumentError: with every problem of its header.
    """
    where = Place(opened.file, opened.header_line)
    problems = [Problem(p.code, p.message, where, hint=p.hint) for p in opened.matching.problems]
    if not opened.matching.questions and not problems and not _is_export(opened, mapping):
        problems.append(_no_questions(opened, mapping, where, hint))
    undated = [found for found in opened.matching.questions.values() if found.column and _is_undated(found.column)]
    if undated:
        named = ", ".join(quoted(found.header) for found in undated)
        message = f"{named} needs a date to count the days from"
        problems.append(Problem("no-as-of", message, where, hint="add --as-of, e.g. --as-of 2026-11-22"))
    if problems:
        raise DocumentError(*problems)


def _is_undated(column: Column) -> bool:
    return column.bands is not None and column.bands.of_days and column.bands.as_of is None


def _is_export(opened: Opened, mapping: ColumnMapping | None) -> bool:
    """Whether the mapping is one of deals alone, as the built-in ones are: such an export says what to ask first."""
    return mapping is not None and bool(opened.matching.fields) and not any(c.question for c in mapping.columns)


def _no_questions(opened: Opened, mapping: ColumnMapping | None, where: Place, hint: str) -> Problem:
    """Return the problem of a table that answers nothing, with all that may be why."""
    columns = (
        "the only column is not a question"
        if len(opened.header) == 1
        else (f"none of the {len(opened.header):,} columns is a question")
    )
    hinted = [match for match in opened.matching.matches if match.hint and match.column is None]
    near = [f"{quoted(match.header)}: {match.hint}" for match in hinted[:MOST_NEAR]]
    if mapping:
        asking = {folded_header(column.header) for column in mapping.columns if column.question}
        hint = f"the mapping {mapping.id} names none: name the questions that columns of yours answer in a copy of it"
        if asking and not asking.intersection(map(folded_header, opened.header)):
            hint = f"none of the headers that {mapping.id} names for a question is in this table"
        elif asking:
            hint = f"what {mapping.id} names is not asked by this screen"
    if opened.header_line > 1 or opened.before:
        hint = f"line {opened.header_line} was taken for the header; --header-line N names another; {hint}"
    # what was found out about the file comes first: another sheet, another encoding explains all else
    hints = "; ".join([*opened.remarks, *near, hint]).replace("?;", "?")
    return Problem("no-questions", f"{columns} of this screen", where, hint=hints)
