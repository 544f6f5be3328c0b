"""Records that are no prospects: what reports put below, between and above the rows of a table."""

import re
from collections.abc import Sequence
from typing import Literal

LeftOut = Literal["footer", "totals", "repeated header", "sep line"]

LONGEST = 300
"""A cell longer than this is nobody's footer [characters]."""

_FOOTER = re.compile(
    r"""confidential\ information\ -\ do\ not\ distribute\b.*
    |   copyright\ (?:\(c\)|©)?\s*[\d\s,–-]*salesforce.*
    |   (?:generated|exported|created|printed|run|report\ generated|report\ run)\ (?:by|on|at)\s*:.*
    |   (?:filtered|sorted|grouped|summarized)\ by\s*(?::.*)?
    |   (?:as\ of|report|filters?|filter\ logic|show|currency|date\ field|source\ report|record\ count)\s*:\s.*
    |   as\ of\ [\d:/.\s-]+.*
    |   \d[\d,.\s]*\ (?:records?|rows?)(?:\ (?:total|found|exported))?\.?
    |   end\ of\ (?:report|file|list)\.?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TOTAL = re.compile(
    r"""(?:
        (?:grand\s+|sub\s*-?\s*|overall\s+|report\s+)?totals?
    |   sums?|count|average|avg\.?
    |   (?:zwischen|gesamt|end)?summen?|(?:ins)?gesamt|anzahl|durchschnitt
    |   (?:sous-|sub)?total\ g[ée]n[ée]ral|sous-total|totaux|somme|moyenne
    |   (?:sub|eind)?totaal|som|aantal
    |   totale(?:\s+(?:complessivo|generale))?|somma
    |   total\ general|suma|razem|celkem|yhteensä|summa|totalt
    )
    (?:\s*\(\s*[\d.,\s]*\s*(?:records?|rows?|datens[äa]tze|zeilen|enregistrements|records|registros)?\s*\)
    |  \s*:?\s*[\d.,\s]*
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(
    r"""[-+(]?\s*(?:[A-Z]{3}|[€$£¥])?\s*[-+]?\d[\d\s.,'’\u00a0\u202f]*\s*(?:[A-Z]{3}|[€$£¥%])?\s*\)?""", re.VERBOSE
)
_COUNT = re.compile(r"\d[\d,.\s]*\s(?:records?|rows?|deals?)", re.IGNORECASE)
_CURRENCY = re.compile("[A-Z]{3}")
_SEP = re.compile(r'"?sep=.?"?', re.IGNORECASE)


def left_out(cells: Sequence[str], header: Sequence[str]) -> LeftOut | None:
    """
    Return why a record is no prospect; None if it may be one, which is taken for granted where there is any doubt.

    A prospect may well be called "Total Energies" or "Sum": only a record whose every word is one of totals, or a
    footer that stands in its row alone, is left out. The caller counts these and says so.

    Args:
        cells: of the record, as many as there are, whatever the header has.
        header: the cells of the header.

    >>> header = ["Account", "Stage", "Amount"]
    >>> left_out(["Grand Totals (12 records)", "", "EUR 1,200.00"], header)
    'totals'
    >>> left_out(["Total Energies", "", ""], header) is None
    True
    """
    stripped = [cell.strip() for cell in cells]
    words = [cell for cell in stripped if cell]
    if not words:
        return None
    if len(words) > 1 and stripped == [name.strip() for name in header]:
        return "repeated header"
    if len(words) <= 2 and _SEP.fullmatch("".join(words)):  # noqa: PLR2004 - `sep=;` is two cells where ; parts them
        return "sep line"
    if any(len(word) > LONGEST for word in words):
        return None
    # without quotes, "salesforce.com, inc. ..." falls into two cells of a record that is too short
    alone = ", ".join(words) if len(words) == 1 or len(cells) < len(header) else ""
    if _FOOTER.fullmatch(alone):
        return "footer"
    is_totals = len(header) > 1 and _TOTAL.fullmatch(words[0]) and all(map(_is_total, words[1:]))
    return "totals" if is_totals else None


def _is_total(word: str) -> bool:
    return any(pattern.fullmatch(word) for pattern in (_TOTAL, _NUMBER, _COUNT, _CURRENCY))
