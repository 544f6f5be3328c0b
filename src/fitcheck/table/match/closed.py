"""Tells deals that are won or lost, by everything that a CRM says of their progress, in the languages of its users."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from unicodedata import combining, normalize

from fitcheck.decision.memo import MOST_KEPT
from fitcheck.folding import bare, folded_header
from fitcheck.mapping import ColumnMapping
from fitcheck.table.match.columns import Matching

_WON = (
    "won", "closedwon", "gewonnen", "gagné", "gagnée", "gagnés", "ganado", "ganada", "ganho", "ganha", "ganhou",
    "vinto",
    "vinta", "wygrana", "wygrane", "wygrany", "vunnen", "vunnet", "vundet", "voitettu", "vyhráno", "vyhraná",
    "выиграна",
    "выигран", "выиграно",
)  # fmt: skip
_LOST = (
    "lost", "closedlost", "verloren", "perdu", "perdue", "perdus", "perdido", "perdida", "perso", "persa", "przegrana",
    "przegrane", "przegrany", "förlorad", "förlorat", "tapt", "tabt", "hävitty", "menetetty", "prohráno", "prohraná",
    "проиграна", "проигран", "проиграно",
)  # fmt: skip
_CLOSED = (
    "closed", "geschlossen", "abgeschlossen", "fermé", "fermée", "clos", "close", "clôturé", "clôturée", "conclu",
    "conclue", "cerrado", "cerrada", "cierre", "fechado", "fechada", "encerrado", "encerrada", "chiuso", "chiusa",
    "gesloten", "afgesloten", "zamknięte", "zamknięta", "zamknięty", "stängd", "stängt", "avslutad", "lukket",
    "lukkede",
    "suljettu", "uzavřeno", "закрыта", "закрыт", "закрыто",
)  # fmt: skip
_DEAD = ("dead", "abandoned", "cancelled", "canceled", "disqualified", "storniert", "annulé", "cancelado", "annullato")
"""Whole words for a deal that nobody works on any more."""
_WHOLE = ("受注", "失注", "成約", "成約済み", "クローズ", "赢单", "输单")
_WITHOUT_SPACES = re.compile(r"closed[ _-]?(won|lost)|受注|失注|成約|クローズ", re.IGNORECASE)

_DOUBTS = frozenset(
    (
        *(
            "not",
            "never",
            "nearly",
            "almost",
            "likely",
            "probably",
            "maybe",
            "if",
            "be",
            "can",
            "could",
            "soon",
            "verbally",
        ),
        *("verbal", "to", "expected", "unless", "before", "until", "pre", "non", "no", "un", "t", "half"),
        *("nicht", "fast", "bald", "wenn", "no", "casi", "aún", "pas", "presque", "si", "quasi", "niet", "bijna"),
        *("não", "quase", "ikke", "inte", "nie"),
    )
)
"""Words before which a deal is not won or lost yet."""

_AFTER = frozenset(
    ("to", "by", "due", "because", "against", "deal", "deals", "opportunity", "business", "sale", "project", "an", "a",
     "wegen", "por", "à", "par", "per", "an")
)  # fmt: skip
"""Words that may follow: "lost to a competitor" is lost, "lost contact" says nothing of the deal."""

_YES = frozenset(
    ("true", "yes", "y", "1", "x", "✓", "✔", "☑", "wahr", "ja", "j", "vrai", "oui", "o", "verdadero", "sí", "si",
     "vero",
     "sì", "verdadeiro", "sim", "waar", "prawda", "tak", "sant", "tosi", "kyllä", "checked", "はい")
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_ORDINAL = re.compile(r"\s*(?:\(?\d{1,3}\s*[.):/-]*|[^\W\d_]\s*[.):-])\s*")


def _without_accents(word: str) -> str:
    return "".join(char for char in normalize("NFD", word.casefold()) if not combining(char))


_OUTCOMES = frozenset(map(_without_accents, (*_WON, *_LOST)))
_BEGINNINGS = frozenset(map(_without_accents, (*_CLOSED,))) - {"close"}
_ALONE = frozenset(map(_without_accents, (*_WON, *_LOST, *_BEGINNINGS, *_DEAD, *_WHOLE)))
_JUST_CLOSING = frozenset(("cierre",))
"""Alone, this may be the stage before."""


def is_closed(stage: str) -> bool:
    """
    Say whether the text of a stage is that of a deal that is won or lost.

    >>> [is_closed(text) for text in ("Closed - no decision", "L. Project Lost", "Lost to a rival", "Cierre ganado")]
    [True, True, True, True]
    >>> [is_closed(text) for text in ("Closing", "Lost contact", "Won't answer", "Not lost yet", "Proposal")]
    [False, False, False, False, False]
    """
    text = bare(stage)
    text = text[found.end() :] if (found := _ORDINAL.match(text)) and found.end() < len(text) else text
    if _WITHOUT_SPACES.search(text):
        return True
    spans = [(_without_accents(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]
    words = [word for word, _, _ in spans]
    if not words:
        return False
    if len(words) == 1:
        return words[0] in _ALONE - _JUST_CLOSING
    if words[0] in _BEGINNINGS:
        return True
    for k, (word, _, end) in enumerate(spans):
        if (word in _OUTCOMES or (k == 0 and word in _DEAD)) and not _DOUBTS.intersection(words[:k]):
            rest = text[end:]
            follows = words[k + 1] if k + 1 < len(words) else ""
            apart = bool(re.match(r"\s*[-–—:;,/|(\[.]", rest)) or rest.startswith("\n")
            others = _OUTCOMES | _BEGINNINGS | _AFTER
            if not follows or apart or follows in others:
                return True
    return False


class ClosedDeals:
    """
    Tells deals that are closed by any column of their progress.

    Args:
        matching: of the table's columns.
        mapping: may name further stages of closed deals.
    """

    def __init__(self, matching: Matching, mapping: ColumnMapping | None = None) -> None:
        more = frozenset(map(folded_header, mapping.closed if mapping else ()))
        keep = lru_cache(MOST_KEPT)
        stage = keep(lambda text: text.strip() if folded_header(text) in more or is_closed(text) else None)
        self._columns = []
        for match in matching.progress:
            flag = match.column is not None and match.column.field == "closed"
            self._columns.append((match.position, keep(_flagged(match.header, stage)) if flag else stage))

    def stage(self, cells: Sequence[str]) -> str | None:
        """Return what says that a deal is closed: its stage, or the header of a column; None if it is not closed."""
        for position, closed in self._columns:
            found = closed(cells[position])
            if found is not None:
                return found
        return None


def _flagged(header: str, stage: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Read a column that says yes or no under its header, or a stage after all."""
    return lambda text: header.strip() if bare(text).casefold() in _YES else stage(text)
