"""
The verdict of every row of a table: what `assess` says of the same answers, without what a table has no room for.

A row is added up in integers on a packed scorecard; texts, quantiles and probabilities are worked out once for each
set of integers they depend on, by the functions that a single assessment uses.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from fitcheck.decision.asking import ask_next
from fitcheck.decision.case import Closing
from fitcheck.decision.costmodel import Company, Deal
from fitcheck.decision.memo import keep
from fitcheck.decision.money import compiled_for, money_side
from fitcheck.decision.opened import HALF, Open, count, is_long, weigh, work_out
from fitcheck.decision.principal import too_little_text
from fitcheck.decision.results import Verdict
from fitcheck.decision.rubric import Screen, Stage
from fitcheck.decision.scorecard import compile_scorecard
from fitcheck.decision.sheet import NOT_APPLICABLE
from fitcheck.decision.sheetwords import SheetWords
from fitcheck.decision.tablecost import CostMemo, CostSide, DealSide, deal_side
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
    closing: Closing | None
    deal: DealSide | None
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


class _Look(NamedTuple):
    """
    What a row adds up to.

    Attributes:
        fields: from `Sheet.add`.
        now, low, high: points of each side: unknown answers where they stand, at least, at most.
        dimensions, lows, highs: the same of each dimension.
        band_low, band_high: of trust.
        limit: that the money gate sets; None: there is none.
        cheapest, dearest: expected money at most and at least trust, if there is a limit.
        fatal: whether a known answer fails a gate.
        verdict: None while it is open.
    """

    words: SheetWords
    fields: tuple[int, ...]
    now: Sequence[int]
    low: Sequence[int]
    high: Sequence[int]
    dimensions: Sequence[int]
    lows: Sequence[int]
    highs: Sequence[int]
    band_low: int
    band_high: int
    limit: int | None
    cheapest: int
    dearest: int
    fatal: bool
    verdict: Verdict | None

    @property
    def money_open(self) -> bool:
        """Whether unknown answers decide if the money gate holds."""
        return self.limit is not None and self.cheapest <= self.limit < self.dearest


def _key(codes: tuple[int, ...], look: _Look, costs: CostSide | None) -> tuple[object, ...]:
    """What an open verdict depends on: what is known counts through its points alone, so that many rows are alike."""
    open_questions = sum([-code << 2 * j for j, code in enumerate(codes) if code < 0])
    return open_questions, look.now, costs.codes if costs else (), look.limit


class RowScorer:
    """
    Scores rows for one screen at one stage.

    Args:
        screen: checked.
        stage: of ours; one that the screen knows.
        company: our side.
    """

    def __init__(self, screen: Screen, stage: Stage, company: Company | None = None) -> None:
        self.screen, self.stage, self.company = screen, stage, company
        self.compiled = compiled_for(screen.cost, company) if screen.cost else None
        self._words: dict[frozenset[int], SheetWords] = {}
        self._costs: dict[tuple[int, ...], CostSide] = {}
        self._memo = CostMemo()
        self._opened: dict[tuple[object, ...], Open] = {}
        self._plain = self.words(frozenset())

    def words(self, skipped: frozenset[int]) -> SheetWords:
        """Packed scorecard with its words, where these questions of the screen do not apply."""
        found = self._words.get(skipped)
        if found is None:
            ids = frozenset(self.screen.questions[j].id for j in skipped)
            card = compile_scorecard(self.screen, self.stage, ids)
            found = keep(self._words, skipped, SheetWords(card, self.compiled))
        return found

    def deal(self, deal: Deal) -> DealSide | None:
        """Work out what a deal is worth; None without a cost model."""
        if self.compiled is None:
            return None
        gate = self.screen.money_gate
        return deal_side(self.compiled, gate.cost_per_margin if gate else None, self.company, deal)

    def costs(self, codes: tuple[int, ...]) -> CostSide | None:
        """Work out what a set of answers to the cost questions costs; None without a cost model."""
        if self.compiled is None:
            return None
        found = self._costs.get(codes)
        return found or keep(self._costs, codes, CostSide.of(self.compiled, codes, self._memo))

    def score(self, codes: tuple[int, ...], costs: CostSide | None, deal: DealSide | None) -> Row:
        """
        Score one row.

        Args:
            codes: for each question of the screen the index of the chosen option, `UNKNOWN` or `NOT_APPLICABLE`.
            costs: from `costs`.
            deal: from `deal`.

        Returns:
            The same as `assess` says of these answers, to the last digit.
        """
        look = self._look(codes, costs, deal)
        words, sheet, limit, known = look.words, look.words.sheet, look.limit, look.fields[look.words.sheet.sides]
        low, high, verdict, opened = look.low, look.high, look.verdict, None
        if verdict is None:
            opened = self._open(look, codes, deal, costs)
            verdict = "pursue" if opened.leans and known >= words.least_known else "not now"

        failed = words.failed(codes, low, high) if look.fatal or not sheet.floors_hold(high) else []
        if costs and deal and limit is not None and look.cheapest > limit:
            failed.append(words.money(look.cheapest, look.dearest, deal))
        too_little = opened is not None and known < words.least_known
        told = [text for _, text in failed]
        if too_little:
            told.append(too_little_text(Fraction(known, sheet.weight), self.screen.least_known))
        reasons = words.reasons.strongest(codes, look.fields, (low, high), told, pursued=verdict == "pursue")
        closing = None
        if costs:
            if look.band_low == look.band_high:
                closing = costs.closing_in(look.band_low)
            else:
                closing = costs.closing(self._band_weights(words, codes, look.now))
        return Row(
            verdict,
            opened is None,
            sum(look.dimensions),
            sum(look.lows),
            sum(look.highs),
            known,
            sheet.weight,
            tuple(look.dimensions),
            words.tops,
            tuple([gate for gate, _ in failed]),
            reasons,
            opened.ask_next if opened else None,
            closing,
            deal,
            too_little,
        )

    def _look(self, codes: tuple[int, ...], costs: CostSide | None, deal: DealSide | None) -> "_Look":
        """Add a row up, and say what its verdict is if nothing that is unknown can change it."""
        words = self._plain
        if NOT_APPLICABLE in codes:
            words = self.words(frozenset(j for j, code in enumerate(codes) if code == NOT_APPLICABLE))
        sheet, trust = words.sheet, words.trust
        fields = sheet.add(codes)
        n = sheet.sides
        now: Sequence[int] = fields[:n]
        low = high = best = now
        fatal, unsafe = fields[n + 1], False
        dimensions = lows = highs = sheet.join(now)
        if fields[n + 2]:
            low, high, best, unsafe = sheet.reach(codes, now)
            lows, highs = sheet.join(low), sheet.join(high)
        band_low, band_high = trust.band(lows), trust.band(highs)
        limit = deal.limit if deal and costs else None
        cheapest = dearest = 0
        if costs and limit is not None:
            cheapest, dearest = costs.cheapest[band_high], costs.dearest[band_low]
        passing = not fatal and not unsafe and sheet.floors_hold(low) and (limit is None or dearest <= limit)
        verdict: Verdict | None = None
        if passing and sum(lows) >= sheet.card.threshold:
            verdict = "pursue"
        elif fatal or not self._can_be_pursued(words, best, limit, costs):
            verdict = "not now"
        return _Look(
            words, fields, now, low, high, dimensions, lows, highs, band_low, band_high, limit, cheapest, dearest,
            fatal > 0, verdict,
        )  # fmt: skip

    @staticmethod
    def _can_be_pursued(words: SheetWords, best: Sequence[int], limit: int | None, costs: CostSide | None) -> bool:
        """Whether some completion is a pursue, where no known answer fails a gate."""
        sheet = words.sheet
        if not sheet.floors_hold(best):
            return False
        dimensions = sheet.join(best)
        if sum(dimensions) < sheet.card.threshold:
            return False
        return limit is None or costs is None or costs.cheapest[words.trust.band(dimensions)] <= limit

    def _open(self, look: "_Look", codes: tuple[int, ...], deal: DealSide | None, costs: CostSide | None) -> Open:
        sheet = look.words.sheet
        counted = count(sheet, codes, look.now, look.words.trust)
        if counted:
            found = weigh(sheet, counted, deal, costs, money_open=look.money_open)
            return found or self._asked(look.words, codes, deal, costs)
        key = _key(codes, look, costs)
        known = self._opened.get(key)
        if known is None:
            found = work_out(sheet, codes, look.words.trust, deal, costs, money_open=look.money_open)
            known = keep(self._opened, key, found or self._asked(look.words, codes, deal, costs))
        return known

    def waiting(self, codes: tuple[int, ...], costs: CostSide | None, deal: DealSide | None) -> "Waiting | None":
        """
        Return what an open verdict depends on that takes long to work out, or None.

        Who can work out many at once may `learn` the outcome before the rows are scored.
        """
        if not is_long(self._plain.sheet, codes) or NOT_APPLICABLE in codes:
            return None
        look = self._look(codes, costs, deal)
        if look.verdict is not None:
            return None
        key = _key(codes, look, costs)
        return None if key in self._opened else Waiting(key, look.now, look.money_open)

    def learn(self, waiting: "Waiting", opened: Open) -> None:
        """Take in what an open verdict comes to: exactly what `score` would have worked out."""
        keep(self._opened, waiting.key, opened)

    def _asked(self, words: SheetWords, codes: tuple[int, ...], deal: DealSide | None, costs: CostSide | None) -> Open:
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
        return found or keep(words.weights, key, words.sheet.band_weights(words.trust, points, unknown))

    def _band_weights(self, words: SheetWords, codes: Sequence[int], now: Sequence[int]) -> tuple[int, ...]:
        sheet = words.sheet
        span = sheet.spans[words.trust.dimension or 0]
        gaps = enumerate(sheet.gaps)
        unknown = [j for j, gap in gaps if gap and codes[j] < 0 and span.start <= gap.side < span.stop]
        return self.band_weights(words, unknown, now[span])
