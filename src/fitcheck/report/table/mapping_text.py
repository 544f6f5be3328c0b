"""Matching and proposal → lines of text for a person: which column of a table is what, and what that leaves open."""

from collections.abc import Iterable, Iterator, Sequence

from fitcheck.nearest import quoted
from fitcheck.problems import printable
from fitcheck.report.layout import WIDE, Line, Span, TextOptions, cells, flow, heading
from fitcheck.table.match.columns import How, Match, Matching
from fitcheck.table.match.proposal import Proposal, ProposedColumn, ProposedValue
from fitcheck.table.match.questions import QuestionSpec

SHOWN = 12
"""How many columns are named that say nothing to us; `--explain` names all."""

WIDEST = 24
"""Columns for the name of a question or field beside the header."""

_HOW: dict[How, str] = {"mapping": "mapping", "name": "its name", "synonym": "what CRMs call it"}


def coverage(answered: int, asked: int) -> str:
    """
    Return how many questions a table answers.

    >>> coverage(9, 22), coverage(1, 22), coverage(0, 22)
    ('9 of 22 questions have a column', '1 of 22 questions has a column', 'none of the 22 questions has a column')
    """
    if not answered:
        return f"none of the {asked} questions has a column" if asked else "nothing is asked"
    return f"{answered} of {asked} questions {'has' if answered == 1 else 'have'} a column"


def matching_lines(matching: Matching, asked: Sequence[QuestionSpec], options: TextOptions) -> Iterator[Line]:
    """
    What the columns of a table are taken for, and what is left out.

    Args:
        matching: of the table's columns.
        asked: what the screen asks.
        options: layout; with `explain` every column is named.
    """
    yield from flow([Span(coverage(len(matching.questions), len(asked)), "strong")], options.width, indent=2)
    yield from _pairs("Answers", [(name, match) for name, match in matching.questions.items()], options)
    yield from _pairs("Of the deal", [(field, match) for field, match in matching.fields.items()], options)
    hinted = [match for match in matching.matches if match.hint]
    if hinted:
        yield from heading("Look at these columns", "carried along as they are", options)
        for match in hinted:
            text = [Span(f"{_shown(match.header)}: "), Span(printable(match.hint or ""), "open")]
            yield from flow(text, options.width, lead=[Span("  ")], indent=4)
    yield from _carried([match.header for match in matching.carried if not match.hint], options)
    if matching.missing:
        yield from _list("Named by the mapping, not in the table", "", map(quoted, matching.missing), options)
    yield from _unanswered(matching.unanswered, options)


def proposal_lines(proposal: Proposal, options: TextOptions) -> Iterator[Line]:
    """
    A proposed mapping, column by column: some values, what the column is taken for and why, and each value's answer.

    Args:
        proposal: of a table's mapping.
        options: layout; with `explain` columns that say nothing are shown with their values too.
    """
    told = [column for column in proposal.columns if (column.column and not column.column.is_carried) or column.perhaps]
    answered = len(proposal.asked) - len(proposal.unanswered)
    yield from flow([Span(coverage(answered, len(proposal.asked)), "strong")], options.width, indent=2)
    for problem in proposal.problems:
        yield from flow([Span(printable(problem.message), "bad")], options.width, indent=2)
        yield from flow([Span(printable(problem.hint or ""))], options.width, lead=[Span("  ")])
    for column in proposal.columns if options.explain else told:
        yield ()
        yield from _column(column, options)
    rest = [] if options.explain else [column.header for column in proposal.columns if column not in told]
    yield from _carried(rest, options)
    yield from _unanswered(proposal.unanswered, options)
    open_values = [value for column in told for value in column.values if not value.is_sure]
    if open_values:
        yield ()
        fill = sum(value.word is None for value in open_values)
        yield from flow([Span(_to_do(fill, len(open_values) - fill), "open")], options.width, indent=2)


def _to_do(fill: int, guesses: int) -> str:
    """
    Return what is left for a person.

    >>> _to_do(1, 2), _to_do(0, 1)
    ('1 value to be filled in, 2 guesses to be confirmed', '1 guess to be confirmed')
    """
    told = [f"{fill} value{'s' if fill > 1 else ''} to be filled in"] if fill else []
    told += [f"{guesses} guess{'es' if guesses > 1 else ''} to be confirmed"] if guesses else []
    return ", ".join(told)


def _pairs(title: str, pairs: Sequence[tuple[str, Match]], options: TextOptions) -> Iterator[Line]:
    """Yield a name and the column that is it on each line, in two columns where there is room."""
    if not pairs:
        return
    yield from heading(title, "", options)
    wide = min(WIDEST, max(cells(name) for name, _ in pairs))
    for name, match in pairs:
        how = Span(f" ({_HOW[match.how]})" if match.how else "", "faint")
        pad = " " * max(2, wide + 2 - cells(name))
        lead = [Span(f"  {name}{pad}")] if options.width >= WIDE else [Span(f"  {name}: ")]
        yield from flow([Span(_shown(match.header)), how], options.width, lead=lead, indent=4)


def _column(column: ProposedColumn, options: TextOptions) -> Iterator[Line]:
    known, samples = column.column, ", ".join(map(quoted, column.samples))
    what = known.question or known.field if known else None
    yield from flow([Span(_shown(column.header), "strong"), *_meaning(what, column)], options.width, indent=2)
    if samples and not column.values:
        yield from flow([Span(f"such as {samples}", "faint")], options.width, lead=[Span("  ")])
    for value in column.values:
        yield from _value(value, options)


def _meaning(what: str | None, column: ProposedColumn) -> list[Span]:
    if what:
        return [Span(" → "), Span(what, "good"), Span(f" ({column.why})", "faint")]
    if column.perhaps and column.column is None:
        return [Span(" → "), Span(f"{column.perhaps}?", "open"), Span(f" ({column.why})", "open")]
    return [Span(f" ({column.why})", "open" if column.perhaps else "faint")]


def _value(value: ProposedValue, options: TextOptions) -> Iterator[Line]:
    lead = [Span("    ")]
    if value.is_sure:
        answer = [Span(" → "), Span(value.word or "", "good")]
    elif value.word:
        answer = [Span(" → "), Span(f"{value.word}?", "open"), Span(" (a guess)", "open")]
    else:
        answer = [Span(": to be filled in", "open")]
    yield from flow([Span(quoted(value.text)), *answer], options.width, lead=lead, indent=6)


def _carried(headers: Sequence[str], options: TextOptions) -> Iterator[Line]:
    """Yield the columns that say nothing to us; they are written out as they are."""
    if not headers:
        return
    shown = headers if options.explain else headers[:SHOWN]
    rest = len(headers) - len(shown)
    more = f"; {rest} more: --explain" if rest else ""
    blank = sum(not header.strip() for header in headers)
    note = f"{len(headers)}{f', {blank} without a header' if blank else ''}"
    yield from _list("Carried along as they are", note, [_shown(h) for h in shown if h.strip()], options, more=more)


def _unanswered(questions: Sequence[str], options: TextOptions) -> Iterator[Line]:
    if questions:
        yield from _list("Questions without a column", f"{len(questions)}, unknown in every row", questions, options)


def _list(title: str, note: str, words: Iterable[str], options: TextOptions, *, more: str = "") -> Iterator[Line]:
    yield from heading(title, note, options)
    yield from flow([Span(", ".join(words) + more)], options.width, lead=[Span("  ")])


def _shown(header: str) -> str:
    """Return a header as it is shown: short and safe to print; in quotes where its blanks or length would mislead."""
    text = printable(header)
    return (
        text if text == text.strip() and "  " not in text and quoted(text) == f'"{text}"' and text else quoted(header)
    )
