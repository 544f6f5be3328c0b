"""Proposes a mapping of a table from its headers and first values, for a person to check and complete."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import BinaryIO, Literal, NamedTuple

from fitcheck.folding import bare, folded_cell, folded_header
from fitcheck.mapping import UNKNOWN_WORD, Bands, Column, ColumnMapping
from fitcheck.nearest import quoted
from fitcheck.problems import Problem
from fitcheck.table.match.bands import are_counts, are_days, bands_of, date_order
from fitcheck.table.match.cells import cell_words, code_of, is_figure, word_of
from fitcheck.table.match.column_values import ColumnValues
from fitcheck.table.match.columns import VALUE_HINT, How, Match, Matching, match
from fitcheck.table.match.guessing import by_shared_words, near_option
from fitcheck.table.match.named_like import Offer, called_like
from fitcheck.table.match.non_data import non_data_kind
from fitcheck.table.match.opening import open_table
from fitcheck.table.match.questions import QuestionSpec
from fitcheck.table.read.settings import Settings

SAMPLES = 3
"""How many values of a column are shown."""

ODD_ONE_IN = 4
"""Of so many distinct values of a column that answers a question one may be no answer."""

FIRST_ROWS = 5_000
"""First rows that are looked at."""

MOST_VALUES = 40
"""Distinct values of a column that are listed, the most frequent; a column with more is hardly one of answers."""

MOST_COUNTED = 2_000
"""Distinct values of a column that are counted."""

LEAST_NEAR = Fraction(3, 5)
"""Share of the rows whose values have to share words with a question's options before it is guessed from them."""

LONGEST_ANSWER = 60
"""Characters of the values of a column of answers, on average: longer ones are notes."""

CARRIED = "copied through unchanged"
"""Why of a column that nothing is known of."""

BY_WORDS = "a guess from the words of its values"

SURE = (CARRIED, "from the mapping")
"""Why of columns that nobody has to look at."""

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
    "guess": "a guess from its name",
    None: CARRIED,
}


class ProposedValue(NamedTuple):
    """
    One text of a cell and the answer that it is taken for.

    Attributes:
        word: id of an option, `unknown` or `n/a`; None where none is near, to be filled in by a person.
        how: `same` where the text is that answer, anything else for guesses, which a person has to confirm.
        rows: in which it stands, among those looked at.
    """

    text: str
    word: str | None
    how: Literal["same", "words", "likeness", "everyday"] | None
    rows: int = 1

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
        how: what says so; `values` where the values are answers to one question and to no other, `guess` where its
            name says so in words of every day, for a person to confirm.
        why: the same in words, or what a person may do about the column.
        perhaps: id of the question that it may answer, for a person to decide; with a `column` that is carried along,
            it is called like the question and can't be one, as its values are days or amounts.
        bands: what its figures or dates would mean as answers to `perhaps`.
        values: of a column that answers a question, the most frequent first.
        more: how many distinct values there are beside these.
    """

    position: int
    header: str
    samples: tuple[str, ...]
    column: Column | None
    how: How | Literal["values", "guess"] | None
    why: str
    perhaps: str | None = None
    values: tuple[ProposedValue, ...] = ()
    bands: Bands | None = None
    more: int = 0

    @property
    def to_confirm(self) -> int:
        """How many guesses of it a person has to confirm."""
        return (self.how == "guess") + sum(not value.is_sure for value in self.values)


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
    for position, question in _worded_like(proposed, counts, left.values()):
        guess = replace(proposed[position], column=Column(header[position], question.id), how="guess", why=BY_WORDS)
        proposed[position] = _with_values(guess, left.pop(question.id), counts[position], mapping)
    for offer in called_like({c.position: c.header for c in proposed if _is_open(c)}, left.values()):
        proposed[offer.position] = _offered(proposed[offer.position], offer, counts[offer.position], mapping)
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


def _worded_like(
    columns: Sequence[ProposedColumn], counts: Sequence[Counter[str]], asked: Iterable[QuestionSpec]
) -> list[tuple[int, QuestionSpec]]:
    """
    Return the columns whose values most often share words with the options of one question, and that question.

    Two options at least have to be met, in most rows, and no other question may be as near.
    """
    found = dict[str, tuple[Fraction, int, QuestionSpec]]()
    questions = list(asked)
    for column in columns:
        values = counts[column.position]
        if column.column or column.perhaps or not _may_choose(values):
            continue
        rated = sorted(((_near_rows(question, values), k) for k, question in enumerate(questions)), reverse=True)
        if not rated or rated[0][0] < LEAST_NEAR or (len(rated) > 1 and rated[1][0] == rated[0][0]):
            continue
        share, question = rated[0][0], questions[rated[0][1]]
        if question.id not in found or share > found[question.id][0]:
            found[question.id] = (share, column.position, question)
    return [(position, question) for _, position, question in found.values()]


def _near_rows(asked: QuestionSpec, values: Counter[str]) -> Fraction:
    """Return the share of the rows whose value shares words with one option; 0 unless two options are met."""
    near = {text: guess.option for text in values if (guess := by_shared_words(asked, folded_header(text)))}
    known = sum(rows for text, rows in values.items() if folded_cell(text) not in _NOT_KNOWN)
    return Fraction(sum(values[text] for text in near), known) if len({*near.values()}) > 1 else Fraction(0)


def _may_choose(values: Counter[str]) -> bool:
    """Whether the values of a column may be choices from a list: few, short, and no figures."""
    return (
        0 < len(values) <= MOST_VALUES
        and not any(map(is_figure, values))
        and sum(map(len, values)) <= LONGEST_ANSWER * len(values)
    )


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
    codes = [code_of(value, words) for value in values if folded_cell(value) not in _NOT_KNOWN]
    options = {code for code in codes if code is not None and code >= 0}
    odd = codes.count(None)
    return bool(options) and (not odd or (len(options) > 1 and ODD_ONE_IN * odd <= len(codes)))


def _column(each: Match, counts: Counter[str], by_values: _ByValues, mapping: ColumnMapping | None) -> ProposedColumn:
    values = tuple(counts)
    plain = ProposedColumn(
        each.position, each.header, values[:SAMPLES], each.column, each.how, each.hint or _WHY[each.how]
    )
    answered = each.column.question if each.column else None
    if each.column and answered and each.how == "name" and _are_figures(values, by_values, answered):
        if bands := _fitting_bands(by_values.asked[answered], values):
            return replace(plain, column=replace(each.column, bands=bands))
        why = f"called like {quoted(answered)}, and all its values are figures"
        return replace(plain, column=Column(each.header), how=None, why=why, perhaps=answered)
    if each.column and answered:
        return plain if each.column.bands else _with_values(plain, by_values.asked[answered], counts, mapping)
    return plain if each.column else _unknown_column(each, plain, counts, by_values, mapping)


def _unknown_column(
    each: Match, plain: ProposedColumn, counts: Counter[str], by_values: _ByValues, mapping: ColumnMapping | None
) -> ProposedColumn:
    """Return a column that no name decides, by its values."""
    values = tuple(counts)
    if question := by_values.question(each.position):
        found = replace(plain, column=Column(each.header, question), how="values", why=_WHY["values"])
        return _with_values(found, by_values.asked[question], counts, mapping)
    if fitting := by_values.fitting.get(each.position):
        names = " or ".join(map(quoted, fitting[:SAMPLES]))
        others = ", and another column's are too" if len(fitting) == 1 else ""
        return replace(plain, why=f"its values are answers to {names}{others}", perhaps=fitting[0])
    if each.meant and values and all(map(is_figure, values)):  # no likeness makes figures an answer
        return replace(plain, why=CARRIED)
    if by_values.needs_value and ColumnValues([[value] for value in values]).may_be_money(0, each.header):
        return replace(plain, why=VALUE_HINT)
    guess = _guess(plain, by_values.asked[each.meant], counts, mapping) if each.meant else None
    return guess or replace(plain, perhaps=each.meant)


def _guess(
    column: ProposedColumn, asked: QuestionSpec, counts: Counter[str], mapping: ColumnMapping | None
) -> ProposedColumn | None:
    """Return a column as a guess for a question; None unless its values are few and one is near to an option."""
    found = replace(column, column=Column(column.header, asked.id), how="guess", why=_WHY["guess"])
    found = _with_values(found, asked, counts, mapping)
    near = any(value.word and value.word != UNKNOWN_WORD for value in found.values)
    return found if near and _may_choose(counts) else None


def _offered(
    column: ProposedColumn, offer: Offer, counts: Counter[str], mapping: ColumnMapping | None
) -> ProposedColumn:
    """Return a column with the question that its name offers it for, if its values can be answers to it."""
    asked, values = offer.asked, tuple(counts)
    bands = _fitting_bands(asked, values)
    if offer.but:
        bands = bands or _dated(asked, values)
        why = f"may answer {quoted(asked.id)}, but {offer.but}"
        return replace(column, perhaps=asked.id, why=why, bands=bands) if bands else column
    if column.column is not None:  # a mapping leaves it
        return column
    if bands:
        return replace(column, column=Column(column.header, asked.id, bands=bands), how="guess", why=_WHY["guess"])
    unfit = f"sounds like {quoted(asked.id)}, but its values are "
    if values and any(map(is_figure, values)):
        return replace(column, why=f"{unfit}figures")
    if guess := _guess(column, asked, counts, mapping):
        return guess
    return replace(column, why=f"{unfit}not a short list of answers") if values else column


def _dated(asked: QuestionSpec, values: Sequence[str]) -> Bands | None:
    """Return what a day to come means where one option alone speaks of a date: a next step."""
    dated = [option for option, _ in asked.options if option.endswith("_dated")]
    return Bands((), dated[0], of_days=True, order=date_order(values)) if len(dated) == 1 and are_days(values) else None


def _fitting_bands(asked: QuestionSpec, values: Sequence[str]) -> Bands | None:
    """Return the bands of a question where all values of a column are dates or numbers as these take them."""
    bands = bands_of(asked)
    if bands is None or not (are_days(values) if bands.of_days else are_counts(values)):
        return None
    return replace(bands, order=date_order(values)) if bands.of_days else bands


def _are_figures(values: Sequence[str], by_values: _ByValues, question: str) -> bool:
    """Say whether values are days and amounts, none of which is an answer: a CRM's "Deadline" is a day."""
    words = cell_words(by_values.asked[question])
    return bool(values) and all(is_figure(value) and code_of(value, words) is None for value in values)


def _with_values(
    found: ProposedColumn, asked: QuestionSpec, counts: Counter[str], mapping: ColumnMapping | None
) -> ProposedColumn:
    column = found.column or Column(found.header)
    values = tuple(_values(asked, column, counts, mapping))
    return replace(found, values=values, more=max(0, len(counts) - MOST_VALUES))


def _values(
    asked: QuestionSpec, column: Column, counts: Counter[str], mapping: ColumnMapping | None
) -> Iterator[ProposedValue]:
    words = cell_words(asked, column, mapping)
    for text in dict.fromkeys((*column.values, *islice(counts, MOST_VALUES))):
        code, rows = code_of(text, words), counts[text]
        if code is not None:
            yield ProposedValue(text, word_of(asked, code), "same", rows)
        elif folded_cell(text) in _NOT_KNOWN:
            yield ProposedValue(text, UNKNOWN_WORD, "words", rows)
        elif guessed := near_option(asked, text):
            yield ProposedValue(text, guessed.option, guessed.how, rows)
        else:
            yield ProposedValue(text, None, None, rows)
