"""Comparison → the report: the prospects side by side, what sets them apart, and what follows last."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.score.results import CostToClose, DimensionScore, Gate, SideScore
from fitcheck.decision.several.comparison import Comparison, Difference, Said
from fitcheck.report import words
from fitcheck.report.document import (
    Block,
    Blocks,
    Detail,
    Details,
    Grid,
    Hint,
    Item,
    Items,
    Row,
    Section,
    Share,
    Span,
    Text,
    Tone,
    items,
    para,
    section,
    text,
)
from fitcheck.report.figures import about, day_text, money, whole_effect, whole_points
from fitcheck.report.layout import cells, flow
from fitcheck.report.printed import READ
from fitcheck.report.prospect.short import next_step, quiet_report, shortened
from fitcheck.report.several.compare_figures import printed_comparison
from fitcheck.report.several.compare_words import conclusion, names_of
from fitcheck.report.text import first_that_fits

MOST = {2: 22, 3: 24}
"""Lines of a short comparison on a terminal of 80 columns, by the number of prospects."""

PARTS = ((3, 3), (3, 2), (2, 2), (1, 2), (1, 1))
"""Differences that are told, and lines that a cell takes: the most that leave the report short enough."""

WHOLE = 100
"""Lines that a cell takes where nothing is cut."""

COLUMNS = {2: 27, 3: 19}
"""Columns of a cell on a terminal of 80, by the number of prospects."""

SHOWN = 5
"""Differences of a full report; --explain shows all."""

UNKNOWN = text(Span("not known", "open"))
NOT_APPLICABLE = text(Span("does not apply", "faint"))
EVEN = "even on both sides"
"""What a line on one-sided trust says where there is nothing to say."""


def comparison_report(
    comparison: Comparison, detail: Detail = "short", given: str = "", *, folded: bool = False
) -> Blocks:
    """
    Build the report.

    Args:
        comparison: exact, not rounded.
        detail: how much to tell.
        given: options of the command line that lead to the same verdicts.
        folded: put everything below the short report, to be folded away.
    """
    pairs = zip(comparison.assessments, comparison.names, strict=True)
    assessments = tuple(replace(each, prospect=replace(each.prospect, name=name)) for each, name in pairs)
    if detail == "quiet":
        return quiet_report(assessments)
    named, explain = replace(comparison, assessments=assessments), detail == "explain"
    if folded:  # a page has room for whole sentences
        everything = Details("Everything", tuple(_sections(named, explain=explain)))
        return (*_short(named, given, PARTS[0][0], WHOLE), everything)
    if detail == "short":
        return first_that_fits((_short(named, given, *parts) for parts in PARTS), MOST[len(named.names)])
    return (*_head(named), *_sections(named, explain=explain), Section((_conclusion(named), _next(named, given))))


def _head(comparison: Comparison, *, whole: bool = False) -> Blocks:
    """A verdict for each prospect, and what all of them rest on."""
    first = comparison.assessments[0]
    days = {each.as_of for each in comparison.assessments if each.as_of}
    as_of = f" · as of {day_text(days.pop())}" if len(days) == 1 else ""
    basis = f"{first.screen.id} screen · our product: {first.stage}{as_of}"
    return (*quiet_report(comparison.assessments, whole=whole), para(Span(basis, "faint")))


def _short(comparison: Comparison, given: str, differences: int, lines: int) -> Blocks:
    room = (COLUMNS[len(comparison.names)], lines)
    telling = (each for each in comparison.differences if any(said.state == "given" for said in each.said))
    shown = tuple(islice(telling, differences))
    rows = [Row(text("Fit"), tuple(map(_score, comparison.assessments)))]
    if any(each.failed_gates for each in comparison.assessments):
        told = tuple(_deal_breakers(each, shown, room) for each in comparison.assessments)
        rows.append(Row(text("Deal-breakers"), told))
    rows += _costs(comparison, COST_ROWS[len(comparison.names)])
    titles = {dim.id: dim.title for dim in comparison.assessments[0].dimensions}
    for found in shown:
        pairs = zip(found.said, comparison.assessments, strict=True)
        rows.append(Row(text(titles[found.dimension]), tuple(_brief(*pair, found, room) for pair in pairs)))
    grid = Section((Grid(tuple(rows), head=comparison.names),))
    hint = Hint("--full for everything · --explain for what they said")
    last = (_conclusion(comparison, ask=not _to_ask(comparison)), hint, _next(comparison, given))
    return (*_head(comparison, whole=lines == WHOLE), grid, Section(last))


def _score(assessment: Assessment) -> Share:
    score, threshold = whole_points(assessment.score, assessment.threshold)
    parts = (assessment.score_low, assessment.score_high, assessment.threshold)
    low, high, needed = (Fraction(each) / 100 for each in parts)
    return Share(low, high, needed, f"{score} of 100, needs {threshold}")


def _deal_breakers(assessment: Assessment, shown: Sequence[Difference], room: tuple[int, int]) -> Text:
    """How many, and those that no difference below shows; the others are marked there."""
    told_below = {found.question for found in shown}
    failed = assessment.failed_gates
    named = "; ".join(words.gate_text(gate) for gate in failed if gate.id not in told_below)
    told = f"{len(failed)}: {named}" if named else f"{len(failed)}, marked ✗ below"
    return text(Span(_cut(told, room), "bad")) if failed else text("none")


def _brief(said: Said, assessment: Assessment, found: Difference, room: tuple[int, int]) -> Text:
    """What an answer does, and why, in a cell."""
    if said.state == "unknown":
        return UNKNOWN
    if said.state == "n/a":
        return NOT_APPLICABLE
    lines = (each for each in assessment.reasons if each.question == found.question)
    why = next((each.text for each in lines if each.dimension == found.dimension), EVEN)
    mark = "✗ " if any(gate.id == found.question for gate in assessment.failed_gates) else ""
    effect = f"{mark}{whole_effect(said.effect)}"
    return text(Span(effect, _tone(said.effect)), _cut(f"{effect} {why}", room).removeprefix(effect))


def _tone(effect: Fraction) -> Tone:
    return "good" if effect > 0 else "bad" if effect < 0 else "plain"


def _cut(told: str, room: tuple[int, int]) -> str:
    """Shorten a text to so many columns and lines."""
    columns, lines = room
    while " " in told and len([*flow(text(told), columns)]) > lines:
        told = shortened(told, cells(told) - 1)
    return told


def _costs(comparison: Comparison, rows: Sequence[tuple[str, Callable[[CostToClose], str]]]) -> Iterator[Row]:
    """What closing takes, and what an hour of it brings."""
    costs = [each.cost for each in comparison.assessments]
    if any(costs):
        for label, told in rows:
            yield Row(text(label), tuple((text(told(cost)) if cost else ()) or UNKNOWN for cost in costs))
        hourly = zip(costs, comparison.value_per_hour, strict=True)
        brings = (money(each, cost.currency) if cost and each is not None else "" for cost, each in hourly)
        yield Row(text("Brings per hour"), tuple(text(each) or UNKNOWN for each in brings))


def _hours(cost: CostToClose) -> str:
    return f"{about(cost.hours.p50)} h ({about(cost.hours.p10)}–{about(cost.hours.p90)}), {_paid(cost)}"


def _paid(cost: CostToClose) -> str:
    return f"{cost.currency} {about(cost.money.p50)}"


COST_ROWS = {
    2: [("Cost", _hours)],
    3: [("Cost", lambda cost: f"{about(cost.hours.p50)} h, {_paid(cost)}")],
}
"""By the number of prospects."""

ALL_COST_ROWS: list[tuple[str, Callable[[CostToClose], str]]] = [
    ("Hours", lambda cost: f"{cost.hours.p50:.1f} ({cost.hours.p10:.1f} to {cost.hours.p90:.1f})"),
    ("Money", lambda cost: f"{cost.currency} {cost.money.p50:,.0f} ({cost.money.p10:,.0f} to {cost.money.p90:,.0f})"),
    ("On average", lambda cost: f"{cost.hours.mean:.1f} h, {cost.currency} {cost.money.mean:,.0f}"),
    ("Margin if won", lambda cost: "" if cost.margin is None else money(cost.margin, cost.currency)),
]


def _sections(exact: Comparison, *, explain: bool) -> Iterator[Block]:
    """Every section between the verdicts and what follows from them."""
    comparison = printed_comparison(exact, READ)
    failed: list[Block] = []
    for each in comparison.assessments:
        if each.failed_gates:
            failed += [
                para(Span(each.prospect.name, "strong")),
                *items(_gate(gate, explain) for gate in each.failed_gates),
            ]
    yield from section("Deal-breakers", failed)
    yield Section(
        (Grid(tuple(_fit(comparison)), head=comparison.names),), "Fit", "in brackets what open answers leave possible"
    )
    differing = [each for each in comparison.differences if each.apart]
    shown = differing if explain else differing[:SHOWN]
    left_out = len(differing) - len(shown)
    note = "points apart" + (f" · {left_out} more: --explain" if left_out else "")
    told = (_difference(comparison, each, explain=explain) for each in shown)
    yield from section("They differ most on", items(told, 4, "right"), note)
    costs = [each.cost for each in comparison.assessments if each.cost]
    guessed = next((each for each in ("assumptions", "benchmarks") if any(getattr(cost, each) for cost in costs)), "")
    if rows := tuple(_costs(comparison, ALL_COST_ROWS)):
        note = "in brackets the 80 % range" + (f" · partly {guessed}" if guessed else "")
        yield Section((Grid(rows, head=comparison.names),), "Cost to close", note)


def _gate(gate: Gate, explain: bool) -> Item:
    quote = (para(Span(words.in_quotes(gate.evidence), "faint")),) if explain and gate.evidence else ()
    return Item(Span("✗", "bad"), text(words.gate_text(gate)), quote)


def _fit(comparison: Comparison) -> Iterator[Row]:
    found = comparison.assessments
    totals = (_points(each.score, each.score_low, each.score_high, Fraction(100)) for each in found)
    yield Row(text(Span("Score", "strong")), tuple(totals))
    yield Row(text("Pursue needs"), tuple(text(words.points(each.threshold)) for each in found))
    yield Row(text("Answered"), tuple(text(words.percent(each.known)) for each in found))
    for dims in zip(*(each.dimensions for each in found), strict=True):
        yield Row(text(dims[0].title), tuple(_part(dim, dim.most) for dim in dims))
        for sides in zip(*(dim.sides for dim in dims), strict=True):
            label = text(f"  {sides[0].title}")
            yield Row(label, tuple(_part(side, dim.most) for side, dim in zip(sides, dims, strict=True)))


def _part(part: DimensionScore | SideScore, most: Fraction) -> Text:
    fails = part.floor is not None and part.high < part.floor
    told = _points(part.score, part.low, part.high, most, is_bad=fails)
    return (*told, Span(f", needs {words.points(part.floor)}", "bad")) if fails and part.floor else told


def _points(now: Fraction, low: Fraction, high: Fraction, most: Fraction, *, is_bad: bool = False) -> Text:
    could_be = f" ({words.points(low)} to {words.points(high)})" if low != high else ""
    told = f"{words.points(now)} of {words.exact(most)}"
    return text(Span(told, "bad" if is_bad else "plain"), Span(could_be, "open"))


def _difference(comparison: Comparison, found: Difference, *, explain: bool) -> Item:
    asked = found.ask if found.question else f"{found.ask}: how one-sided it is"
    pairs = zip(comparison.names, found.said, strict=True)
    said = (_said(name, each, explain=explain) for name, each in pairs)
    return Item(Span(words.points(found.apart)), text(Span(asked, "strong")), (Items(tuple(said), 4),))


def _said(name: str, said: Said, *, explain: bool) -> Item:
    lead, told = Span(words.effect(said.effect), _tone(said.effect)), text(said.says or EVEN)
    if said.state == "unknown":
        could_be = f"not known, {words.effect(said.low)} to {words.effect(said.high)}"
        lead, told = Span("?", "open"), text(Span(could_be, "open"))
    elif said.state == "n/a":
        lead, told = Span("-"), NOT_APPLICABLE
    quote = " · ".join(filter(None, (words.in_quotes(said.evidence) if said.evidence else "", said.by)))
    sub = (para(Span(quote, "faint")),) if explain and quote else ()
    return Item(lead, text(Span(name, "strong"), ": ", *told), sub)


def _conclusion(comparison: Comparison, *, ask: bool = True) -> Block:
    return para(Span(conclusion(comparison, ask=ask), "strong"))


def _next(comparison: Comparison, given: str) -> Block:
    """What to do now, in a line."""
    return Items((Item(Span("Next", "strong"), text(_next_step(comparison, given))),))


def _to_ask(comparison: Comparison) -> list[Assessment]:
    """Who is to be asked more first."""
    found = (comparison.assessments[at] for at in comparison.conclusion.ask_first)
    return [each for each in found if each.ask_next]


def _next_step(comparison: Comparison, given: str) -> str:
    found, assessments = comparison.conclusion, comparison.assessments
    if asked := _to_ask(comparison):
        return f"ask {asked[0].prospect.name}: {asked[0].ask_next[0].ask}"
    if found.margin_unknown:
        return f"find out what {names_of(comparison, found.margin_unknown)} would bring if won"
    if found.kind == "none":
        return next_step(assessments[found.look_first[0] if found.look_first else 0], given)
    first = found.pursued[0] if found.best is None else found.best
    brings = comparison.value_per_hour[first]
    begin = "start with" if brings is None or brings >= 0 else "it may cost more than it returns: think twice about"
    declined = [f"{each.prospect.name}: {next_step(each, given)}" for each in assessments if each.verdict == "not now"]
    return " · ".join([f"{begin} {comparison.names[first]}", *declined[:1]])
