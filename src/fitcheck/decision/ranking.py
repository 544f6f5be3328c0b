"""Assessments × hours → which prospects to take on, which have no room, and where to ask first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from fitcheck.decision.asking import NextQuestion
from fitcheck.decision.assessment import Assessment, check_one_screen
from fitcheck.decision.costmodel import CostModel
from fitcheck.decision.exact import Number, exact
from fitcheck.decision.naming import told_apart
from fitcheck.decision.portfolio import Candidate, Step, plan, reserve
from fitcheck.decision.rounding import half_up
from fitcheck.decision.rubric import Screen
from fitcheck.decision.workhours import WorkHours, roles, work_hours
from fitcheck.problems import Problem, UsageError

By = Literal["expected value", "margin"]
"""What a prospect is worth: win probability × margin − cost to close, or its margin alone."""

CENTS = 100
NO_CHANCE = 'no win probability is known: write "deal: {win_probability: ...}" in the prospect file'


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One prospect in the ranking.

    Attributes:
        name: of the prospect, and no other's.
        hours: that closing takes, of the role that is ranked for.
        value: what it is worth [currency of the ranking]; None if that can't be known.
        why: why `value` is None, in a sentence.
        reserved: part of the hours reserved for all chosen [hours]; None unless chosen.
    """

    assessment: Assessment
    name: str
    hours: WorkHours
    value: Fraction | None
    why: str | None = None
    reserved: Fraction | None = None

    @property
    def alone(self) -> Fraction:
        """P80 of its hours, which it would need if nothing else were taken on [hours]."""
        return reserve([_candidate(self)])

    @property
    def per_hour(self) -> Fraction | None:
        """What an expected hour brings; None if the prospect takes no hours or its value is not known."""
        return self.value / self.hours.mean if self.value is not None and self.hours.mean else None


@dataclass(frozen=True, slots=True)
class AskFirst:
    """
    An open prospect whose answers could change the plan.

    Attributes:
        chance: of the other verdict than now once everything is answered, 0..1.
        stake: what that would bring: the hours that others could have, or its own value beyond that of the hours it
            takes [currency of the ranking].
        question: the one to ask first.
    """

    entry: Entry
    chance: Fraction
    stake: Fraction
    question: NextQuestion

    @property
    def worth(self) -> Fraction:
        """What knowing everything would bring on average: the rank."""
        return self.chance * self.stake


@dataclass(frozen=True, slots=True)
class MoreHours:
    """
    The fewest further half hours that bring anything.

    Attributes:
        hours: [hours].
        gain: how much more the best set is then worth.
        added, dropped: what comes and goes.
    """

    hours: Fraction
    gain: Fraction
    added: tuple[Entry, ...]
    dropped: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """
    Where the hours should go; money in `currency`.

    Attributes:
        screen, assessments: what was ranked.
        hours: there are [hours].
        role: whose; None: everybody's.
        currency: ISO code.
        chosen: pursued and taken on, most value for an hour first.
        no_room: pursued, and worth more elsewhere, likewise.
        no_gain: pursued, but worth nothing or less, as given.
        not_ranked: pursued, but of unknown worth, as given.
        not_now: as given.
        no_chance: the pursued prospects without a win probability, as given.
        value: of all chosen.
        bound: no other set is worth more.
        exact: whether `value` is proven to be the most possible, in hours reserved by 1 / `parts`.
        expected: hours of all chosen [hours].
        reserved: P80 of the hours of all chosen together [hours].
        one_more_hour: what the next hour would bring; None where there are too many prospects to say.
        price: what an hour brings about where the hours run out.
        step: None if no prospect is left, or where there are too many to say.
        ask_first: most worth asking first.
        benchmarks: which figures of the chosen are not the user's own, of "hours", "rates", "margin", "cycles".
    """

    screen: Screen
    assessments: tuple[Assessment, ...]
    hours: Fraction
    role: str | None
    by: By
    currency: str
    chosen: tuple[Entry, ...]
    no_room: tuple[Entry, ...]
    no_gain: tuple[Entry, ...]
    not_ranked: tuple[Entry, ...]
    not_now: tuple[Entry, ...]
    no_chance: tuple[Entry, ...]
    value: Fraction
    bound: Fraction
    exact: bool
    parts: int
    expected: Fraction
    reserved: Fraction
    one_more_hour: Fraction | None
    price: Fraction
    step: MoreHours | None
    ask_first: tuple[AskFirst, ...]
    benchmarks: tuple[str, ...]

    @property
    def without_hours(self) -> bool:
        """Whether no pursued prospect takes any hours of the role, so that its hours choose nothing."""
        pursued = (*self.chosen, *self.no_room, *self.no_gain, *self.not_ranked)
        return self.role is not None and bool(pursued) and not any(entry.hours.mean for entry in pursued)


def rank(assessments: Sequence[Assessment], hours: Number, role: str | None = None) -> Ranking:
    """
    Choose the prospects that are worth most for the hours there are.

    Args:
        assessments: at least one, all with one screen at one stage, and one company.
        hours: there are, >= 0; taken as they are written.
        role: whose hours; everybody's if None.

    Raises:
        UsageError: no assessments, or not of one screen and stage; hours that are none; the screen has no cost model,
            or its cost model no such role.

    Source:
        A prospect is worth p × margin − expected cost where every pursued prospect names its win probability p;
        otherwise its margin, which is as good as long as all are equally likely to be won and cost little.
    """
    if not assessments:
        raise UsageError(Problem("no-prospects", "there are no prospects to rank", hint="assess at least one"))
    check_one_screen(assessments, "ranked")
    hours = exact("hours", hours)
    if hours < 0:
        raise UsageError(Problem("not-hours", f"hours are {hours}, and can't be less than 0"))
    screen = assessments[0].screen
    model = _cost_model(screen, role)
    pursued = [assessment for assessment in assessments if assessment.verdict == "pursue"]
    chances = [assessment.prospect.deal.win_probability for assessment in pursued]
    by: By = "margin" if not pursued or None in chances else "expected value"
    currency = next((a.cost.currency for a in assessments if a.cost), model.currency)
    names = told_apart([assessment.prospect for assessment in assessments])
    entries = [
        Entry(assessment, name, *_worth(assessment, model, role, by, currency))
        for assessment, name in zip(assessments, names, strict=True)
    ]
    candidates = [e for e in entries if e.assessment.verdict == "pursue" and e.value is not None]
    found = plan([_candidate(entry) for entry in candidates], hours)
    reserved = dict(zip(found.chosen, found.shares, strict=True))
    candidates = [replace(entry, reserved=reserved.get(i)) for i, entry in enumerate(candidates)]
    chosen = _ranked([candidates[i] for i in found.chosen])
    left = [entry for i, entry in enumerate(candidates) if i not in reserved]
    price = found.price / CENTS
    return Ranking(
        screen=screen,
        assessments=tuple(assessments),
        hours=hours,
        role=role,
        by=by,
        currency=currency,
        chosen=chosen,
        no_room=_ranked([entry for entry in left if _cents(entry) > 0]),
        no_gain=tuple(entry for entry in left if _cents(entry) <= 0),
        not_ranked=tuple(e for e in entries if e.assessment.verdict == "pursue" and e.value is None),
        not_now=tuple(entry for entry in entries if entry.assessment.verdict == "not now"),
        no_chance=tuple(
            e
            for e in entries
            if e.assessment.verdict == "pursue" and e.assessment.prospect.deal.win_probability is None
        ),
        value=Fraction(found.value, CENTS),
        bound=Fraction(found.bound, CENTS),
        exact=found.exact,
        parts=found.parts,
        expected=found.mean,
        reserved=found.reserved,
        one_more_hour=None if found.one_more_hour is None else Fraction(found.one_more_hour, CENTS),
        price=price,
        step=_more_hours(found.step, candidates) if found.step else None,
        ask_first=_ask_first(chosen, entries, price, by),
        benchmarks=_benchmarks(chosen),
    )


def _cost_model(screen: Screen, role: str | None) -> CostModel:
    if screen.cost is None:
        message = f"screen {screen.id} has no cost model, so the hours that its prospects take are not known"
        raise UsageError(Problem("no-cost-model", message, hint='name one in the screen: "cost: pilot"'))
    known = roles(screen.cost)
    if role is not None and role not in known:
        message = f"cost model {screen.cost.id} has no work for the role {role!r}"
        raise UsageError(Problem("unknown-role", message, hint=f"one of: {', '.join(known)}"))
    return screen.cost


def _worth(
    assessment: Assessment, model: CostModel, role: str | None, by: By, currency: str
) -> tuple[WorkHours, Fraction | None, str | None]:
    """Hours, value and, where that is not known, why; see `Entry`."""
    cost, prospect = assessment.cost, assessment.prospect
    if cost is None:
        return WorkHours(Fraction(0), Fraction(0)), None, "No cost to close is known."
    hours = work_hours(model, prospect, cost.cycles, role)
    if cost.margin is None:
        return hours, None, next((note for note in cost.notes if "margin" in note), "No margin is known.")
    if cost.currency != currency:
        return hours, None, f"Its money is counted in {cost.currency}, that of others in {currency}."
    if by == "margin":
        return hours, cost.margin, None
    chance = prospect.deal.win_probability
    if chance is None:
        return hours, None, f"{NO_CHANCE[0].upper()}{NO_CHANCE[1:]}."
    return hours, chance * cost.margin - cost.expected, None


def _cents(entry: Entry) -> int:
    return half_up((entry.value or Fraction(0)) * CENTS)


def _candidate(entry: Entry) -> Candidate:
    return Candidate(_cents(entry), entry.hours.mean, entry.hours.variance)


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


def _ask_first(chosen: Sequence[Entry], entries: Sequence[Entry], price: Fraction, by: By) -> tuple[AskFirst, ...]:
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
            spent = assessment.cost.expected
            stake = spent + elsewhere if by == "expected value" else max(spent, elsewhere)
            found.append(AskFirst(entry, 1 - pursue, stake, assessment.ask_next[0]))
        else:
            found.append(AskFirst(entry, pursue, entry.value - elsewhere, assessment.ask_next[0]))
    return tuple(sorted((asked for asked in found if asked.worth > 0), key=lambda asked: -asked.worth))


def _benchmarks(chosen: Sequence[Entry]) -> tuple[str, ...]:
    used = {figure for entry in chosen if entry.assessment.cost for figure in entry.assessment.cost.benchmarks}
    return tuple(figure for figure in ("hours", "rates", "margin", "cycles") if figure in used)
