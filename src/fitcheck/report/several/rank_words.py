"""A ranking in words."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil

from fitcheck.decision.score.rounding import half_up
from fitcheck.decision.several.rankings import AskFirst, Entry, Ranking
from fitcheck.report import words
from fitcheck.report.figures import about, money

NAMED = 3
"""Names in a sentence before the others are only counted."""

RULE = "Ranked by expected value per hour: win probability × margin, less what closing costs, won or lost."


def hours(value: Fraction) -> str:
    """
    Hours to a tenth.

    >>> hours(Fraction(65, 2)), hours(Fraction(1200)), hours(Fraction(1, 100))
    ('32.5 h', '1,200.0 h', '0.1 h')
    """
    tenths = max(half_up(value * 10), int(value > 0))
    return f"{tenths // 10:,}.{tenths % 10} h"


def names(entries: Sequence[Entry], most: int = NAMED) -> str:
    """A few names, and how many more there are."""
    told = [entry.name for entry in entries[:most]]
    if len(entries) > most:
        return f"{', '.join(told)} and {len(entries) - most} more"
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def head(ranking: Ranking) -> str:
    """How many of how many, in how many hours of whom."""
    available = f"{_whole(ranking.hours)} hour{'' if ranking.hours == 1 else 's'}"
    available += f" of {ranking.role}" if ranking.role else ""
    count = len(ranking.chosen) or "none"
    return f"{count} of {words.counted(len(ranking.assessments), 'prospect')} in {available}"


def _whole(value: Fraction) -> str:
    """Hours as the user gave them."""
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,}"


def method(ranking: Ranking) -> str:
    """What the ranking goes by, in a sentence or two."""
    if not ranking.pursued:
        return "No prospect is a pursue, so there is nothing to rank."
    if not ranking.usual_chance:
        return RULE
    rate = words.percent(ranking.win_rate)
    return f"{RULE} The win probability is {rate} for those whose file gives none: {names(ranking.usual_chance)}."


def worth(entry: Entry, ranking: Ranking) -> str:
    """What one prospect brings and takes."""
    told = []
    if entry.value is not None:
        told.append(f"{money(entry.value, ranking.currency)} expected value")
    expected = hours(entry.hours.mean)
    if entry.reserved is not None:
        told.append(f"{expected}, {hours(entry.reserved)} reserved")
    elif entry.value is not None and entry.value > 0 and entry.assessment.verdict == "pursue":
        told.append(f"{expected}, {hours(entry.alone)} needed if alone")
    else:
        told.append(expected)
    if entry.per_hour is not None:
        told.append(f"{money(entry.per_hour, ranking.currency)} an hour")
    if not entry.assessment.settled:
        told.append(entry.assessment.state)
    return " · ".join(told)


def idle(ranking: Ranking) -> str:
    """That hours of this role choose nothing, in a sentence; "" where they do."""
    if not ranking.without_hours:
        return ""
    return (
        f"Closing them takes no hours of {ranking.role}, so there is nothing to choose: name another --role, or none."
    )


def fit(ranking: Ranking) -> str:
    """How firmly all chosen fit in the hours, in a sentence, rounded; "" without any."""
    if not ranking.chosen:
        return ""
    expected, reserved = about(ranking.expected), about(ranking.reserved)
    return f"{expected} h expected, {reserved} of {_whole(ranking.hours)} h reserved: 80 % likely to fit."


def bring(ranking: Ranking) -> Iterator[str]:
    """What the hours bring, and what more of them would, in sentences."""
    if sentence := idle(ranking):
        yield sentence
    if ranking.chosen:
        yield (
            f"Together {money(ranking.value, ranking.currency)} of expected value for {hours(ranking.expected)}. "
            f"{hours(ranking.reserved)} of {hours(ranking.hours)} are reserved, so they are 80 % likely to fit."
        )
    if not ranking.exact:
        beyond = words.percent((ranking.bound - ranking.value) / ranking.bound)
        yield (
            "There are too many to prove that this is best: the best set would bring at most "
            f"{money(ranking.bound, ranking.currency)}, {beyond} more than this one at most."
        )
    elif ranking.chosen and ranking.no_room:
        yield "No other set that fits brings more."
    if sentence := more_hours(ranking):
        yield sentence
    if "hours" in ranking.benchmarks:
        rest_on = "assumptions" if "hours" in ranking.assumptions else "benchmarks"
        yield f"The hours are partly the cost model’s {rest_on}, not your own figures."


def more_hours(ranking: Ranking, *, rounded: bool = False) -> str:
    """
    What more hours would bring, in a sentence; "" where nobody can say.

    Args:
        ranking: of prospects.
        rounded: money as one says it.
    """
    step = ranking.step
    if not ranking.no_room:
        return "Every prospect worth pursuing fits; more hours would bring nothing." if ranking.chosen else ""
    if step:
        more = ceil(step.hours)
        instead = f" instead of {names(step.dropped)}" if step.dropped else ""
        gain = f"{ranking.currency} {about(step.gain)}" if rounded else money(step.gain, ranking.currency)
        return f"You would need {words.counted(more, 'more hour')} to add {names(step.added)}{instead} (+{gain})."
    if ranking.one_more_hour is None:
        return f"One more hour brings about {money(ranking.price, ranking.currency)}."
    return ""


def answers_could(asked: AskFirst) -> str:
    """What answers could change, in half a sentence."""
    chance, takes = words.percent(asked.chance), hours(asked.entry.hours.mean)
    if asked.entry.assessment.verdict == "pursue":
        return f"not now in {chance} of cases, which would free {takes}"
    return f"pursue in {chance} of cases, for {takes}"
