"""How far scorers agree → the report: the verdicts, the scores, and which questions they read differently."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import floor

from fitcheck.decision.score.rounding import decimal, half_up
from fitcheck.decision.several.agreement import RELIABLE, TENTATIVE, UNITS, Agreement, QuestionAgreement, Reading
from fitcheck.decision.several.noise import Noise
from fitcheck.report import words
from fitcheck.report.document import (
    Block,
    Blocks,
    Detail,
    Details,
    Hint,
    Item,
    Section,
    Span,
    Title,
    Tone,
    items,
    joined,
    para,
    section,
    text,
)
from fitcheck.report.prospect.short import LINE, MOST, facts, shortened
from fitcheck.report.scorers.disagreement import listed
from fitcheck.report.text import first_that_fits

SHOWN = (5, 4, 3, 2, 1)
"""Questions with the least agreement that the short report tells of, the most that leave it short enough."""

READINGS: dict[Reading, tuple[Tone, str]] = {
    "reliable": ("good", "reliable"),
    "tentative": ("open", "tentative"),
    "unreliable": ("bad", "not reliable"),
    "too few prospects": ("open", "too few prospects"),
    "always the same": ("plain", "always the same answer, so alpha does not exist"),
    "rare answers": ("open", "nearly always the same answer, so alpha says little; see the counts"),
}

LEGEND = (
    "The percentage is the share of pairs of scorers who gave the same answer. Alpha (Krippendorff’s; ordinal, nominal "
    "for cost questions) is 1 if all agree and 0 if they agree no more than by chance. It is reliable from "
    f"{decimal(RELIABLE, 2)} and tentative from {decimal(TENTATIVE, 3)}, the customary thresholds, and needs {UNITS} "
    "prospects. In brackets the 95 % range."
)


def agreement_report(found: Agreement, detail: Detail = "short", given: str = "", *, folded: bool = False) -> Blocks:
    """
    Build the report.

    Args:
        found: exact.
        detail: how much to tell.
        given: options of the command line; no command that is named here needs them.
        folded: put the rest of the report below the short one, to be folded away.
    """
    del given
    if detail == "quiet":
        return tuple(items([Item(_title(found).lead, joined([_title(found).name, _title(found).aside]))]))
    if folded:
        return (*_short(found), Details("Everything", (*map(para, _gaps(found)), *_everything(found))))
    head = _head(found, ", ".join(found.judges), _gaps(found))
    return _short(found) if detail == "short" else (*head, *_everything(found), *_foot(found))


def _title(found: Agreement) -> Title:
    who = f"{words.counted(len(found.judges), 'scorer')} on {words.counted(len(found.prospects), 'prospect')}"
    same = "" if found.verdict_noise is None else f"same verdict in {words.percent(1 - found.verdict_noise)} of cases"
    return Title(Span("AGREEMENT", "strong"), who, same)


def _head(found: Agreement, scorers: str, gaps: Iterable[str]) -> Iterator[Block]:
    yield _title(found)
    yield para(Span(f"{found.screen.id} screen · our product: {found.stage} · {scorers}", "faint"))
    few = f"Too few prospects to test the questions: that takes {UNITS} with two scorers or more."
    told = [*[few] * (len(found.prospects) < UNITS), *gaps]
    yield from section("", (para(Span(each, "open")) for each in told))


def _short(found: Agreement) -> Blocks:
    return first_that_fits((tuple(_short_blocks(found, shown)) for shown in SHOWN), MOST)


def _short_blocks(found: Agreement, shown: int) -> Iterator[Block]:
    gaps = [f"{words.counted(len(found.alone), 'prospect')} with only one scorer"] * bool(found.alone)
    gaps += [f"{words.counted(len(found.unpaired), 'question')} never answered by two"] * bool(found.unpaired)
    scorers = shortened(", ".join(found.judges), LINE // 2)
    yield from _head(found, scorers, [f"Left out: {listed(gaps)}."] if gaps else [])
    told = [("Scores", text(_scores(found.noise)))]
    if len(found.prospects) >= UNITS:
        told.append(("Alpha", text(_alphas(found))))
    yield from section("", facts(told))
    worst = (Item(Span(words.percent(each.raw or Fraction(0))), text(each.ask)) for each in found.questions[:shown])
    yield from section("Least agreement", items(worst, 5, "right"), "pairs of scorers who gave the same answer")
    yield from _foot(found, Hint("--full for every question and the figures"))


def _alphas(found: Agreement) -> str:
    """How many questions work how well, in half a sentence."""
    readings = [each.reading for each in found.questions]
    counts = [(readings.count(each), READINGS[each][1]) for each in ("reliable", "tentative", "unreliable")]
    told = [f"{number} {reading}" for number, reading in counts if number]
    if left := len(readings) - sum(number for number, _ in counts):
        told.append(f"{left} not rated")
    return f"{words.counted(len(readings), 'question')}: {listed(told)}"


def _scores(noise: Noise | None) -> str:
    """How far scores lie apart, and who is stricter, in half a sentence."""
    if noise is None:
        return "no two scorers share two prospects, so their scores cannot be compared"
    told = f"scores of one prospect are about {round(noise.system)} points apart (standard deviation)"
    offsets = sorted(zip(noise.offsets, noise.judges, strict=True))
    (low, strict), (high, kind) = offsets[0], offsets[-1]
    if not half_up(high - low):
        return told
    return f"{told}; {strict} is the strictest ({_signed(low, 0)}), {kind} the most generous ({_signed(high, 0)})"


def _foot(found: Agreement, *hints: Hint) -> Iterator[Block]:
    next_step = facts([("Next", text(told))] if (told := _remedy(found.noise)) else [])
    yield from section("", (*hints, *next_step))


def _remedy(noise: Noise | None) -> str:
    """What to do about the larger part of the noise."""
    if noise is None:
        return "have two scorers score the same prospects, two or more"
    if not noise.system2:
        return ""
    if noise.level2 > noise.pattern2:
        return "score a few prospects together and agree on how strict to be"
    return "sharpen the wording of the questions with the least agreement"


def _gaps(found: Agreement) -> Iterator[str]:
    """What could not be compared, by name, in sentences."""
    if found.alone:
        yield f"Left out, only one scorer: {', '.join(found.alone)}."
    if found.unpaired:
        yield f"Never answered by two scorers: {', '.join(found.unpaired)}."


def _everything(found: Agreement) -> Iterator[Block]:
    rows = (
        Item(Span(label, "strong"), text(figure, Span(f" · {means}", "faint")))
        for label, figure, means in _noise(found)
    )
    yield from section(
        "Noise", [*items(rows), *map(para, _basis(found))], "standard deviations, in points of the score"
    )
    for title, costs_hours in (("Questions", False), ("Cost questions", True)):
        questions = [_question(each, found) for each in found.questions if each.costs_hours == costs_hours]
        yield from section(title, items(questions, 5, "right"), "least agreement first")
    yield Section((para(Span(LEGEND, "faint")),))


def _noise(found: Agreement) -> Iterator[tuple[str, str, str]]:
    """The noise: label, figure, and what it means."""
    if noise := found.noise:
        yield "level", f"{noise.level:.1f}", "how much stricter or more generous scorers are throughout"
        yield "pattern", f"{noise.pattern:.1f}", "how differently they see the same prospect beyond that"
        yield "system", f"{noise.system:.1f}", "both together: how far the scores of one prospect lie apart"
    if found.verdict_noise is not None:
        yield "verdict", words.percent(found.verdict_noise), "pairs of scorers who reach different verdicts"


def _basis(found: Agreement) -> Iterator[str]:
    """Who differs from the mean, and on which prospects the noise rests, in sentences."""
    noise = found.noise
    if noise is None:
        yield f"{_scores(noise).capitalize()}."
        return
    pairs = zip(noise.judges, noise.offsets, strict=True)
    yield f"Compared with the mean: {' · '.join(f'{scorer} {_signed(offset, 1)}' for scorer, offset in pairs)}"
    missing = [scorer for scorer in found.judges if scorer not in noise.judges]
    left_out = f" Left out: {listed(missing)}, who share too few." if missing else ""
    yield f"From the {len(noise.prospects)} prospects that {listed(noise.judges)} all scored.{left_out}"


def _question(question: QuestionAgreement, found: Agreement) -> Item:
    tone, reading = READINGS[question.reading]
    figure = f"alpha {alpha(question)}: " if question.alpha is not None else ""
    units = Span(f" · {words.counted(question.units, 'prospect')}", "faint")
    is_told = len(found.prospects) >= UNITS
    counts = " · ".join(f"{answer} {count}" for answer, count in question.counts if count)
    return Item(
        Span(words.percent(question.raw or Fraction(0)), "strong"),
        text(question.ask, Span(f" · {question.question}", "faint")),
        (*([para(figure, Span(reading, tone), units)] * is_told), para(Span(counts, "faint"))),
    )


def alpha(question: QuestionAgreement) -> str:
    """Alpha with its range; cut, not rounded, so that it never seems to reach a threshold."""
    if question.alpha is None:
        return ""
    told = f"{floor(question.alpha * 1000) / 1000:.3f}"
    if question.low is not None and question.high is not None:
        told += f" ({question.low:.2f} to {question.high:.2f})"
    return _minus(told)


def _signed(value: Fraction, digits: int) -> str:
    told = f"{float(value):+.{digits}f}"
    return _minus(told) if float(told) else "0"


def _minus(told: str) -> str:
    """Write minus signs as such."""
    return told.replace("-0.00", "0.00").replace("-", "−")
