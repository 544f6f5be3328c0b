"""Several scorers on one prospect → the report: what they say together, each alone, and where they disagree."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from fitcheck.decision.score.results import Gate, Verdict
from fitcheck.decision.several.judges import JudgesReport, Opinion
from fitcheck.report import words
from fitcheck.report.document import (
    Block,
    Blocks,
    Detail,
    Grid,
    Hint,
    Item,
    Row,
    Section,
    Share,
    Span,
    Text,
    items,
    joined,
    para,
    section,
    text,
)
from fitcheck.report.figures import whole_points
from fitcheck.report.printed import READ, score_figure
from fitcheck.report.prospect import full, short
from fitcheck.report.prospect.report import several
from fitcheck.report.scorers.disagreement import every_difference, listed, main_differences, ruling
from fitcheck.report.text import first_that_fits

MOST = 24
"""Lines that a report on one prospect has at most, on a terminal of 80 columns."""

ALONE = 4
"""Scorers who have a line each in the short report; more are told by verdict."""

TOGETHER = "together"


def merge_report(
    reports: Sequence[JudgesReport], detail: Detail = "short", given: str = "", *, folded: bool = False
) -> Blocks:
    """
    Build the report: a list first where there are several prospects.

    Args:
        reports: exact, in the order given.
        detail: how much to tell.
        given: options of the command line that lead to the same verdicts.
        folded: put the rest of each report below the short one, to be folded away.
    """
    lines = tuple(items(map(_line, reports)))
    if detail == "quiet":
        return lines
    explain = detail == "explain"
    build = partial(_everything, explain=explain) if folded else partial(_full, given=given, explain=explain)
    listing = section("In short", lines)
    return tuple(several(reports, listing, partial(_short, given=given), build, detail, folded=folded))


def _line(report: JudgesReport) -> Item:
    merged = report.merged
    agreeing = f"{len(report.say(merged.verdict))} of {words.counted(len(report.opinions), 'scorer')}"
    title = short.title(merged)
    return Item(title.lead, joined([text(Span(title.name, "strong")), title.aside, agreeing]))


def _votes(report: JudgesReport) -> str:
    """How many scorers come to which verdict."""
    sides: list[tuple[Verdict, int]] = [(each, len(report.say(each))) for each in ("pursue", "not now")]
    if not all(number for _, number in sides):
        verdict = next(verdict for verdict, number in sides if number)
        return f"all {len(report.opinions)} say {verdict}" if len(report.opinions) > 1 else "only one"
    return ", ".join(f"{number} say{'s' if number == 1 else ''} {verdict}" for verdict, number in sides)


def _short(report: JudgesReport, given: str) -> Blocks:
    return first_that_fits((tuple(_short_blocks(report, parts, given)) for parts in short.LADDER), MOST)


def _short_blocks(report: JudgesReport, parts: short.Parts, given: str) -> Iterator[Block]:
    merged = report.merged
    yield short.title(merged)
    yield para(Span(short.basis(merged), "faint"))
    yield short.score_bar(merged)
    standing = [] if merged.settled else [words.standing(merged)]
    yield from section("", (para(Span(told, "open")) for told in (*standing, *_remarks(report))))
    yield from section("Scorers", _opinions(report), _votes(report))
    yield from section("Deal-breakers", items(_deal_breaker(gate, report) for gate in merged.failed_gates))
    told_of, differences = main_differences(report, parts.reasons)
    yield from differences or section("", short.reasons(merged, parts))
    asked = (
        [] if report.decisive else [each for each in merged.ask_next if each.question not in told_of][: parts.reasons]
    )
    asks = [("Ask" if not number else "", text(each.ask)) for number, each in enumerate(asked)]
    outlook = short.outlook(merged, parts)
    yield from section("", short.facts([*asks, *(fact for fact in outlook if fact[0] == "Cost" or not differences)]))
    hint = Hint("--full for everything · --explain for the arithmetic")
    yield Section((hint, *short.facts([("Next", text(_next_step(report, given)))])))


def _deal_breaker(gate: Gate, report: JudgesReport) -> Item:
    item = short.deal_breaker(gate)
    rulings = (para(Span(ruling(each), "open")) for each in report.decisive if each.question == gate.id)
    return replace(item, sub=(*item.sub, *rulings))


def _opinions(report: JudgesReport) -> Iterator[Block]:
    """Each scorer's own verdict; of many scorers only who says what."""
    if len(report.opinions) <= ALONE:
        told = (
            Row(
                text(Span(each.judge, "strong")),
                (_verdict(each.verdict), text(_score(each, report)), joined(_why(each))),
            )
            for each in report.opinions
        )
        yield Grid(tuple(told), right=frozenset({1}))
        return
    sides: list[Verdict] = ["pursue", "not now"]
    for side in sides:
        names = [f"{each.judge} {_score(each, report)}" for each in report.opinions if each.verdict == side]
        yield from items([Item(_verdict(side)[0], text(short.shortened(", ".join(names), short.LINE)))] * bool(names))


def _score(opinion: Opinion, report: JudgesReport) -> str:
    return whole_points(opinion.score, report.merged.threshold)[0]


def _verdict(verdict: Verdict) -> Text:
    return (Span(verdict.upper(), "good" if verdict == "pursue" else "bad"),)


def _why(opinion: Opinion) -> list[str]:
    """What a scorer's own verdict rests on beside the score."""
    told = [words.counted(len(opinion.failed), "deal-breaker")] if opinion.failed else []
    return told if opinion.settled else [*told, words.said_state(opinion.state, opinion.probability)]


def _remarks(report: JudgesReport) -> Iterator[str]:
    """What a reader has to know of the merge, in sentences."""
    yield from report.merged.warnings
    if others := report.names[1:]:
        yield f"Also written {listed([f'“{name}”' for name in others])}."
    if report.merged.settled and report.decisive:
        yield "Settled, but one difference between scorers could still change the verdict."


def _next_step(report: JudgesReport, given: str) -> str:
    if report.decisive:
        which = "the answer that decides" if len(report.decisive) == 1 else "the answers that decide"
        return f"agree on {which}, then run it again"
    if report.merged.verdict == "not now" and not report.merged.ask_next:
        # a letter is written from one scorer's file, and that one may say something else
        return " · ".join(filter(None, ("tell them it is not now", words.look_again(report.merged))))
    return short.next_step(report.merged, given)


def _full(report: JudgesReport, given: str, *, explain: bool) -> Blocks:
    last = full.foot(report.merged, _next_step(report, given))
    return (short.title(report.merged), *_everything(report, explain=explain), last)


def _everything(report: JudgesReport, *, explain: bool) -> Blocks:
    """Every section between the title and what to do next."""
    remarks = (para(Span(told, "open")) for told in _remarks(report) if told not in report.merged.warnings)
    return (
        *full.head(report.merged),
        *section("", remarks),
        *section("Scorers", _alone(report), f"{_votes(report)} · ┃ threshold"),
        *every_difference(report, explain=explain),
        *section("How it was merged", map(para, _method(report))),
        *full.sections(report.merged, explain=explain),
    )


def _alone(report: JudgesReport) -> Iterator[Block]:
    """Each scorer alone, and all together, in figures; and why, beside the score."""
    merged = report.merged
    rows = [(each.judge, each.verdict, (each.score_low, each.score, each.score_high)) for each in report.opinions]
    rows.append((TOGETHER, merged.verdict, (merged.score_low, merged.score, merged.score_high)))
    told = []
    for name, verdict, scores in rows:
        low, score, high = (score_figure(each, merged.threshold, READ) for each in scores)
        between = f"{words.points(low)} to {words.points(high)}" if low != high else ""
        share = Share(low / 100, high / 100, merged.threshold / 100, f"score {words.points(score)} of 100")
        label = Span(name, "strong" if name == TOGETHER else "plain")
        told.append(Row((label,), (share, _verdict(verdict), text(words.points(score)), text(Span(between, "open")))))
    yield Grid(tuple(told), right=frozenset({2}))
    titles = {gate.id: gate.title for gate in merged.gates}
    for each in report.opinions:
        fails = "; ".join(titles.get(gate, gate) for gate in each.failed)
        state = "" if each.settled else words.said_state(each.state, each.probability)
        if why := " · ".join(filter(None, (state, fails and f"deal-breaker: {fails}"))):
            yield para(Span(f"{each.judge}: {why}", "faint"))


def _method(report: JudgesReport) -> Iterator[str]:
    """How answers were merged, in sentences."""
    counted = [
        (report.merged_by("alike"), "answered alike"),
        (report.merged_by("mean"), "averaged"),
        (report.merged_by("votes"), "about cost and weighted by votes"),
        (report.merged_by("n/a"), "not applicable"),
        (report.merged_by("unknown"), "not answered"),
    ]
    told = ", ".join(f"{number} {how}" for number, how in counted if number)
    yield f"{words.counted(len(report.ballots), 'question')}: {told}."
    if some := len(report.known_to_some):
        yield f"Only some scorers answered {words.counted(some, 'question')}; their answers count."
    if any(ballot.applies_to_some for ballot in report.ballots):
        yield "A question applies if anybody answered it; n/a adds no points and no deal-breaker."
    yield "A deal-breaker takes more than half of the answers; with fewer it stays open until you agree."
