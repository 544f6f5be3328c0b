"""Whatever is reported, in any format."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, get_args

from fitcheck.arguments import check_type, listed
from fitcheck.decision.assessment import Assessment
from fitcheck.problems import Problem, UsageError
from fitcheck.report.document import Blocks, Detail
from fitcheck.report.layout import TextOptions, plain, to_ascii
from fitcheck.report.text import text_lines

if TYPE_CHECKING:
    from fitcheck.decision.several.agreement import Agreement
    from fitcheck.decision.several.comparison import Comparison
    from fitcheck.decision.several.judges import JudgesReport
    from fitcheck.decision.several.rankings import Ranking

Format = Literal["text", "markdown", "html", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
DETAILS: tuple[Detail, ...] = get_args(Detail)

Report: TypeAlias = (
    "Assessment | Iterable[Assessment] | Comparison | Ranking | JudgesReport | Iterable[JudgesReport] | Agreement"
)
"""What can be reported."""


@dataclass(frozen=True, slots=True)
class Renderable:
    """
    A report before it has a format.

    Attributes:
        title: of a page that holds more than one.
        blocks: builds it for people, from how much to tell and the options given on the command line; `folded` puts the
            rest below, to be folded away.
        document: writes the JSON document.
    """

    title: str
    blocks: "Builder"
    document: Callable[[], str]


class Builder(Protocol):
    """What builds a report for people."""

    def __call__(self, detail: Detail, given: str, /, *, folded: bool = False) -> Blocks:
        """Return its blocks."""


def render(
    report: Report,
    format: Format | str = "text",  # noqa: A002 - the word of the command line
    options: TextOptions | None = None,
    *,
    detail: Detail | str = "short",
) -> str:
    """
    Make a report.

    Args:
        report: one or several assessments, a comparison, a ranking, a merge or an agreement.
        format: "text", "markdown", "html" or "json".
        options: width of the text format.
        detail: "quiet", "short", "full" or "explain"; JSON has everything always.

    Returns:
        The report; ends with a line feed.

    Raises:
        UsageError: no such format or detail, or an argument is of the wrong type.
    """
    for name, given, known in (("format", format, FORMATS), ("detail", detail, DETAILS)):
        if given not in known:
            raise UsageError(
                Problem(f"unknown-{name}", f"unknown {name} {given!r}", hint=f"one of: {', '.join(known)}")
            )
    options = TextOptions() if options is None else options
    check_type("options", options, TextOptions, hint="for example TextOptions(width=80)")
    parts = renderable(report)
    told: Detail = next(each for each in DETAILS if each == detail)
    if format == "text":
        lines = text_lines(parts.blocks(told, ""), options)
        return plain(to_ascii(lines) if options.ascii_only else lines)
    return written(parts, format, told)


def written(parts: Renderable, format: str, detail: Detail, given: str = "") -> str:  # noqa: A002
    """Return a report in a format, text for 80 columns; see `render`."""
    if format == "text":
        return plain(text_lines(parts.blocks(detail, given), TextOptions()))
    if format == "markdown":
        from fitcheck.report.markdown import markdown

        return markdown(parts.blocks(detail, given))
    if format == "html":
        from fitcheck.report.html import html

        return html(parts.blocks(detail, given, folded=True), parts.title)
    return parts.document()


REPORTS = "what assess, compare, rank, merge or agreement gives, or several assessments"


def renderable(report: Report) -> Renderable:
    """
    Find out what is reported.

    Raises:
        UsageError: nothing that can be reported.
    """
    if isinstance(report, Assessment):
        return _prospects([report])
    if isinstance(report, Iterable):
        found: list[Any] = list(report)
        if found and not isinstance(found[0], Assessment):
            return _merged(found)
        return _prospects(listed("report", found, Assessment, hint=REPORTS))
    return _other(report)


def _prospects(assessments: list[Assessment]) -> Renderable:
    from fitcheck.report.prospect.report import prospects_report

    def document() -> str:
        from fitcheck.report.json.prospect import AssessmentDocument

        return AssessmentDocument.json_text(*assessments)

    return Renderable("Prospects", partial(prospects_report, assessments), document)


def _merged(given: list[Any]) -> Renderable:
    from fitcheck.decision.several.judges import JudgesReport
    from fitcheck.report.scorers.merge import merge_report

    reports = listed("report", given, JudgesReport, hint=REPORTS)

    def document() -> str:
        from fitcheck.report.json.scorers import MergeDocument

        return MergeDocument.json_text(*reports)

    return Renderable("Scorers", partial(merge_report, reports), document)


def _other(report: object) -> Renderable:
    from fitcheck.decision.several.agreement import Agreement
    from fitcheck.decision.several.comparison import Comparison
    from fitcheck.decision.several.judges import JudgesReport
    from fitcheck.decision.several.rankings import Ranking

    check_type("report", report, Assessment, Comparison, Ranking, JudgesReport, Agreement, hint=REPORTS)
    match report:
        case Comparison():
            return _comparison(report)
        case Ranking():
            return _ranking(report)
        case Agreement():
            return _agreement(report)
        case _:
            return _merged([report])


def _comparison(report: "Comparison") -> Renderable:
    from fitcheck.report.several.compare import comparison_report

    def document() -> str:
        from fitcheck.report.json.comparison import ComparisonDocument

        return ComparisonDocument.json_text(report)

    return Renderable(" · ".join(report.names), partial(comparison_report, report), document)


def _ranking(report: "Ranking") -> Renderable:
    from fitcheck.report.several.rank import ranking_report

    def document() -> str:
        from fitcheck.report.json.ranking import RankingDocument

        return RankingDocument.json_text(report)

    return Renderable("Ranking", partial(ranking_report, report), document)


def _agreement(report: "Agreement") -> Renderable:
    from fitcheck.report.scorers.agreement import agreement_report

    def document() -> str:
        from fitcheck.report.json.agreement import AgreementDocument

        return AgreementDocument.json_text(report)

    return Renderable("Agreement", partial(agreement_report, report), document)
