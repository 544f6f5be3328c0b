"""Comparison → lines of text: a column for each prospect, or one below the other where there is no room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from fitcheck.decision.score.results import CostToClose, DimensionScore, SideScore
from fitcheck.decision.score.rounding import half_up
from fitcheck.decision.several.comparison import Comparison, Difference, Said
from fitcheck.report import words
from fitcheck.report.layout import Line, Span, TextOptions, Tone, cells, flow, heading, range_bar, share_bar
from fitcheck.report.several import compare_words
from fitcheck.report.several.compare_figures import printed_comparison

NARROW = 60
"""Below this many columns, prospects stand one below the other."""

LEAST = 16
"""A column with fewer places than this can't be read."""

GAP = 2
LABELS = {2: 22, 3: 16}
"""Columns for what a row is about, by the number of prospects."""

Cell = Sequence[Sequence[Span]]
"""What stands in one column of a row: paragraphs of toned text."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """
    How rows are laid out.

    Attributes:
        column: width of a prospect's column; 0: one prospect below the other.
    """

    names: tuple[str, ...]
    width: int
    label: int
    column: int

    @classmethod
    def of(cls, names: tuple[str, ...], width: int) -> "_Grid":
        label = LABELS[len(names)]
        column = (width - label) // len(names) - GAP
        return cls(names, width, label, column if width >= NARROW and column >= LEAST else 0)

    def row(self, label: Span, row: Sequence[Cell]) -> Iterator[Line]:
        """Lines of a row: what it is about, and a cell for each prospect."""
        if not self.column:
            yield from self._stacked(label, row)
            return
        parts = [list(flow([label], self.label - 1, lead=[Span("  ")], indent=2))]
        parts += [[line for text in cell for line in flow(text, self.column)] for cell in row]
        for lines in zip_longest(*parts, fillvalue=()):
            spans: list[Span] = []
            for line, start in zip(lines, self._starts, strict=True):
                used = sum(cells(span.text) for span in spans)
                spans += [Span(" " * (start - used)), *line] if line else []
            yield tuple(span for span in spans if span.text)

    @property
    def _starts(self) -> list[int]:
        return [0, *(self.label + GAP + i * (self.column + GAP) for i in range(len(self.names)))]

    def _stacked(self, label: Span, row: Sequence[Cell]) -> Iterator[Line]:
        yield from flow([label], self.width, lead=[Span("  ")])
        for name, cell in zip(self.names, row, strict=True):
            text = [span for at, paragraph in enumerate(cell) for span in (*([Span(" · ")] if at else []), *paragraph)]
            yield from flow([Span(f"{name}: ", "strong"), *text], self.width, lead=[Span("    ")], indent=6)


def comparison_lines(exact: Comparison, options: TextOptions) -> Iterator[Line]:
    """The whole comparison, what follows from it last."""
    comparison = printed_comparison(exact)
    grid = _Grid.of(comparison.names, options.width)
    if grid.column:
        yield from grid.row(Span(""), [[[Span(name, "strong")]] for name in comparison.names])
    else:
        yield from flow([Span(" · ".join(comparison.names), "strong")], options.width, indent=2)
    yield from flow([Span(compare_words.screen_line(comparison), "faint")], options.width)
    yield from _verdicts(comparison, grid)
    yield from _dimensions(comparison, grid, options)
    yield from _differences(comparison, grid, options)
    yield from _costs(comparison, grid, options)
    yield ()
    yield from flow([Span(compare_words.conclusion(comparison), "strong")], options.width)


def _verdicts(comparison: Comparison, grid: _Grid) -> Iterator[Line]:
    assessments = comparison.assessments
    yield ()
    verdicts: list[Cell] = []
    scores: list[Cell] = []
    for assessment in assessments:
        tone: Tone = "good" if assessment.verdict == "pursue" else "bad"
        standing = Span(words.state(assessment), "plain" if assessment.settled else "open")
        verdicts.append([[Span(assessment.verdict.upper(), tone)], [standing]])
        low, high = assessment.score_low, assessment.score_high
        score = [[Span(words.points(assessment.score))]]
        if low != high:
            score.append([Span(f"{words.points(low)} to {words.points(high)}", "open")])
        if grid.column:
            shares = (float(value / 100) for value in (low, assessment.score, high, assessment.threshold))
            score.append([Span(range_bar(grid.column, *shares))])
        scores.append(score)
    yield from grid.row(Span("Verdict"), verdicts)
    yield from grid.row(Span("Score of 100"), scores)
    yield from grid.row(Span("Answered"), [[[Span(words.percent(a.known))]] for a in assessments])
    if any(assessment.failed_gates for assessment in assessments):
        failed: list[Cell] = [
            [[Span("✗ ", "bad"), Span(compare_words.gate_text(gate))] for gate in assessment.failed_gates]
            or [[Span("none")]]
            for assessment in assessments
        ]
        yield from grid.row(Span("Gates that fail"), failed)


def _dimensions(comparison: Comparison, grid: _Grid, options: TextOptions) -> Iterator[Line]:
    yield from heading("Fit", "points · ▒ still open · ┃ floor" if grid.column else "points", options)
    for dims in zip(*(assessment.dimensions for assessment in comparison.assessments), strict=True):
        yield from grid.row(Span(dims[0].title), [_share(dim, dim.most, grid) for dim in dims])
        for sides in zip(*(dim.sides for dim in dims), strict=True):
            row = [_share(side, dim.most, grid) for side, dim in zip(sides, dims, strict=True)]
            yield from grid.row(Span(f"· {sides[0].title}", "faint"), row)


def _share(part: DimensionScore | SideScore, most: Fraction, grid: _Grid) -> Cell:
    number = words.points(part.score)
    tone: Tone = "bad" if part.floor is not None and part.high < part.floor else "plain"
    if not grid.column:
        could_be = f", {words.points(part.low)} to {words.points(part.high)}" if part.low != part.high else ""
        return [[Span(f"{number} of {words.points(most)}{could_be}", tone)]]
    shares = (float(value / (most or 1)) for value in (part.low, part.high, part.floor or Fraction(0)))
    return [[Span(share_bar(min(16, grid.column - 6), *shares), tone), Span(f" {number:>5}", tone)]]


def _differences(comparison: Comparison, grid: _Grid, options: TextOptions) -> Iterator[Line]:
    found = comparison.differences
    if not found:
        return
    shown = found if options.explain else found[: compare_words.SHOWN]
    left_out = len(found) - len(shown)
    note = "effect on score − threshold" + (f" · {left_out} more: --explain" if left_out else "")
    yield from heading("They differ most on", note, options)
    for number, difference in enumerate(shown):
        if number:
            yield ()
        asked = Span(compare_words.asked(difference.ask, difference.question), "strong")
        yield from flow([asked], options.width, lead=[Span("  ")])
        label = Span(f"{words.points(difference.apart)} apart", "faint")
        yield from grid.row(label, [_said(answer, difference, options) for answer in difference.said])


def _said(answer: Said, difference: Difference, options: TextOptions) -> Cell:
    told = compare_words.said(answer, difference.question)
    if answer.state != "given":
        return [[Span(told, "open" if answer.state == "unknown" else "faint")]]
    tone: Tone = "good" if answer.effect > 0 else "bad" if answer.effect < 0 else "plain"
    cell = [[Span(words.effect(answer.effect), tone)], [Span(told)]]
    if options.explain and answer.evidence:
        by = f" · {answer.by}" if answer.by else ""
        cell.append([Span(f"{words.in_quotes(answer.evidence)}{by}", "faint")])
    return cell


def _costs(comparison: Comparison, grid: _Grid, options: TextOptions) -> Iterator[Line]:
    costs = [assessment.cost for assessment in comparison.assessments]
    if not any(costs):
        return
    rest_on = compare_words.rest_on([cost for cost in costs if cost])
    note = " · ".join(filter(None, ("likely, then the 80 % range", f"{rest_on} among them" if rest_on else "")))
    yield from heading("Cost to close", note, options)
    yield from grid.row(Span("Hours"), [_hours(cost) for cost in costs])
    yield from grid.row(Span("Money"), [_money(cost) for cost in costs])
    margins = [
        f"{cost.currency} {half_up(cost.margin):,}" if cost and cost.margin is not None else None for cost in costs
    ]
    yield from grid.row(Span("Margin if won"), [_or_unknown(margin) for margin in margins])
    hourly = [
        compare_words.per_hour(amount, cost.currency if cost else "")
        for amount, cost in zip(comparison.value_per_hour, costs, strict=True)
    ]
    yield from grid.row(Span("Value per hour"), [_or_unknown(amount) for amount in hourly])


def _hours(cost: CostToClose | None) -> Cell:
    if cost is None:
        return _or_unknown(None)
    hours = cost.hours
    return [
        [Span(f"{hours.p50:.1f} h")],
        [Span(f"{hours.p10:.1f} to {hours.p90:.1f}")],
        [Span(f"mean {hours.mean:.1f}")],
    ]


def _money(cost: CostToClose | None) -> Cell:
    if cost is None:
        return _or_unknown(None)
    money = cost.money
    return [
        [Span(f"{cost.currency} {money.p50:,.0f}")],
        [Span(f"{money.p10:,.0f} to {money.p90:,.0f}")],
        [Span(f"mean {money.mean:,.0f}")],
    ]


def _or_unknown(text: str | None) -> Cell:
    return [[Span(text) if text else Span("not known", "open")]]
