"""Recognises records that are no prospects: footers, totals and repeated headers of reports."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from fitcheck.folding import bare, folded_header
from fitcheck.table.read.records import Record

NonData = Literal["footer", "totals", "repeated header", "second header line", "group title", "sep line"]

_REPEATED: Literal["repeated header"] = "repeated header"
_IMPORT_ID = '{"ImportId"'
_WORDS_OF_A_QUESTION = 3

LONGEST = 300
"""A cell longer than this is nobody's footer [characters]."""

_FOOTER = re.compile(
    r"""confidential\ information\ -\ do\ not\ distribute\.?
    |   copyright\ (?:\(c\)|©)\s*\d{4}(?:\s*[–-]\s*\d{4})?\s+
        salesforce(?:\.com)?,?\s+inc\.?\s*(?:all\ rights\ reserved\.?)?
    |   (?:generated|exported|created|printed|run|report\ generated|report\ run)\ (?:by|on|at)\s*:.*
    |   filtered\ by | (?:filtered|sorted|grouped|summarized)\ by\s*:.*
    |   (?:filter\ logic|date\ field|source\ report)\s*:\s.*
    |   currency\s*:\s*[A-Z]{3} | record\ count\s*:\s*\d[\d,.]*
    |   as\ of\s*:?\s*\d{1,4}([/.-])\d{1,2}\1\d{1,4}(?:[\s,T]+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s*[ap]m)?(?:\s+[A-Z]{2,5})?
    |   \d[\d,.]*\ (?:records?|rows?)\ (?:total|found|exported)\.?
    |   end\ of\ (?:report|file|list)\.?
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words of whole lines, to the end: "88 Records", "Show: Time" and "As of 1 Ltd" are names that somebody may have."""

_TOTAL = re.compile(
    r"""(?:
        (?:grand\s+|sub\s*-?\s*|overall\s+|report\s+)?totals?
    |   grand\s+summar(?:y|ies)
    |   sums?|count|average|avg\.?
    |   (?:zwischen|gesamt|end)?summen?|(?:ins)?gesamt|anzahl|durchschnitt
    |   (?:sous-|sub)?total\ g[ée]n[ée]ral|sous-total|totaux|somme|moyenne
    |   (?:sub|eind)?totaal|som|aantal
    |   totale(?:\s+(?:complessivo|generale))?|somma
    |   total\ general|suma|razem|celkem|yhteensä|summa|totalt
    )
    (?P<sure>
        \s*\(\s*\d[\d.,]*\s*(?:records?|rows?|datens[äa]tze|zeilen|enregistrements|records|registros)?\s*\)
    |   \s*:\s*(?:\d[\d.,]*)?
    )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A word for a total, whole; `sure` is what no name has behind it."""

_NUMBER = re.compile(
    r"""[-+(]?\s*(?:[A-Z]{3}|[€$£¥])?\s*[-+]?\d[\d\s.,'’\u00a0\u202f]*(?:[A-Z]{3}|[€$£¥%])?\s*\)?""", re.VERBOSE
)
_COUNT = re.compile(r"\d[\d,.\s]*\s(?:records?|rows?|deals?)", re.IGNORECASE)
_CURRENCY = re.compile(
    "AED|ARS|AUD|BGN|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EUR|GBP|HKD|HUF|IDR|ILS|INR|ISK|JPY|KRW|MXN|MYR|NOK|NZD|PEN|PHP|PLN|"
    "RON|RSD|RUB|SAR|SEK|SGD|THB|TRY|TWD|UAH|USD|VND|ZAR"
)
"""Not any three letters: an owner may be called by his initials."""
_SEP = re.compile(r'"?sep=[^\w\s"]?"?', re.IGNORECASE)


def non_data_kind(cells: Sequence[str], header: Sequence[str], id_at: int | None = None) -> NonData | None:
    """
    Return the kind of a record that is no prospect; None if it may be one, and in case of doubt.

    A prospect may well be called "Total Energies" or "Sum": only a record whose every word is one of totals, with a
    figure among them, or a footer alone in its row, is non-data. The caller counts these and says so.

    Args:
        cells: of the record, as many as there are, whatever the header has.
        header: the cells of the header.
        id_at: position of the column of ids; a record that has one is no total.

    >>> header = ["Account", "Stage", "Amount"]
    >>> non_data_kind(["Grand Totals (12 records)", "", "EUR 1,200.00"], header)
    'totals'
    >>> non_data_kind(["Total Energies", "", ""], header) is None
    True
    """
    stripped = [cell.strip() for cell in cells]
    words = [cell for cell in stripped if cell]
    if not words:
        return None
    if kind := _of_header(stripped, header):
        return kind
    if len(words) <= 2 and _SEP.fullmatch("".join(words)):  # noqa: PLR2004 - `sep=;` is two cells where ; parts them
        return "sep line"
    if any(len(word) > LONGEST for word in words):
        return None
    # without quotes, "salesforce.com, inc. ..." falls into two cells of a record that is too short
    alone = ", ".join(words) if len(words) == 1 or len(cells) < len(header) else ""
    if _FOOTER.fullmatch(alone):
        return "footer"
    first = stripped.index(words[0])
    has_id = id_at is not None and id_at != first and id_at < len(stripped) and stripped[id_at] != ""
    return "totals" if len(header) > 1 and not has_id and _are_totals(words) else None


def mark_group_titles(records: Iterable[Record], header: Sequence[str]) -> Iterator[Record]:
    """
    Yield records, marked where they are the title of a group: a name alone, and right below it the header once more.

    Args:
        records: of a table, in order.
        header: its cells.
    """
    held: Record | None = None
    for record in records:
        if held is not None:
            is_title = record.fault is None and bool(record.cells) and non_data_kind(record.cells, header) == _REPEATED
            yield held._replace(is_title=True) if is_title else held
            held = None
        if record.cells and record.fault is None and record.cells[0] and not any(record.cells[1:]) and len(header) > 1:
            held = record
        else:
            yield record
    if held is not None:
        yield held


def _of_header(cells: Sequence[str], header: Sequence[str]) -> NonData | None:
    """Return the kind of a record that belongs to the header."""
    words = [cell for cell in cells if cell]
    if all(word.startswith(_IMPORT_ID) for word in words):
        return "second header line"
    return _REPEATED if len(words) > 1 and _repeats(cells, header) else None


def _repeats(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a record is the header once more, perhaps with blanks and with the name of a group in its first cell."""
    if len(cells) > len(header):
        return False
    same = [(bare(cell), folded_header(name)) for cell, name in zip(cells, header, strict=False)]
    first = next(k for k, (cell, _) in enumerate(same) if cell)
    rest = [folded_header(cell) == name for cell, name in same[first + 1 :] if cell]
    return bool(rest) and all(rest) and (len(rest) > 1 or folded_header(same[first][0]) == same[first][1])


def is_second_header(asked: Iterable[tuple[str, str]]) -> bool:
    """
    Say whether a record is another line of a survey's header: below its questions stand their texts, and no answers.

    Args:
        asked: the text of each question that has a column, and the record's cell in it.

    >>> is_second_header([("Who decides?", "Who decides at your firm?"), ("When?", "")])
    True
    >>> is_second_header([("Who decides?", "?"), ("When?", "soon?")])
    False
    """
    cells = [(folded_header(ask), bare(cell)) for ask, cell in asked if bare(cell)]
    return bool(cells) and all(folded_header(cell) == ask or is_question_text(cell) for ask, cell in cells)


def is_question_text(text: str) -> bool:
    """Whether a cell holds a question, or what a survey tool writes below its headers."""
    return text.startswith(_IMPORT_ID) or (text.endswith(("?", "\uff1f")) and len(text.split()) >= _WORDS_OF_A_QUESTION)


def _are_totals(words: Sequence[str]) -> bool:
    """Whether words are of totals, and not the name of a prospect of which nothing else is known."""
    found = _TOTAL.fullmatch(words[0])
    if found is None or not all(map(_is_total, words[1:])):
        return False
    return found["sure"] is not None or any(_NUMBER.fullmatch(word) or _COUNT.fullmatch(word) for word in words[1:])


def _is_total(word: str) -> bool:
    return any(pattern.fullmatch(word) for pattern in (_TOTAL, _NUMBER, _COUNT, _CURRENCY))
