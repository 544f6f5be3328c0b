"""Matching and proposal → which column of a table is what, and what is left to a person."""

from collections.abc import Iterable, Iterator, Sequence

from fitcheck.folding import folded_header
from fitcheck.nearest import quoted
from fitcheck.problems import printable
from fitcheck.report.document import Block, Blocks, Detail, Hint, Item, Section, Span, Title, items, para, section, text
from fitcheck.report.words import counted
from fitcheck.table.match.columns import How, Match, Matching
from fitcheck.table.match.proposal import Proposal, ProposedColumn, ProposedValue
from fitcheck.table.match.questions import QuestionSpec

COLUMN = 9
"""Columns for labels."""

SHOWN = 12
"""Names of one kind that are told; `--explain` tells all."""

FEW = 6
"""The same on one screen."""

_HOW: dict[How, str] = {"mapping": "from the mapping", "name": "same name", "synonym": "usual CRM name"}


def coverage(answered: int, asked: int) -> str:
    """
    How many questions a table answers.

    >>> coverage(9, 22), coverage(1, 22), coverage(0, 22)
    ('9 of 22 questions have a column', '1 of 22 questions has a column', 'none of 22 questions has a column')
    """
    if not answered:
        return f"none of {counted(asked, 'question')} has a column" if asked else "nothing is asked"
    return f"{answered} of {counted(asked, 'question')} {'has' if answered == 1 else 'have'} a column"


def matching_blocks(matching: Matching, asked: Sequence[QuestionSpec]) -> Iterator[Block]:
    """
    Every column of a table and what it is taken for.

    Args:
        matching: of the table's columns.
        asked: what the screen asks.
    """
    yield from _pairs("Columns with answers", matching.questions.items())
    yield from _pairs("Columns about the deal", matching.fields.items())
    hinted = (
        Item(Span(shown_header(match.header)), text(Span(printable(match.hint), "open")))
        for match in matching.matches
        if match.hint
    )
    yield from section("Columns to look at", items(hinted), "copied through unchanged")
    yield from _list("Copied through unchanged", [match.header for match in matching.carried if not match.hint])
    yield from _names("In the mapping, not in the table", [*map(quoted, matching.missing)], "")
    unanswered = f"{len(matching.unanswered)} of {len(asked)}, unknown in every row"
    yield from _names("Questions without a column", matching.unanswered, unanswered)


def proposal_report(
    proposal: Proposal, detail: Detail = "short", *, file: str = "the table", saved: bool = False
) -> Blocks:
    """
    Build the report on a proposed mapping.

    Args:
        proposal: of a table's mapping.
        detail: how much to tell.
        file: the table, as it was named.
        saved: whether the mapping is written to a file.
    """
    answered = coverage(len(proposal.asked) - len(proposal.unanswered), len(proposal.asked))
    left = _to_do([value for column in proposal.columns for value in column.values if not value.is_sure])
    if detail == "quiet":
        return (para(" · ".join(filter(None, (f"{printable(file)}: {answered}", left)))),)
    title = Title(Span(answered, "strong"), printable(file), left)
    problems = [
        para(Span(printable(each.message), "bad"), f": {printable(each.hint or '')}") for each in proposal.problems
    ]
    body = _short(proposal) if detail == "short" else _full(proposal, explain=detail == "explain")
    end: list[Block] = [Hint("--full shows every column with its values · --explain the copied ones too")] * (
        detail == "short"
    )
    if not saved:
        step = "add -o ours.yaml to save this mapping, then complete it there"
        end += items([Item(Span("Next", "strong"), text(step))], COLUMN)
    return (title, *problems, *body, *([Section(tuple(end))] if end else []))


def _short(proposal: Proposal) -> Iterator[Block]:
    told = [column for column in proposal.columns if column.column]
    guesses = [
        f"{shown_header(column.header)}: {quoted(value.text)} → {f'{value.word}?' if value.word else '(fill in)'}"
        for column in proposal.columns
        for value in column.values
        if not value.is_sure
    ]
    unsure = [
        f"{shown_header(column.header)}: {printable(column.why)}" for column in proposal.columns if column.perhaps
    ]
    copied = [
        shown_header(column.header) for column in proposal.columns if _is_copied(column) and column.header.strip()
    ]
    facts = (
        (
            "Deal",
            [_pair(column.header, column.column.field) for column in told if column.column and column.column.field],
            SHOWN,
        ),
        (
            "Answers",
            [
                _pair(column.header, column.column.question)
                for column in told
                if column.column and column.column.question
            ],
            SHOWN,
        ),
        ("Guesses", guesses, FEW),
        ("Look at", unsure, FEW),
        ("Copied", copied, FEW),
        ("No column", proposal.unanswered, FEW),
    )
    entries = (
        Item(Span(label, "strong"), text(_first(names, most, "--full"))) for label, names, most in facts if names
    )
    yield from section("", items(entries, COLUMN))


def _full(proposal: Proposal, *, explain: bool) -> Iterator[Block]:
    for column in proposal.columns:
        if explain or not _is_copied(column):
            yield _column(column)
    if not explain:
        yield from _list(
            "Copied through unchanged", [each.header for each in proposal.columns if _is_copied(each)], SHOWN
        )
    yield from _names(
        "Questions without a column", proposal.unanswered, f"{len(proposal.unanswered)}, unknown in every row"
    )


def _is_copied(column: ProposedColumn) -> bool:
    """Whether nobody has to look at a column: nothing is known of it, or it is known to say nothing."""
    return not column.perhaps and (column.column is None or column.column.is_carried)


def _column(column: ProposedColumn) -> Section:
    known = column.column
    what = (known.question or known.field) if known else None
    perhaps = f"{column.perhaps}?" if column.perhaps and known is None else None
    title = " → ".join(filter(None, (shown_header(column.header), what or perhaps)))
    values = tuple(map(_value, column.values))
    samples = ", ".join(map(quoted, column.samples))
    return Section(
        values or ((para(Span(f"e.g. {samples}", "faint")),) if samples else ()), title, printable(column.why)
    )


def _value(value: ProposedValue) -> Block:
    if value.is_sure:
        return para(f"{quoted(value.text)} → ", Span(value.word or "", "good"))
    return para(f"{quoted(value.text)} → ", Span(f"{value.word}? (a guess)" if value.word else "(fill in)", "open"))


def _to_do(values: Sequence[ProposedValue]) -> str:
    """What is left to a person."""
    fill = sum(value.word is None for value in values)
    guesses = len(values) - fill
    told = [f"{counted(fill, 'value')} to fill in"] if fill else []
    told += [f"{guesses} guess{'' if guesses == 1 else 'es'} to confirm"] if guesses else []
    return ", ".join(told)


def _pairs(title: str, pairs: Iterable[tuple[str, Match]]) -> Iterator[Block]:
    """Yield each name with the column that it is."""
    entries = (
        Item(Span(name), text(shown_header(match.header), Span(f" ({_HOW[match.how]})" if match.how else "", "faint")))
        for name, match in pairs
    )
    yield from section(title, items(entries))


def _pair(header: str, name: str | None) -> str:
    """A header and what it is, in one word where they are the same."""
    return name if name and folded_header(header) == folded_header(name) else f"{shown_header(header)} → {name}"


def _list(title: str, headers: Sequence[str], most: int | None = None) -> Iterator[Block]:
    """Yield the columns that say nothing to us."""
    blank = sum(not header.strip() for header in headers)
    note = f"{len(headers)}{f', {blank} without a header' if blank else ''}"
    yield from _names(title, [shown_header(header) for header in headers if header.strip()], note, most)


def _names(title: str, names: Sequence[str], note: str, most: int | None = None) -> Iterator[Block]:
    yield from section(title, [para(_first(names, most, "--explain"))] if names else [], note)


def _first(names: Sequence[str], most: int | None, how: str) -> str:
    rest = len(names) - len(names[:most])
    return " · ".join([*names[:most], *([f"{rest} more: {how}"] if rest else [])])


def shown_header(header: str) -> str:
    """Return a header as it is shown: short and safe to print; in quotes where its blanks or length would mislead."""
    told = printable(header)
    is_plain = told and told == told.strip() and "  " not in told and quoted(told) == f'"{told}"'
    return told if is_plain else quoted(header)
