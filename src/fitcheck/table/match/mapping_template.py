"""The text of a mapping file that a proposal makes: sound as it stands, with a remark on everything undecided."""

import json
import re
from collections.abc import Iterator, Sequence

from fitcheck.documents.mappings import LEAVE
from fitcheck.documents.reading.fields import clean, is_kebab
from fitcheck.documents.reading.scalars import plain_value
from fitcheck.folding import bare, folded_header
from fitcheck.mapping import NOT_APPLICABLE_WORD, UNKNOWN_WORD
from fitcheck.nearest import quoted
from fitcheck.problems import Problem, UsageError, printable
from fitcheck.table.match.proposal import CARRIED, Proposal, ProposedColumn, ProposedValue
from fitcheck.table.match.questions import QuestionSpec

LONGEST_KEY = 1000
"""Characters of a key; YAML reads none that is longer than 1024."""

_HEAD = """\
# Which column of a table is which, proposed from its headers and some of its values.
# {answered} A line that begins with # is undecided or a guess: complete it, then remove
# the # and the blank after it. fitcheck batch TABLE --map FILE --map-only shows what it does.
"""
_PLAIN_MARKS = frozenset(" _()./%+&'")
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, or what is left of bytes that are no text; YAML can't say it."""


def mapping_yaml(proposal: Proposal, name: str, *, title: str = "", about: str = "") -> str:
    """
    Return the text of a mapping file that `load_mapping` reads without a problem.

    Args:
        proposal: from `propose`.
        name: the mapping's id, which has to be the file's name too.
        title: as shown in reports; taken from the name where it is blank.
        about: which tables it is for.

    Raises:
        UsageError: the name is no id, or the table has no header that could be named.
    """
    if not is_kebab(name):
        message = f"{quoted(name)} can't be the id of a mapping, nor the name of its file"
        raise UsageError(Problem("bad-id", message, hint="small letters, digits and -, such as deals-2026.yaml"))
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
        f"mapping: {name}",
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
    return _HEAD.format(answered=answered) + "\n".join(lines) + "\n"


def _defaults(proposal: Proposal) -> Iterator[str]:
    base = proposal.mapping
    unknown = ", ".join(map(_quoted, base.unknown)) if base else ""
    yield (
        f'decimal: "{base.decimal}"'
        if base and base.decimal
        else '# decimal: ","   # mark in amounts, if none proves it'
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


def _column(column: ProposedColumn, proposal: Proposal) -> Iterator[str]:
    known, key = column.column, _key(bare(column.header))
    if known and known.question:
        yield f"{key}:{_remark(column, always=column.how == 'values')}"
        yield f"  question: {known.question}"
        yield "  values:"
        for value in column.values:
            yield from _value(value, proposal.question(known.question))
    elif known and known.field:
        role = f", role: {known.role}" if known.role else ""
        yield f"{key}: {{field: {known.field}{role}}}{_remark(column)}"
    elif column.perhaps and not known:
        yield f"# {key}: {{question: {column.perhaps}}}{_remark(column, always=True)}"
    else:
        yield f"{key}: {LEAVE}{_remark(column, always=column.how is None and column.why != CARRIED)}"


def _value(value: ProposedValue, asked: QuestionSpec) -> Iterator[str]:
    key = _quoted(value.text)
    if fault := _fault(value.text):
        yield f"    # a value is left out: {fault.replace('header', 'text')}"
    elif value.is_sure:
        yield f"    {key}: {value.word}"
    elif value.word:
        yield f"    # {key}: {value.word}   # a guess from its {'words' if value.how == 'words' else 'spelling'}"
    else:
        yield f"    # {key}:    # {', '.join(_words(asked))}"


def _words(asked: QuestionSpec) -> Sequence[str]:
    return [*asked.ids, UNKNOWN_WORD, *([NOT_APPLICABLE_WORD] if asked.may_be_na else [])]


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
