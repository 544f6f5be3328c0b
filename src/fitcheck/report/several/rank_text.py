"""Ranking → lines of text for a person, what to take on first and last."""

from collections.abc import Iterator, Sequence

from fitcheck.decision.several.rankings import Entry, Ranking
from fitcheck.report import words
from fitcheck.report.layout import Line, Span, TextOptions, Tone, flow, heading
from fitcheck.report.several import rank_words
from fitcheck.report.several.rank_words import SHOWN


def rank_lines(ranking: Ranking, options: TextOptions) -> Iterator[Line]:
    """
    The whole ranking.

    Args:
        ranking: from `decision.ranking`.
        options: layout.
    """
    width = options.width
    yield from flow([Span(rank_words.head(ranking), "strong")], width, lead=[_word(ranking), Span("  ")], indent=2)
    yield from flow([Span(rank_words.screen_line(ranking), "faint")], width)
    yield ()
    yield from flow([Span(rank_words.method(ranking))], width, indent=2)
    if ranking.chosen:
        yield from heading("Pursue in these hours", "most expected value for an hour first", options)
        yield from _entries(ranking.chosen, ranking, options)
    yield from _list("Pursue, but no room", ranking.no_room, ranking, options)
    yield from _list("Pursue, but not ranked", ranking.not_ranked, ranking, options)
    yield from _list(rank_words.AT_RISK, ranking.no_gain, ranking, options)
    yield from _ask_first(ranking, options)
    yield from _not_now(ranking, options)
    if told := [*rank_words.bring(ranking)]:
        yield from heading("What the hours bring", "", options)
        for sentence in told:
            yield from flow([Span(sentence)], width, lead=[Span("  ")])
    yield ()
    names = rank_words.names(ranking.chosen, len(ranking.chosen)) if ranking.chosen else "none of them"
    yield from flow([Span(names, "strong")], width, lead=[_word(ranking), Span("  ")], indent=2)


def _word(ranking: Ranking) -> Span:
    return Span("TAKE ON", "good" if ranking.chosen else "bad")


def _list(title: str, entries: Sequence[Entry], ranking: Ranking, options: TextOptions) -> Iterator[Line]:
    if entries:
        yield from heading(title, _left_out(entries), options)
        yield from _entries(entries[:SHOWN], ranking, options)


def _left_out(entries: Sequence[Entry]) -> str:
    return f"{len(entries) - SHOWN} more: --format json" if len(entries) > SHOWN else ""


def _entries(entries: Sequence[Entry], ranking: Ranking, options: TextOptions) -> Iterator[Line]:
    column = len(str(len(entries)))
    for number, entry in enumerate(entries, 1):
        lead = [Span(f"  {number:>{column}}  ")]
        yield from flow([Span(entry.name, "strong")], options.width, lead=lead)
        under = [Span(" " * (column + 4))]
        tone: Tone = "plain" if entry.assessment.settled else "open"
        yield from flow([Span(rank_words.worth(entry, ranking), tone)], options.width, lead=under)
        if entry.why:
            yield from flow([Span(entry.why, "open")], options.width, lead=under)


def _ask_first(ranking: Ranking, options: TextOptions) -> Iterator[Line]:
    asked = ranking.ask_first
    if not asked:
        return
    left_out = f" · {len(asked) - words.ASKED} more: --format json" if len(asked) > words.ASKED else ""
    yield from heading("Worth asking first", f"what answers would bring on average{left_out}", options)
    for entry in asked[: words.ASKED]:
        lead = [Span(f"  {rank_words.money(entry.worth, ranking.currency):>12}  ", "open")]
        text = [Span(entry.entry.name, "strong"), Span(f": {rank_words.answers_could(entry)}")]
        yield from flow(text, options.width, lead=lead, indent=4)
        question = [Span(f"ask: {entry.question.ask}"), Span(f" · {entry.question.question}", "faint")]
        yield from flow(question, options.width, lead=[Span("    ")])


def _not_now(ranking: Ranking, options: TextOptions) -> Iterator[Line]:
    entries = ranking.not_now
    if entries:
        yield from heading("Not now", _left_out(entries), options)
    for entry in entries[:SHOWN]:
        is_open = [] if entry.assessment.settled else [Span(f" · {entry.assessment.state}", "open")]
        why = [Span(f": {entry.reason}", "faint")] if entry.reason else []
        yield from flow([Span(entry.name), *is_open, *why], options.width, lead=[Span("  ")], indent=4)
        if entry.why and is_open:
            yield from flow([Span(entry.why, "open")], options.width, lead=[Span("    ")])
