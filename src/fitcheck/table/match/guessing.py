"""
Which option a text may mean that is neither an option nor what one says.

A guess is for a person to confirm: "not agreed" is very like "agreed". It is never made from a number or a date, nor
between a text that denies something and one that does not.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from fitcheck.folding import folded_header
from fitcheck.nearest import closest
from fitcheck.table.match.cells import is_figure
from fitcheck.table.match.everyday import EVERYDAY, NO, PARTLY, STANDARD, YES
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


_FILLING = frozenset(
    ("they", "their", "them", "ours", "with", "from", "that", "this", "have", "said", "want", "wants", "something",
     "somebody", "before", "more", "other", "another", "there", "than", "what", "when", "will", "would", "first")
)  # fmt: skip
"""Words of options that tell nothing when a text shares them."""


class Guess(NamedTuple):
    """An option, and what it was guessed from: the words of the text, its likeness, or what people say for it."""

    option: str
    how: Literal["words", "likeness", "everyday"]


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


def near_option(asked: QuestionSpec, text: str) -> Guess | None:
    """
    Return the option that comes nearest to a text, by everyday words too; for a person to confirm, never to score by.

    >>> ask = QuestionSpec("money_set_aside", "Budget?", (("set_aside_or_paid", "Approved"), ("half_or_none", "None")))
    >>> near_option(ask, "Yes, in writing"), near_option(ask, "too expensive!"), near_option(ask, "blue")
    (Guess(option='set_aside_or_paid', how='everyday'), Guess(option='half_or_none', how='everyday'), None)
    """
    everyday, folded = EVERYDAY.get(asked.id), folded_header(text)
    if not folded or is_figure(text) or _FILLING.issuperset(folded.split()):
        return None
    own = everyday.words if everyday else {}
    if option := own.get(folded):
        return Guess(option, "everyday") if option in asked.ids else None
    if found := guess(asked, text):
        return found
    standard = {YES: everyday.yes, PARTLY: everyday.partly, NO: everyday.no} if everyday else {}
    option = _option_within(folded, own) or standard.get(_standing(folded) or "")
    if option and option in asked.ids:
        return Guess(option, "everyday")
    return by_shared_words(asked, folded)


def _option_within(folded: str, words: Mapping[str, str]) -> str | None:
    """Return the option of the longest everyday word that stands in a text, unless it denies more than that."""
    found = [word for word in words if f" {word} " in f" {folded} "]
    longest = max(found, key=len, default="")
    return words[longest] if longest and _denies(_words(longest)) == _denies(_words(folded)) else None


def _standing(folded: str) -> str | None:
    """Return which standard word a text is, begins with, or has in it; a denial only goes with no."""
    phrases = [(phrase, kind) for kind, known in STANDARD.items() for phrase in known]
    for kind in (kind for phrase, kind in phrases if folded == phrase):
        return kind
    first = [(phrase, kind) for phrase, kind in phrases if folded.startswith(f"{phrase} ")]
    within = [(phrase, kind) for phrase, kind in phrases if len(phrase) >= SHORTEST and f" {phrase} " in f" {folded} "]
    phrase, kind = max(first or within, key=lambda each: len(each[0]), default=("", ""))
    doubted = kind == YES or (kind == PARTLY and not first)
    return None if not phrase or (doubted and _denies(_words(folded))) else kind


def by_shared_words(asked: QuestionSpec, folded: str) -> Guess | None:
    """Return the option that alone shares most telling words of a text, at least half of them."""
    words = {word for word in folded.split() if len(word) >= SHORTEST} - _FILLING
    of_options = {option: _words(f"{option.replace('_', ' ')} {says}") for option, says in asked.options}
    shared = {option: len(words & said) for option, said in of_options.items()}
    best = max(shared.values(), default=0)
    options = [option for option, count in shared.items() if count == best]
    if not best or best * 2 < len(words) or len(options) > 1:
        return None
    return Guess(options[0], "words") if _denies(of_options[options[0]]) == _denies(_words(folded)) else None
