"""Cost models as prose: what costs hours, each figure with its source."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from fitcheck.decision.content.cost_model import Activity, Basis, CostModel, CostQuestion, ThreePoint
from fitcheck.decision.score.rounding import decimal
from fitcheck.report import words
from fitcheck.report.document import Block, Item, Para, Span, items, joined, para, section, text


def cost_model_blocks(model: CostModel) -> Iterator[Block]:
    """Questions, activities, cycles and prices, with where each figure comes from."""
    yield _title(model)
    spread = f"All activities of a deal vary together by {_number(model.spread * 100)} %."
    yield para(spread + (f" {_three(model.lead_weeks)} weeks pass whatever you do." if model.lead_weeks else ""))
    yield from _questions(model)
    yield from section("Activities", items(map(_activity, model.activities)), "least, likely and most hours")
    cycles = model.cycles
    rests_on = f"by the points of {cycles.rubric}, " if cycles.rubric else ""
    note = f"runs of the sales loop beyond the first, {rests_on}at most {cycles.most} in all"
    reach = (f"below {_number(band.below)} %" if band.below is not None else "otherwise" for band in cycles.bands)
    bands = (
        _figure(f"{to}: {_number(band.extra)} more", band.because, cycles.basis)
        for to, band in zip(reach, cycles.bands, strict=True)
    )
    yield from section("Cycles", items(bands), note)
    prices = [_figure(f"{role} {_number(rate.per_hour)} an hour", "", rate.basis) for role, rate in model.rates.items()]
    if margin := model.margin:
        prices.append(_figure(f"margin {words.percent(margin.share)} of the deal value", "", margin.basis))
    yield from section("Prices", items(prices), f"{model.currency}, where your company file is silent")


def asked_of_cost(model: CostModel) -> Iterator[Block]:
    """The questions that a screen asks for the sake of its cost model alone."""
    yield _title(model)
    yield para("These answers cost hours, and never touch the score.")
    yield from _questions(model)


def _title(model: CostModel) -> Para:
    return para(Span(f"{model.title} · cost model {model.id} {model.version}", "strong"))


def _questions(model: CostModel) -> Iterator[Block]:
    note = "how often of 100 an ordinary prospect gives each answer"
    asked = (_question(each, model.priors.get(each.id, {})) for each in model.questions)
    yield from section("What costs hours", (block for blocks in asked for block in blocks), note)


def _question(question: CostQuestion, prior: Mapping[str, int]) -> Iterator[Block]:
    whole = sum(prior.values())
    entries = []
    for option in question.options:
        chance = Fraction(prior.get(option.id, 0), whole) if whole else Fraction(1, len(question.options))
        entries.append(Item(Span(decimal(chance * 100, 0)), text(option.says, Span(f" · {option.id}", "faint"))))
    if question.not_applicable:
        entries.append(Item(Span("n/a", "faint"), text(question.not_applicable)))
    rule = [para(Span("To answer it: ", "faint"), question.rule)] if question.rule else []
    yield from section(question.ask, [*rule, *items(entries, 3, "right")], question.id)


def _activity(activity: Activity) -> Item:
    per = "once" if activity.per == "deal" else "every cycle"
    when = f"if {activity.when.question} is {' or '.join(sorted(activity.when.options))}" if activity.when else "always"
    told = f"{activity.title}: {_three(activity.hours)} h of {activity.role}, {per}, {when}"
    if activity.expenses:
        told += f", expenses {_number(activity.expenses)}"
    if activity.weeks:
        told += f", {_three(activity.weeks)} weeks"
    return _figure(told, activity.because, activity.basis)


def _figure(told: str, because: str, basis: Basis) -> Item:
    return Item(Span("-"), joined([told, because, text(Span(_basis(basis), "faint"))]))


def _basis(basis: Basis) -> str:
    if basis.kind != "benchmark":
        return basis.kind
    year = f", {basis.year}" if basis.year else ""
    grade = f", grade {basis.grade}" if basis.grade else ""
    return f"{basis.source}{year}{grade}"


def _three(points: ThreePoint) -> str:
    return f"{_number(points.low)} / {_number(points.likely)} / {_number(points.high)}"


def _number(value: Fraction) -> str:
    text = decimal(value, 2)
    return text.rstrip("0").rstrip(".") if "." in text else text
