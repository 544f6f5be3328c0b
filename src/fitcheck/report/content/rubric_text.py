"""Rubrics and screens as prose: what they ask, how it counts, and why."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from fitcheck.decision.content.rubric import SIDES, STAGES, MoneyGate, Option, Question, Rubric, Screen, Side, Stage
from fitcheck.decision.cost.terms import worth_spending
from fitcheck.decision.score.prospect_types import TYPES, USUAL
from fitcheck.decision.score.rounding import decimal
from fitcheck.report import words
from fitcheck.report.content.cost_model_text import asked_of_cost
from fitcheck.report.document import Block, Grid, Item, Row, Rule, Section, Span, items, para, section, text


def listing(kinds: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[Block]:
    """
    Names with titles, by kind.

    Args:
        kinds: heading to pairs of name and title.
    """
    for kind, entries in kinds.items():
        yield from section(kind, items(Item(Span(name), text(Span(title, "faint"))) for name, title in entries))


def rubric_blocks(rubric: Rubric) -> Iterator[Block]:
    """Every question with its options, points, gates, reasons and advice."""
    yield para(Span(f"{rubric.title} · rubric {rubric.id} {rubric.version}", "strong"))
    yield para(rubric.about)
    yield para(Span(f"Source: {rubric.source}", "faint"))
    if any(len(set(option.points)) > 1 for question in rubric.questions for option in question.options):
        yield para(Span(f"Points by our stage, where they differ: {'/'.join(STAGES)}", "faint"))
    for side in SIDES if rubric.is_two_way else (None,):
        yield from _side(rubric, side)


def _side(rubric: Rubric, side: Side | None) -> Iterator[Block]:
    asked = [question for question in rubric.questions if question.side == side]
    whole = sum((question.weight for question in asked), Fraction(0))
    if side:
        yield Section((), rubric.sides[side])
    for question in asked:
        note = f"{question.id} · {words.percent(question.weight / whole)} of the points"
        yield from section(question.ask, _question(question), note)


def _question(question: Question) -> Iterator[Block]:
    yield para(question.why)
    if question.rule:
        yield para(Span("To answer it: ", "faint"), question.rule)
    entries = [*map(_option, question.options)]
    if question.not_applicable:
        entries.append(Item(Span("n/a", "faint"), text(question.not_applicable)))
    yield from items(entries)
    change = question.change
    weeks = f", {words.counted(change.weeks, 'week')}" if change.weeks else ""
    advice = text(Span(f"{words.ACTORS[change.by]}{weeks}: ", "faint"), change.advice)
    yield from items([Item(Span("→"), advice)])
    if question.source:
        yield para(Span(f"Source: {question.source}", "faint"))


def _option(option: Option) -> Item:
    says = text(option.says, Span(f" · {option.id}", "faint"))
    if not option.gate:
        return Item(Span(_by_stage(option.points)), says)
    stages = "every stage" if len(option.gate) == len(STAGES) else _stages(option)
    return Item(
        Span(_by_stage(option.points)), says, (para(Span(f"✗ not now at {stages}: {option.gate_because}", "bad")),)
    )


def _stages(option: Option) -> str:
    return ", ".join(stage for stage in STAGES if stage in option.gate)


def _by_stage(points: Sequence[Fraction]) -> str:
    shares = [decimal(share, 2).rstrip("0").rstrip(".") or "0" for share in points]
    return shares[0] if len(set(shares)) == 1 else "/".join(shares)


def screen_blocks(screen: Screen) -> Iterator[Block]:
    """Weights, threshold, floors and gates by stage, then every rubric, then what the cost model asks."""
    yield para(Span(f"{screen.title} · screen {screen.id} {screen.version}", "strong"))
    yield para(screen.about)
    yield para(f"An open verdict can be “pursue” once {words.percent(screen.least_known)} is answered.")
    odds = " : ".join(str((screen.types or USUAL)[each]) for each in TYPES)
    yield para(f"Before anything is known, the odds of a {', '.join(TYPES[:-1])} or {TYPES[-1]} prospect are {odds}.")
    if screen.core:
        yield para(Span("A first call asks ", "strong"), ", ".join(screen.core))
    weights = Grid(tuple(_weights(screen)), right=frozenset(range(len(screen.stages))))
    rules = list(_floors(screen))
    if screen.money_gate:
        rules.append(Item(Span("money gate", "strong"), text(_money_gate(screen.money_gate))))
    yield Section((weights, *items(rules)), "Our stage", "weights in percent, then what pursue needs")
    for rubric in screen.rubrics:
        yield Rule()
        yield from rubric_blocks(rubric)
    if screen.cost:
        yield Rule()
        yield from asked_of_cost(screen.cost)


def _money_gate(gate: MoneyGate) -> str:
    """The cost limit at the screen's win rate; a deal's own win probability replaces it."""
    most = decimal(worth_spending(gate.win_rate, gate.lost_share) * 100, 0)
    rate, lost = words.percent(gate.win_rate), words.percent(gate.lost_share)
    stages = "every stage" if len(gate.stages) == len(STAGES) else ", ".join(s for s in STAGES if s in gate.stages)
    return (
        f"at {stages}, closing may cost {most} % of the margin if you win {rate} of such deals and a lost one costs "
        f"{lost} of a won one; at most {decimal(gate.months, 0)} months of a yearly margin count: {gate.because}"
    )


def _weights(screen: Screen) -> Iterator[Row]:
    stages = [stage for stage in STAGES if stage in screen.stages]
    yield Row((), tuple(text(Span(stage, "faint")) for stage in stages))
    for rubric in screen.rubrics:
        shares = []
        for stage in stages:
            weights = screen.stages[stage].weights
            shares.append(decimal(weights[rubric.id] / sum(weights.values()) * 100, 0))
        yield Row(text(rubric.id), tuple(map(text, shares)))
    yield Row(text("threshold"), tuple(text(decimal(screen.stages[stage].threshold, 0)) for stage in stages))


def _floors(screen: Screen) -> Iterator[Item]:
    """Floors with the stages they hold at, those with one percentage and reason together."""
    held: dict[tuple[str, str, str], list[Stage]] = {}
    for stage in STAGES:
        for floor in screen.stages[stage].floors if stage in screen.stages else ():
            name = f"{floor.rubric} ({floor.side})" if floor.side else floor.rubric
            held.setdefault((name, decimal(floor.percent, 0), floor.because), []).append(stage)
    for (name, percent, because), stages in held.items():
        told = f"{name} at least {percent} % of its points at {', '.join(stages)}: {because}"
        yield Item(Span("floor", "strong"), text(told))
