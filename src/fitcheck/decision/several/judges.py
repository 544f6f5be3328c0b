"""
Several scorers on one prospect: each alone, all together, and which difference decides.

Scorers answer alone and are merged afterwards (mediating assessments: Kahneman, Lovallo, Sibony, MIT Sloan Management
Review 2019). Points are averaged question by question, exactly, so that the merged score falls into effects like any
other; a gate that scorers are split on is not averaged but stays open.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.content.cost_model import Company, CostModel, Deal
from fitcheck.decision.content.own_figures import with_own_figures
from fitcheck.decision.content.rubric import STAGES, Screen, Stage
from fitcheck.decision.cost.compiled_cost import CompiledCost
from fitcheck.decision.cost.money import compiled_for
from fitcheck.decision.score.results import FitState, Gate, StageFrom, Verdict
from fitcheck.decision.several.ballots import Ballot, MergeRule, count
from fitcheck.decision.several.merged_answers import merge_answers
from fitcheck.decision.verdict.scorer import Judgement, Scorer


@dataclass(frozen=True, slots=True)
class Opinion:
    """
    One scorer's own verdict; scores as in an assessment [points].

    Attributes:
        settled: no answer that is unknown to this scorer would turn it.
        probability: that the fit passes, over those answers, 0..1; None when settled.
        known: share of the weight that this scorer answered, 0..1.
        failed: ids of the gates that fail.
    """

    judge: str
    verdict: Verdict
    settled: bool
    probability: Fraction | None
    known: Fraction
    state: FitState
    score: Fraction
    score_low: Fraction
    score_high: Fraction
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """
    The merged verdict if all who answered a question had given one and the same of their answers.

    Attributes:
        answer: id of the option, or "n/a".
        says: the same in words.
        judges: those who gave that answer.
    """

    answer: str
    says: str
    judges: tuple[str, ...]
    verdict: Verdict
    settled: bool


@dataclass(frozen=True, slots=True)
class Decisive:
    """A difference that alone decides the verdict; one ruling for each answer, the least points first, "n/a" last."""

    question: str
    ask: str
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class JudgesReport:
    """
    Everything that several scorers say of one prospect.

    Attributes:
        names: of the prospect, as the scorers write it; the first is the one taken.
        opinions: one for each scorer.
        ballots: one for each question in rubric order, then for each of the cost model's.
        decisive: the differences that alone decide, in the order of `differences`.
        merged: the assessment of the merged answers; its screen is the merged one, see `merge_answers`.
    """

    names: tuple[str, ...]
    opinions: tuple[Opinion, ...]
    ballots: tuple[Ballot, ...]
    decisive: tuple[Decisive, ...]
    merged: Assessment

    @property
    def differences(self) -> tuple[Ballot, ...]:
        """Scored questions with different answers, most points between them first, ties in rubric order."""
        found = [ballot for ballot in self.ballots if ballot.differs and not ballot.costs_hours]
        return tuple(sorted(found, key=lambda ballot: -ballot.spread))

    @property
    def cost_differences(self) -> tuple[Ballot, ...]:
        """Cost questions with different answers."""
        return tuple(ballot for ballot in self.ballots if ballot.differs and ballot.costs_hours)

    @property
    def split_gates(self) -> tuple[Ballot, ...]:
        """Questions on which some scorers, but no majority, see a gate fail."""
        return tuple(ballot for ballot in self.ballots if ballot.is_split)

    @property
    def known_to_some(self) -> tuple[Ballot, ...]:
        """Questions that some scorers answered and others don't know."""
        return tuple(ballot for ballot in self.ballots if ballot.answered and ballot.unknown_to)

    def merged_by(self, how: MergeRule) -> int:
        """How many questions were merged in this way."""
        return sum(ballot.merge_rule == how for ballot in self.ballots)

    def say(self, verdict: Verdict) -> tuple[str, ...]:
        """The scorers with this verdict."""
        return tuple(opinion.judge for opinion in self.opinions if opinion.verdict == verdict)


def merge(
    screen: Screen,
    prospects: Mapping[str, Prospect],
    stage: Stage,
    *,
    prospect_id: str,
    company: Company | None = None,
    as_of: date | None = None,
    stage_from: StageFrom = "given",
) -> JudgesReport:
    """
    Put together what several scorers say of one prospect.

    Args:
        screen: checked.
        prospects: by scorer, at least one; the same prospect as each of them sees it, with deals that go together.
        stage: of our product; one of the screen's.
        prospect_id: of the prospect as such.
        company: our side.
        as_of: the assessment date; the latest date of any answer if None.
        stage_from: who chose the stage, for the report.

    Returns:
        The scorers in alphabetical order, whatever the order of `prospects`.

    Raises:
        KeyError: the screen does not have the stage.
        ValueError: the deals contradict each other, see `deal_conflicts`.

    Source:
        Method: points are the mean of the scorers' points; an option gate fails only if a strict majority gives
        a failing option, and any failing vote short of that makes it unknown.
    """
    prospects = dict(sorted(prospects.items()))
    names = tuple(dict.fromkeys(prospect.name for prospect in prospects.values()))
    deal = one_deal([prospect.deal for prospect in prospects.values()])
    base = Prospect(prospect_id, names[0], deal=deal)
    screen = with_own_figures(screen, company)
    panel = _Panel(screen, prospects, base, company)
    scorer = Scorer(screen, stage, company)
    ballots = count(screen, stage, prospects)
    days = [answer.on for prospect in prospects.values() for answer in prospect.answers.values() if answer.on]
    joined, prospect = merge_answers(screen, stage, ballots, base)
    merged = assess(
        joined, prospect, stage, company=company, as_of=as_of or max(days, default=None), stage_from=stage_from
    )
    report = JudgesReport(
        names,
        tuple(_opinion(name, scorer.judge(seen)) for name, seen in prospects.items()),
        ballots,
        (),
        replace(merged, gates=tuple(_gates(merged, ballots)), neighbours=tuple(panel.beside(stage))),
    )
    return replace(report, decisive=tuple(panel.decisive(stage, (*report.differences, *report.cost_differences))))


def _gates(merged: Assessment, ballots: Sequence[Ballot]) -> Iterator[Gate]:
    """The gates, with who says what where scorers disagree."""
    split = {ballot.question: ballot for ballot in ballots if ballot.is_split}
    for gate in merged.gates:
        if ballot := split.get(gate.id):
            sides = f"fails for {', '.join(ballot.failing)}, passes for {', '.join(ballot.passing)}"
            yield replace(gate, because=f"scorers disagree: {sides}")
        else:
            yield gate


def deal_conflicts(deals: Sequence[Deal]) -> tuple[str, ...]:
    """
    Names of the deal fields on which scorers contradict each other.

    A deal is a fact, so it is not averaged. The win probability is left out, because no verdict depends on it.
    """
    names = [field.name for field in fields(Deal) if field.name not in {"win_probability", "per", "hours_spent"}]
    given: dict[str, set[object]] = {name: {getattr(deal, name) for deal in deals} - {None} for name in names}
    given["learning_value"].discard(Fraction(0))  # the default, where nobody wrote one
    given["per"] = {deal.per for deal in deals if deal.value is not None or deal.margin is not None}
    given["hours_spent"] = {frozenset(deal.hours_spent.items()) for deal in deals if deal.hours_spent}
    return tuple(name for name, said in given.items() if len(said) > 1)


def one_deal(deals: Sequence[Deal]) -> Deal:
    """
    Merge deals into one, each field from whoever filled it in.

    Raises:
        ValueError: they contradict each other.
    """
    if conflicts := deal_conflicts(deals):
        raise ValueError(f"the deals differ in {', '.join(conflicts)}")

    chances = {deal.win_probability for deal in deals if deal.win_probability is not None}
    return Deal(
        value=next((deal.value for deal in deals if deal.value is not None), None),
        currency=next((deal.currency for deal in deals if deal.currency), None),
        margin=next((deal.margin for deal in deals if deal.margin is not None), None),
        learning_value=max(deal.learning_value for deal in deals),
        win_probability=chances.pop() if len(chances) == 1 else None,
        per="year" if any(deal.per == "year" for deal in deals) else "once",
        months=next((deal.months for deal in deals if deal.months is not None), None),
        hours_spent=next((deal.hours_spent for deal in deals if deal.hours_spent), {}),
    )


def _opinion(name: str, found: Judgement) -> Opinion:
    return Opinion(
        judge=name,
        verdict=found.verdict,
        settled=found.settled,
        probability=found.probability,
        known=found.known,
        state=found.state,
        score=found.card.shown(found.bounds.now.score),
        score_low=found.card.shown(found.bounds.low.score),
        score_high=found.card.shown(found.bounds.high.score),
        failed=tuple(gate.id for gate in found.failed_gates()),
    )


class _Panel:
    """The scorers and what they were asked, to be merged again with an answer or a stage changed."""

    def __init__(
        self, screen: Screen, prospects: Mapping[str, Prospect], base: Prospect, company: Company | None
    ) -> None:
        self._screen = screen
        self._prospects = prospects
        self._base = base
        self._company = company
        self._compiled: list[tuple[CostModel, CompiledCost]] = []

    def beside(self, stage: Stage) -> Iterator[tuple[Stage, Verdict]]:
        """The merged verdicts at the stage before and after ours, where the screen has them."""
        at = STAGES.index(stage)
        for other in STAGES[max(0, at - 1) : at + 2]:
            if other != stage and other in self._screen.stages:
                yield other, self._judge(other, self._prospects).verdict

    def decisive(self, stage: Stage, differences: Sequence[Ballot]) -> Iterator[Decisive]:
        """The differences that decide on their own."""
        for ballot in differences:
            rulings = tuple(self._rulings(stage, ballot))
            if len({ruling.verdict for ruling in rulings}) > 1:
                yield Decisive(ballot.question, ballot.ask, rulings)

    def _rulings(self, stage: Stage, ballot: Ballot) -> Iterator[Ruling]:
        by_answer = {vote.answer: vote for vote in ballot.answered}
        ranked = sorted(by_answer.values(), key=lambda v: (v.points is None, not v.fails, v.points or 0, v.answer))
        for vote in ranked:
            agreeing = {
                judge: replace(seen, answers={**seen.answers, ballot.question: vote.given})
                if seen.answer(ballot.question).state != "unknown"
                else seen
                for judge, seen in self._prospects.items()
            }
            found = self._judge(stage, agreeing)
            judges = tuple(v.judge for v in ballot.answered if v.answer == vote.answer)
            yield Ruling(vote.answer, vote.says, judges, found.verdict, settled=found.settled)

    def _judge(self, stage: Stage, prospects: Mapping[str, Prospect]) -> Judgement:
        screen, prospect = merge_answers(self._screen, stage, count(self._screen, stage, prospects), self._base)
        return Scorer(screen, stage, self._company, self._costs(screen.cost)).judge(prospect)

    def _costs(self, model: CostModel | None) -> CompiledCost | None:
        """Compile a cost model, or take one that is equal and compiled already."""
        if model is None:
            return None
        for known, compiled in self._compiled:
            if known == model:
                return compiled
        self._compiled.append((model, compiled_for(model, self._company)))
        return self._compiled[-1][1]
