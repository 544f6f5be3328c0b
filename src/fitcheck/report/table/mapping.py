"""Matching and proposal → which column of a table is what, and what is left to a person."""

from collections.abc import Iterator, Sequence

from fitcheck.folding import folded_header
from fitcheck.mapping import UNKNOWN_WORD
from fitcheck.nearest import quoted
from fitcheck.problems import printable
from fitcheck.report.document import Block, Blocks, Detail, Hint, Item, Section, Span, Title, items, para, section, text
from fitcheck.report.words import counted
from fitcheck.table.match.columns import How, Matching
from fitcheck.table.match.mapping_template import counted_rows
from fitcheck.table.match.proposal import Proposal
from fitcheck.table.match.proposed import SURE, ProposedColumn, ProposedValue

COLUMN = 9
"""Columns for labels."""

SHOWN = 12
"""Names of one kind that are told; `--explain` tells all."""

FEW = 6
"""The same on one screen."""

NAMED = 3
"""Columns to look at that are told with their reason there."""

COPIED = "Copied through unchanged"
NO_COLUMN = "Questions without a column, unknown in every row"

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


def matching_blocks(matching: Matching) -> Iterator[Block]:
    """Every column of a table and what it is taken for."""
    for title, pairs in (("answers", matching.questions), ("fields of the deal", matching.fields)):
        entries = (
            Item(
                Span(name),
                text(shown_header(found.header), Span(f" ({_HOW[found.how]})" if found.how else "", "faint")),
            )
            for name, found in pairs.items()
        )
        yield from section(f"Columns with {title}", items(entries))
    hinted = (
        Item(Span(shown_header(each.header)), text(Span(printable(each.hint or ""), "open")))
        for each in matching.matches
        if each.hint
    )
    yield from section("Columns to look at", items(hinted), "copied through unchanged")
    yield from _names(COPIED, [shown_header(each.header) for each in matching.carried if not each.hint])
    yield from _names("In the mapping, not in the table", [*map(quoted, matching.missing)])
    yield from _names(NO_COLUMN, matching.unanswered)


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
    left = _to_do(sum(column.to_confirm for column in proposal.columns))
    if detail == "quiet":
        return (para(" · ".join(filter(None, (f"{printable(file)}: {answered}", left)))),)
    return tuple(_blocks(proposal, detail, Title(Span(answered, "strong"), printable(file), left), saved=saved))


def _blocks(proposal: Proposal, detail: Detail, title: Title, *, saved: bool) -> Iterator[Block]:
    yield title
    for each in proposal.problems:
        yield para(Span(printable(each.message), "bad"), f": {printable(each.hint or '')}")
    yield from _short(proposal) if detail == "short" else _full(proposal, explain=detail == "explain")
    hint = [Hint("--full shows every column with its values · --explain the copied ones too")]
    told = text("add -o ours.yaml to save this mapping, then complete it there")
    step = items([] if saved else [Item(Span("Next", "strong"), told)], COLUMN)
    yield from section("", [*(hint if detail == "short" else []), *step])


def _short(proposal: Proposal) -> Iterator[Block]:
    """What is known and what is left to do, by kind."""
    facts: dict[str, list[str]] = {label: [] for label in ("Deal", "Answers", "Guesses", "Look at", "Copied")}
    for column in proposal.columns:
        header, known = shown_header(column.header), column.column
        what = (known.question or known.field) if known else None
        if column.to_confirm:
            facts["Guesses"].append(_guessed(column))
        if known and what and column.how != "guess":
            is_same = folded_header(column.header) == folded_header(what)
            facts["Answers" if known.question else "Deal"].append(what if is_same else f"{header} → {what}")
        elif _is_to_look_at(column):
            facts["Look at"].append(f"{header}: {printable(column.why)}")
        elif not what:
            facts["Copied"].append(header)
    facts["No column"] = [*proposal.unanswered]
    most = {"Deal": SHOWN, "Answers": SHOWN, "Look at": NAMED}
    shown = ((label, names, most.get(label, FEW)) for label, names in facts.items() if names)
    entries = (Item(Span(label, "strong"), text(_first(names, count, "--full"))) for label, names, count in shown)
    yield from section("", items(entries, COLUMN))


def _full(proposal: Proposal, *, explain: bool) -> Iterator[Block]:
    copied = [] if explain else [each for each in proposal.columns if _is_copied(each)]
    yield from (_column(column) for column in proposal.columns if column not in copied)
    yield from _names(COPIED, [shown_header(column.header) for column in copied], SHOWN)
    yield from _names(NO_COLUMN, proposal.unanswered)


def _is_copied(column: ProposedColumn) -> bool:
    """Whether nobody has to look at a column: nothing is known of it, or it is known to say nothing."""
    return not _is_to_look_at(column) and (column.column is None or column.column.is_carried)


def _is_to_look_at(column: ProposedColumn) -> bool:
    """Whether a column may be more than copied, and a person decides."""
    return bool(column.perhaps) or (column.how is None and column.why not in SURE)


def _column(column: ProposedColumn) -> Section:
    known = column.column
    what = (known.question or known.field) if known else column.perhaps and f"{column.perhaps}?"
    what = f"{what}?" if column.how == "guess" else what
    title = " → ".join(filter(None, (shown_header(column.header), what)))
    told = [para(Span(_answer(value), "plain" if value.is_sure else "open")) for value in column.values]
    if column.samples and not told:
        told = [para(Span(f"e.g. {', '.join(map(quoted, column.samples))}", "faint"))]
    return Section(tuple(told), title, printable(column.why))


def _answer(value: ProposedValue) -> str:
    """The text of a cell, the answer that it is taken for, and in how many rows it stands."""
    word = value.word or UNKNOWN_WORD
    return f"{quoted(value.text)} → {word if value.is_sure else f'{word}? (a guess)'}, {counted_rows(value.rows)}"


def _guessed(column: ProposedColumn) -> str:
    """A column with guesses: the question that it is taken for, and how many of its values are guesses."""
    known, count = column.column, sum(not value.is_sure for value in column.values)
    question = known.question if known else ""
    told = ["dates" if known.bands.of_days else "numbers"] if known and known.bands else []
    told += [counted(count, "value")] if count else []
    mark = "?" if column.how == "guess" else ""
    return f"{shown_header(column.header)} → {question}{mark} ({', '.join(told)})"


def _to_do(guesses: int) -> str:
    """What is left to a person."""
    return f"{guesses} guess{'' if guesses == 1 else 'es'} to confirm" if guesses else ""


def _names(title: str, names: Sequence[str], most: int | None = None) -> Iterator[Block]:
    yield from section(title, [para(_first(names, most, "--explain"))] if names else [], f"{len(names)}")


def _first(names: Sequence[str], most: int | None, how: str) -> str:
    rest = len(names) - len(names[:most])
    return " · ".join([*names[:most], *([f"{rest} more: {how}"] if rest else [])])


def shown_header(header: str) -> str:
    """Return a header as it is shown: short and safe to print; in quotes where its blanks or length would mislead."""
    told = printable(header)
    is_plain = told and told == told.strip() and "  " not in told and quoted(told) == f'"{told}"'
    return told if is_plain else quoted(header)
