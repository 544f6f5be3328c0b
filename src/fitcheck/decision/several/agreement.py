"""Agreement between scorers: by question, in the score and in the verdict, over all prospects of a folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.content.cost_model import Company, CostOption, CostQuestion
from fitcheck.decision.content.rubric import Option, Question, Screen, Stage
from fitcheck.decision.score.results import StageFrom
from fitcheck.decision.several.ballots import NOT_APPLICABLE
from fitcheck.decision.several.krippendorff import Difference, alpha, coincidences, interval, nominal, ordinal
from fitcheck.decision.several.noise import Noise, noise, verdict_noise
from fitcheck.decision.verdict.scorer import Judgement, Scorer

UNITS = 20
"""Fewest prospects with two answers or more; with fewer, alpha is too uncertain to report."""

RELIABLE, TENTATIVE = Fraction(800, 1000), Fraction(667, 1000)
"""Customary bounds of alpha (Krippendorff): to rely on, and to draw tentative conclusions from."""

ONE_SIDED = Fraction(9, 10)
"""From this share of one answer on, alpha says little: a single other answer makes it collapse."""

Scale = Literal["ordinal", "nominal"]
Reading = Literal["reliable", "tentative", "unreliable", "too few prospects", "always the same", "rare answers"]
"""What to make of the agreement on a question, see `QuestionAgreement.reading`."""


@dataclass(frozen=True, slots=True)
class QuestionAgreement:
    """
    How far scorers agree on one question.

    Attributes:
        costs_hours: whether it is one of the cost model's.
        scale: options of a rubric are ordered, best first; those of a cost question are the same or not.
        units: prospects with two scorers or more who chose an option.
        raw: share of pairs of scorers with the same answer ("n/a" counts as one), 0..1; None without a pair.
        alpha: Krippendorff's, of the options chosen; None with fewer than `UNITS`, or where it does not exist.
        low, high: 95 % range of alpha.
        counts: how often each answer was given: the options in order, "n/a" and "unknown".
    """

    question: str
    ask: str
    costs_hours: bool
    scale: Scale
    units: int
    raw: Fraction | None
    alpha: Fraction | None
    low: float | None
    high: float | None
    counts: tuple[tuple[str, int], ...]

    @property
    def most_common(self) -> Fraction:
        """Share of the option chosen most often among all chosen, 0..1."""
        chosen = [count for answer, count in self.counts if answer not in {NOT_APPLICABLE, "unknown"}]
        return Fraction(max(chosen), sum(chosen) or 1)

    @property
    def reading(self) -> Reading:
        """
        What to make of it.

        Too few prospects, nothing but one answer, or almost nothing but one answer: alpha says little then, and raw
        agreement has to do. Otherwise alpha against its customary bounds.
        """
        if self.units < UNITS:
            return "too few prospects"
        if self.alpha is None:
            return "always the same"
        if self.most_common >= ONE_SIDED and self.alpha < RELIABLE:
            return "rare answers"
        return "reliable" if self.alpha >= RELIABLE else "tentative" if self.alpha >= TENTATIVE else "unreliable"


@dataclass(frozen=True, slots=True)
class Agreement:
    """
    How far scorers agree.

    Attributes:
        judges: all, sorted.
        prospects: ids of those with two scorers or more, sorted.
        alone: ids of those with one scorer, who agrees with nobody.
        questions: those with a pair of answers, least raw agreement first, ties in rubric order, cost questions last.
        unpaired: ids of the questions that no two scorers of a prospect answered.
        noise: of the scores; None unless two scorers share two prospects.
        verdict_noise: how often two scorers of one prospect come to different verdicts, 0..1.
    """

    screen: Screen
    stage: Stage
    stage_from: StageFrom
    judges: tuple[str, ...]
    prospects: tuple[str, ...]
    alone: tuple[str, ...]
    questions: tuple[QuestionAgreement, ...]
    unpaired: tuple[str, ...]
    noise: Noise | None
    verdict_noise: Fraction | None


def agreement(
    screen: Screen,
    prospects: Mapping[str, Mapping[str, Prospect]],
    stage: Stage,
    *,
    company: Company | None = None,
    stage_from: StageFrom = "given",
) -> Agreement:
    """
    Say how far scorers agree.

    Args:
        screen: checked.
        prospects: by prospect id, then scorer.
        stage: of our product; one of the screen's.
        company: our side.
        stage_from: who chose the stage, for the report.

    Raises:
        KeyError: the screen does not have the stage.
    """
    judged = {name: dict(sorted(prospects[name].items())) for name in sorted(prospects) if len(prospects[name]) > 1}
    scorer = Scorer(screen, stage, company)
    found = {name: {who: scorer.judge(prospect) for who, prospect in row.items()} for name, row in judged.items()}
    costly = screen.cost.questions if screen.cost else ()
    asked: list[Question | CostQuestion] = [*screen.questions, *costly]
    questions = [_question(question, [list(row.values()) for row in judged.values()]) for question in asked]
    return Agreement(
        screen=screen,
        stage=stage,
        stage_from=stage_from,
        judges=tuple(sorted({who for row in judged.values() for who in row})),
        prospects=tuple(judged),
        alone=tuple(name for name in sorted(prospects) if len(prospects[name]) == 1),
        questions=tuple(
            sorted((q for q in questions if q.raw is not None), key=lambda q: (q.costs_hours, q.raw or Fraction(0)))
        ),
        unpaired=tuple(q.question for q in questions if q.raw is None),
        noise=noise({name: {who: _score(seen) for who, seen in row.items()} for name, row in found.items()}),
        verdict_noise=verdict_noise([[seen.verdict for seen in row.values()] for row in found.values()]),
    )


def _score(seen: Judgement) -> Fraction:
    """In points of 100, because units differ if different questions apply."""
    return seen.card.shown(seen.bounds.now.score)


def _question(question: Question | CostQuestion, judged: Sequence[Sequence[Prospect]]) -> QuestionAgreement:
    options: Sequence[Option | CostOption] = question.options
    ids = [option.id for option in options]
    said = [[_word(prospect, question.id) for prospect in row] for row in judged]
    chosen = [[ids.index(word) for word in row if word in ids] for row in said]
    words = [*ids, NOT_APPLICABLE]
    raw = coincidences([[words.index(word) for word in row if word in words] for row in said], len(words)).agreement
    costs_hours = isinstance(question, CostQuestion)
    difference: Difference = nominal if costs_hours else ordinal
    met = coincidences(chosen, len(ids))
    enough = met.units >= UNITS
    low_high = interval(chosen, len(ids), difference) if enough else None
    flat = [word for row in said for word in row]
    return QuestionAgreement(
        question=question.id,
        ask=question.ask,
        costs_hours=costs_hours,
        scale="nominal" if costs_hours else "ordinal",
        units=met.units,
        raw=raw,
        alpha=alpha(met, difference) if enough else None,
        low=low_high[0] if low_high else None,
        high=low_high[1] if low_high else None,
        counts=tuple((word, flat.count(word)) for word in (*words, "unknown")),
    )


def _word(prospect: Prospect, question: str) -> str:
    answer = prospect.answer(question)
    return answer.option or answer.state
