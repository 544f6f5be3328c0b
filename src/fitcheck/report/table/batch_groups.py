"""How the rows of a table are counted: by what to do with them, and how firmly that stands."""

from typing import Literal

from fitcheck.decision.score.results import FitState, Verdict

GroupName = Literal["pursue", "ask first", "not now"]

GROUPS: tuple[tuple[GroupName, Verdict, tuple[FitState, ...]], ...] = (
    ("pursue", "pursue", ("settled", "likely", "leaning")),
    ("ask first", "not now", ("ask first",)),
    ("not now", "not now", ("leaning", "likely", "settled")),
)
"""Each group with its verdict and states, from the best on."""
