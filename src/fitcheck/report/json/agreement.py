"""
How far scorers agree: `fitcheck.agreement/1`.

Keys may be added; anything else would be `/2`. Noise is in points of the 0..100 score, as a standard deviation.
"""

from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from fitcheck.decision.content.rubric import Stage
from fitcheck.decision.score.results import StageFrom
from fitcheck.decision.several.agreement import Reading, Scale
from fitcheck.decision.several.noise import Noise
from fitcheck.report.json.fields import Document, ScreenDocument, Share, View, at


class QuestionAgreementDocument(Document):
    """
    One question; `units` are prospects with two scorers or more who chose an option.

    `alpha` is null with too few units, and where every answer is the same; `alpha_low` and `alpha_high` are its 95 %
    interval.
    """

    question: str
    ask: str
    costs_hours: bool
    scale: Scale
    units: int
    raw_agreement: Share | None = at("raw")
    alpha: Share | None
    alpha_low: Share | None = at("low")
    alpha_high: Share | None = at("high")
    reading: Reading
    counts: Annotated[dict[str, int], BeforeValidator(dict)]


class NoiseDocument(Document):
    """Noise in the score, from the prospects that all of `judges` scored; `offsets` from the mean are by scorer."""

    judges: list[str]
    prospects: list[str]
    level: Share
    pattern: Share
    system: Share
    offsets: dict[str, Share]

    @model_validator(mode="before")
    @classmethod
    def _by_scorer(cls, noise: Noise) -> View:
        return View(noise, offsets=dict(zip(noise.judges, noise.offsets, strict=True)))


class AgreementDocument(Document):
    """How far scorers agree; `alone` are prospects with one scorer, `unpaired` questions without a pair of answers."""

    schema_: Literal["fitcheck.agreement/1"] = "fitcheck.agreement/1"
    screen: ScreenDocument
    stage: Stage
    stage_from: StageFrom
    judges: list[str]
    prospects: list[str]
    alone: list[str]
    noise: NoiseDocument | None
    verdict_noise: Share | None
    questions: list[QuestionAgreementDocument]
    unpaired: list[str]
