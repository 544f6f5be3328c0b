"""Whatever is reported, in any format."""

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal, get_args

from fitcheck.arguments import check_type, listed
from fitcheck.decision.assessment import Assessment
from fitcheck.problems import Problem, UsageError
from fitcheck.report.layout import Line, TextOptions, plain, to_ascii
from fitcheck.report.markdown import markdown
from fitcheck.report.prospect.json_document import documents
from fitcheck.report.prospect.text import report_lines

if TYPE_CHECKING:
    from fitcheck.decision.several.agreement import Agreement
    from fitcheck.decision.several.comparison import Comparison
    from fitcheck.decision.several.judges import JudgesReport
    from fitcheck.decision.several.rankings import Ranking

Format = Literal["text", "markdown", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render(
    report: "Assessment | Iterable[Assessment] | Comparison | Ranking | JudgesReport | Agreement",
    format: Format | str = "text",  # noqa: A002 - the word of the command line
    options: TextOptions | None = None,
) -> str:
    """
    Make a report.

    Args:
        report: one or several assessments, a comparison, a ranking, a merge or an agreement.
        format: "text", "markdown" or "json".
        options: width and detail of the text format.

    Returns:
        The report; ends with a line feed.

    Raises:
        UsageError: no such format, or an argument is of the wrong type.
    """
    if format not in FORMATS:
        hint = f"one of: {', '.join(FORMATS)}"
        raise UsageError(Problem("unknown-format", f"unknown format {format!r}", hint=hint))
    options = TextOptions() if options is None else options
    check_type("options", options, TextOptions, hint="e.g. TextOptions(width=80)")
    lines, marked, document = _writers(report, options)
    if format == "text":
        return plain(to_ascii(lines()) if options.ascii_only else lines())
    if format == "markdown":
        return marked()
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


Writers = tuple[Callable[[], Iterable[Line]], Callable[[], str], Callable[[], object]]
"""How a report is made as text, as Markdown and as a JSON document."""


def _writers(
    report: "Assessment | Iterable[Assessment] | Comparison | Ranking | JudgesReport | Agreement", options: TextOptions
) -> Writers:
    if isinstance(report, Assessment | Iterable):
        given = [report] if isinstance(report, Assessment) else report
        several = listed("report", given, Assessment, hint=REPORTS)
        return (
            lambda: report_lines(several, options),
            lambda: markdown(several, explain=options.explain),
            lambda: documents(several),
        )
    return _other_writers(report, options)


REPORTS = "what assess, compare, rank, merge or agreement gives, or several assessments"


def _other_writers(report: "Comparison | Ranking | JudgesReport | Agreement", options: TextOptions) -> Writers:
    from fitcheck.decision.several.agreement import Agreement
    from fitcheck.decision.several.comparison import Comparison
    from fitcheck.decision.several.judges import JudgesReport
    from fitcheck.decision.several.rankings import Ranking
    from fitcheck.report.scorers import (
        agreement_document,
        agreement_markdown,
        agreement_text,
        judges_document,
        judges_markdown,
        judges_text,
    )
    from fitcheck.report.several import (
        compare_document,
        compare_markdown,
        compare_text,
        rank_document,
        rank_markdown,
        rank_text,
    )

    check_type("report", report, Assessment, Comparison, Ranking, JudgesReport, Agreement, hint=REPORTS)
    match report:
        case Comparison():
            return (
                lambda: compare_text.comparison_lines(report, options),
                lambda: compare_markdown.comparison_markdown(report),
                lambda: compare_document.comparison_document(report),
            )
        case Ranking():
            return (
                lambda: rank_text.rank_lines(report, options),
                lambda: rank_markdown.rank_markdown(report),
                lambda: rank_document.rank_document(report),
            )
        case JudgesReport():
            return (
                lambda: judges_text.merge_lines([report], options),
                lambda: judges_markdown.merge_markdown([report]),
                lambda: judges_document.merge_documents([report]),
            )
        case _:
            return (
                lambda: agreement_text.agreement_lines(report, options),
                lambda: agreement_markdown.agreement_markdown(report),
                lambda: agreement_document.agreement_document(report),
            )
