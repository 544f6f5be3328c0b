"""Comparison → Markdown that pastes into a wiki, an issue or a mail: bold and lists, no tables."""

from collections.abc import Iterator, Sequence

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.score.results import DimensionScore, SideScore
from fitcheck.decision.score.rounding import half_up
from fitcheck.decision.several.comparison import Comparison, Difference
from fitcheck.report import words
from fitcheck.report.markdown import escape
from fitcheck.report.several import compare_words
from fitcheck.report.several.compare_figures import printed_comparison


def comparison_markdown(comparison: Comparison) -> str:
    """The whole comparison; ends with a line feed."""
    return "".join(f"{line}\n" for line in _lines(comparison))


def _lines(exact: Comparison) -> Iterator[str]:
    comparison = printed_comparison(exact)
    yield f"## {escape(' · '.join(comparison.names))}"
    yield ""
    line = compare_words.screen_line(comparison)
    yield f"{line[0].upper()}{escape(line[1:])}."
    yield from _part("Verdict")
    for name, assessment in zip(comparison.names, comparison.assessments, strict=True):
        yield f"- {escape(name)}: {_verdict(assessment)}"
        for gate in assessment.failed_gates:
            yield f"  - a gate fails: {escape(compare_words.gate_text(gate))}"
    yield from _fit(comparison)
    if comparison.differences:
        yield from _part("They differ most on")
        for difference in comparison.differences[: compare_words.SHOWN]:
            yield from _difference(comparison, difference)
    yield from _costs(comparison)
    yield ""
    yield f"**{escape(compare_words.conclusion(comparison))}**"


def _part(title: str) -> tuple[str, ...]:
    return "", f"**{title}**", ""


def _verdict(assessment: Assessment) -> str:
    text = f"**{assessment.verdict.upper()}**, score {words.points(assessment.score)}"
    if assessment.score_low != assessment.score_high:
        text += f", between {words.points(assessment.score_low)} and {words.points(assessment.score_high)}"
    return f"{text}; {words.state(assessment)}; {words.answered(assessment.known)}"


def _fit(comparison: Comparison) -> Iterator[str]:
    yield from _part("Fit")
    for dims in zip(*(assessment.dimensions for assessment in comparison.assessments), strict=True):
        yield f"- {escape(dims[0].title)}, of {words.points(dims[0].most)}: {_shares(comparison, dims)}"
        for sides in zip(*(dim.sides for dim in dims), strict=True):
            yield f"  - {escape(sides[0].title)}: {_shares(comparison, sides)}"


def _shares(comparison: Comparison, parts: Sequence[DimensionScore | SideScore]) -> str:
    told = []
    for name, part in zip(comparison.names, parts, strict=True):
        could_be = f" ({words.points(part.low)} to {words.points(part.high)})" if part.low != part.high else ""
        told.append(f"{escape(name)} {words.points(part.score)}{could_be}")
    return "; ".join(told)


def _difference(comparison: Comparison, difference: Difference) -> Iterator[str]:
    asked = escape(compare_words.asked(difference.ask, difference.question))
    yield f"- {asked} ({words.points(difference.apart)} apart)"
    for name, answer in zip(comparison.names, difference.said, strict=True):
        told = escape(compare_words.said(answer, difference.question))
        told = f"{words.effect(answer.effect)} {told}" if answer.state == "given" else told
        by = f", {escape(answer.by)}" if answer.by else ""
        evidence = f" ({escape(words.in_quotes(answer.evidence))}{by})" if answer.evidence else ""
        yield f"  - {escape(name)}: {told}{evidence}"


def _costs(comparison: Comparison) -> Iterator[str]:
    if not any(assessment.cost for assessment in comparison.assessments):
        return
    yield from _part("Cost to close")
    for at, (name, assessment) in enumerate(zip(comparison.names, comparison.assessments, strict=True)):
        yield f"- {escape(name)}: {_cost(comparison, at, assessment)}"


def _cost(comparison: Comparison, at: int, assessment: Assessment) -> str:
    cost = assessment.cost
    if cost is None:
        return "not known"
    hours, money = cost.hours, cost.money
    told = [
        f"{hours.p50:.1f} h ({hours.p10:.1f} to {hours.p90:.1f}), mean {hours.mean:.1f}",
        f"{cost.currency} {money.p50:,.0f} ({money.p10:,.0f} to {money.p90:,.0f}), mean {money.mean:,.0f}",
    ]
    told += [
        f"margin if won {cost.currency} {half_up(cost.margin):,}" if cost.margin is not None else "margin not known"
    ]
    if amount := compare_words.per_hour(comparison.value_per_hour[at], cost.currency):
        told.append(f"{amount} of expected value for an hour")
    rest_on = compare_words.rest_on([cost])
    return escape("; ".join(told)) + (f" ({rest_on} among them)" if rest_on else "")
