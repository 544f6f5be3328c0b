"""Our own columns of a table: their names, which are selected, and the text of each for a scored row."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from fitcheck.decision.content.rubric import Screen
from fitcheck.decision.cost.estimate import CostSummary
from fitcheck.decision.cost.terms import DealTerms, break_even
from fitcheck.decision.memo import MOST_KEPT
from fitcheck.decision.score.rounding import beside, decimal, decimal_ratio
from fitcheck.decision.verdict.principal import REASONS
from fitcheck.decision.verdict.rows import Row
from fitcheck.nearest import nearest, quoted
from fitcheck.problems import Problem, UsageError
from fitcheck.table.read.records import REJECT_COLUMNS

PREFIX = "fit_"
"""What every column of ours begins with."""

FORMER = (f"{PREFIX}settled",)
"""Columns of earlier versions: a table that still has them gets the columns of today instead."""

SUCH_AS = "fit, or names such as verdict,score,reason_1"
"""What words for our columns are, for a hint."""

SEVERAL = " | "
"""Stands between the problems of one row."""

Kind = Literal["text", "number", "whole", "flag"]
"""What a column holds, for tables that tell numbers from text."""

RUN_BY_SPREADSHEETS = "=+-@\t\r\n\0"
"""A text that begins like this is taken for a formula by spreadsheets (OWASP, CSV injection)."""


class OutColumn(NamedTuple):
    """One column of ours."""

    name: str
    kind: Kind


def typed_by(kind: Kind) -> Callable[[str], Any]:
    """Return what turns a text of a column into its value; None where the text is blank, but for texts themselves."""
    by_kind: dict[Kind, Callable[[str], Any]] = {
        "text": str,
        "number": lambda text: float(text) if text else None,
        "whole": lambda text: int(text) if text else None,
        "flag": lambda text: text == "true",
    }
    return by_kind[kind]


class ColumnSelection(NamedTuple):
    """
    What is written of a row.

    Attributes:
        own: positions of the table's own columns; None for all of them as they are.
        fit: names of ours, in the order in which they are written.
    """

    own: tuple[int, ...] | None
    fit: tuple[str, ...]


def out_columns(screen: Screen) -> tuple[OutColumn, ...]:
    """Return every column that can be written for a screen; those of the cost only where it has a cost model."""
    numbers = ["score", "score_low", "score_high", "known", *(column_of(rubric.id) for rubric in screen.rubrics)]
    cost: list[tuple[str, Kind]] = [
        *((f"hours_{level}", "number") for level in ("p10", "p50", "p90")),
        ("cost_p50", "whole"),
        ("cost_per_value", "number"),
        ("break_even", "number"),
    ]
    named: list[tuple[str, Kind]] = [
        ("verdict", "text"),
        ("state", "text"),
        *((name, "number") for name in numbers),
        ("failed_gates", "text"),
        *((f"reason_{k}", "text") for k in range(1, REASONS + 1)),
        ("ask_next", "text"),
        *(cost if screen.cost else ()),
    ]
    return tuple(OutColumn(PREFIX + name, kind) for name, kind in named)


def column_of(rubric: str) -> str:
    """
    Return a rubric's id as part of the name of a column.

    >>> column_of("mutual-trust")
    'mutual_trust'
    """
    return rubric.replace("-", "_")


def names_of(columns: Sequence[OutColumn]) -> frozenset[str]:
    """Headers of all columns that a run may add, or that an earlier version added."""
    return frozenset((*(column.name for column in columns), *FORMER, *REJECT_COLUMNS))


def chosen_columns(
    words: Sequence[str] | None, columns: Sequence[OutColumn], header: Sequence[str], ids: Sequence[int]
) -> ColumnSelection:
    """
    Say which columns are written.

    Args:
        words: `all` (the table's own), `ids` (its id and name), `fit` (all of ours), names of ours with or without
            `fit_`; None for `all` and `fit`.
        columns: ours.
        header: the table's.
        ids: positions of the table's id and name, as far as there are any.

    Raises:
        UsageError: a word that is none of these, or nothing is left.
    """
    every = tuple(column.name for column in columns)
    left = [i for i, text in enumerate(header) if text.strip() in names_of(columns)]
    everything = None if not left else tuple(i for i in range(len(header)) if i not in left)
    if words is None:
        return ColumnSelection(everything, every)
    if not words:
        raise UsageError(Problem("no-columns", "--columns names no column", hint="such as ids,verdict,score"))
    own: tuple[int, ...] | None = ()
    fit: list[str] = []
    for word in words:
        if word == "all":
            own = everything
        elif word == "ids":
            own = own if own is None else tuple(sorted({*own, *ids}))
        elif meant := _meant(word, every):
            fit += meant
        else:
            hint = nearest(word, ["all", "ids", *_words(every)]) or f"all, ids, {SUCH_AS}"
            raise UsageError(Problem("unknown-column", f"--columns: unknown column {quoted(word)}", hint=hint))
    if own == () and not fit:
        message = "--columns leaves nothing to write: the table has no id and no name"
        raise UsageError(Problem("no-columns", message, hint="all, or names such as verdict,score,reason_1"))
    return ColumnSelection(own, tuple(dict.fromkeys(fit)))


def chosen_of_ours(words: Sequence[str] | None, columns: Sequence[OutColumn]) -> tuple[str, ...]:
    """
    Say which of our columns a frame gets: it keeps all of its own.

    Args:
        words: `fit` (all of ours), names of ours with or without `fit_`; None for all.
        columns: ours.

    Raises:
        UsageError: words that are none of these, or none at all.
    """
    every = tuple(column.name for column in columns)
    if words is None:
        return every
    if not words:
        raise UsageError(Problem("no-columns", "columns names no column", hint=SUCH_AS))
    known = _words(every)
    if problems := [
        Problem("unknown-column", f"columns: unknown column {quoted(w)}", hint=nearest(w, known) or SUCH_AS)
        for w in words
        if not _meant(w, every)
    ]:
        raise UsageError(*problems)
    return tuple(dict.fromkeys(name for word in words for name in _meant(word, every)))


def _meant(word: str, every: tuple[str, ...]) -> tuple[str, ...]:
    """Names of those of our columns that a word means."""
    if word == "fit":
        return every
    return tuple(name for name in (word, f"{PREFIX}{word}") if name in every)[:1]


def _words(every: Sequence[str]) -> list[str]:
    """Every word that means columns of ours."""
    return ["fit", *every, *(name.removeprefix(PREFIX) for name in every)]


def defused(text: str) -> str:
    """
    Return a text that no spreadsheet runs as a formula: with an apostrophe before it where it would.

    >>> defused("=1+1"), defused("no budget")
    ("'=1+1", 'no budget')
    """
    return f"'{text}" if text[:1] and text[0] in RUN_BY_SPREADSHEETS else text


class RowTexts:
    """
    The texts of our columns.

    Figures are written like in the published JSON document: scores with two decimals, shares with four, hours
    with one, money in whole units; what is not known is blank, and so are scores where nothing is answered.

    Args:
        screen: that was scored.
        names: of the columns that are wanted, in order.
        as_is: leave texts as they are, even if a spreadsheet would run them.
    """

    def __init__(self, screen: Screen, names: Sequence[str], *, as_is: bool = False) -> None:
        safe: Callable[[str], str] = str if as_is else defused
        every: dict[str, Callable[[Row], str]] = {
            "verdict": lambda row: row.verdict,
            "state": lambda row: row.state,
            "score": lambda row: _score(row.score, row.threshold, row.whole) if row.known else "",
            "score_low": lambda row: _score(row.score_low, row.threshold, row.whole),
            "score_high": lambda row: _score(row.score_high, row.threshold, row.whole),
            "known": lambda row: _share(row.known, row.whole, 1, 4),
            "failed_gates": lambda row: safe("; ".join(row.failed)),
            "ask_next": lambda row: safe(row.ask_next or ""),
            "cost_per_value": lambda row: _cost_per_value(row.closing, row.deal),
            "break_even": lambda row: _break_even(row.closing, row.deal),
            "hours_p10": lambda row: f"{row.closing.hours.p10:.1f}" if row.closing else "",
            "hours_p50": lambda row: f"{row.closing.hours.p50:.1f}" if row.closing else "",
            "hours_p90": lambda row: f"{row.closing.hours.p90:.1f}" if row.closing else "",
            "cost_p50": lambda row: f"{row.closing.money_p50:.0f}" if row.closing else "",
        }
        every |= {column_of(rubric.id): _dimension(k) for k, rubric in enumerate(screen.rubrics)}
        every |= {f"reason_{k + 1}": _reason(k, safe) for k in range(REASONS)}
        self._texts = [every[name.removeprefix(PREFIX)] for name in names]

    def __call__(self, row: Row) -> list[str]:
        """Return the text of each wanted column."""
        return [text(row) for text in self._texts]


def _dimension(k: int) -> Callable[[Row], str]:
    return lambda row: _share(row.dimensions[k], row.tops[k] or 1, 100, 2) if row.known else ""


def _reason(k: int, safe: Callable[[str], str]) -> Callable[[Row], str]:
    return lambda row: safe(row.reasons[k]) if len(row.reasons) > k else ""


@lru_cache(MOST_KEPT)
def _score(points: int, threshold: int, whole: int) -> str:
    """Return a score with two decimals, or as many more as show that it is not the threshold."""
    return beside(Fraction(100 * points, whole), Fraction(100 * threshold, whole))


@lru_cache(MOST_KEPT)
def _share(part: int, whole: int, scale: int, digits: int) -> str:
    """Return the text of `scale` times a share of a whole."""
    return decimal_ratio(scale * part, whole, digits)


def _cost_per_value(closing: CostSummary | None, deal: DealTerms | None) -> str:
    return _ratio(closing.expected, deal.value) if closing and deal and deal.value else ""


def _break_even(closing: CostSummary | None, deal: DealTerms | None) -> str:
    """Return the share of such deals that has to be won; blank where not even all of them would do."""
    share = break_even(deal.margin, closing.expected, deal.rule.lost_share) if closing and deal else None
    return "" if share is None else decimal(share, 4)


def _ratio(part: Fraction, whole: Fraction) -> str:
    """Return the text of a ratio with four decimals."""
    return decimal_ratio(part.numerator * whole.denominator, part.denominator * whole.numerator, 4)
