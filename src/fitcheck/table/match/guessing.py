"""
Which option a text may mean that is neither an option nor what one says.

A guess is for a person to confirm: "not agreed" is very like "agreed". It is never made from a number or a date, nor
between a text that denies something and one that does not.
"""

from typing import Literal, NamedTuple

from fitcheck.folding import folded_header
from fitcheck.nearest import closest
from fitcheck.table.match.cells import is_figure
from fitcheck.table.match.questions import QuestionSpec

SHORTEST = 4
"""Letters that words must have together to stand for an option: "in" is in many of them."""

_DENIALS = frozenset(
    (
        *("no", "not", "none", "nobody", "nothing", "never", "neither", "nor", "without", "cannot", "t"),
        *("kein", "keine", "keiner", "nein", "nicht", "nichts", "niemand", "nie", "ohne"),
        *("non", "pas", "aucun", "aucune", "rien", "jamais", "sans", "ne", "nessuno", "senza", "mai"),
        *("nada", "nadie", "nunca", "sin", "ninguno", "não", "nenhum", "ninguém", "sem", "geen", "niet", "zonder"),
    )
)
"""Words that turn a sentence round; "t" is what is left of "isn't"."""


class Guess(NamedTuple):
    """An option, and what it was guessed from: the words of the text, or its likeness."""

    option: str
    how: Literal["words", "likeness"]


def guess(asked: QuestionSpec, text: str) -> Guess | None:
    """
    Return the option that a text most likely means; None where none is near, or several are.

    >>> options = (("named", "Named people"), ("promised", "Someone, later"), ("nobody", "Nobody"))
    >>> ask = QuestionSpec("users", "Who?", options)
    >>> guess(ask, "a good one"), guess(ask, "later"), guess(ask, "Nmed people"), guess(ask, "not named")
    (None, Guess(option='promised', how='words'), Guess(option='named', how='likeness'), None)
    """
    if is_figure(text):
        return None
    words = _words(text)
    texts = [(option, said) for option, says in asked.options for said in (option, says)]
    for within in (_is_part, _is_whole):
        found = {option: said for option, said in texts if within(words, _words(said))}
        if len(found) > 1:
            return None
        for option, said in found.items():
            return Guess(option, "words") if _denies(_words(said)) == _denies(words) else None
    by_spelling = {folded_header(said).replace(" ", "_"): (option, said) for option, said in reversed(texts)}
    option, said = by_spelling.get(closest(folded_header(text), list(by_spelling)) or "", ("", ""))
    return Guess(option, "likeness") if option and _denies(_words(said)) == _denies(words) else None


def _words(text: str) -> frozenset[str]:
    return frozenset(folded_header(text).split())


def _denies(words: frozenset[str]) -> bool:
    return not words.isdisjoint(_DENIALS)


def _is_part(words: frozenset[str], said: frozenset[str]) -> bool:
    """Say whether the text is an abbreviation of what an option says."""
    return words <= said and len("".join(words)) >= SHORTEST


def _is_whole(words: frozenset[str], said: frozenset[str]) -> bool:
    """Say whether the text says all that an option says, and more."""
    return said <= words and len("".join(said)) >= SHORTEST
