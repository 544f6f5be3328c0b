"""Assessment → the published JSON document."""

from collections.abc import Sequence
from fractions import Fraction

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.change.change_sets import ChangeSet
from fitcheck.decision.change.cost_changes import CostChanges
from fitcheck.decision.score.results import CostToClose, DimensionScore, WorthFrom
from fitcheck.decision.score.rounding import rounded
from fitcheck.decision.verdict.asking import NextQuestion
from fitcheck.problems import Place
from fitcheck.report.json_types import (
    SCHEMA,
    AskDocument,
    AssessmentDocument,
    ChangeDocument,
    CheaperDocument,
    CostDocument,
    DimensionDocument,
    WeightsDocument,
    WorthFromDocument,
)
from fitcheck.report.printed import printed


def document(exact: Assessment) -> AssessmentDocument:
    """Copy an assessment into the published document."""
    assessment = printed(exact)
    screen, again = assessment.screen, assessment.look_again_weeks
    odds, change = assessment.probability, assessment.would_change
    return {
        "schema": SCHEMA,
        "prospect": {"id": assessment.prospect.id, "name": assessment.prospect.name},
        "screen": {"id": screen.id, "version": screen.version, "digest": screen.digest},
        "stage": assessment.stage,
        "stage_from": assessment.stage_from,
        "as_of": assessment.as_of.isoformat() if assessment.as_of else None,
        "verdict": assessment.verdict,
        "state": assessment.state,
        "settled": assessment.settled,
        "probability_pursue": None if odds is None else round(float(odds), 6),
        "known": rounded(assessment.known, 4),
        "least_known": round(float(screen.least_known), 6),
        "too_little_known": assessment.too_little_known,
        "score": float(assessment.score),
        "score_low": float(assessment.score_low),
        "score_high": float(assessment.score_high),
        "threshold": float(assessment.threshold),
        "dimensions": [_dimension(*both) for both in zip(exact.dimensions, assessment.dimensions, strict=True)],
        "gates": [
            {
                "id": gate.id,
                "title": gate.title,
                "state": gate.state,
                "because": gate.because,
                "why": gate.why,
                "evidence": gate.evidence,
                "where": _where(gate.where),
            }
            for gate in assessment.gates
        ],
        "reasons": [
            {
                "code": reason.code,
                "dimension": reason.dimension,
                "question": reason.question,
                "answer": reason.answer,
                "effect": float(reason.effect),
                "text": reason.text,
                "points": float(reason.points),
                "most": float(reason.most),
                "evidence": reason.evidence,
                "by": reason.by,
                "on": reason.on.isoformat() if reason.on else None,
                "where": _where(reason.where),
            }
            for reason in assessment.reasons
        ],
        "open": [
            {
                "dimension": line.dimension,
                "question": line.question,
                "ask": line.text,
                "effect": float(line.effect),
                "effect_low": float(line.low),
                "effect_high": float(line.high),
            }
            for line in assessment.still_open
        ],
        "ask_next": [_ask(asked) for asked in assessment.ask_next],
        "would_change": [_change(found) for found in change.sets] if change else [],
        "cannot_change": not assessment.hopeful,
        "obstacles": list(change.obstacles) if change else [],
        "worth_closing_if": _cheaper(assessment.worth_closing_if) if assessment.worth_closing_if else None,
        "would_turn": _change(assessment.would_turn) if assessment.would_turn else None,
        "weights": _weights(assessment),
        "advice": [
            {"question": advice.question, "by": advice.by, "text": advice.text, "points": float(advice.lost)}
            for advice in assessment.advice
        ],
        "cost_to_close": _cost(assessment.cost) if assessment.cost else None,
        "warnings": list(assessment.warnings),
        "look_again": None
        if again is None
        else {"on": assessment.look_again.isoformat() if assessment.look_again else None, "weeks": again},
    }


def documents(assessments: Sequence[Assessment]) -> AssessmentDocument | list[AssessmentDocument]:
    """One document for one prospect, a list of them for several."""
    copies = [document(assessment) for assessment in assessments]
    return copies[0] if len(copies) == 1 else copies


def _ask(asked: NextQuestion) -> AskDocument:
    return {
        "question": asked.question,
        "ask": asked.ask,
        "ask_customer": asked.ask_customer,
        "value": round(float(asked.value), 6),
        "decisive": asked.decisive,
        "outcomes": [
            {
                "option": outcome.option,
                "probability_pursue": round(float(outcome.probability), 6),
                "settles": outcome.settles,
            }
            for outcome in asked.outcomes
        ],
    }


def _change(found: ChangeSet) -> ChangeDocument:
    return {
        "steps": [
            {
                "question": step.question,
                "from": step.before,
                "to": step.after,
                "says": step.says,
                "by": step.by,
                "advice": step.advice,
            }
            for step in found.steps
        ],
        "effort": found.effort,
        "score": float(found.score),
        "weeks": found.weeks,
        "then": {
            "probability_pursue": round(float(found.then.probability), 6),
            "ask_next": [asked.question for asked in found.then.ask],
        }
        if found.then
        else None,
    }


def _cheaper(found: CostChanges) -> CheaperDocument:
    steps = found.steps
    return {
        "answers": [{"question": s.question, "from": s.before, "to": s.after, "says": s.says} for s in steps],
        "gate": found.state,
    }


def _weights(assessment: Assessment) -> WeightsDocument:
    firm = assessment.firmness
    return {
        "holds_within_factor": None if firm.factor is None else rounded(firm.factor, 2),
        "tolerance": rounded(firm.tolerance, 4),
        "critical": None
        if firm.critical is None
        else {"dimension": firm.critical.dimension, "factor": rounded(firm.critical.factor, 4)},
        "share_of_weightings_pursue": rounded(firm.share_pursue, 4),
        "equal_weights": firm.equal_weights,
        "other_stages": dict(assessment.neighbours),
    }


def _dimension(dim: DimensionScore, shown: DimensionScore) -> DimensionDocument:
    def share(points: Fraction) -> float:
        return rounded(points * 100 / (dim.most or 1), 2)

    return {
        "id": dim.id,
        "title": dim.title,
        "score": share(dim.score),
        "score_low": share(dim.low),
        "score_high": share(dim.high),
        "weight": float(shown.most),
        "points": float(shown.score),
        "floor": None if dim.floor is None else share(dim.floor),
        "sides": [
            {
                "side": side.side,
                "title": side.title,
                "score": share(side.score),
                "score_low": share(side.low),
                "score_high": share(side.high),
                "floor": None if side.floor is None else share(side.floor),
            }
            for side in dim.sides
        ],
        "one_sided": float(shown.one_sided),
    }


def _cost(cost: CostToClose) -> CostDocument:
    hours, money = cost.hours, cost.money
    per_margin = None if cost.per_margin is None else rounded(cost.per_margin, 4)
    return {
        "hours": {"p10": hours.p10, "p50": hours.p50, "p90": hours.p90, "mean": hours.mean},
        "money": {
            "p10": int(money.p10),
            "p50": int(money.p50),
            "p90": int(money.p90),
            "mean": int(money.mean),
            "currency": cost.currency,
        },
        "weeks": {"p50": cost.weeks_p50, "p90": cost.weeks_p90},
        "cycles": {
            "mean": rounded(cost.cycles_mean, 4),
            "probabilities": [rounded(share, 6) for share in cost.cycles],
            "because": cost.cycles_because,
        },
        "margin": None if cost.margin is None else rounded(cost.margin, 2),
        "hours_spent": {role: rounded(hours_of, 1) for role, hours_of in cost.hours_spent.items()},
        "win_probability": rounded(cost.win_probability, 4),
        "expected_value": None if cost.expected_value is None else rounded(cost.expected_value, 2),
        "limit": None if cost.limit is None else rounded(cost.limit, 2),
        "worth_from": _worth_from(cost.worth_from) if cost.worth_from else None,
        "per_deal_value": None if cost.per_deal_value is None else rounded(cost.per_deal_value, 4),
        "per_margin": per_margin,
        "break_even_win_probability": None if cost.break_even is None else rounded(cost.break_even, 4),
        "drivers": [
            {
                "activity": driver.activity,
                "title": driver.title,
                "hours": rounded(driver.hours, 1),
                "because": driver.because,
                "assumed": driver.assumed is not None,
                "benchmark": driver.benchmark,
                "assumption": driver.assumption,
            }
            for driver in cost.drivers
        ],
        "unknown": list(cost.unknown),
        "benchmark": bool(cost.benchmarks),
        "benchmarks": list(cost.benchmarks),
        "assumptions": list(cost.assumptions),
        "notes": list(cost.notes),
    }


def _worth_from(least: WorthFrom) -> WorthFromDocument:
    return {"of": least.of, "amount": rounded(least.amount, 2), "per": least.per}


def _where(place: Place | None) -> str | None:
    return None if place is None else place.short
