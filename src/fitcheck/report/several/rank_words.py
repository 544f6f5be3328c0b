"""A ranking in words, the same in text and in Markdown."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil

from fitcheck.decision.score.rounding import half_up
from fitcheck.decision.several.rankings import AskFirst, Entry, Ranking
from fitcheck.report import words

SHOWN = 10
"""Prospects without room, not now and so on that are shown; JSON has all."""

AT_RISK = "Pursue, but it may cost more than it returns"
"""Title of the list of those."""

NAMED = 3
"""Names in a sentence before the others are only counted."""


def hours(value: Fraction) -> str:
    """
    Hours to a tenth.

    >>> hours(Fraction(65, 2)), hours(Fraction(1200)), hours(Fraction(1, 100))
    ('32.5 h', '1,200.0 h', '0.1 h')
    """
    tenths = max(half_up(value * 10), int(value > 0))
    return f"{tenths // 10:,}.{tenths % 10} h"


def round_hours(value: Fraction) -> str:
    """
    Hours as the user gave them, in words.

    >>> round_hours(Fraction(120)), round_hours(Fraction(241, 2)), round_hours(Fraction(1))
    ('120 hours', '120.5 hours', '1 hour')
    """
    text = f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,}"
    return f"{text} hour{'' if value == 1 else 's'}"


def money(value: Fraction, currency: str) -> str:
    """
    Money in whole units.

    >>> money(Fraction(25001, 2), "EUR"), money(Fraction(-300), "EUR")
    ('EUR 12,501', 'EUR −300')
    """
    whole = half_up(value)
    return f"{currency} {'−' if whole < 0 else ''}{abs(whole):,}"


def names(entries: Sequence[Entry], most: int = NAMED) -> str:
    """A few names, and how many more there are."""
    told = [entry.name for entry in entries[:most]]
    if len(entries) > most:
        return f"{', '.join(told)} and {len(entries) - most} more"
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def head(ranking: Ranking) -> str:
    """How many of how many, in how many hours of whom."""
    count = len(ranking.chosen) or "none"
    total = len(ranking.assessments)
    whose = f" of {ranking.role}" if ranking.role else ""
    return f"{count} of {total} prospect{'' if total == 1 else 's'} in {round_hours(ranking.hours)}{whose}"


def screen_line(ranking: Ranking) -> str:
    """Which screen, and which stage of ours."""
    first = ranking.assessments[0]
    stage = f"our stage: {first.stage} ({words.STAGE_FROM[first.stage_from]})"
    as_of = f" · as of {first.as_of.isoformat()}" if first.as_of and len(ranking.assessments) == 1 else ""
    return f"screen {ranking.screen.id} {ranking.screen.version} · {stage}{as_of}"


def method(ranking: Ranking) -> str:
    """What the ranking goes by, in a sentence or two."""
    if not ranking.pursued:
        return "No prospect is a pursue, so there is nothing to rank."
    rule = "Ranked by expected value per hour: win probability × margin, less what closing costs, won or lost."
    if not ranking.usual_chance:
        return rule
    rate = words.percent(ranking.win_rate)
    return f"{rule} The win probability is {rate} where the file names none: {names(ranking.usual_chance)}."


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


def bring(ranking: Ranking) -> Iterator[str]:
    """What the hours bring, and what more of them would, in sentences."""
    if ranking.without_hours:
        yield (
            f"By this cost model closing them takes no hours of {ranking.role}, so these hours choose nothing: "
            "name another --role, or none."
        )
    together = money(ranking.value, ranking.currency)
    if ranking.chosen:
        yield (
            f"Together {together} of expected value for {hours(ranking.expected)} expected. "
            f"{hours(ranking.reserved)} of {hours(ranking.hours)} are reserved, which suffice in 8 cases of 10."
        )
    if not ranking.exact:
        beyond = words.percent((ranking.bound - ranking.value) / ranking.bound)
        yield (
            "There are too many for a proof: the best set would bring at most "
            f"{money(ranking.bound, ranking.currency)}, {beyond} of that is not reached."
        )
    elif ranking.chosen and ranking.no_room:
        yield "No other set that fits brings more, with hours counted to the minute."
    yield from _more(ranking)
    if "hours" in ranking.benchmarks:
        rest_on = "assumptions" if "hours" in ranking.assumptions else "benchmarks"
        yield f"Hours rest on the cost model’s {rest_on}, at least in part, not on your own figures."


def _more(ranking: Ranking) -> Iterator[str]:
    step = ranking.step
    if not ranking.no_room:
        if ranking.chosen:
            yield "Every prospect worth pursuing has room; more hours would bring nothing."
    elif step:
        more = ceil(step.hours)
        instead = f" instead of {names(step.dropped)}" if step.dropped else ""
        yield (
            f"You would need {more:,} more hour{'' if more == 1 else 's'} to add {names(step.added)}{instead}"
            f" (+{money(step.gain, ranking.currency)})."
        )
    elif ranking.one_more_hour is None:
        yield f"One more hour brings about {money(ranking.price, ranking.currency)}."


def answers_could(asked: AskFirst) -> str:
    """What answers could change, in a sentence."""
    chance = words.percent(asked.chance)
    takes = hours(asked.entry.hours.mean)
    if asked.entry.assessment.verdict == "pursue":
        return f"not now in {chance} of cases, which would free {takes}"
    return f"pursue in {chance} of cases, for {takes}"
