"""
Which column of a table is which question or field.

What a mapping says comes first, then a question's id, its text, and what CRMs call the fields of a deal. Likeness never
decides: a header that is only near gets a hint.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from fitcheck.folding import bare, folded_header
from fitcheck.mapping import FIELDS, PROGRESS, TERMS, Column, ColumnMapping, Field
from fitcheck.nearest import closest, quoted
from fitcheck.problems import Problem
from fitcheck.table.match.column_values import NO_ROWS, ColumnValues
from fitcheck.table.match.questions import QuestionSpec
from fitcheck.table.match.shares import Share, share_kind
from fitcheck.table.match.synonyms import PERSONAL, TITLE, field_of, field_of_one_word, joined
from fitcheck.table.match.units import unit_of

How = Literal["mapping", "name", "synonym"]

_NAMED, _FOLDED, _TEXT, _SYNONYM, _ONE_WORD, _WITH_UNIT = range(6)
_OF_MAPPING, _OF_OUR_OWN = 0, 10
"""How well a header fits, the smaller the better: as written, but for capitals and blanks, as a question's text, as a
synonym, written in one word, with a unit behind it; what a mapping says before our own words."""

VALUE_HINT = "the value? A mapping says so: {field: value}"

HOURS_SPENT = "hours spent"

MOST_NAMED = 5
"""So many columns that answer one question are named."""


@dataclass(frozen=True, slots=True)
class Match:
    """
    One column of the table.

    Attributes:
        position: from 0.
        header: as the table writes it.
        column: what it is; None where nothing is known of it.
        how: what says so: the mapping, the name of a question or field, or a synonym; None where nothing does.
        hint: what to do about it, for people.
        meant: id of the question without a column that the header is near to.
        also: another column says more of the same, and this one is looked at too.
        share: how a margin or a probability is written.
    """

    position: int
    header: str
    column: Column | None = None
    how: How | None = None
    hint: str | None = None
    meant: str | None = None
    also: bool = False
    share: Share = "amount"


@dataclass(frozen=True, slots=True)
class Matching:
    """
    All columns of a table.

    Attributes:
        matches: one for each column, in the table's order.
        unanswered: ids of the questions that no column answers, in the screen's order.
        problems: two columns that answer one question.
        missing: headers that the mapping names for a question or field which no column of the table is; one for each.
        ours: headers of the columns that an earlier run added; they are replaced, not carried along.
    """

    matches: tuple[Match, ...]
    unanswered: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    ours: frozenset[str] = frozenset()

    @property
    def questions(self) -> dict[str, Match]:
        """The column of each question that has one, by question id, in the table's order."""
        return {match.column.question: match for match in self.matches if match.column and match.column.question}

    @property
    def fields(self) -> dict[Field, Match]:
        """The column of each field that has one, in the table's order; the first of those that come several times."""
        found: dict[Field, Match] = {}
        for match in self.matches:
            if match.column and match.column.field and not match.also:
                found.setdefault(match.column.field, match)
        return found

    @property
    def terms(self) -> tuple[Match, ...]:
        """The columns that say what is at stake."""
        return tuple(match for match in self.matches if match.column and match.column.field in TERMS and not match.also)

    @property
    def progress(self) -> tuple[Match, ...]:
        """The columns that say whether a deal is won or lost, the stage first."""
        found = [match for match in self.matches if match.column and match.column.field in PROGRESS]
        return tuple(sorted(found, key=lambda match: match.also))

    @property
    def read(self) -> frozenset[int]:
        """Positions of the columns whose cells the score depends on."""
        return frozenset(match.position for match in (*self.questions.values(), *self.terms))

    @property
    def carried(self) -> tuple[Match, ...]:
        """The columns that say nothing to us, known or not."""
        return tuple(
            match
            for match in self.matches
            if (match.column is None or match.column.is_carried) and match.header.strip() not in self.ours
        )


class _Claim(NamedTuple):
    """What a header may be: `fit` is better the smaller; `order` settles fields that fit equally well."""

    fit: int
    order: int
    column: Column
    how: How


class _Names:
    """Everything that a header can be compared with."""

    def __init__(self, asked: Sequence[QuestionSpec], mapping: ColumnMapping | None) -> None:
        self.asked = {question.id: question for question in asked}
        self.columns = mapping.columns if mapping else ()
        self.mapping = mapping
        self.mapped = dict[str, tuple[int, Column]]()
        for order, column in enumerate(self.columns):
            self.mapped.setdefault(folded_header(column.header), (order, column))
        self.mapped_in_one_word = {joined(words): found for words, found in reversed(self.mapped.items())}
        self.ids = {folded_header(question.id): question.id for question in reversed(asked)}
        self.ids_in_one_word = {joined(words): question for words, question in reversed(self.ids.items())}
        texts = Counter(folded_header(question.ask) for question in asked)
        self.texts = {text: question.id for question in asked if texts[text := folded_header(question.ask)] == 1}

    def claim(self, header: str) -> _Claim | None:
        """Return what a header means; None where nothing says so."""
        folded = folded_header(header)
        return next(self._claims(header, folded), None) if folded else None

    def _claims(self, header: str, folded: str) -> Iterator[_Claim]:
        """Yield what a header may mean, best first."""
        written = bare(header)
        if folded in self.mapped:
            order, column = self.mapped[folded]
            fit = _NAMED if written == bare(column.header) else _FOLDED
            yield _Claim(_OF_MAPPING + fit, order, column, "mapping")
        if folded in self.ids:
            question = self.ids[folded]
            fit = _NAMED if written == question else _FOLDED
            yield _Claim(_OF_OUR_OWN + fit, 0, Column(header, question), "name")
        if folded in self.texts:
            yield _Claim(_OF_OUR_OWN + _TEXT, 0, Column(header, self.texts[folded]), "name")
        yield from self._fields(header, folded)
        one = joined(folded)
        if one in self.mapped_in_one_word:
            order, column = self.mapped_in_one_word[one]
            yield _Claim(_OF_MAPPING + _ONE_WORD, order, column, "mapping")
        if one in self.ids_in_one_word:
            yield _Claim(_OF_OUR_OWN + _ONE_WORD, 0, Column(header, self.ids_in_one_word[one]), "name")
        if one in field_of_one_word():
            field, strength = field_of_one_word()[one]
            yield from _with_fit(_ONE_WORD, strength, Column(header, field=field), "synonym")
        words, unit = unit_of(header)
        if unit.sign or unit.power or unit.is_percent:
            yield from (
                _Claim(_OF_OUR_OWN + _WITH_UNIT, claim.order, claim.column, claim.how)
                for claim in self._fields(header, words)
                if claim.column.field in {"value", "margin", "win_probability"}
            )

    def _fields(self, header: str, words: str) -> Iterator[_Claim]:
        for field in FIELDS:
            if words == folded_header(field) and field != "hours_spent":
                yield from _with_fit(_NAMED, 0, Column(header, field=field), "name")
        if words.startswith(f"{HOURS_SPENT} "):
            role = words.removeprefix(f"{HOURS_SPENT} ").replace(" ", "_")
            yield from _with_fit(_NAMED, 0, Column(header, field="hours_spent", role=role), "name")
        if words in field_of():
            field, strength = field_of()[words]
            yield from _with_fit(_SYNONYM, strength, Column(header, field=field), "synonym")


def _with_fit(fit: int, order: int, column: Column, how: How) -> Iterator[_Claim]:
    """Yield a claim of a field, unless its header says percent of what is no share."""
    if not (column.field == "value" and unit_of(column.header)[1].is_percent):
        yield _Claim(_OF_OUR_OWN + fit, order, column, how)


class _Won(NamedTuple):
    """Which column is which question or field, by the target's name, with what that was decided from."""

    header: Sequence[str]
    names: _Names
    claims: Sequence[_Claim | None]
    winners: dict[str, int]
    missing: Sequence[str]
    values: ColumnValues
    refused: Mapping[int, str]


def match(
    header: Sequence[str],
    asked: Sequence[QuestionSpec],
    mapping: ColumnMapping | None = None,
    rows: Sequence[Sequence[str]] = NO_ROWS,
) -> Matching:
    """
    Say what each column of a table is.

    Args:
        header: the table's, blank and repeated ones included.
        asked: what the screen asks.
        mapping: what a mapping file says; it comes before everything else.
        rows: the first ones. A column that is only called like a question has to have answers to it, too.

    Returns:
        A match for every column. Of two columns for one question or field the better fit counts, as written before
        other spellings before synonyms; a tie of questions is a problem, of fields the first counts.

    >>> ask = QuestionSpec("who_decides", "Who decides?", (("us", "We do"), ("them", "They do")))
    >>> found = match(["Deal Name", "Who decides", "Wo decides"], [ask])
    >>> [(m.how, m.hint) for m in found.matches]
    [('synonym', None), ('name', None), (None, 'like "who_decides", which "Who decides" answers already')]
    """
    names, values = _Names(asked, mapping), ColumnValues(rows)
    claims = _among_neighbours([names.claim(text) for text in header], header)
    refused = {
        p: c.column.question or "" for p, c in enumerate(claims) if c and _is_chance(p, c, names, values, header)
    }
    claims = [None if position in refused else claim for position, claim in enumerate(claims)]
    problems = list[Problem]()
    winners = dict[str, int]()
    for target, rivals in _by_target(claims, names).items():
        winners[target] = min(rivals, key=lambda position: _rank(claims, position))
        if tied := _tied(claims, rivals):
            problems.append(_two_columns(target, [(position, header[position]) for position in tied]))
    unanswered = tuple(question.id for question in asked if question.id not in winners)
    missing = tuple(_missing(names, winners))
    won = _Won(header, names, claims, winners, missing, values, refused)
    matches = [_match(position, won) for position in range(len(header))]
    return Matching(tuple(_with_shares(matches, values)), unanswered, tuple(problems), missing)


def _among_neighbours(claims: list[_Claim | None], header: Sequence[str]) -> list[_Claim | None]:
    """Take a title for that of a job in a list of people; months say nothing without a period."""
    folded = [folded_header(text) for text in header]
    idle: set[int] = set()
    if not PERSONAL.isdisjoint(folded):
        idle.update(position for position, words in enumerate(folded) if words == TITLE)
    if not any(claim and claim.column.field == "per" for claim in claims):
        idle.update(position for position, claim in enumerate(claims) if claim and claim.column.field == "months")
    return [
        None if position in idle and claim and claim.how != "mapping" else claim
        for position, claim in enumerate(claims)
    ]


def _is_chance(position: int, claim: _Claim, names: _Names, values: ColumnValues, header: Sequence[str]) -> bool:
    """Whether a column is called like a question by chance: most of its values are no answers."""
    asked = names.asked.get(claim.column.question or "")
    return (
        claim.how == "name" and asked is not None and values.are_other(position, header[position], asked, names.mapping)
    )


def _with_shares(matches: list[Match], values: ColumnValues) -> list[Match]:
    """Say of margins and probabilities how they are written."""
    at = next((m.position for m in matches if m.column and m.column.field == "value" and not m.also), None)
    return [
        replace(found, share=share_kind(found.column.field, found.header, values.column(found.position), worth))
        if found.column and found.column.field in {"margin", "win_probability"}
        else found
        for worth in [values.column(at) if at is not None else ()]
        for found in matches
    ]


def with_roles(matching: Matching, roles: Collection[str]) -> Matching:
    """Return a matching without the hours of roles that do nothing, of which the hint tells the others."""

    def known(match: Match) -> Match:
        if not (match.column and match.column.field == "hours_spent") or match.column.role in roles:
            return match
        hint = f"hours_spent of which role? {', '.join(sorted(roles)) or 'this screen has no cost model'}"
        return Match(match.position, match.header, hint=hint)

    return replace(matching, matches=tuple(map(known, matching.matches)))


def find_header(
    rows: Sequence[Sequence[str]], asked: Sequence[QuestionSpec], mapping: ColumnMapping | None = None
) -> int | None:
    """
    Return which of the first rows is the header.

    Returns:
        The first row that names a question and something else; one with a question alone; else the row with the most
        columns that are known, then with the most cells that are not blank, then the first. None where every row is
        blank. A row further down that names more does not count: it may be a cell of somebody's notes.

    >>> find_header([["Pipeline 2026", ""], ["Deal Name", "Amount"], ["Amount", "12"]], [])
    1
    """
    names = _Names(asked, mapping)
    counts: list[tuple[int, int, int]] = []
    for row in rows:
        claims = [names.claim(cell) for cell in row]
        targets = {target for claim in claims if claim and (target := target_of(claim.column))}
        questions = {claim.column.question for claim in claims if claim and claim.column.question in names.asked}
        counts.append((len(questions), len(targets), sum(bool(bare(cell)) for cell in row)))
    for least in (2, 1):
        for at, (questions_named, named, _) in enumerate(counts):
            if questions_named and named >= least:
                return at
    best = max((count[1:] for count in counts), default=(0, 0))
    return [count[1:] for count in counts].index(best) if best[1] else None


def target_of(column: Column) -> str | None:
    """Return the question or the field that a column is for, prefixed so that no two are alike."""
    if column.field == "closed":  # every such column counts
        return f"field:closed {folded_header(column.header)}"
    if column.field == "hours_spent":
        return f"field:hours_spent {column.role}"
    return column.question or (f"field:{column.field}" if column.field else None)


def _by_target(claims: Sequence[_Claim | None], names: _Names) -> dict[str, list[int]]:
    """Return the positions of the columns that claim each question that is asked, and each field."""
    found = dict[str, list[int]]()
    for position, claim in enumerate(claims):
        target = target_of(claim.column) if claim else None
        if claim and target and (claim.column.question is None or target in names.asked):
            found.setdefault(target, []).append(position)
    return found


def _rank(claims: Sequence[_Claim | None], position: int) -> tuple[int, int, int]:
    claim = claims[position]
    return (claim.fit, claim.order, position) if claim else (0, 0, position)


def _tied(claims: Sequence[_Claim | None], rivals: Iterable[int]) -> list[int]:
    """Return the columns that answer one question equally well, if there are several."""
    fits = {position: claim.fit for position in rivals if (claim := claims[position]) and claim.column.question}
    best = [position for position, fit in fits.items() if fit == min(fits.values())]
    return best if len(best) > 1 else []


def _two_columns(question: str, tied: Sequence[tuple[int, str]]) -> Problem:
    named = [f"{quoted(header)} (column {position + 1})" for position, header in tied[:MOST_NAMED]]
    named += [f"{len(tied) - MOST_NAMED:,} more"] if len(tied) > MOST_NAMED else []
    count = "two" if len(tied) == 2 else f"{len(tied):,}"  # noqa: PLR2004 - two is a word
    message = f"{count} columns answer {quoted(question)}: {', '.join(named[:-1])} and {named[-1]}"
    same = len({folded_header(header) for _, header in tied}) == 1
    hint = "give them different headers" if same else 'write "leave" in a mapping file for those that should not count'
    return Problem("two-columns", message, hint=hint)


def _missing(names: _Names, winners: dict[str, int]) -> Iterator[str]:
    named = set(winners)
    for column in names.columns:
        target = target_of(column)
        if target and target not in named and (column.question is None or target in names.asked):
            named.add(target)
            yield column.header


def _match(position: int, won: _Won) -> Match:
    text, claim = won.header[position], won.claims[position]
    if claim is None:
        return _unmatched(position, text, won)
    target, question = target_of(claim.column), claim.column.question
    if question and question not in won.names.asked:
        hint = f"this screen does not ask {quoted(question)}"
        return Match(position, text, Column(claim.column.header), claim.how, hint)
    if target is not None and won.winners[target] != position:
        if claim.column.field in PROGRESS:
            return Match(position, text, claim.column, claim.how, also=True)
        first = quoted(won.header[won.winners[target]])
        taken = f"answers {quoted(question)}" if question else f"is the {claim.column.field}"
        return Match(position, text, hint=f"{first} {taken} already")
    return Match(position, text, claim.column, claim.how)


def _unmatched(position: int, text: str, won: _Won) -> Match:
    """Return a column that nothing is known of, with the question or the header of the mapping that it is near to."""
    if position in won.refused:
        same = quoted(won.refused[position])
        return Match(
            position, text, hint=f"named like the question {same}, but most of its values are not answers to it"
        )
    words = {
        folded_header(known).replace(" ", "_"): known for known in (*reversed(list(won.names.asked)), *won.missing)
    }
    known = words.get(closest(folded_header(text), list(words)) or "") if bare(text) else None
    if known is not None and won.values.cannot_be(position, won.names.asked.get(known), won.names.mapping):
        known = None
    if known is None:
        is_value = "field:value" not in won.winners and won.values.may_be_money(position, text)
        return Match(position, text, hint=VALUE_HINT if is_value else None)
    if known in won.winners:
        hint = f"like {quoted(known)}, which {quoted(won.header[won.winners[known]])} answers already"
        return Match(position, text, hint=hint)
    meant = known if known in won.names.asked else None
    return Match(position, text, hint=f"did you mean {quoted(known)}?", meant=meant)
