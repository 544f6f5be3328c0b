"""Ranking → Markdown that pastes into a wiki, an issue or a mail: bold and lists, no tables."""

from collections.abc import Iterator, Sequence

from fitcheck.decision.several.rankings import Entry, Ranking
from fitcheck.report import words
from fitcheck.report.markdown import escape
from fitcheck.report.several import rank_words
from fitcheck.report.several.rank_words import SHOWN


def rank_markdown(ranking: Ranking) -> str:
    """The whole ranking; ends with a line feed."""
    return "".join(f"{line}\n" for line in _lines(ranking))


def _lines(ranking: Ranking) -> Iterator[str]:
    yield f"## Take on {rank_words.head(ranking)}"
    yield ""
    yield escape(rank_words.method(ranking))
    if ranking.chosen:
        yield from _part("Pursue in these hours")
        for number, entry in enumerate(ranking.chosen, 1):
            yield f"{number}. **{escape(entry.name)}**: {escape(rank_words.worth(entry, ranking))}"
    yield from _list("Pursue, but no room", ranking.no_room, ranking)
    yield from _list("Pursue, but not ranked", ranking.not_ranked, ranking)
    yield from _list(rank_words.AT_RISK, ranking.no_gain, ranking)
    if ranking.ask_first:
        yield from _part("Worth asking first")
        for asked in ranking.ask_first[: words.ASKED]:
            worth = rank_words.money(asked.worth, ranking.currency)
            yield f"- {worth}, **{escape(asked.entry.name)}**: {rank_words.answers_could(asked)}"
            yield f"  - ask: {escape(asked.question.ask)}"
    if ranking.not_now:
        yield from _part("Not now")
        for entry in ranking.not_now[:SHOWN]:
            is_open = "" if entry.assessment.settled else f" ({entry.assessment.state})"
            why = "; ".join(filter(None, (entry.reason, entry.why if is_open else None)))
            yield f"- {escape(entry.name)}{is_open}" + (f": {escape(why)}" if why else "")
        yield from _left_out(ranking.not_now)
    if told := [*rank_words.bring(ranking)]:
        yield from _part("What the hours bring")
        for sentence in told:
            yield f"- {escape(sentence)}"
    yield ""
    line = rank_words.screen_line(ranking)
    yield f"{line[0].upper()}{escape(line[1:])}."


def _part(title: str) -> tuple[str, ...]:
    return "", f"**{title}**", ""


def _list(title: str, entries: Sequence[Entry], ranking: Ranking) -> Iterator[str]:
    if entries:
        yield from _part(title)
        for entry in entries[:SHOWN]:
            why = f"; {escape(entry.why)}" if entry.why else ""
            yield f"- **{escape(entry.name)}**: {escape(rank_words.worth(entry, ranking))}{why}"
        yield from _left_out(entries)


def _left_out(entries: Sequence[Entry]) -> Iterator[str]:
    if len(entries) > SHOWN:
        yield f"- and {len(entries) - SHOWN} more"
