"""
Says pursue or not now for a sales prospect, why, and what it will cost to close.

>>> import fitcheck
>>> screen = fitcheck.load_screen("pilot")
>>> assessment = fitcheck.assess(screen, {"named_users": "nobody"}, stage="pilot")
>>> assessment.verdict, assessment.settled
('not now', True)
>>> print(fitcheck.render(assessment, "markdown").splitlines()[0])
## NOT NOW: prospect (settled · 35 of 100, needs 58)
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fitcheck.api import (
        agreement,
        assess,
        compare,
        letter,
        load_company,
        load_prospect,
        load_screen,
        merge,
        rank,
        render,
    )
    from fitcheck.decision.assessment import Assessment
    from fitcheck.decision.content.answers import Answer, Prospect
    from fitcheck.decision.content.cost_model import Company, Deal
    from fitcheck.decision.content.rubric import Screen
    from fitcheck.problems import DocumentError, FitcheckError, UsageError
    from fitcheck.report.layout import TextOptions
    from fitcheck.tables import score_frame

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Assessment",
    "Company",
    "Deal",
    "DocumentError",
    "FitcheckError",
    "Prospect",
    "Screen",
    "TextOptions",
    "UsageError",
    "agreement",
    "assess",
    "compare",
    "letter",
    "load_company",
    "load_prospect",
    "load_screen",
    "merge",
    "rank",
    "render",
    "score_frame",
]

_HOMES = {
    "Answer": "fitcheck.decision.content.answers",
    "Assessment": "fitcheck.decision.assessment",
    "Company": "fitcheck.decision.content.cost_model",
    "Deal": "fitcheck.decision.content.cost_model",
    "DocumentError": "fitcheck.problems",
    "FitcheckError": "fitcheck.problems",
    "Prospect": "fitcheck.decision.content.answers",
    "Screen": "fitcheck.decision.content.rubric",
    "TextOptions": "fitcheck.report.layout",
    "UsageError": "fitcheck.problems",
    "score_frame": "fitcheck.tables",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `fitcheck --version` imports nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "fitcheck.api")), name)


def __dir__() -> list[str]:
    """The public names."""
    return [*__all__, "__version__"]
