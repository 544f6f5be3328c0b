"""
The verdict of every row of a table: what `assess` says of the same answers, without what a table has no room for.

A row is added up in integers on a packed scorecard; texts, quantiles and probabilities are worked out once for each
set of integers they depend on, by the functions that a single assessment uses.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from fitcheck.decision.asking import ask_next
from fitcheck.decision.cost import CostSummary
from fitcheck.decision.costanswers import CostAnswers, CostMemo
from fitcheck.decision.costmodel import Company, Deal
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.money import compiled_for, money_side
from fitcheck.decision.opened import HALF, Open, count, is_long, weigh, work_out
from fitcheck.decision.principal import HELD_BACK, too_little_text
from fitcheck.decision.results import Verdict
from fitcheck.decision.rowsums import RowSums, add_up
from fitcheck.decision.rubric import Screen, Stage
from fitcheck.decision.scorecard import compile_scorecard
from fitcheck.decision.sheet import NOT_APPLICABLE
from fitcheck.decision.sheetwords import SheetWords
from fitcheck.decision.terms import DealTerms, deal_terms
from fitcheck.decision.unknowns import ALWAYS, pursue_probability


class Row(NamedTuple):
    """
    What a table tells of one prospect; all scores in points, 0..10000.

    Attributes:
        known, weight: answered weight and weight of all questions that apply [doubled points].
        dimensions, tops: points of each dimension in the screen's order, and the most it can have.
        failed: ids of the gates that fail.
        reasons: see `fitcheck.decision.principal`.
        ask_next: id of the most telling question of an open verdict.
        closing: hours and money; None without a cost model.
        deal: what it is worth; None without a cost model.
        too_little: open, and too little is known for "pursue" to be said.
    """

    verdict: Verdict
    settled: bool
    score: int
    score_low: int
    score_high: int
    known: int
    weight: int
    dimensions: tuple[int, ...]
    tops: tuple[int, ...]
    failed: tuple[str, ...]
    reasons: tuple[str, ...]
    ask_next: str | None
    closing: CostSummary | None
    deal: DealTerms | None
    too_little: bool


class Waiting(NamedTuple):
    """
    An open verdict that takes long to work out.

    Attributes:
        key: all that it depends on.
        sides: points of each side, unknown answers where they stand.
        money_open: whether the money gate could still go either way.
    """

    key: tuple[object, ...]
    sides: Sequence[int]
    money_open: bool


def _key(codes: tuple[int, ...], sums: RowSums, costs: CostAnswers | None) -> tuple[object, ...]:
    """What an open verdict depends on: what is known counts through its points alone, so that many rows are alike."""
    open_questions = sum([-code << 2 * j for j, code in enumerate(codes) if code < 0])
    return open_questions, sums.now, costs.codes if costs else (), sums.limit


class RowScorer:
    """
    Scores rows for one screen at one stage.

    Args:
        screen: checked.
        stage: of ours; one that the screen knows.
        company: our side.

    Attributes:
        compiled: the cost model at our prices; None without one.
        limit_for_margin: what the money gate allows for a unit of margin [1/`CompiledCost.unit`]; None: no such gate.
    """

    def __init__(self, screen: Screen, stage: Stage, company: Company | None = None) -> None:
        self.screen, self.stage, self.company = screen, stage, company
        self.compiled = compiled_for(screen.cost, company) if screen.cost else None
        gate = screen.money_gate
        self.limit_for_margin = gate.cost_per_margin * self.compiled.unit if gate and self.compiled else None
        self._words: dict[frozenset[int], SheetWords] = {}
        self._costs: dict[tuple[int, ...], CostAnswers] = {}
        self._memo = CostMemo()
        self._opened: dict[tuple[object, ...], Open] = {}
        self._plain = self.words(frozenset())

    def words(self, skipped: frozenset[int]) -> SheetWords:
        """Packed scorecard with its words, where these questions of the screen do not apply."""
        found = self._words.get(skipped)
        if found is None:
            ids = frozenset(self.screen.questions[j].id for j in skipped)
            card = compile_scorecard(self.screen, self.stage, ids)
            found = bounded_put(self._words, skipped, SheetWords(card, self.compiled))
        return found

    def _words_for(self, codes: Sequence[int]) -> SheetWords:
        if NOT_APPLICABLE not in codes:
            return self._plain
        return self.words(frozenset(j for j, code in enumerate(codes) if code == NOT_APPLICABLE))

    def deal(self, deal: Deal) -> DealTerms | None:
        """Work out what a deal is worth; None without a cost model."""
        if self.compiled is None:
            return None
        return deal_terms(self.compiled, self.screen.money_gate, self.company, deal)

    def costs(self, codes: tuple[int, ...]) -> CostAnswers | None:
        """Work out what a set of answers to the cost questions costs; None without a cost model."""
        if self.compiled is None:
            return None
        found = self._costs.get(codes)
        return found or bounded_put(self._costs, codes, CostAnswers.of(self.compiled, codes, self._memo))

    def score(self, codes: tuple[int, ...], costs: CostAnswers | None, deal: DealTerms | None) -> Row:
        """
        Score one row.

        Args:
            codes: for each question of the screen the index of the chosen option, `UNKNOWN` or `NOT_APPLICABLE`.
            costs: from `costs`.
            deal: from `deal`.

        Returns:
            The same as `assess` says of these answers, to the last digit.
        """
        sums = add_up(self._words_for(codes), codes, costs, deal)
        words, sheet, limit, known = sums.words, sums.words.sheet, sums.limit, sums.fields[sums.words.sheet.sides]
        low, high, verdict, opened = sums.low, sums.high, sums.verdict, None
        if verdict is None:
            opened = self._open(sums, codes, deal, costs)
            verdict = "pursue" if opened.leans and known >= words.least_known else "not now"

        failed = words.failed(codes, low, high) if sums.fatal or not sheet.floors_hold(high) else []
        if costs and deal and limit is not None and sums.cheapest > limit:
            failed.append(words.money(sums.cheapest, sums.dearest, deal))
        too_little = opened is not None and known < words.least_known
        told = [text for _, text in failed]
        if too_little:
            told.append(too_little_text(Fraction(known, sheet.weight), self.screen.least_known))
        elif opened and verdict == "not now" and sum(sums.dimensions) >= sheet.card.threshold:
            told.append(HELD_BACK)
        reasons = words.reasons.strongest(codes, sums.fields, (low, high), told, pursued=verdict == "pursue")
        closing = None
        if costs:
            if sums.band_low == sums.band_high:
                closing = costs.summary_in(sums.band_low)
            else:
                closing = costs.summary(self._band_weights(words, codes, sums.now))
        return Row(
            verdict,
            opened is None,
            sum(sums.dimensions),
            sum(sums.lows),
            sum(sums.highs),
            known,
            sheet.weight,
            tuple(sums.dimensions),
            words.tops,
            tuple([gate for gate, _ in failed]),
            reasons,
            opened.ask_next if opened else None,
            closing,
            deal,
            too_little,
        )

    def _open(self, sums: RowSums, codes: tuple[int, ...], deal: DealTerms | None, costs: CostAnswers | None) -> Open:
        sheet = sums.words.sheet
        counted = count(sheet, codes, sums.now, sums.words.trust)
        if counted:
            found = weigh(sheet, counted, deal, costs, money_open=sums.money_open)
            return found or self._asked(sums.words, codes, deal, costs)
        key = _key(codes, sums, costs)
        known = self._opened.get(key)
        if known is None:
            found = work_out(sheet, codes, sums.words.trust, deal, costs, money_open=sums.money_open)
            known = bounded_put(self._opened, key, found or self._asked(sums.words, codes, deal, costs))
        return known

    def waiting(self, codes: tuple[int, ...], costs: CostAnswers | None, deal: DealTerms | None) -> "Waiting | None":
        """
        Return what an open verdict depends on that takes long to work out, or None.

        Who can work out many at once may `learn` the outcome before the rows are scored.
        """
        if not is_long(self._plain.sheet, codes) or NOT_APPLICABLE in codes:
            return None
        sums = add_up(self._plain, codes, costs, deal)
        if sums.verdict is not None:
            return None
        key = _key(codes, sums, costs)
        return None if key in self._opened else Waiting(key, sums.now, sums.money_open)

    def learn(self, waiting: "Waiting", opened: Open) -> None:
        """Take in what an open verdict comes to: exactly what `score` would have worked out."""
        bounded_put(self._opened, waiting.key, opened)

    def _asked(
        self, words: SheetWords, codes: tuple[int, ...], deal: DealTerms | None, costs: CostAnswers | None
    ) -> Open:
        """Ask the single assessment's own formulas, where the costs have too many completions."""
        money = None
        if self.compiled and deal and costs:
            money = money_side(words.sheet.card, self.compiled, costs.answers, deal.deal, self.company)
        chosen = words.sheet.chosen(codes)
        probability = pursue_probability(words.sheet.card, chosen, money.odds() if money else ALWAYS)
        asked = ask_next(words.sheet.card, chosen, money)
        return Open(probability >= HALF, asked[0].question if asked else None)

    @staticmethod
    def band_weights(words: SheetWords, unknown: Sequence[int], points: Sequence[int]) -> tuple[int, ...]:
        """
        Return relative weights of the bands of trust, where unknown answers leave them open.

        Args:
            words: of the questions that apply.
            unknown: the questions of the dimension that sets the bands of which the answer is unknown.
            points: of each side of that dimension, unknown answers where they stand [points].
        """
        key = (*points, *unknown)
        found = words.weights.get(key)
        return found or bounded_put(words.weights, key, words.sheet.band_weights(words.trust, points, unknown))

    def _band_weights(self, words: SheetWords, codes: Sequence[int], now: Sequence[int]) -> tuple[int, ...]:
        sheet = words.sheet
        span = sheet.spans[words.trust.dimension or 0]
        gaps = enumerate(sheet.gaps)
        unknown = [j for j, gap in gaps if gap and codes[j] < 0 and span.start <= gap.side < span.stop]
        return self.band_weights(words, unknown, now[span])
