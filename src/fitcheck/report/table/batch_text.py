"""What became of a table → lines of text for a person: verdicts, the best, what is missing, what was left out."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from fitcheck.decision.cost.prices import exchange_needed
from fitcheck.decision.score.results import FitState, Verdict
from fitcheck.decision.score.rounding import apart, half_up
from fitcheck.problems import printable
from fitcheck.report.layout import WIDE, Line, Span, TextOptions, Tone, flow, heading, share_bar
from fitcheck.report.table.batch_groups import GROUPS, GroupName
from fitcheck.report.table.mapping_text import coverage, matching_lines
from fitcheck.report.words import counted, percent
from fitcheck.table.run import Result
from fitcheck.table.score.tally import Faults, Group, Lines, Tally

TONES: dict[GroupName, Tone] = {"pursue": "good", "ask first": "open", "not now": "bad"}

TOO_LITTLE = "too little is answered to say pursue"

SHOWN = 5
"""Lines of one part that are shown where nobody asks for all."""

FIRST = 3
"""Questions without a column that are named where the columns are too few."""

BAR = 16

RANK = (
    "expected value for each hour of work: margin times the chance of winning, less what closing takes; fitcheck rank,"
    " from prospect files, makes it 80 % likely that the work fits in your hours"
)
"""What the list of the best is, and where to look closer."""

ROWS_OF = {"totals": "totals row"}
"""What a record of one kind is called where the kind itself is no noun that can be counted."""


def batch_lines(
    result: Result,
    options: TextOptions,
    *,
    outputs: Mapping[str, str],
    seconds: float | None = None,
) -> Iterator[Line]:
    """
    The whole summary.

    Args:
        result: from `fitcheck.table.run`.
        options: layout; with `explain` everything is named.
        outputs: file by what it holds ("scored", "rejects"), as far as any was written.
        seconds: how long it took; None leaves the time out.
    """
    tally, width = result.tally, options.width
    head = f"{tally.scored:,} of {counted(tally.read, 'row')} scored" if tally.read else "There is no row to score"
    to = f" → {outputs['scored']}" if "scored" in outputs else ""
    yield from flow([Span(head, "strong"), Span(f" · {printable(result.opened.file)}{printable(to)}")], width, indent=2)
    yield from flow([Span(_screen_line(result), "faint")], width, indent=2)
    for remark in result.opened.remarks:
        yield from flow([Span(remark, "faint")], width, indent=2)
    yield ()
    if options.explain:
        yield from matching_lines(result.opened.matching, result.job.asked, options)
    else:
        answered = len(result.opened.matching.questions)
        yield from flow([Span(coverage(answered, len(result.job.asked)))], width, indent=2)
        yield from _columns(result, options)
    yield from _verdicts(result, options)
    yield from _notes(result, options)
    yield from _top(result, options)
    yield from _missing(result, options)
    to_keep = "--rejects FILE keeps them for you to fix"
    yield from _faults(
        "Rejected", tally.rejected, tally.faults, options, file=outputs.get("rejects"), otherwise=to_keep
    )
    unread = sum(faults.count for faults in tally.unread.values())
    yield from _faults("Taken as unknown", unread, tally.unread, options)
    flawed = sum(faults.count for faults in tally.flaws.values())
    yield from _faults("Copied through or left out", flawed, tally.flaws, options, otherwise="no question reads these")
    yield from _left_out(result, options)
    if seconds is not None:
        yield ()
        rate = f" · {half_up(Fraction(tally.read) / Fraction(seconds)):,} rows a second" if seconds > 0 else ""
        yield from flow([Span(f"{seconds:.1f} s{rate}", "faint")], width, indent=2)


def _screen_line(result: Result) -> str:
    job, opened = result.job, result.opened
    at = f" · header in line {opened.header_line}" if opened.header_line > 1 else ""
    return f"screen {job.screen.id} {job.screen.version} · our stage: {job.stage}{at}"


def _columns(result: Result, options: TextOptions) -> Iterator[Line]:
    """Columns that somebody may have meant for a question or a field; the rest is told by --explain."""
    matching = result.opened.matching
    hinted = [match for match in matching.matches if match.hint]
    for match in hinted[:SHOWN]:
        text = f"column “{printable(match.header)}” is carried along: {printable(match.hint or '')}"
        yield from flow([Span(text, "open")], options.width, lead=[Span("  ")], indent=4)
    plain = len(matching.carried) - len(hinted)
    more = max(0, len(hinted) - SHOWN)
    told = [f"{counted(more, 'more column')} with a hint"] if more else []
    told += [f"{counted(plain, 'column')} carried along as {'it is' if plain == 1 else 'they are'}"] if plain else []
    if told:
        yield from flow([Span(f"{', '.join(told)}: --explain", "faint")], options.width, lead=[Span("  ")], indent=4)


def _verdicts(result: Result, options: TextOptions) -> Iterator[Line]:
    tally = result.tally
    if not tally.scored:
        return
    yield from heading("Verdicts", "", options)
    currency = _currency(result)
    for name, verdict, states in GROUPS:
        group, tone = tally.group(verdict, *states), TONES[name]
        share = Fraction(group.rows, tally.counted or 1)
        told = [_worth(group, currency), _states(tally, verdict, states)]
        worth = " · ".join(part for part in told if part)
        if options.width < WIDE:
            text = [Span(name, tone), Span(f": {group.rows:,}, {percent(share)}{' · ' if worth else ''}{worth}")]
            yield from flow(text, options.width, lead=[Span("  ")], indent=4)
            continue
        bar = share_bar(BAR, float(share), float(share), None)
        lead = [Span(f"  {name:<9}", tone), Span(f"  {bar}{group.rows:>10,}  {percent(share):>8}  ")]
        yield from flow([Span(worth)], options.width, lead=lead, indent=13)


def _states(tally: Tally, verdict: Verdict, states: Sequence[FitState]) -> str:
    """How firmly the verdicts of a group stand."""
    counts = [(tally.group(verdict, state).rows, state) for state in states]
    return ", ".join(TOO_LITTLE if state == "ask first" else f"{rows:,} {state}" for rows, state in counts if rows)


def _notes(result: Result, options: TextOptions) -> Iterator[Line]:
    """What makes the verdicts weaker than they look."""
    tally = result.tally
    least = result.job.screen.least_known
    if tally.group("not now", "ask first").rows and result.weight < least:
        told, needed = apart(result.weight * 100, least * 100)
        first = ", ".join([*result.without_column][:FIRST])
        text = (
            f"Questions with a column have {told} % of the weight, and {needed} % must be answered for an open verdict"
            f" to be “pursue”: give others a column, first of all {first}."
        )
        yield from flow([Span(text, "open")], options.width, lead=[Span("  ")])
    if closed := sum(tally.closed.values()):
        stages = ", ".join(f"{printable(stage)} {count:,}" for stage, count in sorted(tally.closed.items()))
        is_are = "is closed already" if closed == 1 else "are closed already"
        left = (
            "counted above, and not named below" if tally.with_closed else "left out above; --with-closed counts them"
        )
        text = f"{counted(closed, 'deal')} {is_are} ({stages}), {left}."
        yield from flow([Span(text, "open")], options.width, lead=[Span("  ")])
    if count := tally.repeats.count:
        repeat = "repeats" if count == 1 else "repeat"
        text = f"{counted(count, 'row')} {repeat} the id of another {_places(tally.repeats)}"
        yield from flow([Span(f"{text}; each prospect is counted once.", "open")], options.width, lead=[Span("  ")])
    if paid := result.prices:
        for currency, count in result.not_valued.items():
            how = printable(exchange_needed(paid, currency))
            without = ", so that the gate on cost was not tested there" if result.job.screen.money_gate else ""
            text = (
                f"{counted(count, 'deal')} in {printable(currency)} can't be valued in {paid.currency}{without}: {how}."
            )
            yield from flow([Span(text, "open")], options.width, lead=[Span("  ")])


def _worth(group: Group, currency: str) -> str:
    if not group.valued:
        return ""
    of = "" if group.valued == group.rows else f" ({group.valued:,} of them)"
    return f"{currency}{half_up(group.value):,}{of}"


def _currency(result: Result) -> str:
    """Currency that deals are counted in, with a blank; "" where there is no cost model."""
    return f"{result.currency} " if result.currency else ""


def _top(result: Result, options: TextOptions) -> Iterator[Line]:
    tally = result.tally
    pursued = sum(group.rows for (verdict, _), group in tally.groups.items() if verdict == "pursue")
    unknown = "none is known to bring more than it takes"
    unknown = f"they are closed already, or {unknown}" if tally.closed else unknown
    if not tally.top:
        if tally.hours is not None and tally.scored:
            yield ()
            why = f": {unknown}" if (pursued or tally.closed) and tally.hours else ""
            nothing = f"No prospect to pursue is named for your {_hours(tally.hours)}{why}."
            yield from flow([Span(nothing)], options.width, lead=[Span("  ")])
        return
    hours = sum((top.hours for top in tally.top), Fraction(0))
    note, full = "the best first", len(tally.top) >= SHOWN
    if tally.hours is not None:
        note, full = f"{_hours(hours)} of work on average, of your {_hours(tally.hours)}", hours >= tally.hours
    yield from heading("Most value for an hour", note, options)
    shown = tally.top if options.explain else tally.top[: 2 * SHOWN]
    widest = len(f"{half_up(shown[0].rate):,}")
    for k, top in enumerate(shown, 1):
        named, name, owner = top.label
        who = name or named or f"line {top.line}"
        rest = [part for part in (named if name else "", owner) if part]
        about = f"{_currency(result)}{half_up(top.value):,} in {_hours(top.hours)}"
        if k == len(tally.top) and tally.hours is not None and hours > tally.hours:
            about += f", beyond the {_hours(tally.hours)}"
        lead = [Span(f"  {half_up(top.rate):>{widest},}  ")]
        text = [Span(who, "strong"), Span(f" · {' · '.join([*rest, about])}")]
        yield from flow(text, options.width, lead=lead, indent=widest + 4)
    if more := len(tally.top) - len(shown):
        yield from flow([Span(f"{more:,} more: --explain", "faint")], options.width, lead=[Span("  ")])
    if (left := pursued - len(tally.top)) and not full:
        others = f"{left:,} more to pursue, not named: {unknown}."
        yield from flow([Span(others)], options.width, lead=[Span("  ")])
    yield from flow([Span(RANK, "faint")], options.width, lead=[Span("  ")], indent=2)


def _hours(hours: Fraction) -> str:
    return f"{half_up(hours * 10) / 10:g} h"


def _missing(result: Result, options: TextOptions) -> Iterator[Line]:
    """The questions with a column that most rows leave unknown."""
    tally, questions = result.tally, result.job.screen.questions
    asked = {j for j, question in enumerate(questions) if question.id in result.opened.matching.questions}
    often = sorted((j for j in tally.missing if j in asked), key=lambda j: (-tally.missing[j], j))
    if not often:
        return
    yield from heading("Most often missing", "unknown in so many rows", options)
    shown = often if options.explain else often[:SHOWN]
    widest = len(f"{tally.missing[often[0]]:,}")
    for j in shown:
        share = percent(Fraction(tally.missing[j], tally.scored))
        lead = [Span(f"  {tally.missing[j]:>{widest},}  ")]
        text = [Span(questions[j].id, "strong"), Span(f" ({share}) {questions[j].ask}")]
        yield from flow(text, options.width, lead=lead, indent=widest + 4)


def _faults(
    title: str,
    count: int,
    faults: Mapping[tuple[str, str], Faults],
    options: TextOptions,
    *,
    file: str | None = None,
    otherwise: str = "",
) -> Iterator[Line]:
    """What was wrong, most often first; `file` is where the rows went, `otherwise` what to say if nowhere."""
    if not count:
        return
    where = f"→ {printable(file)}, to be mended and read again" if file else otherwise
    yield from heading(f"{title}: {count:,}", where, options)
    ordered = sorted(faults.items(), key=lambda item: (-item[1].count, item[0]))
    shown = ordered if options.explain else ordered[:SHOWN]
    widest = len(f"{ordered[0][1].count:,}")
    for (code, column), fault in shown:
        of = f" in “{printable(column)}”" if column else ""
        hint = f"; {fault.hint}" if fault.hint else ""
        lead = [Span(f"  {fault.count:>{widest},}  ")]
        first = ": " if fault.count == 1 else ": first, "
        text = [Span(f"{code}{of}", "bad"), Span(f" {_places(fault)}{first}{printable(fault.message + hint)}")]
        yield from flow(text, options.width, lead=lead, indent=widest + 4)
    if rest := ordered[len(shown) :]:
        told = f"{counted(sum(fault.count for _, fault in rest), 'more problem')} of {counted(len(rest), 'more kind')}"
        yield from flow([Span(f"{told}: --explain", "faint")], options.width, lead=[Span("  ")])


def _left_out(result: Result, options: TextOptions) -> Iterator[Line]:
    tally, opened = result.tally, result.opened
    told = [
        f"{counted(lines.count, ROWS_OF.get(kind, kind))} {_places(lines)}" for kind, lines in tally.non_data.items()
    ]
    if opened.before:
        told.insert(
            0, f"{counted(len(opened.before), 'line')} above the header {_named(opened.before, len(opened.before))}"
        )
    if tally.blank:
        told.append(counted(tally.blank, "blank line"))
    if told:
        yield from heading("Left out, being no data", "", options)
        for sentence in told:
            yield from flow([Span(sentence)], options.width, lead=[Span("  ")], indent=4)


def _places(lines: Lines) -> str:
    return _named(lines.first, lines.count)


def _named(lines: Sequence[int], count: int) -> str:
    """
    Return where the first ones stand.

    >>> _named([7], 1), _named([7, 9], 2), _named([1, 2, 3, 4, 5], 9)
    ('(line 7)', '(lines 7, 9)', '(lines 1, 2, 3 and 6 more)')
    """
    few = [str(line) for line in lines[:3]]
    rest = f" and {count - len(few)} more" if count > len(few) else ""
    return f"(line{'' if count == 1 else 's'} {', '.join(few)}{rest})"
