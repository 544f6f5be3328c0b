"""The formats of tables, and the settings by which a user overrules what is detected."""

from pathlib import PurePath
from typing import NamedTuple

from fitcheck.nearest import nearest, quoted
from fitcheck.problems import Problem, UsageError

FORMATS = {
    **dict.fromkeys(("csv", "txt"), "csv"),
    **dict.fromkeys(("tsv", "tab"), "tsv"),
    **dict.fromkeys(("jsonl", "ndjson"), "jsonl"),
    **dict.fromkeys(("xlsx", "xls", "xlsb", "ods"), "xlsx"),
    **dict.fromkeys(("parquet", "pq"), "parquet"),
}
"""Format of a table by the ending of its name; also what `--from` and `--to` take."""

ONLY_READ = ("xls", "xlsb", "ods")
"""Spreadsheets that are read, but not written."""

DELIMITED = ("csv", "tsv")

PROSPECTS = ("yaml", "yml", "json")
"""Endings of files that describe one prospect each, as `fitcheck assess` reads them."""


class Settings(NamedTuple):
    """
    What the user says of a table; None leaves it to be found out.

    Attributes:
        format: one of the values of `FORMATS`.
        encoding, delimiter: of delimited text.
        sheet: of a spreadsheet.
        decimal: the decimal mark of amounts.
        header_line: line or row of the sheet where the header stands.
    """

    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    decimal: str | None = None
    header_line: int | None = None


def check_settings(settings: Settings, kind: str) -> None:
    """
    Refuse what says nothing of a table of this format.

    Raises:
        UsageError: `no-effect`.
    """
    said = (
        ("--encoding", settings.encoding, (*DELIMITED, "jsonl")),
        ("--delimiter", settings.delimiter, DELIMITED),
        ("--sheet", settings.sheet, ("xlsx",)),
        ("--header-line", settings.header_line, (*DELIMITED, "xlsx")),
    )
    problems = [
        Problem("no-effect", f"{option} has no effect: this table is read as {kind}", hint="--from says what it is")
        for option, value, kinds in said
        if value is not None and kind not in kinds
    ]
    if problems:
        raise UsageError(*problems)


def format_of_rejects(read: str, file: str | None) -> str:
    """
    Return the format of the rows of a table that can't be scored.

    JSON Lines stay JSON Lines, because an object may hold more than cells do; all others are delimited text.

    Args:
        read: format of the table.
        file: that takes the rows; None for a stream.

    Raises:
        UsageError: the file's name says another format, in which nobody could read it again.
    """
    fitting = read if read in {"tsv", "jsonl"} else "csv"
    named = FORMATS.get(PurePath(file).suffix.lower().removeprefix(".")) if file is not None else None
    if named is None or named == fitting:
        return fitting
    if {named, fitting} <= {*DELIMITED}:
        return named
    what = "JSON Lines" if fitting == "jsonl" else "delimited text"
    message = f"rejected rows of this table are {what}, and {quoted(str(file))} does not say so"
    hint = f"--rejects {PurePath(str(file)).with_suffix(f'.{fitting}')}"
    raise UsageError(Problem("unfit-name", message, hint=hint))


def format_of(file: str, said: str | None, option: str) -> str:
    """
    Return the format that the user says, else the one that the file's name says; delimited text for a stream.

    Raises:
        UsageError: there is no such format, or the name says none.
    """
    word = said.lower() if said is not None else PurePath(file).suffix.lower().removeprefix(".")
    if word in FORMATS and not (option == "--to" and word in ONLY_READ):
        return FORMATS[word]
    known = ", ".join(dict.fromkeys(FORMATS.values()))
    if said is not None:
        hint = nearest(said, list(FORMATS), show=0) or f"one of: {known}"
        raise UsageError(Problem("unknown-format", f"{option} {said!r} is not a table format", hint=hint))
    if file.startswith("<") or file == "-" or not word:
        return "csv"
    message = f"the name {quoted(PurePath(file).name)} does not say what format the table has"
    hint = f"name it with {option}: {known}"
    if option == "--from" and word in PROSPECTS:
        hint = f"a prospect is assessed with: fitcheck assess {file}; of a table {hint}"
    raise UsageError(Problem("unknown-format", message, hint=hint))
