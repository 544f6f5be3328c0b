"""Answers → verdict: gates, score, bounds, and whether an open answer could still change it."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from fitcheck.decision.content.answers import Answer, Prospect
from fitcheck.decision.content.cost_model import Company, CostQuestion, Deal
from fitcheck.decision.content.own_figures import with_own_figures
from fitcheck.decision.content.rubric import Question, Screen, Stage
from fitcheck.decision.cost.compiled_cost import CompiledCost
from fitcheck.decision.cost.cost_answers import CostAnswers, CostMemo
from fitcheck.decision.cost.hours_spent import NOTHING_SPENT, Hours
from fitcheck.decision.cost.money import MoneySide, Trust, compiled_for, money_gate, trust_of
from fitcheck.decision.cost.terms import Cost, DealTerms, counts_hours, deal_terms, money_gate_state, too_dear
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.odds.fit_odds import FitOdds
from fitcheck.decision.score.bounds import ScoreBounds, score_bounds, score_is_possible, score_is_sure
from fitcheck.decision.score.gates import Gates
from fitcheck.decision.score.prospect_types import NO_EVIDENCE
from fitcheck.decision.score.reasons import Reasons, ranked
from fitcheck.decision.score.results import FitState, Gate, GateState, ReasonGroup, Verdict
from fitcheck.decision.score.score_tables import NOT_APPLICABLE, UNKNOWN, Points, ScoreTables, score_tables
from fitcheck.decision.score.scorecard import Scorecard, compile_scorecard

HALF = Fraction(1, 2)

UNLIKELY, LIKELY = Fraction(1, 5), Fraction(4, 5)
"""Odds up to, and from, which an open verdict is called likely."""

MOST_CARDS = 500
"""Most cached scorecards, one per set of questions that do not apply; each takes about 60 kB."""


class PreparedCard(NamedTuple):
    """
    A scorecard with what is read from it for every prospect.

    Attributes:
        trust: where the band of cycles comes from.
        odds: that the fit passes, over what is unknown.
    """

    tables: ScoreTables
    trust: Trust
    gates: Gates
    reasons: Reasons
    odds: FitOdds


class Judgement(NamedTuple):
    """
    A verdict and its basis; rarely needed parts are computed on demand.

    Attributes:
        prepared: the scorecard of the questions that apply.
        codes: one for each line of the scorecard.
        costs: the answers to the cost questions; None without a cost model.
        deal: the deal; None without a cost model.
        settled: no open answer can change the verdict.
        found_odds: that the fit passes, where the verdict rests on them.
        reported: weight of the answers that are only reported, and do not count as known [1/`Scorecard.whole`].
    """

    scorer: "Scorer"
    prepared: PreparedCard
    codes: tuple[int, ...]
    bounds: ScoreBounds
    costs: CostAnswers | None
    deal: DealTerms | None
    settled: bool
    verdict: Verdict
    found_odds: Fraction | None = None
    reported: int = 0

    @property
    def card(self) -> Scorecard:
        """The scorecard of the questions that apply."""
        return self.prepared.tables.card

    @property
    def chosen(self) -> tuple[int | None, ...]:
        """For each line of the scorecard the index of the chosen option, None if unknown."""
        return tuple(None if code == UNKNOWN else code for code in self.codes)

    @property
    def known(self) -> Fraction:
        """Share of the weight that is answered at first hand, 0..1."""
        return Fraction(self.bounds.known - self.reported, self.card.whole)

    @property
    def fit_is_sure(self) -> bool:
        """Whether the fit passes whatever the unknown answers are; then only the money gate can leave it open."""
        return score_is_sure(self.prepared.tables, self.bounds)

    @property
    def too_little_known(self) -> bool:
        """Whether the fit is open, and too little of it is known for "pursue" to be said."""
        tables = self.prepared.tables
        return not self.settled and self.bounds.known - self.reported < tables.least_known and not self.fit_is_sure

    @property
    def held_back(self) -> bool:
        """Whether only open answers make it "not now": enough is answered, and the score is high enough."""
        is_open = not self.settled and not self.too_little_known
        return self.verdict == "not now" and is_open and self.bounds.now.score >= self.card.threshold

    @property
    def still_open(self) -> tuple[int, ...]:
        """Indices of the lines without an answer, ascending."""
        return self.bounds.still_open

    @property
    def probability(self) -> Fraction | None:
        """
        That the fit passes, over the unknown answers, 0..1; None when settled. Money does not count here.

        Tenths of a point are for what may turn out either way: where nothing could make it fail, it is 1.
        """
        if self.settled or self.found_odds is not None:
            return self.found_odds
        if self.fit_is_sure:
            return Fraction(1)
        return self.prepared.odds.probability(self.still_open, self.known_points, self.bounds.types)

    @property
    def known_points(self) -> list[Sequence[int]]:
        """Points of the answers, of each side of each dimension."""
        return [self.bounds.answered.sides[span] for span in self.prepared.tables.sides]

    @property
    def state(self) -> FitState:
        """How firm the verdict is."""
        if self.settled:
            return "settled"
        if self.too_little_known:  # takes no odds
            return "ask first"
        return "leaning" if self.probability is not None and UNLIKELY < self.probability < LIKELY else "likely"

    @property
    def limit(self) -> Fraction | None:
        """Most expected cost that the money gate allows [1/`Measure.unit`]; None where it does not apply."""
        return self.deal.limit if self.deal and self.costs else None

    @property
    def band_weights(self) -> tuple[Fraction, ...]:
        """Probability of each band of trust, as the answers so far imply."""
        trust = self.prepared.trust
        low, high = (trust.band(points.dimensions) for points in (self.bounds.low, self.bounds.high))
        if trust.dimension is None or low == high:
            return tuple(Fraction(band == low) for band in range(len(trust.cuts) + 1))
        known = self.known_points[trust.dimension]
        return self.prepared.odds.band_weights(self.still_open, known, trust.dimension, trust.cuts, self.bounds.types)

    @property
    def likely_trust(self) -> Points:
        """Points with the likeliest answers to what is unknown."""
        tables, still_open = self.prepared.tables, self.bounds.still_open
        return tables.beyond(self.bounds.answered, tables.gaps(still_open).likely) if still_open else self.bounds.now

    @property
    def expected_cost(self) -> tuple[Cost, Cost]:
        """
        What closing costs with the cheapest answers to what is unknown and the best trust, and with the likeliest.

        Both are what the money gate counts, money or hours [1/`Measure.unit`]; 0 without a cost model.
        """
        costs, trust = self.costs, self.prepared.trust
        if costs is None:
            return 0, 0
        best, likely = (trust.band(points.dimensions) for points in (self.bounds.best, self.likely_trust))
        return costs.cheapest[best], costs.likely[likely]

    @property
    def money_state(self) -> GateState:
        """The money gate; "pass" where it does not apply."""
        return "pass" if self.limit is None else money_gate_state(*self.expected_cost, self.limit)

    def ranked_reasons(self) -> Iterator[ReasonGroup]:
        """Yield what speaks for a "pursue", or against a "not now", strongest first, without evidence and places."""
        reasons = self.prepared.reasons.known(self.codes, self.bounds)
        return ranked(reasons, "for" if self.verdict == "pursue" else "against")

    def failed_gates(self) -> list[Gate]:
        """Return the gates that fail, without evidence and places."""
        failed = [*self.prepared.gates.failing(self.codes, self.bounds)]
        if self.money_state == "fail":
            failed.append(self.scorer.money_gate(self))
        return failed

    def gates(self, answers: Mapping[str, Answer]) -> Iterator[Gate]:
        """Yield every gate; `answers` by question id are for evidence and places."""
        yield from self.prepared.gates.every(self.codes, self.bounds, answers)
        if self.limit is not None:
            yield self.scorer.money_gate(self)

    def money_side(self, answers: Mapping[str, Answer]) -> MoneySide | None:
        """Put together the cost side, for what looks further than the verdict; None without a cost model."""
        compiled, deal = self.scorer.compiled, self.deal
        if compiled is None or deal is None:
            return None
        return MoneySide(compiled, answers, self.prepared.trust, deal, self.scorer.company)


class Scorer:
    """
    Scores prospects with one screen at one stage: a file, a table row, a data frame row.

    Args:
        screen: checked.
        stage: of our product; one of the screen's.
        company: our side.
        compiled: the screen's cost model at our prices, where somebody has compiled it already.

    Attributes:
        screen: with the company's own figures.
        compiled: the cost model at our prices; None without one.

    Raises:
        KeyError: the screen does not have the stage.
    """

    def __init__(
        self, screen: Screen, stage: Stage, company: Company | None = None, compiled: CompiledCost | None = None
    ) -> None:
        screen = with_own_figures(screen, company)
        self.screen, self.stage, self.company = screen, stage, company
        self.compiled = compiled or (compiled_for(screen.cost, company) if screen.cost else None)
        self._positions = tuple((question, tuple(o.id for o in question.options)) for question in screen.questions)
        costing = screen.cost.questions if screen.cost else ()
        self._cost_positions = tuple((question, tuple(o.id for o in question.options)) for question in costing)
        self._prepared: dict[frozenset[int], PreparedCard] = {}
        self._costs: dict[tuple[int, ...], CostAnswers] = {}
        self._memo = CostMemo()
        self._money_gates: dict[tuple[Cost, Cost, Fraction | None, Fraction | None, str | None], Gate] = {}
        self._in_hours = counts_hours(screen.money_gate, company, stage)
        self._plain = self.prepared(frozenset())

    def at(self, stage: Stage) -> "Scorer":
        """Return the scorer of the same screen at another stage."""
        return Scorer(self.screen, stage, self.company, self.compiled)

    def prepared(self, skipped: frozenset[int]) -> PreparedCard:
        """Return the scorecard where these questions of the screen do not apply."""
        found = self._prepared.get(skipped)
        if found is None:
            ids = frozenset(self.screen.questions[j].id for j in skipped)
            card = compile_scorecard(self.screen, self.stage, ids)
            tables = score_tables(card)
            trust = trust_of(card, self.compiled.model) if self.compiled else Trust(None, ())
            found = bounded_put(
                self._prepared,
                skipped,
                PreparedCard(tables, trust, Gates(tables), Reasons(tables), FitOdds(card)),
                MOST_CARDS,
            )
        return found

    def deal(self, deal: Deal) -> DealTerms | None:
        """Work out what a deal is worth; None without a cost model."""
        if self.compiled is None:
            return None
        return deal_terms(self.compiled, self.screen.money_gate, self.company, deal, self.stage)

    def costs(self, codes: tuple[int, ...], spent: Hours = NOTHING_SPENT) -> CostAnswers | None:
        """Work out what answers to the cost questions cost, less the hours spent; None without a cost model."""
        if self.compiled is None:
            return None
        if any(spent.values()):  # of one deal, so not kept
            return CostAnswers.of(self.compiled, codes, self._memo, in_hours=self._in_hours, spent=spent)
        found = self._costs.get(codes)
        return found or bounded_put(
            self._costs, codes, CostAnswers.of(self.compiled, codes, self._memo, in_hours=self._in_hours)
        )

    def judge(self, prospect: Prospect) -> Judgement:
        """Judge a prospect with answers to the screen's questions."""
        codes = tuple(_code(prospect, question, ids) for question, ids in self._positions)
        cost_codes = tuple(_code(prospect, question, ids) for question, ids in self._cost_positions)
        costs = self.costs(cost_codes, prospect.deal.hours_spent)
        reported = frozenset(id_ for id_, answer in prospect.answers.items() if answer.kind == "reported")
        return self.judge_codes(codes, costs, self.deal(prospect.deal), reported)

    def judge_codes(
        self,
        codes: Sequence[int],
        costs: CostAnswers | None,
        deal: DealTerms | None,
        reported: frozenset[str] = frozenset(),
    ) -> Judgement:
        """
        Say pursue or not now.

        Args:
            codes: for each question of the screen the index of the chosen option, `UNKNOWN` or `NOT_APPLICABLE`.
            costs: from `costs`.
            deal: from `deal`.
            reported: ids of the questions whose answers are only reported.
        """
        prepared = self._plain
        if NOT_APPLICABLE in codes:
            prepared = self.prepared(frozenset(j for j, code in enumerate(codes) if code == NOT_APPLICABLE))
        return self.judge_lines(prepared, prepared.tables.codes_of_lines(codes), costs, deal, reported)

    def judge_lines(
        self,
        prepared: PreparedCard,
        of_lines: tuple[int, ...],
        costs: CostAnswers | None,
        deal: DealTerms | None,
        reported: frozenset[str] = frozenset(),
    ) -> Judgement:
        """Judge codes, one for each line of a scorecard; otherwise like `judge_codes`."""
        bounds = score_bounds(prepared.tables, of_lines, costs.evidence if costs else NO_EVIDENCE)
        verdict = settled_verdict(prepared, bounds, costs, deal)
        found = Judgement(self, prepared, of_lines, bounds, costs, deal, settled=False, verdict="not now")
        if reported:
            lines = zip(prepared.tables.card.lines, of_lines, strict=True)
            weight = sum(line.weight for line, code in lines if code != UNKNOWN and line.question.id in reported)
            found = found._replace(reported=weight)
        if verdict is not None:
            return found._replace(settled=True, verdict=verdict)
        if found.too_little_known:  # no odds can make it a pursue
            return found
        odds = found.probability
        return found._replace(verdict="pursue" if odds is not None and odds >= HALF else "not now", found_odds=odds)

    def money_gate(self, found: Judgement) -> Gate:
        """Report the money gate of a judgement with a limit."""
        compiled, deal, costs = self.compiled, found.deal, found.costs
        if compiled is None or deal is None or costs is None:
            raise ValueError("no money gate")
        ask = costs.most_telling(found.prepared.trust.band(found.likely_trust.dimensions))
        key = (*found.expected_cost, deal.margin, deal.limit, ask.id if ask else None)
        known = self._money_gates.get(key)
        if known is None:
            gate = money_gate(*found.expected_cost, deal, compiled, ask.ask if ask else None)
            known = bounded_put(self._money_gates, key, gate)
        return known


def settled_verdict(
    prepared: PreparedCard, bounds: ScoreBounds, costs: CostAnswers | None, deal: DealTerms | None
) -> Verdict | None:
    """Return the verdict if no open answer can change it; None if it is open."""
    tables, trust = prepared.tables, prepared.trust
    limit = deal.limit if deal and costs else None

    def band(points: Points) -> int:
        return trust.band(points.dimensions)

    if not score_is_possible(tables, bounds) or (costs and too_dear(costs.cheapest[band(bounds.best)], limit)):
        return "not now"
    if score_is_sure(tables, bounds) and not (costs and too_dear(costs.dearest[band(bounds.low)], limit)):
        return "pursue"
    return None


def _code(prospect: Prospect, question: Question | CostQuestion, options: Sequence[str]) -> int:
    answer = prospect.answer(question.id)
    if answer.option is not None:
        return options.index(answer.option)
    return NOT_APPLICABLE if answer.state == "n/a" else UNKNOWN
