"""Normalised spellings, by which headers and the texts of cells are compared."""

import re
from unicodedata import normalize

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_BLANKS = re.compile(r"[\s_\-\u2010-\u2015\u2212]+")


def bare(text: str) -> str:
    r"""
    Return a text without what can't be seen: a byte order mark, characters without width, blanks around it.

    >>> bare("\ufeff Deal Name ")
    'Deal Name'
    """
    return (text if text.isascii() else _INVISIBLE.sub("", text)).strip()


def folded_header(text: str) -> str:
    r"""
    Return a header as it is compared: capitals, blanks and punctuation make no difference.

    A header of nothing but punctuation stays as it is, so that `#` and `%` are two.

    >>> folded_header('\ufeffCumulative time in "Renewals  (Sales Pipeline)" ')
    'cumulative time in renewals sales pipeline'
    >>> folded_header("who_decides"), folded_header("%"), folded_header("Währung")
    ('who decides', '%', 'währung')
    """
    visible = bare(text)
    return _BETWEEN_WORDS.sub(" ", _caseless(visible)).strip() or visible


def folded_cell(text: str) -> str:
    """
    Return the text of a cell as it is compared: capitals make no difference, nor whether words are joined by _ or -.

    Other punctuation counts: `1-5` and `1.5` are two answers.

    >>> folded_cell(" Named_with-Time "), folded_cell("N/A"), folded_cell("--")
    ('named with time', 'n/a', '')
    """
    return _BLANKS.sub(" ", _caseless(bare(text))).strip()


def _caseless(text: str) -> str:
    """Return the letters of a text whatever their case, width and composition."""
    return text.casefold() if text.isascii() else normalize("NFKC", normalize("NFKC", text).casefold())
