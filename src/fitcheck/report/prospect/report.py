"""One or several assessments → the report that was asked for."""

from collections.abc import Iterator, Sequence

from fitcheck.decision.assessment import Assessment
from fitcheck.report.document import Block, Blocks, Detail, Details, Hint, Rule, Section
from fitcheck.report.prospect.cost import cost_bar
from fitcheck.report.prospect.full import fit_section, full_report, head, sections
from fitcheck.report.prospect.short import in_short, quiet_report, short_report

AT_ONCE = 5
"""Prospects whose short reports follow the list; of more the list says enough."""


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
    return tuple(_blocks(assessments, detail, given, folded=folded))


def _blocks(assessments: Sequence[Assessment], detail: Detail, given: str, *, folded: bool) -> Iterator[Block]:
    if len(assessments) > 1:
        yield from in_short(assessments)
        if len(assessments) > AT_ONCE and detail == "short" and not folded:
            yield Hint("--full for the report on each")
            return
    for number, assessment in enumerate(assessments):
        if number or len(assessments) > 1:
            yield Rule()
        if folded:
            yield from short_report(assessment, given)
            yield fit_section(assessment)
            if assessment.cost:
                yield Section((cost_bar(assessment.cost),), "Cost to close", "80 % range, and what it is worth at most")
            rest = sections(assessment, explain=detail == "explain", drawn=True)
            yield Details("Everything else", (*head(assessment), *rest))
        elif detail == "short":
            yield from short_report(assessment, given)
        else:
            yield from full_report(assessment, given, explain=detail == "explain")
