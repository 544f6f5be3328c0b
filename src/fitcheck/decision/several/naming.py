"""Unique names for prospects listed together."""

from collections import Counter
from collections.abc import Sequence

from fitcheck.decision.content.answers import Prospect


def unique_names(prospects: Sequence[Prospect]) -> tuple[str, ...]:
    """
    Names, with the id where two have one name, and with the position where even that is the same.

    >>> acme = [Prospect(id, "Acme", {}) for id in ("acme", "acme-2026", "acme-2026")]
    >>> unique_names([*acme, Prospect("other", "Other", {})])
    ('Acme (acme)', 'Acme (acme-2026), 2', 'Acme (acme-2026), 3', 'Other')
    """
    often = Counter(prospect.name for prospect in prospects)
    named = [f"{p.name} ({p.id})" if often[p.name] > 1 else p.name for p in prospects]
    twice = Counter(named)
    return tuple(f"{name}, {place}" if twice[name] > 1 else name for place, name in enumerate(named, 1))
