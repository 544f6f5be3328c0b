"""Several judges on one prospect → lines of text: each alone, together, where they differ, how it was merged."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fitcheck.decision.score.results import Gate, Verdict
from fitcheck.decision.several.ballots import Ballot, Vote
from fitcheck.decision.several.judges import Decisive, JudgesReport
from fitcheck.report import words
from fitcheck.report.layout import WIDE, Line, Span, TextOptions, Tone, cells, flow, heading, range_bar
from fitcheck.report.prospect.arithmetic import arithmetic_lines
from fitcheck.report.prospect.cost_text import cost_row
from fitcheck.report.scorers import judges_words
from fitcheck.report.scorers.judges_figures import printed_report

TOGETHER = "together"


def merge_lines(reports: Sequence[JudgesReport], options: TextOptions) -> Iterator[Line]:
    """The reports on several prospects, a rule between them."""
    for number, report in enumerate(reports):
        if number:
            yield from ((), (Span("─" * options.width, "faint"),), ())
        yield from judges_lines(report, options)


def judges_lines(exact: JudgesReport, options: TextOptions) -> Iterator[Line]:
    """The whole report on one prospect."""
    report = printed_report(exact)
    yield from _head(report, options)
    yield from _opinions(report, options)
    yield from _gates(report, options)
    yield from _split(report.split_gates, options)
    yield from _differences(report, options)
    yield from _costs(report, options)
    yield from _decisive(report.decisive, options)
    yield from heading("How it was merged", "", options)
    for sentence in judges_words.method(report):
        yield from flow([Span(sentence)], options.width, lead=[Span("  ")])
    if options.explain:
        yield from arithmetic_lines(report.merged, exact.merged, options)
    yield ()
    if not options.explain:
        yield from flow([Span("Every difference and the arithmetic: --explain", "faint")], options.width)
    told = [report.names[0], words.state(report.merged), judges_words.votes(report)]
    spans = [Span(" · ".join(text for text in told if text))]
    yield from flow(spans, options.width, lead=[_verdict(report.merged.verdict), Span("  ")], indent=2)


def _verdict(verdict: Verdict) -> Span:
    return Span(verdict.upper(), "good" if verdict == "pursue" else "bad")


def _head(report: JudgesReport, options: TextOptions) -> Iterator[Line]:
    merged, width = report.merged, options.width
    lead = [_verdict(merged.verdict), Span("  ")]
    tone: Tone = "plain" if merged.settled else "open"
    state = Span(f" · {words.state(merged)}", tone)
    told = [Span(report.names[0], "strong"), state, Span(f" · {judges_words.votes(report)}")]
    yield from flow(told, width, lead=lead, indent=2)
    as_of = f" · as of {merged.as_of.isoformat()}" if merged.as_of else ""
    stage = f"our stage: {merged.stage} ({words.STAGE_FROM[merged.stage_from]})"
    yield from flow([Span(f"screen {merged.screen.id} {merged.screen.version} · {stage}{as_of}", "faint")], width)
    if others := judges_words.other_names(report):
        yield from flow([Span(others, "open")], width)
    yield ()
    yield from flow([Span(judges_words.score(report))], width, indent=2)
    yield from flow([Span(judges_words.standing(report), tone)], width, indent=2)
    for sentence in merged.warnings:
        yield from flow([Span(sentence, "open")], width, indent=2)


def _opinions(report: JudgesReport, options: TextOptions) -> Iterator[Line]:
    merged = report.merged
    yield from heading("Each alone, and together", "┃ where pursue starts", options)
    column = min(max(cells(name) for name in (TOGETHER, *(o.judge for o in report.opinions))), options.width // 3)
    for opinion in report.opinions:
        shares = (opinion.score_low, opinion.score, opinion.score_high, merged.threshold)
        yield from _row(opinion.judge, _verdict(opinion.verdict), shares, column, options)
        if apart := judges_words.apart(opinion):
            indent = column + 13 if options.width >= WIDE else 4
            yield from flow([Span(apart, "faint")], options.width, lead=[Span(" " * indent)])
    shares = (merged.score_low, merged.score, merged.score_high, merged.threshold)
    yield from _row(TOGETHER, _verdict(merged.verdict), shares, column, options)


def _row(
    name: str, verdict: Span, shares: tuple[Fraction, Fraction, Fraction, Fraction], column: int, options: TextOptions
) -> Iterator[Line]:
    low, score, high, _ = shares
    tone: Tone = "strong" if name == TOGETHER else "plain"
    if options.width < WIDE:
        between = f", between {words.points(low)} and {words.points(high)}" if low != high else ""
        told = [Span(f"{name}: ", tone), verdict, Span(f", {words.points(score)}{between}")]
        yield from flow(told, options.width, lead=[Span("  ")], indent=4)
        return
    bar = range_bar(max(10, options.width - column - 23), *(float(value / 100) for value in shares))
    gap = " " * (9 - len(verdict.text))
    yield (
        Span(f"  {name}{' ' * (column - cells(name) + 2)}", tone),
        verdict,
        Span(f"{gap}{bar}  {words.points(score):>6}"),
    )


def _gates(report: JudgesReport, options: TextOptions) -> Iterator[Line]:
    split = {ballot.question for ballot in report.split_gates}
    for title, state in words.GATE_TITLES:
        found = [gate for gate in report.merged.gates if gate.state == state and gate.id not in split]
        if found:
            yield from heading(title, "", options)
        for gate in found:
            yield from _gate(gate, options)


def _gate(gate: Gate, options: TextOptions) -> Iterator[Line]:
    mark: tuple[str, Tone] = ("✗", "bad") if gate.state == "fail" else ("?", "open")
    told = f"{gate.title if gate.title.endswith('?') else f'{gate.title}:'} {gate.because}"
    yield from flow([Span(told, mark[1])], options.width, lead=[Span("  "), Span(*mark), Span(" ")])
    if gate.state == "fail":
        yield from flow([Span(gate.why)], options.width, lead=[Span("    ")])


def _split(ballots: Sequence[Ballot], options: TextOptions) -> Iterator[Line]:
    if not ballots:
        return
    yield from heading("Gates that the judges are split on", "open until they agree", options)
    for ballot in ballots:
        yield from flow([Span(ballot.ask, "open")], options.width, lead=[Span("  "), Span("?", "open"), Span(" ")])
        yield from _votes(ballot, options, gates=True)


def _votes(ballot: Ballot, options: TextOptions, *, gates: bool = False) -> Iterator[Line]:
    """Who said what, each answer once."""
    for vote, names in judges_words.by_answer(ballot):
        fails = " (fails)" if gates and vote.fails else ""
        yield from flow(
            [Span(f"{', '.join(names)}{fails}: ", "strong"), Span(judges_words.said(vote))],
            options.width,
            lead=[Span("    ")],
            indent=6,
        )
        yield from _evidence(ballot, vote, options)


def _evidence(ballot: Ballot, vote: Vote, options: TextOptions) -> Iterator[Line]:
    for other in ballot.votes:
        if other.answer == vote.answer and other.given.evidence:
            where = f" · {other.where.short}" if other.where else ""
            yield from flow(
                [Span(f"{words.in_quotes(other.given.evidence)}{where}", "faint")], options.width, lead=[Span(" " * 6)]
            )


def _differences(report: JudgesReport, options: TextOptions) -> Iterator[Line]:
    split = set() if options.explain else {ballot.question for ballot in report.split_gates}
    differences = [ballot for ballot in report.differences if ballot.question not in split]
    if not differences:
        return
    shown = differences if options.explain else judges_words.shown(differences)
    left_out = len(differences) - len(shown)
    more = f" · {left_out} more: --explain" if left_out else ""
    yield from heading("Where they differ most", f"points of the score between them{more}", options)
    for ballot in shown:
        lead = [Span(f"  {judges_words.spread(ballot):>5}  ", "open")]
        yield from flow([Span(ballot.ask), Span(f" · {ballot.question}", "faint")], options.width, lead=lead)
        yield from _votes(ballot, options)


def _costs(report: JudgesReport, options: TextOptions) -> Iterator[Line]:
    if report.cost_differences:
        yield from heading("Cost answers that differ", "each counts by its votes", options)
    for ballot in report.cost_differences:
        told = "; ".join(
            f"{', '.join(names)}: {judges_words.said(vote)}" for vote, names in judges_words.by_answer(ballot)
        )
        yield from flow([Span(ballot.ask)], options.width, lead=[Span("  ")], indent=4)
        yield from flow([Span(told)], options.width, lead=[Span("    ")], indent=6)
    if not report.merged.cost:
        return
    yield from heading("Cost to close", "likely, in brackets the 80 % range", options)
    for label, text, mark in judges_words.costs(report):
        yield from cost_row(label, text, mark, options)


def _decisive(found: Sequence[Decisive], options: TextOptions) -> Iterator[Line]:
    yield from heading("What decides", "the verdict if all who answered had said the same", options)
    if not found:
        yield from flow([Span("No difference decides alone.")], options.width, lead=[Span("  ")])
    for decisive in found:
        yield from flow([Span(decisive.ask)], options.width, lead=[Span("  ")], indent=4)
        for ruling in decisive.rulings:
            lead = [
                Span("    "),
                _verdict(ruling.verdict),
                Span("" if ruling.settled else " (open)", "open"),
                Span("  "),
            ]
            told = f"if {judges_words.quoted(ruling.answer, ruling.says)} ({', '.join(ruling.judges)})"
            yield from flow([Span(told)], options.width, lead=lead, indent=6)
