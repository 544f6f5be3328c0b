"""Assessments × available hours → which prospects to take on, which have no room, and where to ask first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from fitcheck.decision.assessment import Assessment, check_one_screen
from fitcheck.decision.content.cost_model import CostModel
from fitcheck.decision.content.exact import Number, exact
from fitcheck.decision.content.rubric import USUAL_TERMS, Screen
from fitcheck.decision.cost.compiled_cost import CompiledCost
from fitcheck.decision.cost.terms import takes
from fitcheck.decision.cost.work_hours import WorkHours, role_cost, roles, work_hours
from fitcheck.decision.several.naming import unique_names
from fitcheck.decision.several.portfolio import Step, plan
from fitcheck.decision.several.rankings import CENTS, AskFirst, Entry, MoreHours, Ranking
from fitcheck.problems import Problem, UsageError


def rank(assessments: Sequence[Assessment], hours: Number, role: str | None = None) -> Ranking:
    """
    Choose the prospects that are worth most for the available hours.

    Args:
        assessments: at least one, all with one screen at one stage, and one company.
        hours: available, >= 0; taken as they are written.
        role: whose hours; everybody's if None.

    Raises:
        UsageError: no assessments, or of different screens or stages; invalid hours; the screen has no cost model,
            or it does not know the role.

    Source:
        A prospect is worth p × margin − expected cost × (p + (1 − p) λ): a lost deal takes only the part λ of the
        work. p is the deal's own win probability, or else the win rate of the screen. Its hours count in full: nobody
        knows in advance which deals will be lost.
    """
    if not assessments:
        raise UsageError(Problem("no-prospects", "no prospects to rank", hint="assess at least one"))
    check_one_screen(assessments, "ranked")
    hours = exact("hours", hours)
    if hours < 0:
        raise UsageError(Problem("not-hours", f"hours cannot be negative: {hours}"))
    screen = assessments[0].screen
    model = _cost_model(screen, role)
    working, rule = role_cost(model, role), screen.money_gate or USUAL_TERMS
    currency = next((a.cost.currency for a in assessments if a.cost), model.currency)
    names = unique_names([assessment.prospect for assessment in assessments])
    entries = [
        Entry(assessment, name, *_worth(assessment, working, currency))
        for assessment, name in zip(assessments, names, strict=True)
    ]
    pursued = [entry for entry in entries if entry.assessment.verdict == "pursue"]
    candidates = [entry for entry in pursued if entry.value is not None and not entry.at_risk]
    found = plan([entry.candidate for entry in candidates], hours)
    reserved = dict(zip(found.chosen, found.shares, strict=True))
    candidates = [replace(entry, reserved=reserved.get(i)) for i, entry in enumerate(candidates)]
    chosen = _ranked([candidates[i] for i in found.chosen])
    left = [entry for i, entry in enumerate(candidates) if i not in reserved]
    price = found.price / CENTS
    costs = [entry.assessment.cost for entry in chosen if entry.assessment.cost]
    return Ranking(
        screen=screen,
        assessments=tuple(assessments),
        hours=hours,
        role=role,
        currency=currency,
        chosen=chosen,
        no_room=_ranked(left),
        no_gain=_ranked([entry for entry in pursued if entry.at_risk]),
        not_ranked=tuple(entry for entry in pursued if entry.value is None),
        not_now=tuple(entry for entry in entries if entry.assessment.verdict == "not now"),
        usual_chance=tuple(
            entry
            for entry in pursued
            if entry.value is not None and entry.assessment.prospect.deal.win_probability is None
        ),
        win_rate=rule.win_rate,
        value=Fraction(found.value, CENTS),
        bound=Fraction(found.bound, CENTS),
        exact=found.exact,
        expected=found.mean,
        reserved=found.reserved,
        one_more_hour=None if found.one_more_hour is None else Fraction(found.one_more_hour, CENTS),
        price=price,
        step=_more_hours(found.step, candidates) if found.step else None,
        ask_first=_ask_first(chosen, entries, price, rule.lost_share),
        benchmarks=_figures(cost.benchmarks for cost in costs),
        assumptions=_figures(cost.assumptions for cost in costs),
    )


def _cost_model(screen: Screen, role: str | None) -> CostModel:
    if screen.cost is None:
        message = f"screen {screen.id} has no cost model, so the hours are unknown"
        raise UsageError(Problem("no-cost-model", message, hint='add one to the screen: "cost: pilot"'))
    known = roles(screen.cost)
    if role is not None and role not in known:
        message = f"cost model {screen.cost.id} has no work for role {role!r}"
        raise UsageError(Problem("unknown-role", message, hint=f"one of: {', '.join(known)}"))
    return screen.cost


def _worth(
    assessment: Assessment, working: CompiledCost, currency: str
) -> tuple[WorkHours, Fraction | None, str | None]:
    """Hours, value and, where that is not known, why; see `Entry`."""
    cost, prospect = assessment.cost, assessment.prospect
    if cost is None:
        return WorkHours(Fraction(0), Fraction(0)), None, "The cost to close is unknown."
    hours = work_hours(working, prospect, cost.cycles)
    if cost.expected_value is None:
        return hours, None, next((note for note in cost.notes if "margin" in note), "The margin is unknown.")
    if cost.currency != currency:
        return hours, None, f"Its amounts are in {cost.currency}, the others' in {currency}."
    return hours, cost.expected_value, None


def _ranked(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Most value for an hour first, those that take no hours before all; ties as given."""
    return tuple(sorted(entries, key=lambda entry: (entry.per_hour is not None, -(entry.per_hour or 0))))


def _more_hours(step: Step, candidates: Sequence[Entry]) -> MoreHours:
    return MoreHours(
        hours=step.hours,
        gain=Fraction(step.gain, CENTS),
        added=_ranked([candidates[i] for i in step.added]),
        dropped=_ranked([candidates[i] for i in step.dropped]),
    )


def _ask_first(
    chosen: Sequence[Entry], entries: Sequence[Entry], price: Fraction, lost_share: Fraction
) -> tuple[AskFirst, ...]:
    """
    Rank the open prospects by what their answers could change.

    A chosen one may turn out "not now": then its cost is saved and its hours are free, at their price. A "not now" may
    turn out a pursue: then it brings its value, less the price of the hours that others then miss.
    """
    found = []
    for entry in (*chosen, *(entry for entry in entries if entry.assessment.verdict == "not now")):
        assessment, pursue = entry.assessment, entry.assessment.probability
        if pursue is None or entry.value is None or assessment.cost is None or not assessment.ask_next:
            continue
        elsewhere = price * entry.hours.mean
        if assessment.verdict == "pursue":
            saved = assessment.cost.expected * takes(assessment.cost.win_probability, lost_share)
            found.append(AskFirst(entry, 1 - pursue, saved + elsewhere, assessment.ask_next[0]))
        else:
            found.append(AskFirst(entry, pursue, entry.value - elsewhere, assessment.ask_next[0]))
    return tuple(sorted((asked for asked in found if asked.worth > 0), key=lambda asked: -asked.worth))


def _figures(of_each: Iterable[Sequence[str]]) -> tuple[str, ...]:
    used = {figure for figures in of_each for figure in figures}
    return tuple(figure for figure in ("hours", "rates", "margin", "cycles") if figure in used)
