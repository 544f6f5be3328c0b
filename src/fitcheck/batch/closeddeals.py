"""Deals that are won or lost already: they are scored like all others, and nobody is sent to them."""

from collections.abc import Iterable, Sequence

from fitcheck.batch.folding import folded_header
from fitcheck.decision.memo import bounded_put

_OUTCOMES = (
    "won", "lost", "closed", "gewonnen", "verloren", "gagné", "gagnée", "perdu", "perdue", "ganado", "ganada",
    "perdido", "perdida", "vinto", "vinta", "perso", "persa", "ganho", "ganha",
)  # fmt: skip
CLOSED = frozenset(folded_header(text) for text in (*_OUTCOMES, "closed won", "closed lost", "closedwon", "closedlost"))
"""What a stage says of such a deal, as it is compared."""


class ClosedDeals:
    """
    Tells them by their stage in the CRM.

    Args:
        position: of the column that says the stage; None if there is none.
        more: texts that say so too, as a mapping names them.

    Attributes:
        position: of that column.
    """

    def __init__(self, position: int | None, more: Iterable[str] = ()) -> None:
        self.position = position
        self._closed = CLOSED.union(map(folded_header, more))
        self._known: dict[str, bool] = {}

    def says(self, text: str) -> bool:
        """Whether a stage says that the deal is closed."""
        known = self._known.get(text)
        return bounded_put(self._known, text, folded_header(text) in self._closed) if known is None else known

    def stage(self, cells: Sequence[str]) -> str | None:
        """What the stage of a closed deal is called; None if it is not closed."""
        if self.position is None:
            return None
        text = cells[self.position]
        return text.strip() if self.says(text) else None
