"""Numbers and states in words, the same in every report for people."""

import re
from dataclasses import replace
from fractions import Fraction
from math import gcd

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.change.change_sets import ChangeSet
from fitcheck.decision.cost.money import HOURS
from fitcheck.decision.score.results import Advice, FitState, Gate, GateState, Points, ReasonGroup
from fitcheck.decision.score.rounding import MOST_DIGITS, decimal, half_up
from fitcheck.decision.verdict.asking import NextQuestion
from fitcheck.decision.verdict.principal import too_little_text
from fitcheck.decision.verdict.scorer import HALF, LIKELY, UNLIKELY
from fitcheck.report.figures import day_text
from fitcheck.report.printed import READ

STAGE_FROM = {
    "given": "as you chose",
    "company": "from the company file",
    "screen": "the screen’s default; --stage changes it",
}
GATE_TITLES: tuple[tuple[str, GateState], ...] = (
    ("Deal-breakers", "fail"),
    ("At risk", "at risk"),
    ("Deal-breakers not known yet", "unknown"),
)
GATE_STATE: dict[GateState, str] = {"fail": "fails", "at risk": "at risk", "unknown": "not known", "pass": "passes"}
ACTORS = {"them": "they", "us": "we", "time": "time", "nobody": "nobody"}
EXPECTED = "expected, from the answers so far"
"""What the answers imply about the open questions, as one line of the sum."""

QUOTES = '"“”„«»'
"""Double quotes as languages have them."""

FAR = 5
"""A single weight that would have to change by more than this factor is not worth a sentence."""

ASKED = 3
"""Questions to ask next that are shown where nobody asks for all."""

SLIPS = 3
"""A verdict that needs more slips than this to turn is called safe instead of listing them."""


def points(value: Points) -> str:
    """
    Points on the 0..100 scale, as `fitcheck.report.printed` rounds them: all their decimals, at least one.

    >>> points(Fraction(291, 5)), points(Fraction(59_999, 1000))
    ('58.2', '59.999')
    """
    digits = READ
    while digits < MOST_DIGITS and (value * 10**digits).denominator > 1:
        digits += 1
    return decimal(Fraction(value), digits)


def effect(value: Points) -> str:
    """
    A signed effect, likewise.

    >>> effect(Fraction(-467, 50)), effect(Fraction(397, 40)), effect(0)
    ('−9.34', '+9.925', '0.0')
    """
    return f"{'−' if value < 0 else '+' if value > 0 else ''}{points(abs(Fraction(value)))}"


def exact(value: Points) -> str:
    """
    A number as it is: as a decimal, or as a fraction where decimals do not end.

    >>> exact(Fraction(25, 3)), exact(Fraction(-25, 3)), exact(Fraction(33, 4)), exact(10), exact(Fraction(1, 3))
    ('8 1/3', '−8 1/3', '8.25', '10', '1/3')
    """
    value = Fraction(value)
    sign = "−" if value < 0 else ""
    digits, rest = 0, value.denominator
    while rest % 2 == 0 or rest % 5 == 0:  # the decimals end after as many digits as it takes to clear 2 and 5
        digits, rest = digits + 1, rest // gcd(rest, 10)
    if rest == 1:
        return sign + decimal(abs(value), digits)
    whole, part = divmod(abs(value), 1)
    return f"{sign}{whole} {part}" if whole else f"{sign}{part}"


def exact_effect(value: Points) -> str:
    """
    A signed effect, likewise.

    >>> exact_effect(Fraction(25, 3)), exact_effect(Fraction(-1, 4)), exact_effect(0)
    ('+8 1/3', '−0.25', '0')
    """
    return f"+{exact(value)}" if value > 0 else exact(value)


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

    >>> counted(1, "scorer"), counted(1200, "row")
    ('1 scorer', '1,200 rows')
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
    """How firmly the verdict stands, for the lines that people copy."""
    return said_state(assessment.state, assessment.probability)


def said_state(state: FitState, probability: Fraction | None) -> str:
    """
    The state of a verdict, with the odds that it rests on.

    >>> said_state("likely", Fraction(7, 8)), said_state("settled", None), said_state("ask first", Fraction(1, 2))
    ('likely, 88 % pursue', 'settled', 'ask first')
    >>> said_state("likely", Fraction(1))
    'likely, the cost is open'
    """
    if probability is None or state == "ask first":
        return state
    if probability == 1:
        return f"{state}, the cost is open"
    return f"{state}, {odds(probability)} pursue"


def odds(chance: Fraction) -> str:
    """
    A probability in whole percent, never on the wrong side of one half or of what is called likely.

    >>> odds(Fraction(7, 8)), odds(Fraction(4999, 10_000)), odds(Fraction(801, 1000)), odds(Fraction(1, 2))
    ('88 %', 'just under 50 %', 'just over 80 %', '50 %')
    """
    for limit in (UNLIKELY, HALF, LIKELY):
        if chance != limit and half_up(chance * 100) == limit * 100:
            return f"just {'over' if chance > limit else 'under'} {percent(limit)}"
    return percent(chance)


NOT_WINNING = "This is not a chance of winning."


def standing(assessment: Assessment) -> str:
    """Whether the verdict can still turn, in a sentence or a few."""
    chance = assessment.probability
    if chance is None:
        if not assessment.still_open and not (assessment.cost and assessment.cost.unknown):
            return "Settled: every question is answered."
        return "Settled: no remaining question can change the verdict."
    if assessment.too_little_known:
        told = too_little_text(assessment.known, assessment.screen.least_known)
        return f"Ask first: {told}."
    told = f"{assessment.state.capitalize()}: {guessed(chance)} {NOT_WINNING}"
    if assessment.carried:
        return f"{told} The score shown is what the answers imply on average; in most cases it is high enough."
    return f"{told} {_held_back(assessment)}" if assessment.held_back else told


def guessed(chance: Fraction) -> str:
    """On what an open verdict rests, in a sentence."""
    if chance == 1:
        return "the fit passes whatever the open answers are; only the cost to close can still change the verdict."
    return f"guessed from the answers so far, the fit would pass in {odds(chance)} of cases."


def _held_back(assessment: Assessment) -> str:
    """Why it is "not now" although the score is high enough, in a sentence."""
    unknown = [gate.title for gate in assessment.gates if gate.state == "unknown"]
    gates = f" or fails a gate that is not known ({'; '.join(unknown)})" if unknown else ""
    return (
        f"The score is high enough: it is “not now” because in the other cases what is not known brings it down{gates}."
    )


def answered(known: Fraction) -> str:
    """How much is answered."""
    return f"{percent(known)} answered"


def group_text(group: ReasonGroup) -> str:
    """What a group of reasons says; several members with the effect of each."""
    if len(group.members) == 1:
        return group.members[0].text
    return "; ".join(f"{member.text} ({effect(member.effect)})" for member in group.members)


def gate_text(gate: Gate) -> str:
    """What a deal-breaker is, and what it rests on; an answer that fails speaks for itself."""
    if gate.where:
        return gate.because
    title = gate.title if gate.title.endswith("?") else f"{gate.title}:"
    return f"{title} {gate.because}"


def against(assessment: Assessment) -> tuple[ReasonGroup, ...]:
    """What speaks against it, without what is told as a deal-breaker already."""
    told = {gate.id for gate in assessment.failed_gates}
    groups = []
    for group in assessment.against:
        left = tuple(member for member in group.members if member.question not in told)
        if left:
            groups.append(
                replace(group, effect=sum((Fraction(each.effect) for each in left), Fraction(0)), members=left)
            )
    return tuple(sorted(groups, key=lambda group: group.effect))


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
        in_hours = any(gate.id == "money" and gate.title == HOURS for gate in assessment.failed_gates)
        more = "take more hours than you allow for it" if in_hours else "cost more than it is worth"
        return f"Better fit alone would not help: closing would still {more}."
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
    weeks = f"at least {counted(found.weeks, 'week')}" if found.weeks else ""
    opened = f"then open: {odds(found.then.probability)} pursue" if found.then else ""
    told = (f"to a score of {points(found.score)}", f"effort {found.effort}", weeks, opened)
    return " · ".join(filter(None, told))


def firmness(assessment: Assessment) -> str:
    """How far the weights may be off, in a few sentences."""
    firm, is_above = assessment.firmness, assessment.score >= assessment.threshold
    side = "above" if is_above else "below"
    if firm.factor is None:
        return f"{_gates_decide(assessment)}The score stays {side} the threshold whatever the weights are."
    factor = decimal(firm.factor, 2)
    told = f"The score stays {side} the threshold as long as no weight is off by more than a factor of {factor}."
    alike = "and so do equal weights" if firm.equal_weights == "pursue" else "but equal weights do not"
    told += f" {percent(firm.share_pursue)} of plausible weightings reach it, {alike}."
    critical = firm.critical
    if critical and Fraction(1, FAR) <= critical.factor <= FAR:
        title = next(dim.title for dim in assessment.dimensions if dim.id == critical.dimension)
        moves = "fall below" if is_above else "reach"
        times = decimal(critical.factor, 2)
        told += f" “{title}” matters most: at × {times} of its weight, the score would {moves} it."
    return _gates_decide(assessment) + told


def _gates_decide(assessment: Assessment) -> str:
    return "Deal-breakers decide here, not weights. " if assessment.failed_gates else ""


def beside(assessment: Assessment) -> str | None:
    """The verdict one stage of ours earlier and later, in a sentence."""
    if not assessment.neighbours:
        return None
    stages = ", ".join(f"{verdict} at {stage}" for stage, verdict in assessment.neighbours)
    return f"If our product were at another stage: {stages}."


def look_again(assessment: Assessment) -> str | None:
    """When a "not now" is worth another look; an open one as soon as the questions are answered."""
    if assessment.look_again:
        when = day_text(assessment.look_again)
        return f"look again {when}" if assessment.settled else f"look again by {when}"
    if assessment.look_again_weeks:
        when = counted(assessment.look_again_weeks, "week")
        return f"look again in {when}" if assessment.settled else f"look again within {when}"
    return None
