"""Where scorers disagree: the answers that differ, what decides the verdict first."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fitcheck.decision.score.rounding import half_up
from fitcheck.decision.several.ballots import NOT_APPLICABLE, Ballot, Vote
from fitcheck.decision.several.judges import Decisive, JudgesReport
from fitcheck.report import words
from fitcheck.report.document import Block, Blocks, Item, Section, Span, items, para, section, text
from fitcheck.report.printed import READ, figure

TITLE = "Where scorers disagree"
NOTE = "points between their answers"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """
    Several things in a sentence.

    >>> listed(["a", "b", "c"]), listed(["a", "b"], "or"), listed(["a"])
    ('a, b and c', 'a or b', 'a')
    """
    *first, final = parts
    return f"{', '.join(first)} {last} {final}" if first else final


def main_differences(report: JudgesReport, most: int) -> tuple[frozenset[str], tuple[Section, ...]]:
    """
    The deal-breakers that scorers are split on, the differences that could decide, and the largest others.

    Answers of a deal-breaker that the majority sees are left out: they stand with it.

    Returns:
        Ids of the questions, and the section; none where nothing differs.
    """
    failed = {gate.id for gate in report.merged.failed_gates}
    decisive, found = _decisive(report), [each for each in _differences(report) if each.question not in failed]
    telling = [each for each in found if each.is_split or each.question in decisive or half_up(each.spread)]
    shown = telling[:most]
    note = " · ".join([NOTE, *[f"{len(found) - len(shown)} more"] * (len(found) > len(shown))])
    entries = (_short_item(ballot, decisive.get(ballot.question)) for ballot in shown)
    return frozenset(ballot.question for ballot in shown), tuple(section(TITLE, items(entries), note))


def every_difference(report: JudgesReport, *, explain: bool) -> Iterator[Block]:
    """Every answer that differs, with who said what and on what evidence."""
    decisive = _decisive(report)
    entries = [_item(ballot, decisive.get(ballot.question), explain=explain) for ballot in _differences(report)]
    end = [] if decisive or not entries else [para("No single difference would change the verdict.")]
    yield from section(TITLE, [*items(entries, 5, "right"), *end], NOTE)


def _decisive(report: JudgesReport) -> dict[str, Decisive]:
    return {decisive.question: decisive for decisive in report.decisive}


def _differences(report: JudgesReport) -> list[Ballot]:
    """All, deal-breakers that scorers are split on first, then what decides; most points first in each."""
    decisive = _decisive(report)
    found = (*report.differences, *report.cost_differences)
    return sorted(found, key=lambda ballot: (not ballot.is_split, ballot.question not in decisive))


def _short_item(ballot: Ballot, decisive: Decisive | None) -> Item:
    stakes = _split(ballot) if ballot.is_split else ruling(decisive) if decisive else ""
    if not stakes:
        apart = words.counted(half_up(ballot.spread), "point")
        return Item(Span("-", "open"), text(ballot.ask, Span(f" · {apart}", "faint")))
    told = f"{stakes}; this decides" if ballot.is_split and decisive else stakes
    return Item(Span("?", "open"), text(ballot.ask), tuple(_note(told)))


def _item(ballot: Ballot, decisive: Decisive | None, *, explain: bool) -> Item:
    said = (_said(ballot, votes, explain=explain) for votes in by_answer(ballot))
    stakes = [_split(ballot)] if ballot.is_split else []
    stakes += [ruling(decisive)] if decisive else []
    ask = text(ballot.ask, Span(f" · {ballot.question}", "faint"))
    sub: Blocks = (*(block for told in stakes for block in _note(told)), *items(said))
    return Item(_lead(ballot, _points(ballot.spread, explain=explain)), ask, sub)


def _lead(ballot: Ballot, spread: str) -> Span:
    if ballot.costs_hours:
        return Span("cost", "open")
    return Span(spread if ballot.spread or not ballot.applies_to_some else NOT_APPLICABLE, "open")


def _points(value: Fraction, *, explain: bool) -> str:
    return words.exact(value) if explain else words.points(figure(value, READ))


def _note(told: str) -> Iterator[Block]:
    if told:
        yield para(Span(told, "open"))


def _split(ballot: Ballot) -> str:
    """Who sees a deal-breaker."""
    return f"a deal-breaker for {listed(ballot.failing)}, not for {listed(ballot.passing)}"


def ruling(decisive: Decisive) -> str:
    """Which verdict comes of it if one scorer or another is right."""
    right: dict[str, list[str]] = {}
    for each in decisive.rulings:
        right.setdefault(each.verdict if each.settled else f"{each.verdict}, still open,", []).extend(each.judges)
    return "; ".join(f"{verdict} if {listed(sorted(names), 'or')} is right" for verdict, names in right.items())


def by_answer(ballot: Ballot) -> list[list[Vote]]:
    """The votes for each answer; most points first, "n/a" and "unknown" last."""
    found: dict[str, list[Vote]] = {}
    for vote in ballot.votes:
        found.setdefault(vote.answer, []).append(vote)
    last = (NOT_APPLICABLE, "unknown")
    return sorted(found.values(), key=lambda votes: (votes[0].answer in last, -(votes[0].points or 0)))


def _said(ballot: Ballot, votes: Sequence[Vote], *, explain: bool) -> Item:
    vote = votes[0]
    says = vote.says if vote.answer in {NOT_APPLICABLE, "unknown"} else f"“{vote.says}”"
    points = "" if vote.points is None else f" ({_points(vote.points, explain=explain)})"
    names = Span(f"{listed([each.judge for each in votes])}:", "bad" if ballot.is_split and vote.fails else "strong")
    evidence = (
        para(Span(f"{words.in_quotes(each.given.evidence)}{f' · {each.where.short}' if each.where else ''}", "faint"))
        for each in votes
        if each.given.evidence
    )
    return Item(Span("-"), text(names, f" {says}{points}"), tuple(evidence))
