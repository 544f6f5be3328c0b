"""
Merges several scorers' answers into one screen and one prospect.

A question that the scorers answered differently becomes one with an answer of its own: the mean of their points. So
whatever can be said of one scorer's answers (gates, score, exact reasons, cost) can be said of the merged ones by the
same code.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from fitcheck.decision.content.answers import UNKNOWN, Answer, Prospect
from fitcheck.decision.content.cost_model import CostModel, CostOption
from fitcheck.decision.content.rubric import STAGES, Option, Question, Screen, Stage
from fitcheck.decision.score.scorecard import base_rates
from fitcheck.decision.several.ballots import NOT_APPLICABLE, SAYS, Ballot


def merge_answers(
    screen: Screen, stage: Stage, ballots: Sequence[Ballot], prospect: Prospect
) -> tuple[Screen, Prospect]:
    """
    Merge what the scorers answered into one screen and one prospect.

    - A question with different answers gets one option more, which gives the mean of their points and fails the
      gate if the majority's answers do. It is the answer.
    - A question whose gate is split stays unknown between the answers given, with the votes as base rates: an ordinary
      prospect is expected to give the same mean.
    - A cost question with different answers stays unknown between those, likewise.

    Args:
        screen: checked.
        stage: of ours.
        ballots: from `count` for the same screen and stage.
        prospect: id, name and deal; its answers don't matter.

    Returns:
        A screen that knows only this stage, and the prospect with the merged answers.
    """
    by_id = {ballot.question: ballot for ballot in ballots}
    priors = dict(screen.priors)
    rubrics = tuple(
        replace(rubric, questions=tuple(_joined(screen, q, by_id[q.id], stage, priors) for q in rubric.questions))
        for rubric in screen.rubrics
    )
    last = {question.id: question.options[-1].id for rubric in rubrics for question in rubric.questions}
    answers = {ballot.question: _answer(ballot, last.get(ballot.question, "")) for ballot in ballots}
    joined = replace(
        screen,
        rubrics=rubrics,
        stages={stage: screen.stages[stage]},
        default_stage=stage,
        priors=priors,
        cost=_joined_costs(screen.cost, by_id) if screen.cost else None,
    )
    return joined, replace(prospect, answers=answers)


def _answer(ballot: Ballot, last: str) -> Answer:
    """Return the merged answer; `last` is the option of the mean where there is one."""
    if ballot.is_split or ballot.merge_rule in {"votes", "unknown"}:
        return UNKNOWN
    votes = ballot.chosen or ballot.answered
    if len({vote.answer for vote in votes}) > 1:
        return Answer(last)
    return next((vote.given for vote in votes if vote.given.evidence), votes[0].given)


def _joined(
    screen: Screen, question: Question, ballot: Ballot, stage: Stage, priors: dict[str, Mapping[str, int]]
) -> Question:
    options = {option.id: option for option in question.options if option.id in {v.answer for v in ballot.chosen}}
    if ballot.is_split:
        if ballot.applies_to_some:
            # Who says that it does not apply neither adds nor takes points, and sees no gate fail.
            options[NOT_APPLICABLE] = _mean(ballot, (), stage)
        priors[question.id] = _votes(ballot, options)
        return replace(question, options=tuple(options.values()))
    if len(options) < 2:  # noqa: PLR2004 - nothing to take a mean of
        return question
    mean = _mean(ballot, tuple(options.values()), stage)
    priors[question.id] = {**base_rates(screen, question, stage), mean.id: 0}
    return replace(question, options=(*question.options, mean))


def _votes(ballot: Ballot, answers: Iterable[str]) -> dict[str, int]:
    """How many scorers gave each of these answers."""
    given = [vote.answer for vote in ballot.answered]
    return {answer: given.count(answer) for answer in answers}


def _mean(ballot: Ballot, options: Sequence[Option], stage: Stage) -> Option:
    """Return an answer with the mean points; it is what these options say together, or that nothing applies."""
    fatal = next((option for option in options if stage in option.gate), None) if ballot.gate == "fail" else None
    codes = {option.reason for option in options}
    return Option(
        id=" / ".join(option.id for option in options) or NOT_APPLICABLE,
        says=_told(ballot, [(option.id, f"“{option.says}”") for option in options]) or SAYS[NOT_APPLICABLE],
        points=(Fraction(ballot.points or 0, ballot.most or 1),) * len(STAGES),
        because=_told(ballot, [(option.id, option.because) for option in options]) or "it does not apply",
        gate=frozenset({stage}) if fatal else frozenset(),
        gate_because=fatal.gate_because if fatal else "",
        reason=codes.pop() if len(codes) == 1 else None,
    )


def _told(ballot: Ballot, texts: Sequence[tuple[str, str]]) -> str:
    """Return the text of each answer with the scorers who gave it."""
    return "; ".join(
        f"{text} ({', '.join(vote.judge for vote in ballot.answered if vote.answer == answer)})"
        for answer, text in texts
    )


def _joined_costs(model: CostModel, by_id: Mapping[str, Ballot]) -> CostModel:
    questions, priors = [], dict(model.priors)
    for question in model.questions:
        ballot = by_id[question.id]
        asked = question
        if ballot.merge_rule == "votes":
            options = [option for option in question.options if option.id in {v.answer for v in ballot.chosen}]
            if ballot.applies_to_some:
                options.append(CostOption(NOT_APPLICABLE, SAYS[NOT_APPLICABLE]))
            priors[question.id] = _votes(ballot, [option.id for option in options])
            asked = replace(question, options=tuple(options))
        questions.append(asked)
    return replace(model, questions=tuple(questions), priors=priors)
