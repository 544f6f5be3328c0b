"""Proposes a mapping of a table from its headers and first values, for a person to check and complete."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO, NamedTuple

from fitcheck.folding import bare, folded_cell
from fitcheck.mapping import Column, ColumnMapping
from fitcheck.nearest import quoted
from fitcheck.problems import Problem
from fitcheck.table.match.cells import cell_words, code_of, is_figure
from fitcheck.table.match.column_values import ColumnValues
from fitcheck.table.match.columns import VALUE_HINT, Match, Matching, match
from fitcheck.table.match.guessed_columns import BY_WORDS, fitting_bands, guessed, offered, worded_like
from fitcheck.table.match.named_like import called_like
from fitcheck.table.match.non_data import non_data_kind
from fitcheck.table.match.opening import open_table
from fitcheck.table.match.proposed import CARRIED, NOT_KNOWN, SAMPLES, WHY, ProposedColumn, with_values
from fitcheck.table.match.questions import QuestionSpec
from fitcheck.table.read.settings import Settings

ODD_ONE_IN = 4
"""Of so many distinct values of a column that answers a question one may be no answer."""

FIRST_ROWS = 5_000
"""First rows that are looked at."""

MOST_COUNTED = 2_000
"""Distinct values of a column that are counted."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    A mapping to be confirmed and completed by a person.

    Attributes:
        columns: one for each column of the table.
        asked: everything that the screen asks.
        unanswered: ids of the questions without a column, in the screen's order.
        mapping: what it was begun from.
        problems: two columns that answer one question.
    """

    columns: tuple[ProposedColumn, ...]
    asked: tuple[QuestionSpec, ...]
    unanswered: tuple[str, ...]
    mapping: ColumnMapping | None = None
    problems: tuple[Problem, ...] = ()

    def question(self, question_id: str) -> QuestionSpec:
        """Return what is asked under an id; StopIteration if nothing is."""
        return next(question for question in self.asked if question.id == question_id)


def propose(
    header: Sequence[str],
    columns: Sequence[Iterable[str] | Mapping[str, int]],
    asked: Sequence[QuestionSpec],
    mapping: ColumnMapping | None = None,
) -> Proposal:
    """
    Propose a mapping for a table.

    Args:
        header: the table's.
        columns: the cells of each column, or how often each stands there; some are enough.
        asked: what the screen asks.
        mapping: what is known already.

    Returns:
        Columns by mapping, name and synonym; then those whose values are answers to one question that no column
        answers yet, all but a few, and to no other; then those that everyday words call like such a question. Guesses
        are marked as such.
    """
    found = match(header, asked, mapping)
    counts = [_counted(column) for column in columns]
    counts += [Counter() for _ in range(len(header) - len(counts))]
    by_values = _answered_by_values(found, [tuple(count) for count in counts], asked, mapping)
    proposed = [_column(each, counts[each.position], by_values, mapping) for each in found.matches]
    left = {name: by_values.asked[name] for name in found.unanswered}
    for column in proposed:
        left.pop((column.column.question if column.column else None) or column.perhaps or "", None)
    for position, question in worded_like(proposed, counts, left.values()):
        guess = replace(proposed[position], column=Column(header[position], question.id), how="guess", why=BY_WORDS)
        proposed[position] = with_values(guess, left.pop(question.id), counts[position], mapping)
    for offer in called_like({c.position: c.header for c in proposed if _is_open(c)}, left.values()):
        proposed[offer.position] = offered(proposed[offer.position], offer, counts[offer.position], mapping)
    answered = {column.column.question for column in proposed if column.column}
    unanswered = tuple(question.id for question in asked if question.id not in answered)
    return Proposal(tuple(proposed), tuple(asked), unanswered, mapping, found.problems)


def _counted(cells: Iterable[str] | Mapping[str, int]) -> Counter[str]:
    """Return how often each value stands in a column, the most frequent first."""
    found = Counter[str]()
    for text, rows in Counter(cells).items():
        if value := bare(text):
            found[value] += rows
    return Counter(dict(found.most_common()))


def _is_open(column: ProposedColumn) -> bool:
    """Whether nobody says what a column is, or a mapping says that it is left: it may be offered for a question."""
    return not column.perhaps and (column.column is None or column.column.is_carried)


def propose_for(
    stream: BinaryIO, file: str, settings: Settings, asked: Sequence[QuestionSpec], mapping: ColumnMapping | None
) -> Proposal:
    """
    Propose a mapping for a table; see `propose`.

    Args:
        stream: its bytes.
        file: its name for people.
        settings: how it is to be read.
        asked: what the screen asks.
        mapping: what is known already.

    Raises:
        DocumentError: the table can't be read, or has no header.
    """
    opened = open_table(stream, file, settings, asked, mapping)
    values = [Counter[str]() for _ in opened.header]
    for record in islice(opened.records, FIRST_ROWS):
        if record.fault is None and not non_data_kind(record.cells, opened.header):
            for seen, cell in zip(values, record.cells, strict=False):
                if cell in seen or len(seen) < MOST_COUNTED:
                    seen[cell] += 1
    return propose(opened.header, values, asked, mapping)


class _ByValues(NamedTuple):
    """What is asked, by id; the questions that the values of columns are answers to; whether no column is the value."""

    asked: Mapping[str, QuestionSpec]
    fitting: Mapping[int, Sequence[str]]
    needs_value: bool

    def question(self, position: int) -> str | None:
        """Return the one question that a column answers by its values, if no other column's values do too."""
        fitting = self.fitting.get(position, ())
        return fitting[0] if len(fitting) == 1 and list(self.fitting.values()).count(fitting) == 1 else None


def _answered_by_values(
    found: Matching, values: Sequence[Sequence[str]], asked: Sequence[QuestionSpec], mapping: ColumnMapping | None
) -> _ByValues:
    by_id = {question.id: question for question in asked}
    words = {name: cell_words(by_id[name], mapping=mapping) for name in found.unanswered}
    open_columns = [each.position for each in found.matches if each.column is None and bare(each.header)]
    return _ByValues(
        by_id,
        {
            position: tuple(name for name in found.unanswered if _are_answers(values[position], words[name]))
            for position in open_columns
        },
        "value" not in found.fields,
    )


def _are_answers(values: Sequence[str], words: Mapping[str, int]) -> bool:
    """
    Say whether values are answers, and one of them at least an option.

    Where two options and more stand, one value in four may be none: people write other things here and there.
    """
    codes = [code_of(value, words) for value in values if folded_cell(value) not in NOT_KNOWN]
    options = {code for code in codes if code is not None and code >= 0}
    odd = codes.count(None)
    return bool(options) and (not odd or (len(options) > 1 and ODD_ONE_IN * odd <= len(codes)))


def _column(each: Match, counts: Counter[str], by_values: _ByValues, mapping: ColumnMapping | None) -> ProposedColumn:
    values = tuple(counts)
    plain = ProposedColumn(
        each.position, each.header, values[:SAMPLES], each.column, each.how, each.hint or WHY[each.how]
    )
    answered = each.column.question if each.column else None
    if each.column and answered and each.how == "name" and _are_figures(values, by_values, answered):
        if bands := fitting_bands(by_values.asked[answered], values):
            return replace(plain, column=replace(each.column, bands=bands))
        why = f"called like {quoted(answered)}, and all its values are figures"
        return replace(plain, column=Column(each.header), how=None, why=why, perhaps=answered)
    if each.column and answered:
        return plain if each.column.bands else with_values(plain, by_values.asked[answered], counts, mapping)
    return plain if each.column else _unknown_column(each, plain, counts, by_values, mapping)


def _unknown_column(
    each: Match, plain: ProposedColumn, counts: Counter[str], by_values: _ByValues, mapping: ColumnMapping | None
) -> ProposedColumn:
    """Return a column that no name decides, by its values."""
    values = tuple(counts)
    if question := by_values.question(each.position):
        found = replace(plain, column=Column(each.header, question), how="values", why=WHY["values"])
        return with_values(found, by_values.asked[question], counts, mapping)
    if fitting := by_values.fitting.get(each.position):
        names = " or ".join(map(quoted, fitting[:SAMPLES]))
        others = ", and another column's are too" if len(fitting) == 1 else ""
        return replace(plain, why=f"its values are answers to {names}{others}", perhaps=fitting[0])
    if each.meant and values and all(map(is_figure, values)):  # no likeness makes figures an answer
        return replace(plain, why=CARRIED)
    if by_values.needs_value and ColumnValues([[value] for value in values]).may_be_money(0, each.header):
        return replace(plain, why=VALUE_HINT)
    guess = guessed(plain, by_values.asked[each.meant], counts, mapping) if each.meant else None
    return guess or replace(plain, perhaps=each.meant)


def _are_figures(values: Sequence[str], by_values: _ByValues, question: str) -> bool:
    """Say whether values are days and amounts, none of which is an answer: a CRM's "Deadline" is a day."""
    words = cell_words(by_values.asked[question])
    return bool(values) and all(is_figure(value) and code_of(value, words) is None for value in values)
