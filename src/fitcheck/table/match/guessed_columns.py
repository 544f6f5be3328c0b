"""Columns that are guessed: by what they are called, by words of their values, or by dates and numbers in bands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from fitcheck.folding import folded_cell, folded_header
from fitcheck.mapping import UNKNOWN_WORD, Bands, Column, ColumnMapping
from fitcheck.nearest import quoted
from fitcheck.table.match.bands import are_counts, are_days, bands_of, date_order
from fitcheck.table.match.cells import is_figure
from fitcheck.table.match.guessing import by_shared_words
from fitcheck.table.match.named_like import Offer
from fitcheck.table.match.proposed import NOT_KNOWN, WHY, ProposedColumn, may_choose, with_values
from fitcheck.table.match.questions import QuestionSpec

LEAST_NEAR = Fraction(3, 5)
"""Share of the rows whose values have to share words with a question's options before it is guessed from them."""

BY_WORDS = "a guess from the words of its values"


def worded_like(
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
        if column.column or column.perhaps or not may_choose(values):
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
    known = sum(rows for text, rows in values.items() if folded_cell(text) not in NOT_KNOWN)
    return Fraction(sum(values[text] for text in near), known) if len({*near.values()}) > 1 else Fraction(0)


def guessed(
    column: ProposedColumn, asked: QuestionSpec, counts: Counter[str], mapping: ColumnMapping | None
) -> ProposedColumn | None:
    """Return a column as a guess for a question; None unless its values are few, and most are near to options."""
    found = replace(column, column=Column(column.header, asked.id), how="guess", why=WHY["guess"])
    found = with_values(found, asked, counts, mapping)
    near = sum(value.rows for value in found.values if value.word not in {None, UNKNOWN_WORD})
    far = sum(value.rows for value in found.values if value.word is None)
    return found if near and near >= far and may_choose(counts) else None


def offered(
    column: ProposedColumn, offer: Offer, counts: Counter[str], mapping: ColumnMapping | None
) -> ProposedColumn:
    """Return a column with the question that its name offers it for, if its values can be answers to it."""
    asked, values = offer.asked, tuple(counts)
    bands = fitting_bands(asked, values)
    if offer.but:
        bands = bands or _dated(asked, values)
        why = f"may answer {quoted(asked.id)}, but {offer.but}"
        return replace(column, perhaps=asked.id, why=why, bands=bands) if bands else column
    if column.column is not None:  # a mapping leaves it
        return column
    if bands:
        return replace(column, column=Column(column.header, asked.id, bands=bands), how="guess", why=WHY["guess"])
    unfit = f"sounds like {quoted(asked.id)}, but its values are "
    if values and any(map(is_figure, values)):
        return replace(column, why=f"{unfit}figures")
    if guess := guessed(column, asked, counts, mapping):
        return guess
    return replace(column, why=f"{unfit}not a short list of answers") if values else column


def _dated(asked: QuestionSpec, values: Sequence[str]) -> Bands | None:
    """Return what a day to come means where one option alone speaks of a date: a next step."""
    dated = [option for option, _ in asked.options if option.endswith("_dated")]
    return Bands((), dated[0], of_days=True, order=date_order(values)) if len(dated) == 1 and are_days(values) else None


def fitting_bands(asked: QuestionSpec, values: Sequence[str]) -> Bands | None:
    """Return the bands of a question where all values of a column are dates or numbers as these take them."""
    bands = bands_of(asked)
    if bands is None or not (are_days(values) if bands.of_days else are_counts(values)):
        return None
    return replace(bands, order=date_order(values)) if bands.of_days else bands
