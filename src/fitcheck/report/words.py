"""Numbers and states in words, the same in every report for people."""

import re
from collections.abc import Iterator
from fractions import Fraction

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.change.change_sets import ChangeSet
from fitcheck.decision.change.cost_changes import CostChanges
from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.score.results import Advice, CostToClose, Driver, GateState, ReasonGroup
from fitcheck.decision.score.rounding import apart, decimal, half_up
from fitcheck.decision.verdict.asking import NextQuestion

STAGE_FROM = {
    "given": "as you chose",
    "company": "from the company file",
    "screen": "the screen’s default; --stage changes it",
}
GATE_TITLES: tuple[tuple[str, GateState], ...] = (("Gates that fail", "fail"), ("Gates not known", "unknown"))
GATE_STATE: dict[GateState, str] = {"fail": "fails", "unknown": "not known", "pass": "passes"}
ACTORS = {"them": "they", "us": "we", "time": "time", "nobody": "nobody"}
PRIORS = {
    "uniform": "with every option of the unanswered questions equally likely",
    "screen": "with unanswered questions answered as the priors of the screen and its cost model say",
    "mixed": "with unanswered questions answered as the priors of the screen and its cost model say, and where there "
    "are none every option equally likely",
}


QUOTES = '"“”„«»'
"""Double quotes as languages have them."""

FAR = 5
"""A single weight that would have to change by more than this factor is not worth a sentence."""

ASKED = 3
"""Questions to ask next that are shown where nobody asks for all."""

SLIPS = 3
"""A verdict that needs more slips than this to turn is called safe instead of listing them."""

DRIVERS = 5
"""Drivers of the cost shown where nobody asks for all."""


def points(value: int) -> str:
    """
    Points on the 0..100 scale.

    >>> points(5820)
    '58.20'
    """
    return f"{value / 100:.2f}"


def effect(doubled: int) -> str:
    """
    A signed effect, exact: half a hundredth shows as a third decimal.

    >>> effect(-1868), effect(1985)
    ('−9.34', '+9.925')
    """
    whole, rest = divmod(abs(doubled), 200)
    text = f"{whole}.{rest * 5:03d}"
    return ("−" if doubled < 0 else "+") + (text.removesuffix("0"))


def column(doubled: int) -> str:
    """
    An effect in a column, points under points.

    >>> [column(effect) for effect in (-1868, 1985)]
    ['  −9.34 ', '  +9.925']
    """
    text = effect(doubled)
    return f"{text + ' ' * (3 - len(text.partition('.')[2])):>8}"


def percent(share: Fraction) -> str:
    """
    A share in whole percent, never rounded up to a claim that does not hold.

    >>> percent(Fraction(999, 1000)), percent(Fraction(1, 1000)), percent(Fraction(0)), percent(Fraction(1, 3))
    ('over 99 %', 'under 1 %', '0 %', '33 %')
    """
    nearest = half_up(share * 100)
    if nearest == 100 and share < 1:  # noqa: PLR2004 - percent
        return "over 99 %"
    if nearest == 0 and share > 0:
        return "under 1 %"
    return f"{nearest} %"


def counted(number: int, word: str) -> str:
    """
    A number with its word.

    >>> counted(1, "judge"), counted(1200, "row")
    ('1 judge', '1,200 rows')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def in_quotes(evidence: str) -> str:
    """
    What somebody said, in quotes; those that stand around all of it already are not doubled.

    >>> print(in_quotes('"They left"'), in_quotes('“No”, and „no“'), in_quotes('A 24" screen'))
    “They left” ““No”, and „no“” “A 24" screen”
    """
    whole = re.fullmatch(f"[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]", evidence)
    return f"“{whole[1] if whole else evidence}”"


def state(assessment: Assessment) -> str:
    """The verdict's state for the lines that people copy; nothing when settled."""
    if assessment.settled:
        return ""
    return f"open, {_chance(assessment.probability or Fraction(0))} pursue"


def _chance(chance: Fraction) -> str:
    """The probability of "pursue", exact enough to show on which side of one half it is."""
    told, half = apart(chance * 100, Fraction(50))
    return percent(chance) if half == "50" else f"{told} %"


def standing(assessment: Assessment) -> str:
    """Whether the verdict can still turn, in a sentence."""
    if assessment.settled:
        if not assessment.still_open:
            return "Settled: every question is answered."
        return "Settled: no answer to what is still unknown would turn it."
    chance = _chance(assessment.probability or Fraction(0))
    told = (
        f"Open: {PRIORS[assessment.prior]}, "
        f"the verdict would be pursue in {chance} of cases. This is not a chance of winning."
    )
    return f"{told} {_held_back(assessment)}" if assessment.held_back else told


def _held_back(assessment: Assessment) -> str:
    """Why it is "not now" although the score would do, in a sentence."""
    unknown = [gate.title for gate in assessment.gates if gate.state == "unknown"]
    gates = f" or fails a gate that is not known ({'; '.join(unknown)})" if unknown else ""
    return f"The score would do: it is “not now” because in the other cases what is not known brings it down{gates}."


def too_little(assessment: Assessment) -> str | None:
    """Why "pursue" may not be said although nothing forbids it, in a sentence."""
    if not assessment.too_little_known:
        return None
    known, needed = apart(assessment.known * 100, assessment.screen.least_known * 100)
    return f"Too little is known to say pursue: {known} % of the weight is answered, at least {needed} % is needed."


def group_text(group: ReasonGroup) -> str:
    """What a group of reasons says; several members with the effect of each."""
    if len(group.members) == 1:
        return group.members[0].text
    return "; ".join(f"{member.text} ({effect(member.effect)})" for member in group.members)


def driver_text(driver: Driver) -> str:
    """What takes the hours, and why; a condition where the answer is not known."""
    if driver.assumed:
        return f"{driver.title}: if {driver.because}, which is not known"
    return f"{driver.title}: {driver.because}"


def asking(asked: NextQuestion) -> str | None:
    """Which answer would settle the verdict, in half a sentence."""
    settling = [f"{outcome.settles} if “{outcome.says}”" for outcome in asked.outcomes if outcome.settles]
    return f"settles it: {'; '.join(settling)}" if settling else None


def tells_changes(assessment: Assessment) -> bool:
    """Whether changes are to be told of: not where answers are all that is missing, which are listed to be asked."""
    change = assessment.would_change
    return change is not None and not change.answers_may_do and not (change.sets and not change.sets[0].steps)


def obstacles(assessment: Assessment) -> str | None:
    """Why there is no set of changes that would do, in a sentence."""
    change = assessment.would_change
    if change is None or change.sets or change.answers_may_do:
        return None
    if change.only_cost:
        return "No change of fit would do: closing would still cost more than it is worth."
    names = {gate.id: gate.title.rstrip("?") for gate in assessment.gates} | {"score": "the score"}
    return f"No change would do. What stays in the way: {'; '.join(names[found] for found in change.obstacles)}."


def advice(assessment: Assessment) -> list[Advice]:
    """Advice on low answers, without what stands with the changes already."""
    sets = assessment.would_change.sets if assessment.would_change else ()
    said = {step.question for found in sets for step in found.steps}
    return [advice for advice in assessment.advice if advice.question not in said]


def slips(found: ChangeSet) -> str | None:
    """That a verdict is safe from a few slips, in a sentence; None where a few would turn it."""
    if len(found.steps) <= SLIPS:
        return None
    return f"It stands even if any {SLIPS} answers turn out one level worse."


def change_head(found: ChangeSet) -> str:
    """What a set of changes leads to: score and time, and how the verdict stands where it is not turned yet."""
    weeks = f", at least {counted(found.weeks, 'week')}" if found.weeks else ""
    opened = f", then open: a pursue in {_chance(found.then.probability)} of cases" if found.then else ""
    return f"to score {points(found.score)}, effort {found.effort}{weeks}{opened}"


def worth_closing(cheaper: CostChanges) -> str:
    """What it means that some cost answers are others; they follow."""
    if cheaper.state == "unknown":
        return "As trust stands, closing could be worth what it costs, as far as that is known, if"
    return "As trust stands, closing would be worth what it costs if"


def firmness(assessment: Assessment) -> str:
    """How far the weights may be off, in a few sentences."""
    firm, side = assessment.firmness, "reaches" if assessment.score >= assessment.threshold else "stays below"
    if firm.factor is None:
        return f"{_gates_decide(assessment)}The score {side} the threshold whatever the weights are."
    told = f"The score {side} the threshold while no weight is off by more than a factor of {decimal(firm.factor, 2)}. "
    told += f"Plausible weightings that reach it: {percent(firm.share_pursue)}."
    alike = "reach it" if firm.equal_weights == "pursue" else "stay below it"
    told += f" With all weights alike it would {alike}."
    critical = firm.critical
    if critical and Fraction(1, FAR) <= critical.factor <= FAR:
        title = next(dim.title for dim in assessment.dimensions if dim.id == critical.dimension)
        to = "below" if side == "reaches" else "to"
        told += (
            f" The weight that matters most is that of “{title}”: × {decimal(critical.factor, 2)}, alone, would bring"
        )
        told += f" the score {to} the threshold."
    return _gates_decide(assessment) + told


def _gates_decide(assessment: Assessment) -> str:
    return "Gates decide here, not weights. " if assessment.failed_gates else ""


def beside(assessment: Assessment) -> str | None:
    """The verdict one stage of ours earlier and later, in a sentence."""
    if not assessment.neighbours:
        return None
    return f"At other stages of ours: {', '.join(f'{stage} {verdict}' for stage, verdict in assessment.neighbours)}."


def look_again(assessment: Assessment) -> str | None:
    """When a "not now" is worth another look; an open one as soon as the questions are answered."""
    if assessment.look_again:
        when = assessment.look_again.isoformat()
        return f"look again {when}" if assessment.settled else f"ask first, look again by {when}"
    if assessment.look_again_weeks:
        when = counted(assessment.look_again_weeks, "week")
        return f"look again in {when}" if assessment.settled else f"ask first, look again within {when}"
    return None


def cost_rows(cost: CostToClose, deal: Deal) -> Iterator[tuple[str, str, bool]]:
    """
    The figures of a cost to close: label, text, and whether any figure it rests on is a benchmark.

    Every range is P10 to P90 around P50, with the mean beside it.
    """
    hours, money, currency = cost.hours, cost.money, cost.currency
    worked = not {"hours", "cycles"}.isdisjoint(cost.benchmarks)
    paid = worked or "rates" in cost.benchmarks
    yield "hours", f"{hours.p50:.1f} h ({hours.p10:.1f} to {hours.p90:.1f}), mean {hours.mean:.1f}", worked
    text = f"{currency} {money.p50:,.0f} ({money.p10:,.0f} to {money.p90:,.0f}), mean {money.mean:,.0f}"
    yield "money", text, paid
    yield "weeks", f"{cost.weeks_p50:.1f}, and at most {cost.weeks_p90:.1f} in 9 cases of 10", worked
    cycles = f"{decimal(cost.cycles_mean, 1)} on average: {cost.cycles_because}"
    yield "cycles", cycles, "cycles" in cost.benchmarks
    if cost.per_deal_value is not None and deal.value is not None:
        value = f"{deal.currency or currency} {half_up(deal.value):,}"
        yield "value", f"{decimal(cost.per_deal_value, 3)} spent for each 1 of the deal’s {value}", paid
    if cost.per_margin is not None and cost.margin is not None:
        margin = f"{currency} {half_up(cost.margin):,}"
        text = f"costs {percent(cost.per_margin)} of the margin: a loss even if won"
        if cost.break_even is not None:
            text = f"breaks even if {percent(cost.break_even)} of such deals are won"
        yield "margin", f"{text} (margin {margin})", paid or "margin" in cost.benchmarks
