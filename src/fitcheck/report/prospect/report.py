"""One or several assessments → the report that was asked for."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from fitcheck.decision.assessment import Assessment
from fitcheck.report.document import Block, Blocks, Detail, Details, Hint, Rule, Section
from fitcheck.report.prospect.cost import cost_bar
from fitcheck.report.prospect.full import fit_section, full_report, head, sections
from fitcheck.report.prospect.short import in_short, quiet_report, short_report

AT_ONCE = 5
"""Prospects whose short reports follow the list; of more the list says enough."""

_T = TypeVar("_T")


def prospects_report(
    assessments: Sequence[Assessment], detail: Detail = "short", given: str = "", *, folded: bool = False
) -> Blocks:
    """
    Build the report: a list first where there are several prospects.

    Args:
        assessments: exact, in the order given.
        detail: how much to tell.
        given: options of the command line that lead to the same verdicts.
        folded: put the rest of each report below the short one, to be folded away.
    """
    if detail == "quiet":
        return quiet_report(assessments)

    is_explained = detail == "explain"

    def short(assessment: Assessment) -> Blocks:
        return (*short_report(assessment, given), *(drawn(assessment) if folded else ()))

    def full(assessment: Assessment) -> Blocks:
        if folded:
            return (*head(assessment), *sections(assessment, explain=is_explained, drawn=True))
        return full_report(assessment, given, explain=is_explained)

    return tuple(several(assessments, in_short(assessments), short, full, detail, folded=folded))


def drawn(assessment: Assessment) -> Iterator[Block]:
    """What a page draws below the short report: the parts of the fit, and the range of the cost."""
    yield fit_section(assessment)
    if assessment.cost:
        yield Section((cost_bar(assessment.cost),), "Cost to close", "80 % range, and what it is worth at most")


def several(
    subjects: Sequence[_T],
    lines: Iterator[Block],
    short: Callable[[_T], Blocks],
    full: Callable[[_T], Blocks],
    detail: Detail,
    *,
    folded: bool,
) -> Iterator[Block]:
    """
    Put the reports on several prospects below each other; a single one stands alone.

    Args:
        subjects: of the reports.
        lines: one for each, which come first where there are several.
        short: builds the short report.
        full: builds the full one, or everything to be folded away below the short one.
        detail: how much to tell.
        folded: whether the full report is folded away below the short one.
    """
    if len(subjects) > 1:
        yield from lines
        if len(subjects) > AT_ONCE and detail == "short" and not folded:
            yield Hint("--full for the report on each")
            return
    for number, subject in enumerate(subjects):
        if number or len(subjects) > 1:
            yield Rule()
        if folded or detail == "short":
            yield from short(subject)
        if folded:
            yield Details("Everything else", full(subject))
        elif detail != "short":
            yield from full(subject)
