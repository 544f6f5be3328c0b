"""The text of a mapping file that a proposal makes: sound as it stands, with a remark on everything undecided."""

import json
import re
from collections.abc import Iterator, Sequence

from fitcheck.documents.mappings import GUESS, LEAVE, MORE
from fitcheck.documents.reading.fields import clean
from fitcheck.documents.reading.scalars import plain_value
from fitcheck.folding import bare, folded_header
from fitcheck.mapping import NOT_APPLICABLE_WORD, UNKNOWN_WORD, Bands
from fitcheck.nearest import quoted
from fitcheck.problems import Problem, UsageError, printable
from fitcheck.table.match.proposal import Proposal
from fitcheck.table.match.proposed import SURE, ProposedColumn, ProposedValue
from fitcheck.table.match.questions import QuestionSpec

LONGEST_KEY = 1000
"""Characters of a key; YAML reads none that is longer than 1024."""

_HEAD = """\
# Which column of a table is which, proposed from its headers and some of its values.
# {answered}{to_do}
# A line that begins with # only counts once you remove the # and the blank after it.
"""
_TO_DO = """
# A ? marks a guess: delete it where the guess is right, or write another answer; delete the lines of a column that
# answers no question. No row is scored while a ? is left."""
_PLAIN_MARKS = frozenset(" _()./%+&'")
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, or what is left of bytes that are no text; YAML can't say it."""


def mapping_yaml(proposal: Proposal, name: str, *, title: str = "", about: str = "") -> str:
    """
    Return the text of a mapping file that `load_mapping` reads without a problem.

    Args:
        proposal: from `propose`.
        name: of its file without the ending; titles it where nothing else does.
        title: as shown in reports; taken from the name where it is blank.
        about: which tables it is for.

    Raises:
        UsageError: the table has no header that could be named.
    """
    columns, named = list[str](), set[str]()
    for column in proposal.columns:
        folded = folded_header(column.header)
        fault = "its header is that of a column before it" if folded in named else _fault(column.header)
        if fault is None and (column.column or not column.perhaps):
            named.add(folded)
        columns += [f"# column {column.position + 1} can't be named: {fault}"] if fault else _column(column, proposal)
    if not named:
        message = "this table has no header that a mapping could name"
        raise UsageError(Problem("no-headers", message, hint="give its columns headers"))
    lines = [
        "version: 1",
        f"title: {_key(clean(title) or name.replace('-', ' ').capitalize())}",
        f"about: {_key(clean(about) or 'Proposed from the headers and some values of a table.')}",
        *_defaults(proposal),
        "columns:",
        *(f"  {line}" for line in columns),
        *(f"  {line}" for line in _unanswered(proposal)),
    ]
    count = len({column.column.question for column in proposal.columns if column.column and column.column.question})
    answered = {0: "No column answers a question so far.", 1: "One question has a column."}.get(
        count, f"{count} questions have a column."
    )
    guesses = sum(column.to_confirm for column in proposal.columns)
    return _HEAD.format(answered=answered, to_do=_TO_DO if guesses else "") + "\n".join(lines) + "\n"


def _defaults(proposal: Proposal) -> Iterator[str]:
    base = proposal.mapping
    unknown = ", ".join(map(_quoted, base.unknown)) if base else ""
    yield (
        f'decimal: "{base.decimal}"'
        if base and base.decimal
        else '# decimal: ","   # mark in amounts, if none proves it'
    )
    orders = {bands.order for each in proposal.columns if (bands := _bands_in(each)) and bands.order}
    yield (
        f"dates: {orders.pop()}" if len(orders) == 1 else "# dates: day first   # what 05/06/2026 means: or month first"
    )
    yield (
        f"currency: {base.currency}"
        if base and base.currency
        else "# currency: EUR   # of deals for which none is named"
    )
    yield "zero_is_unknown: true" if base and base.zero_is_unknown else "# zero_is_unknown: true   # 0 means unknown"
    closed = ", ".join(map(_quoted, base.closed)) if base else ""
    yield (f"closed: [{closed}]" if closed else '# closed: ["Signed"]   # stages of closed deals, beside won and lost')
    yield f"unknown: [{unknown}]" if unknown else '# unknown: ["--", "Not asked"]   # cells that say nothing'


def _bands_in(column: ProposedColumn) -> Bands | None:
    return column.bands or (column.column.bands if column.column else None)


def _column(column: ProposedColumn, proposal: Proposal) -> Iterator[str]:
    known, key = column.column, _key(bare(column.header))
    if known and known.question:
        mark = GUESS if column.how == "guess" else ""
        yield f"{key}:{_remark(column, always=column.how == 'values')}"
        asked = proposal.question(known.question)
        yield f"  question: {mark}{known.question}{f'   # {clean(asked.ask)}' if mark else ''}"
        if known.bands:
            yield f"  {_bands(known.bands)}{'   # from --as-of on' if known.bands.of_days else ''}"
            return
        yield "  values:"
        for value in column.values:
            yield from _value(value, asked)
        if column.more:
            yield f"    # {column.more:,} rarer values are not listed"
    elif known and known.field:
        role = f", role: {known.role}" if known.role else ""
        yield f"{key}: {{field: {known.field}{role}}}{_remark(column)}"
    elif column.perhaps and column.bands:
        yield f"{key}: {LEAVE}{_remark(column, always=True)}"
        yield f"# {key}: {{question: {column.perhaps}, {_bands(column.bands)}}}   # instead of the line above"
    elif column.perhaps and not known:
        yield f"# {key}: {{question: {column.perhaps}}}{_remark(column, always=True)}"
    else:
        yield f"{key}: {LEAVE}{_remark(column, always=column.why not in SURE)}"


def _bands(bands: Bands) -> str:
    ends = [f"{option}: {most}" for most, option in bands.steps] + ([f"{bands.beyond}: {MORE}"] if bands.beyond else [])
    return f"{'days' if bands.of_days else 'numbers'}: {{{', '.join(ends)}}}"


def _value(value: ProposedValue, asked: QuestionSpec) -> Iterator[str]:
    key, rows = _quoted(value.text), f"   # {counted_rows(value.rows)}"
    if fault := _fault(value.text):
        yield f"    # a value is left out: {fault.replace('header', 'text')}"
    elif value.is_sure:
        yield f"    {key}: {value.word}{rows}"
    elif value.word:
        yield f"    {key}: {GUESS}{value.word}{rows}"
    else:
        yield f"    {key}: {GUESS}{UNKNOWN_WORD}{rows}; or {', '.join(_words(asked, UNKNOWN_WORD))}"


def counted_rows(rows: int) -> str:
    """
    Return in how many rows a value stands.

    >>> counted_rows(1), counted_rows(1234), counted_rows(0)
    ('1 row', '1,234 rows', 'not seen')
    """
    return f"{rows:,} row{'' if rows == 1 else 's'}" if rows else "not seen"


def _words(asked: QuestionSpec, without: str = "") -> Sequence[str]:
    words = [*asked.ids, UNKNOWN_WORD, *([NOT_APPLICABLE_WORD] if asked.may_be_na else [])]
    return [word for word in words if word != without]


def _fault(text: str) -> str | None:
    """Return why a text can't be a key; None if it can."""
    if not bare(text):
        return "its header is blank"
    if len(bare(text)) > LONGEST_KEY:
        return f"its header has {len(bare(text)):,} characters"
    return "its header can't be decoded" if _SURROGATE.search(text) else None


def _unanswered(proposal: Proposal) -> Iterator[str]:
    if proposal.unanswered:
        yield '# Questions without a column. If one has, replace "..." with the header and delete its other line:'
    for name in proposal.unanswered:
        asked = proposal.question(name)
        yield f'# "...": {{question: {name}}}   # {clean(asked.ask)} {", ".join(_words(asked))}'


def _remark(column: ProposedColumn, *, always: bool = False) -> str:
    """Return the end of a line: why, if it is to be said or there is a hint, and some values."""
    samples = ", ".join(map(quoted, column.samples)) if not column.values else ""
    told = [printable(column.why) if always else "", f"such as {samples}" if samples else ""]
    remark = "; ".join(filter(None, told))
    return f"   # {remark}" if remark else ""


def _key(text: str) -> str:
    """Return a header as a key, without quotes where it can do without."""
    is_plain = text[:1].isalpha() and text[-1:] != "'" and all(c.isalnum() or c in _PLAIN_MARKS for c in text)
    return text if is_plain and isinstance(plain_value(text), str) else _quoted(text)


def _quoted(text: str) -> str:
    r"""
    Return a text as YAML in double quotes: those of JSON, and whatever can't be printed by its number.

    >>> print(_quoted('Größe "a"\n\ufeff'))
    "Größe \"a\"\n\U0000feff"
    """
    letters = json.dumps(text, ensure_ascii=False)
    return letters if letters.isprintable() else "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in letters)
