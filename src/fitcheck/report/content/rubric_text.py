"""Rubrics and screens as prose: what they ask, how it counts, and why."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from fitcheck.decision.content.rubric import SIDES, STAGES, MoneyGate, Option, Question, Rubric, Screen, Side, Stage
from fitcheck.decision.cost.terms import worth_spending
from fitcheck.decision.score.prospect_types import TYPES, USUAL
from fitcheck.decision.score.rounding import decimal
from fitcheck.report import words
from fitcheck.report.content.cost_model_text import asked_of_cost_lines
from fitcheck.report.layout import Line, Span, TextOptions, cells, flow, heading


def listing_lines(kinds: Mapping[str, Sequence[tuple[str, str]]], options: TextOptions) -> Iterator[Line]:
    """
    Names with titles, by kind.

    Args:
        kinds: heading to pairs of name and title.
        options: layout.
    """
    for number, (kind, entries) in enumerate(kinds.items()):
        if number:
            yield ()
        yield (Span(kind, "strong"),)
        column = max((cells(name) for name, _ in entries), default=0)
        for name, title in entries:
            lead = [Span(f"  {name}{' ' * (column - cells(name) + 2)}")]
            yield from flow([Span(title, "faint")], options.width, lead=lead)


def rubric_lines(rubric: Rubric, options: TextOptions) -> Iterator[Line]:
    """Every question with its options, points, gates, reasons and advice."""
    title = f"{rubric.title} · rubric {rubric.id} {rubric.version}"
    yield from flow([Span(title, "strong")], options.width)
    yield from flow([Span(rubric.about)], options.width)
    yield from flow([Span(f"Source: {rubric.source}", "faint")], options.width)
    if any(len(set(option.points)) > 1 for question in rubric.questions for option in question.options):
        order = f"Points by stage, where they differ: {'/'.join(STAGES)}"
        yield from flow([Span(order, "faint")], options.width)
    for side in SIDES if rubric.is_two_way else (None,):
        yield from _side(rubric, side, options)


def _side(rubric: Rubric, side: Side | None, options: TextOptions) -> Iterator[Line]:
    asked = [question for question in rubric.questions if question.side == side]
    whole = sum((question.weight for question in asked), Fraction(0))
    if side:
        yield from heading(rubric.sides[side], "", options)
    for question in asked:
        yield from _question(question, question.weight / whole, options)


def _question(question: Question, share: Fraction, options: TextOptions) -> Iterator[Line]:
    yield ()
    note = f" · {question.id} · {words.percent(share)} of the points"
    yield from flow([Span(question.ask, "strong"), Span(note, "faint")], options.width, indent=2)
    yield from flow([Span(question.why)], options.width, lead=[Span("  ")])
    if question.rule:
        yield from flow([Span("To answer it: ", "faint"), Span(question.rule)], options.width, lead=[Span("  ")])
    column = max(4, *(cells(_by_stage(option.points)) for option in question.options))
    for option in question.options:
        yield from _option(option, column, options)
    if question.not_applicable:
        yield from flow([Span("n/a ", "faint"), Span(question.not_applicable)], options.width, lead=[Span("    ")])
    change = question.change
    weeks = f", {words.counted(change.weeks, 'week')}" if change.weeks else ""
    advice = [Span(f"{words.ACTORS[change.by]}{weeks}: ", "faint"), Span(change.advice)]
    yield from flow(advice, options.width, lead=[Span("  → ")])
    if question.source:
        yield from flow([Span(f"Source: {question.source}", "faint")], options.width, lead=[Span("  ")])


def _option(option: Option, column: int, options: TextOptions) -> Iterator[Line]:
    lead = [Span(f"    {_by_stage(option.points):<{column}}  ")]
    says = [Span(option.says), Span(f" · {option.id}", "faint")]
    yield from flow(says, options.width, lead=lead)
    if option.gate:
        stages = "every stage" if len(option.gate) == len(STAGES) else _stages(option)
        told = f"deal-breaker at {stages}: {option.gate_because}"
        yield from flow([Span(told, "bad")], options.width, lead=[Span(f"    {' ' * column}  ✗ ")])


def _stages(option: Option) -> str:
    return ", ".join(stage for stage in STAGES if stage in option.gate)


def _by_stage(points: Sequence[Fraction]) -> str:
    shares = [decimal(share, 2).rstrip("0").rstrip(".") or "0" for share in points]
    return shares[0] if len(set(shares)) == 1 else "/".join(shares)


def screen_lines(screen: Screen, options: TextOptions) -> Iterator[Line]:
    """Weights, threshold, floors and gates by stage, then every rubric, then what the cost model asks."""
    yield from flow([Span(f"{screen.title} · screen {screen.id} {screen.version}", "strong")], options.width)
    yield from flow([Span(screen.about)], options.width)
    known = f"An open verdict can say “pursue” once {words.percent(screen.least_known)} is answered."
    yield from flow([Span(known)], options.width)
    odds = " : ".join(str((screen.types or USUAL)[each]) for each in TYPES)
    yield from flow([Span(f"Before any answer, prospects are {', '.join(TYPES)} at odds of {odds}.")], options.width)
    if screen.core:
        core = [Span("A first call asks ", "strong"), Span(", ".join(screen.core))]
        yield from flow(core, options.width, indent=2)
    yield from heading("Our stage", "weights in percent, then the threshold", options)
    stages = [stage for stage in STAGES if stage in screen.stages]
    yield from _weights(screen, stages, options)
    yield from _floors(screen, options)
    if screen.money_gate:
        told = _money_gate(screen.money_gate)
        yield from flow([Span("cost limit ", "strong"), Span(told)], options.width, lead=[Span("  ")], indent=4)
    for rubric in screen.rubrics:
        yield from _ruled(rubric_lines(rubric, options), options)
    if screen.cost:
        yield from _ruled(asked_of_cost_lines(screen.cost, options), options)


def _money_gate(gate: MoneyGate) -> str:
    """The cost limit at the screen's win rate; a deal's own win probability replaces it."""
    most = decimal(worth_spending(gate.win_rate, gate.lost_share) * 100, 0)
    rate, lost = words.percent(gate.win_rate), words.percent(gate.lost_share)
    stages = "every stage" if len(gate.stages) == len(STAGES) else ", ".join(s for s in STAGES if s in gate.stages)
    return (
        f"at {stages}, closing may cost {most} % of the margin if you win {rate} of such deals and a lost one costs "
        f"{lost} of a won one; at most {decimal(gate.months, 0)} months of a yearly margin count: {gate.because}"
    )


def _ruled(lines: Iterator[Line], options: TextOptions) -> Iterator[Line]:
    yield from ((), (Span("─" * options.width, "faint"),), ())
    yield from lines


def _rows(screen: Screen, stages: Sequence[Stage]) -> Iterator[tuple[str, list[str]]]:
    for rubric in screen.rubrics:
        shares = []
        for stage in stages:
            weights = screen.stages[stage].weights
            shares.append(decimal(weights[rubric.id] / sum(weights.values()) * 100, 0))
        yield rubric.id, shares
    yield "threshold", [decimal(screen.stages[stage].threshold, 0) for stage in stages]


def _weights(screen: Screen, stages: Sequence[Stage], options: TextOptions) -> Iterator[Line]:
    """A table if there is room for all of it, else a line for each stage."""
    rows = list(_rows(screen, stages))
    column = max(cells(title) for title, _ in rows)
    width = max(7, *(len(stage) + 1 for stage in stages))
    if 2 + column + width * len(stages) <= options.width:
        yield (Span("  " + " " * column + "".join(f"{stage:>{width}}" for stage in stages), "faint"),)
        for title, values in rows:
            yield (Span(f"  {title:<{column}}" + "".join(f"{value:>{width}}" for value in values)),)
        return
    for at, stage in enumerate(stages):
        told = ", ".join(f"{title} {values[at]}" for title, values in rows)
        yield from flow([Span(f"{stage}: ", "strong"), Span(told)], options.width, indent=2)


def _floors(screen: Screen, options: TextOptions) -> Iterator[Line]:
    """Floors with the stages they hold at, those with one percentage and reason together."""
    held: dict[tuple[str, str, str], list[Stage]] = {}
    for stage in STAGES:
        for floor in screen.stages[stage].floors if stage in screen.stages else ():
            name = f"{floor.rubric} ({floor.side})" if floor.side else floor.rubric
            held.setdefault((name, decimal(floor.percent, 0), floor.because), []).append(stage)
    for (name, percent, because), stages in held.items():
        told = f"{name} needs {percent} % of its points at {', '.join(stages)}: {because}"
        yield from flow([Span("floor ", "strong"), Span(told)], options.width, lead=[Span("  ")], indent=4)
