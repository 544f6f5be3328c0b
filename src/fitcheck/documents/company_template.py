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
# Your side. Change what you know better. Reports treat a figure you change as yours, and every other one as the
# assumption or benchmark it is.
"""


def _our_side(main: CostModel, stage: Stage | None) -> Iterator[Row]:
    yield "company:", "your name, for letters"
    yield f"stage: {stage or ''}", f"stage of your product: {', '.join(STAGES)}; empty: as the screen says"
    told = f"of every amount here; if you change it, set rates in it, and under exchange what {main.currency} is worth"
    yield f"currency: {main.currency}", told
    if main.margin:
        told = f"your share of a deal's value · {main.margin.basis.short}"
        yield f"margin: {_plain(main.margin.share)}", told
    yield "weekly_hours:", "hours per week for one deal, e.g. 10; empty: no limit"
    yield "pilot_hours:", "most hours for winning a pilot, e.g. 80; empty: no limit"
    yield "ours: []", "your people in call notes, e.g. [Ann, Bo]; what they say is not evidence"


def _won_and_lost() -> Iterator[Row]:
    yield "# How much closing a deal may cost follows from these.", ""
    usual = USUAL_TERMS
    yield f"win_rate: {_plain(usual.win_rate)}", "share of such deals you win · assumption, near Ebsta, 2025"
    yield f"lost_share: {_plain(usual.lost_share)}", "work of a lost deal, as a share of a won one · assumption"
    yield f"months: {_plain(usual.months)}", "months of a yearly contract that count at most · assumption"


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
        "# Hours of each activity: least, most likely, most. Most activities count only if an answer calls for them.",
        "",
    )
    yield "# For other activities or questions, make a copy of your own: fitcheck rubric copy cost:deal", ""
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
