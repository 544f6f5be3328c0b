"""Proposes a mapping of a table from its headers and first values, for a person to check and complete."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO, Literal, NamedTuple

from fitcheck.folding import bare, folded_cell
from fitcheck.mapping import UNKNOWN_WORD, Column, ColumnMapping
from fitcheck.nearest import quoted
from fitcheck.problems import Problem
from fitcheck.table.match.cells import cell_words, code_of, is_figure, word_of
from fitcheck.table.match.columns import How, Match, Matching, match
from fitcheck.table.match.guessing import guess
from fitcheck.table.match.non_data import non_data_kind
from fitcheck.table.match.opening import open_table
from fitcheck.table.match.questions import QuestionSpec
from fitcheck.table.read.settings import Settings

SAMPLES = 3
"""How many values of a column are shown."""

ODD_ONE_IN = 4
"""Of so many distinct values of a column that answers a question one may be no answer."""

FIRST_ROWS = 2_000
"""First rows that are looked at."""

FIRST_VALUES = 20
"""Values of each column that are taken into account."""

CARRIED = "copied through unchanged"
"""Why of a column that nothing is known of."""

_NOT_KNOWN = frozenset(
    (
        *("n/a", "na", "n.a.", "tbd", "tba", "tbc", "not known", "unclear", "unsure", "not sure", "don't know"),
        *("not asked", "no idea", "no answer"),
        *("unbekannt", "k.a.", "inconnu", "desconocido", "sconosciuto", "onbekend", "desconhecido"),
    )
)
"""What people write where they know nothing, in folded spelling; no word for that in a table until somebody says so."""

_WHY: Mapping[str | None, str] = {
    "mapping": "from the mapping",
    "name": "same name",
    "synonym": "usual CRM name",
    "values": "its values are valid answers",
    None: CARRIED,
}


class ProposedValue(NamedTuple):
    """
    One text of a cell and the answer that it is taken for.

    Attributes:
        word: id of an option, `unknown` or `n/a`; None where none is near, to be filled in by a person.
        how: `same` where the text is that answer, `words` and `likeness` for guesses, which a person has to confirm.
    """

    text: str
    word: str | None
    how: Literal["same", "words", "likeness"] | None

    @property
    def is_sure(self) -> bool:
        """Whether nobody has to confirm it."""
        return self.how == "same"


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """
    One column of the table.

    Attributes:
        position: from 0.
        samples: some of its values, at most `SAMPLES`, none blank.
        column: what it is taken for; None where it is undecided or nothing is known of it.
        how: what says so; `values` where the values are answers to one question and to no other.
        why: the same in words, or what a person may do about the column.
        perhaps: id of the question that it may answer, for a person to decide; with a `column` that is carried along,
            it is called like the question and can't be one, as its values are days or amounts.
        values: of a column that answers a question.
    """

    position: int
    header: str
    samples: tuple[str, ...]
    column: Column | None
    how: How | Literal["values"] | None
    why: str
    perhaps: str | None = None
    values: tuple[ProposedValue, ...] = ()


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
    columns: Sequence[Sequence[str]],
    asked: Sequence[QuestionSpec],
    mapping: ColumnMapping | None = None,
) -> Proposal:
    """
    Propose a mapping for a table.

    Args:
        header: the table's.
        columns: distinct values of each column, in the order in which they were first seen; some are enough.
        asked: what the screen asks.
        mapping: what is known already.

    Returns:
        Columns by mapping, name and synonym; then those whose values are answers to one question that no column
        answers yet, all but a few, and to no other. Guesses of values are marked as such.
    """
    found = match(header, asked, mapping)
    values = [tuple(dict.fromkeys(filter(None, map(bare, column)))) for column in columns]
    values += [()] * (len(header) - len(values))
    by_values = _answered_by_values(found, values, asked, mapping)
    proposed = tuple(_column(each, values[each.position], by_values, mapping) for each in found.matches)
    answered = {column.column.question for column in proposed if column.column}
    unanswered = tuple(question.id for question in asked if question.id not in answered)
    return Proposal(proposed, tuple(asked), unanswered, mapping, found.problems)


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
    values: list[dict[str, None]] = [{} for _ in opened.header]
    for record in islice(opened.records, FIRST_ROWS):
        if record.fault is None and not non_data_kind(record.cells, opened.header):
            for seen, cell in zip(values, record.cells, strict=False):
                if len(seen) < FIRST_VALUES:
                    seen[cell] = None
    return propose(opened.header, [list(seen) for seen in values], asked, mapping)


class _ByValues(NamedTuple):
    """What is asked, by id, and what the values of columns say: the questions that they are answers to."""

    asked: Mapping[str, QuestionSpec]
    fitting: Mapping[int, Sequence[str]]

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
    )


def _are_answers(values: Sequence[str], words: Mapping[str, int]) -> bool:
    """
    Say whether values are answers, and one of them at least an option.

    Where two options and more stand, one value in four may be none: people write other things here and there.
    """
    codes = [code_of(value, words) for value in values if folded_cell(value) not in _NOT_KNOWN]
    options = {code for code in codes if code is not None and code >= 0}
    odd = codes.count(None)
    return bool(options) and (not odd or (len(options) > 1 and ODD_ONE_IN * odd <= len(codes)))


def _column(
    each: Match, values: tuple[str, ...], by_values: _ByValues, mapping: ColumnMapping | None
) -> ProposedColumn:
    plain = ProposedColumn(
        each.position, each.header, values[:SAMPLES], each.column, each.how, each.hint or _WHY[each.how]
    )
    answered = each.column.question if each.column else None
    if answered and each.how == "name" and _are_figures(values, by_values, answered):
        why = f"called like {quoted(answered)}, and all its values are figures"
        return replace(plain, column=Column(each.header), how=None, why=why, perhaps=answered)
    if each.column and answered:
        return replace(plain, values=tuple(_values(by_values.asked[answered], each.column, values, mapping)))
    if each.column:
        return plain
    if question := by_values.question(each.position):
        column = Column(each.header, question)
        proposed = tuple(_values(by_values.asked[question], column, values, mapping))
        return replace(plain, column=column, how="values", why=_WHY["values"], values=proposed)
    if fitting := by_values.fitting.get(each.position):
        names = " or ".join(map(quoted, fitting[:SAMPLES]))
        others = ", and another column's are too" if len(fitting) == 1 else ""
        return replace(plain, why=f"its values are answers to {names}{others}", perhaps=fitting[0])
    return replace(plain, perhaps=each.meant)


def _are_figures(values: Sequence[str], by_values: _ByValues, question: str) -> bool:
    """Say whether values are days and amounts, none of which is an answer: a CRM's "Deadline" is a day."""
    words = cell_words(by_values.asked[question])
    return bool(values) and all(is_figure(value) and code_of(value, words) is None for value in values)


def _values(
    asked: QuestionSpec, column: Column, values: Sequence[str], mapping: ColumnMapping | None
) -> Iterator[ProposedValue]:
    words = cell_words(asked, column, mapping)
    for text in dict.fromkeys((*column.values, *values)):
        code = code_of(text, words)
        if code is not None:
            yield ProposedValue(text, word_of(asked, code), "same")
        elif guessed := guess(asked, text):
            yield ProposedValue(text, guessed.option, guessed.how)
        elif folded_cell(text) in _NOT_KNOWN:
            yield ProposedValue(text, UNKNOWN_WORD, "words")
        else:
            yield ProposedValue(text, None, None)
