"""A column of a proposed mapping: what it is taken for, and the answer that each of its values is taken for."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, NamedTuple

from fitcheck.folding import folded_cell
from fitcheck.mapping import UNKNOWN_WORD, Bands, Column, ColumnMapping
from fitcheck.table.match.cells import cell_words, code_of, is_figure, word_of
from fitcheck.table.match.columns import How
from fitcheck.table.match.guessing import near_option
from fitcheck.table.match.questions import QuestionSpec

SAMPLES = 3
"""How many values of a column are shown."""

MOST_VALUES = 40
"""Distinct values of a column that are listed, the most frequent; a column with more is hardly one of answers."""

LONGEST_ANSWER = 60
"""Characters of the values of a column of answers, on average: longer ones are notes."""

CARRIED = "copied through unchanged"
"""Why of a column that nothing is known of."""

SURE = (CARRIED, "from the mapping")
"""Why of columns that nobody has to look at."""

NOT_KNOWN = frozenset(
    (
        *("n/a", "na", "n.a.", "tbd", "tba", "tbc", "not known", "unclear", "unsure", "not sure", "don't know"),
        *("not asked", "no idea", "no answer"),
        *("unbekannt", "k.a.", "inconnu", "desconocido", "sconosciuto", "onbekend", "desconhecido"),
    )
)
"""What people write where they know nothing, in folded spelling; no word for that in a table until somebody says so."""

WHY: Mapping[str | None, str] = {
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


def may_choose(values: Counter[str]) -> bool:
    """Whether the values of a column may be choices from a list: few, short, and no figures."""
    return (
        0 < len(values) <= MOST_VALUES
        and not any(map(is_figure, values))
        and sum(map(len, values)) <= LONGEST_ANSWER * len(values)
    )


def with_values(
    found: ProposedColumn, asked: QuestionSpec, counts: Counter[str], mapping: ColumnMapping | None
) -> ProposedColumn:
    """Return a column with its values, the most frequent first, each with the answer that it is taken for."""
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
        elif folded_cell(text) in NOT_KNOWN:
            yield ProposedValue(text, UNKNOWN_WORD, "words", rows)
        elif guessed := near_option(asked, text):
            yield ProposedValue(text, guessed.option, guessed.how, rows)
        else:
            yield ProposedValue(text, None, None, rows)
