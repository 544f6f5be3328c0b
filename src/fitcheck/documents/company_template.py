"""A company file to start from: every figure in its place, with what it is and what it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from fitcheck.decision.content.cost_model import CostModel
from fitcheck.decision.content.rubric import STAGES, USUAL_TERMS, Stage

Row = tuple[str, str]
"""A line and what is said of it; "" where nothing is."""


def company_template(costs: Sequence[CostModel], *, stage: Stage | None = None) -> str:
    """
    Return the text of a company file; as it stands it changes no result.

    Args:
        costs: the cost models whose figures are written down; rates and margin are those of the first.
        stage: the stage written down; None leaves it to each screen.
    """
    parts = [_our_side(costs[0], stage), _won_and_lost(), _rates(costs[0]), _exchange(), _rounds(costs), _hours(costs)]
    return f"{HEAD}\n" + "\n".join("\n".join(_aligned([*part])) + "\n" for part in parts)


HEAD = """\
# Your own side. Change what is different with you. A figure that you leave as it stands stays the assumption or the
# benchmark that it is, and reports go on saying so.
"""


def _our_side(main: CostModel, stage: Stage | None) -> Iterator[Row]:
    yield "company:", "your name, for letters"
    yield f"stage: {stage or ''}", f"how far your product is: {', '.join(STAGES)}; empty: as the screen says"
    yield f"currency: {main.currency}", "of every amount here; if you change it, write the rates in it as well"
    if main.margin:
        told = f"part of a deal's value that is yours · {main.margin.basis.short}"
        yield f"margin: {_plain(main.margin.share)}", told
    yield "weekly_hours:", "hours a week that one deal can get, e.g. 10; empty: any"
    yield "pilot_hours:", "hours that getting a pilot may take, e.g. 80; empty: any"
    yield "ours: []", "who speaks for you in call notes, e.g. [Ann, Bo]; their words are not evidence of a customer"


def _won_and_lost() -> Iterator[Row]:
    yield "# Won and lost: what closing a deal may cost follows from this.", ""
    usual = USUAL_TERMS
    yield f"win_rate: {_plain(usual.win_rate)}", "part of such deals that you win · assumption, near Ebsta, 2025"
    yield f"lost_share: {_plain(usual.lost_share)}", "part of a won deal's work that a lost one takes · assumption"
    yield f"months: {_plain(usual.months)}", "of a contract by the year, months that count at most · assumption"


def _rates(main: CostModel) -> Iterator[Row]:
    yield "# What an hour costs you, everything included.", ""
    yield "rates:", ""
    for role, rate in main.rates.items():
        yield f"  {role}: {_plain(rate.per_hour)}", rate.basis.short


def _exchange() -> Iterator[Row]:
    yield "# What one unit of another currency is worth in yours.", ""
    yield "exchange: {}", "e.g. {USD: 0.9}"


def _rounds(costs: Sequence[CostModel]) -> Iterator[Row]:
    yield "# Rounds of talks beyond the first, from little trust to much.", ""
    yield "extra_rounds:", ""
    for cost in costs:
        below = ", ".join(_plain(band.below) for band in cost.cycles.bands if band.below is not None)
        extra = _list(band.extra for band in cost.cycles.bands)
        yield f"  {cost.id}: {extra}", f"with trust below {below} %, and above · {cost.cycles.basis.short}"


def _hours(costs: Sequence[CostModel]) -> Iterator[Row]:
    yield (
        "# Hours of each piece of work: least, most likely, most. Most is done only if an answer asks for it.",
        "",
    )
    yield "# Other work or other questions need a copy: fitcheck rubric copy cost:deal", ""
    yield "hours:", ""
    for cost in costs:
        yield f"  {cost.id}:", cost.title
        for work in cost.activities:
            hours = _list((work.hours.low, work.hours.likely, work.hours.high))
            each = ", each round" if work.per == "cycle" else ""
            yield f"    {work.id}: {hours}", f"{work.title} ({work.role}{each}) · {work.basis.short}"


def _aligned(rows: Sequence[Row]) -> Iterator[str]:
    """Lines with their remarks in one column."""
    column = max(len(text.rstrip()) for text, told in rows if told)
    for text, told in rows:
        yield f"{text.rstrip():<{column}}  # {told}" if told else text


def _list(figures: Iterable[Fraction]) -> str:
    return f"[{', '.join(map(_plain, figures))}]"


def _plain(amount: Fraction) -> str:
    return f"{float(amount):g}"
