"""What several judges say with all points rounded, like the reports on single prospects."""

from dataclasses import replace
from fractions import Fraction

from fitcheck.decision.several.ballots import Ballot, Vote
from fitcheck.decision.several.judges import JudgesReport, Opinion
from fitcheck.report.printed import figure, printed, score_figure


def printed_report(exact: JudgesReport) -> JudgesReport:
    """Return the same report with all points rounded."""
    return replace(
        exact,
        opinions=tuple(_opinion(opinion, exact.merged.threshold) for opinion in exact.opinions),
        ballots=tuple(_ballot(ballot) for ballot in exact.ballots),
        merged=printed(exact.merged),
    )


def _opinion(opinion: Opinion, threshold: Fraction) -> Opinion:
    score, low, high = (
        score_figure(each, threshold) for each in (opinion.score, opinion.score_low, opinion.score_high)
    )
    return replace(opinion, score=score, score_low=low, score_high=high)


def _ballot(ballot: Ballot) -> Ballot:
    return replace(ballot, votes=tuple(_vote(vote) for vote in ballot.votes), most=figure(ballot.most))


def _vote(vote: Vote) -> Vote:
    return vote if vote.points is None else replace(vote, points=figure(vote.points))
