"""Suggest the right word for a misspelt one, and quote what somebody wrote."""

from collections.abc import Sequence
from difflib import get_close_matches

from fitcheck.problems import printable

LONGEST_QUOTE = 40
LONGEST_WORD = 100
LIKENESS = 0.7
"""From which ratio of `difflib` on two words are taken for one and the same; 0.6 already finds "time" in "me"."""


def quoted(word: object) -> str:
    """
    Return something a person wrote in double quotes, safe to print and not too long.

    >>> quoted("wieght")
    '"wieght"'
    """
    return f'"{_cut(printable(str(word)))}"'


def shown(value: object) -> str:
    """
    Return something that a caller in Python gave as Python writes it, safe to print and not too long.

    >>> shown("2026-11-11"), shown(None)
    ("'2026-11-11'", 'None')
    """
    try:
        return _cut(printable(repr(value)))
    except ValueError:  # Python writes no whole number of thousands of digits
        return "of too many digits to show"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 3]}..."


def closest(word: object, known: Sequence[str]) -> str | None:
    """
    Return the known word that somebody probably meant.

    >>> closest("wieght", ["ask", "weight"]), closest("me", ["them", "time"])
    ('weight', None)
    """
    written = str(word)[:LONGEST_WORD].lower().replace(" ", "_")
    lowered = {right.lower(): right for right in known}
    for form in (written, written.replace("_", "-")):
        if found := get_close_matches(form, lowered, n=1, cutoff=LIKENESS):
            return lowered[found[0]]
    return None


def nearest(word: object, known: Sequence[str], *, show: int = 8) -> str | None:
    """
    Return a hint that names the word that was probably meant, or all of them where they are at most `show`.

    >>> nearest("wieght", ["ask", "weight"])
    'did you mean "weight"?'
    >>> nearest("zzz", ["ask", "weight"])
    'one of: ask, weight'
    """
    if meant := closest(word, known):
        return f"did you mean {quoted(meant)}?"
    return f"one of: {', '.join(known)}" if known and len(known) <= show else None
