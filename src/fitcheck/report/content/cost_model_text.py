"""Cost models as prose: what costs hours, each figure with its source."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from fitcheck.decision.content.cost_model import Activity, Basis, CostModel, CostQuestion, ThreePoint
from fitcheck.decision.score.rounding import decimal
from fitcheck.report import words
from fitcheck.report.layout import Line, Span, TextOptions, flow, heading


def cost_model_lines(model: CostModel, options: TextOptions) -> Iterator[Line]:
    """Questions, activities, cycles and prices, with where each figure comes from."""
    yield from flow([Span(f"{model.title} · cost model {model.id} {model.version}", "strong")], options.width)
    spread = f"All hours of a deal can be off together by {_number(model.spread * 100)} % (standard deviation)."
    lead = f" {_three(model.lead_weeks)} weeks in any case." if model.lead_weeks else ""
    yield from flow([Span(spread + lead)], options.width)
    yield from _questions(model, options)
    yield from heading("Activities", "least, likely and most hours", options)
    for activity in model.activities:
        yield from _activity(activity, options)
    yield from _cycles(model, options)
    yield from heading("Prices", f"{model.currency}, unless your company file says otherwise", options)
    for role, rate in model.rates.items():
        yield from _item(f"{role} {_number(rate.per_hour)} an hour", "", rate.basis, options)
    if model.margin:
        yield from _item(
            f"margin {words.percent(model.margin.share)} of the deal value", "", model.margin.basis, options
        )


def asked_of_cost_lines(model: CostModel, options: TextOptions) -> Iterator[Line]:
    """The questions that a screen asks only for its cost model."""
    yield from flow([Span(f"{model.title} · cost model {model.id} {model.version}", "strong")], options.width)
    yield from flow([Span("These answers cost hours, and never affect the score.")], options.width)
    yield from _questions(model, options)


def _questions(model: CostModel, options: TextOptions) -> Iterator[Line]:
    note = "how many in 100 ordinary prospects give each answer"
    yield from heading("What costs hours", note, options)
    for question in model.questions:
        yield from _question(question, model.priors.get(question.id, {}), options)


def _question(question: CostQuestion, prior: Mapping[str, int], options: TextOptions) -> Iterator[Line]:
    lead = [Span("  ")]
    yield from flow(
        [Span(question.ask, "strong"), Span(f" · {question.id}", "faint")], options.width, lead=lead, indent=4
    )
    if question.rule:
        yield from flow([Span("To answer it: ", "faint"), Span(question.rule)], options.width, lead=lead)
    whole = sum(prior.values())
    for option in question.options:
        chance = Fraction(prior.get(option.id, 0), whole) if whole else Fraction(1, len(question.options))
        says = [Span(option.says), Span(f" · {option.id}", "faint")]
        yield from flow(says, options.width, lead=[Span(f"    {decimal(chance * 100, 0):>3}  ")])
    if question.not_applicable:
        yield from flow([Span("n/a  ", "faint"), Span(question.not_applicable)], options.width, lead=[Span("    ")])


def _activity(activity: Activity, options: TextOptions) -> Iterator[Line]:
    per = "once" if activity.per == "deal" else "every round"
    when = "always"
    if activity.when:
        when = f"if {activity.when.question} is {' or '.join(sorted(activity.when.options))}"
    text = f"{activity.title}: {_three(activity.hours)} h of {activity.role}, {per}, {when}"
    if activity.expenses:
        text += f", expenses {_number(activity.expenses)}"
    if activity.weeks:
        text += f", {_three(activity.weeks)} weeks"
    yield from _item(text, activity.because, activity.basis, options)


def _cycles(model: CostModel, options: TextOptions) -> Iterator[Line]:
    cycles = model.cycles
    rests_on = f"by the score of {cycles.rubric}, " if cycles.rubric else ""
    note = f"rounds of talks beyond the first, {rests_on}at most {cycles.most} in all"
    yield from heading("Rounds", note, options)
    for band in cycles.bands:
        reach = f"below {_number(band.below)} %" if band.below is not None else "otherwise"
        yield from _item(f"{reach}: {_number(band.extra)} more", band.because, cycles.basis, options)


def _item(text: str, because: str, basis: Basis, options: TextOptions) -> Iterator[Line]:
    told = [Span(text)]
    told += [Span(f" · {because}")] if because else []
    yield from flow([*told, Span(f" · {_basis(basis)}", "faint")], options.width, lead=[Span("  ")], indent=4)


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
