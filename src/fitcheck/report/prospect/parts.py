"""Assessment → the one part of the report that somebody asked for."""

from fitcheck.decision.assessment import Assessment
from fitcheck.report.document import Blocks, Section, para
from fitcheck.report.prospect.full import sections
from fitcheck.report.prospect.short import basis, title

_ASKING = {"Ask next", "Not known"}
_CHANGES = {"Deal-breakers", "What would change it", "What would turn it", "How to help"}


def asking_report(assessment: Assessment) -> Blocks:
    """Build the report on what to ask next, most telling first: every question that is open, with its id."""
    return _part(assessment, _ASKING, "Every question is answered.")


def change_report(assessment: Assessment) -> Blocks:
    """Build the report on what would change the verdict, and who would have to act."""
    unclear = assessment.too_little_known or assessment.held_back
    return _part(assessment, _CHANGES, "Ask first: too much is open." if unclear else "No small change would turn it.")


def _part(assessment: Assessment, titles: set[str], nothing: str) -> Blocks:
    found = (
        block for block in sections(assessment, drawn=True) if isinstance(block, Section) and block.title in titles
    )
    return (title(assessment), para(basis(assessment)), *(tuple(found) or (para(nothing),)))
