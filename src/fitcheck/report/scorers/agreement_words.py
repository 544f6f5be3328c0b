"""How far judges agree, in words: the same in every report for people."""

from collections.abc import Iterator
from math import floor

from fitcheck.decision.score.rounding import decimal
from fitcheck.decision.several.agreement import RELIABLE, TENTATIVE, UNITS, Agreement, QuestionAgreement, Reading
from fitcheck.decision.several.noise import Noise
from fitcheck.report import words
from fitcheck.report.layout import Tone

READINGS: dict[Reading, str] = {
    "reliable": "to rely on",
    "tentative": "for tentative conclusions only",
    "unreliable": "not to rely on",
    "too few prospects": "too few prospects for alpha",
    "always the same": "always the same answer, so there is no alpha",
    "rare answers": "nearly always the same answer, so alpha says little: see the counts",
}
TONES: dict[Reading, Tone] = {
    "reliable": "good",
    "tentative": "open",
    "unreliable": "bad",
    "too few prospects": "open",
    "always the same": "plain",
    "rare answers": "open",
}

LEGEND = (
    f"Alpha (Krippendorff’s; ordinal, for cost questions nominal) is 1 where all agree and 0 where they agree as by "
    f"chance; customary bounds are {decimal(RELIABLE, 2)} and {decimal(TENTATIVE, 3)}. It is told from "
    f"{UNITS} prospects on, with the range that holds in about 19 cases of 20. Raw agreement is the share of pairs of "
    "judges who say the same."
)


def head(found: Agreement) -> str:
    """Who judged how much."""
    return (
        f"{words.counted(len(found.prospects), 'prospect')}, {words.counted(len(found.judges), 'judge')}: "
        + ", ".join(found.judges)
    )


def too_few(found: Agreement) -> str | None:
    """That no alpha is told, in a sentence."""
    if len(found.prospects) >= UNITS:
        return None
    return (
        f"Too few prospects to say how well the questions work: alpha needs at least {UNITS} with two judges, "
        f"and here {'is' if len(found.prospects) == 1 else 'are'} {len(found.prospects)}."
    )


def left_out(found: Agreement) -> Iterator[str]:
    """What could not be compared, in sentences."""
    if found.alone:
        yield f"Left out, because one judge agrees with nobody: {', '.join(found.alone)}."
    if found.unpaired:
        yield f"Answered by no two judges of a prospect: {', '.join(found.unpaired)}."


def parts(found: Agreement) -> Iterator[tuple[str, list[QuestionAgreement]]]:
    """The questions, those about cost apart."""
    for title, costs_hours in (("Questions", False), ("Cost questions", True)):
        questions = [question for question in found.questions if question.costs_hours == costs_hours]
        if questions:
            yield title, questions


def raw(question: QuestionAgreement) -> str:
    """Raw agreement."""
    return words.percent(question.raw) if question.raw is not None else ""


def alpha(question: QuestionAgreement) -> str:
    """Alpha with its range; empty where it is not told. It is cut, not rounded, so as not to seem to reach a bound."""
    if question.alpha is None:
        return ""
    text = f"{floor(question.alpha * 1000) / 1000:.3f}"
    if question.low is not None and question.high is not None:
        text += f" ({question.low:.2f} to {question.high:.2f})"
    return minus(text)


def minus(text: str) -> str:
    """Write minus signs as such."""
    return text.replace("-0.00", "0.00").replace("-", "−")


def counts(question: QuestionAgreement) -> str:
    """How often each answer was given."""
    return " · ".join(f"{answer} {count}" for answer, count in question.counts if count)


def noise_rows(found: Agreement) -> Iterator[tuple[str, str, str]]:
    """The noise: label, figure, and what it is."""
    if (noise := found.noise) is not None:
        yield "level", score(noise.level), "how much stricter or kinder judges are throughout"
        yield "pattern", score(noise.pattern), "how differently they see the same prospect beyond that"
        yield "system", score(noise.system), "both together: how far the scores of one prospect lie apart"
    if found.verdict_noise is not None:
        told = "pairs of judges of one prospect who come to different verdicts"
        yield "verdict", words.percent(found.verdict_noise), told


def score(value: float) -> str:
    """A standard deviation on the 0..100 scale."""
    return f"{value:.2f}"


def offsets(noise: Noise) -> str:
    """How much kinder or stricter each judge is than the mean."""
    pairs = zip(noise.judges, noise.offsets, strict=True)
    return " · ".join(f"{judge} {minus(f'{float(offset):+.2f}')}" for judge, offset in pairs)


def table(found: Agreement) -> str:
    """On what the noise rests, in a sentence."""
    if found.noise is None:
        return "No two judges share two prospects, so noise in the score can’t be told."
    noise = found.noise
    told = f"From the {len(noise.prospects)} prospects that all of these judged: {', '.join(noise.judges)}."
    missing = [judge for judge in found.judges if judge not in noise.judges]
    return told + (f" Left out: {', '.join(missing)}, who share too few." if missing else "")


def remedy(found: Agreement) -> str | None:
    """What to do about the larger part of the noise, in a sentence."""
    noise = found.noise
    if noise is None or not noise.system2:
        return None
    if noise.level2 > noise.pattern2:
        return "Mostly level: judge a few prospects together and agree on how strict to be."
    return "Mostly pattern: sharpen the wording of the questions that come first below."
