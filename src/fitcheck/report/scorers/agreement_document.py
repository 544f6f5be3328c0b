"""
How far judges agree → the published JSON document, `fitcheck.agreement/1`.

Keys may be added; anything else would be `/2`. Noise is in points of the 0..100 score, as a standard deviation.
"""

from fractions import Fraction
from typing import Literal

from typing_extensions import TypedDict

from fitcheck.decision.several.agreement import Agreement, QuestionAgreement
from fitcheck.decision.several.noise import Noise
from fitcheck.report.json_types import ScreenDocument

SCHEMA: Literal["fitcheck.agreement/1"] = "fitcheck.agreement/1"


class QuestionAgreementDocument(TypedDict):
    """
    One question; `units` are prospects with two judges or more who chose an option.

    `alpha` is null with too few units, and where every answer is the same; `alpha_low` and `alpha_high` hold it in 19
    cases of 20.
    """

    question: str
    ask: str
    costs_hours: bool
    scale: Literal["ordinal", "nominal"]
    units: int
    raw_agreement: float | None
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    reading: Literal["reliable", "tentative", "unreliable", "too few prospects", "always the same", "rare answers"]
    counts: dict[str, int]


class NoiseDocument(TypedDict):
    """Noise in the score, from the prospects that all of `judges` judged; `offsets` are by judge, beside the mean."""

    judges: list[str]
    prospects: list[str]
    level: float
    pattern: float
    system: float
    offsets: dict[str, float]


class AgreementDocument(TypedDict):
    """How far judges agree; `alone` are prospects with one judge, `unpaired` questions without a pair of answers."""

    schema: Literal["fitcheck.agreement/1"]
    screen: ScreenDocument
    stage: Literal["concept", "prototype", "pilot", "growth", "mature"]
    stage_from: Literal["given", "company", "screen"]
    judges: list[str]
    prospects: list[str]
    alone: list[str]
    noise: NoiseDocument | None
    verdict_noise: float | None
    questions: list[QuestionAgreementDocument]
    unpaired: list[str]


def agreement_document(found: Agreement) -> AgreementDocument:
    """Copy the agreement into the published document."""
    screen = found.screen
    return {
        "schema": SCHEMA,
        "screen": {"id": screen.id, "version": screen.version, "digest": screen.digest},
        "stage": found.stage,
        "stage_from": found.stage_from,
        "judges": list(found.judges),
        "prospects": list(found.prospects),
        "alone": list(found.alone),
        "noise": _noise(found.noise) if found.noise else None,
        "verdict_noise": _rounded(found.verdict_noise),
        "questions": [_question(question) for question in found.questions],
        "unpaired": list(found.unpaired),
    }


def _noise(noise: Noise) -> NoiseDocument:
    return {
        "judges": list(noise.judges),
        "prospects": list(noise.prospects),
        "level": round(noise.level, 4),
        "pattern": round(noise.pattern, 4),
        "system": round(noise.system, 4),
        "offsets": {judge: round(float(offset), 4) for judge, offset in zip(noise.judges, noise.offsets, strict=True)},
    }


def _question(question: QuestionAgreement) -> QuestionAgreementDocument:
    return {
        "question": question.question,
        "ask": question.ask,
        "costs_hours": question.costs_hours,
        "scale": question.scale,
        "units": question.units,
        "raw_agreement": _rounded(question.raw),
        "alpha": _rounded(question.alpha),
        "alpha_low": _rounded(question.low),
        "alpha_high": _rounded(question.high),
        "reading": question.reading,
        "counts": dict(question.counts),
    }


def _rounded(value: Fraction | float | None) -> float | None:
    return None if value is None else round(float(value), 4)
