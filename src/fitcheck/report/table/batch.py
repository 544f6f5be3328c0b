"""What became of a table → its summary: the counts and what to do next on one screen, the rest on demand."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from fitcheck.decision.content.rubric import Question
from fitcheck.decision.cost.prices import exchange_needed
from fitcheck.decision.score.rounding import apart, half_up
from fitcheck.problems import printable
from fitcheck.report.document import (
    Block,
    Blocks,
    Detail,
    Details,
    Grid,
    Hint,
    Item,
    Row,
    Section,
    Share,
    Span,
    Title,
    Tone,
    items,
    para,
    section,
    text,
)
from fitcheck.report.layout import TextOptions
from fitcheck.report.prospect.short import MOST, shortened
from fitcheck.report.table.batch_groups import GROUPS, GroupName
from fitcheck.report.table.best import best_prospects
from fitcheck.report.table.mapping import coverage, matching_blocks, shown_header
from fitcheck.report.table.rejects import places, problem_lines, problem_section
from fitcheck.report.text import text_lines
from fitcheck.report.words import counted, percent
from fitcheck.table.run import Result
from fitcheck.table.score.tally import Group, Lines
from fitcheck.table.write.back import BackCounts

TONES: Mapping[GroupName, Tone] = {"pursue": "good", "ask first": "open", "not now": "bad"}

COLUMN = 9
"""Columns for labels, which are as wide as the names of the groups."""

ROOM = 80 - COLUMN - 2
"""Columns of text beside a label on a terminal of 80."""

SHOWN = 5
"""Lines of one part that `--full` shows; `--explain` shows all."""

NAMED = 3
"""Questions, columns and lines of one kind that are named at most."""

RIGHT = frozenset({1, 2})
"""Cells of the verdicts that are figures."""

OF_ROWS = " of the rows"

FITTING = ((5, 3), (5, 2), (5, 1), (4, 1), (3, 1), (2, 1), (1, 1))
"""Prospects and problems that the short summary lists, the most that leave it short enough."""

ROWS_OF = {"totals": "totals row"}
"""What a line of one kind is called where the kind itself is no noun that can be counted."""


def batch_report(
    result: Result, detail: Detail = "short", *, outputs: Mapping[str, str] | None = None, folded: bool = False
) -> Blocks:
    """
    Build the summary.

    Args:
        result: from `fitcheck.table.run`.
        detail: how much to tell.
        outputs: file by what it holds ("scored", "rejects"), as far as any was written.
        folded: put every section below the short summary, to be folded away.
    """
    summary = _Summary(result, outputs or {})
    if detail == "quiet":
        return (para(summary.line),)
    if folded:
        return (*summary.short(), Details("Everything", tuple(summary.sections(explain=detail == "explain"))))
    if detail == "short":
        return summary.short()
    sections = summary.sections(explain=detail == "explain")
    return (summary.title, para(Span(summary.basis, "faint")), *sections, Section(tuple(summary.next_step())))


class _Summary(NamedTuple):
    """The parts of the summary of one table."""

    result: Result
    outputs: Mapping[str, str]

    @property
    def title(self) -> Title:
        tally = self.result.tally
        head = f"{tally.scored:,} of {counted(tally.read, 'row')} scored" if tally.read else "no rows to score"
        rejected = f"{tally.rejected:,} rejected" if tally.rejected else ""
        return Title(Span(head, "strong"), printable(self.result.opened.file), rejected)

    @property
    def line(self) -> str:
        """All counts in a line."""
        title, tally = self.title, self.result.tally
        counts = [f"{tally.group(verdict, *states).rows:,} {name}" for name, verdict, states in GROUPS]
        closed = f"{sum(tally.closed.values()):,} closed" if tally.closed else ""
        return " · ".join(filter(None, (title.lead.text, title.aside, *(counts if tally.scored else ()), closed)))

    @property
    def basis(self) -> str:
        """What the verdicts rest on."""
        job, opened = self.result.job, self.result.opened
        at = [f"header in line {opened.header_line}"] if opened.header_line > 1 else []
        covered = coverage(len(opened.matching.questions), len(job.asked))
        return " · ".join([f"{job.screen.id} screen", f"our product: {job.stage}", *at, covered])

    def short(self) -> Blocks:
        """The summary that fits on one screen: of prospects and problems as many as leave room for the rest."""
        for best, problems in FITTING:
            blocks = (self.title, *self._short(best, problems))
            if len(list(text_lines(blocks, TextOptions(width=80)))) <= MOST:
                break
        return blocks

    def _short(self, best: int, problems: int) -> Iterator[Block]:
        yield para(Span(self.basis, "faint"))
        yield from (para(Span(remark, "faint")) for remark in self.result.opened.remarks[:problems])
        yield from section("", chain(self._verdicts(), self._warnings(is_short=True)))
        yield from best_prospects(self.result, best, is_short=True)
        facts = (
            ("Unknown", [self._missing_line()]),
            ("Rejected", [*problem_lines(self.result.tally.faults, problems, ROOM)]),
            ("Ignored", [self._unread_line()]),
            ("Skipped", [", ".join(self._skipped(with_lines=False))]),
            ("Columns", [self._columns_line()]),
        )
        yield from section("", items((_fact(label, told) for label, told in facts if any(told)), COLUMN))
        yield Section((Hint("--full for everything · --explain names every column and problem"), *self.next_step()))

    def sections(self, *, explain: bool) -> Iterator[Block]:
        """Every section between the head and what to do next."""
        result, tally, opened = self.result, self.result.tally, self.result.opened
        most = None if explain else SHOWN
        yield from section("", (para(Span(remark, "faint")) for remark in opened.remarks))
        told = chain(self._verdicts(), self._firmness(), self._warnings())
        yield from section("Verdicts", told if tally.scored else ())
        yield from best_prospects(result, None if explain else 2 * SHOWN)
        yield from section("Most often unknown", self._missing(most), "number of rows")
        kept = f"kept in {printable(file)}" if (file := self.outputs.get("rejects")) else "--rejects FILE keeps them"
        yield from problem_section(f"Rejected: {counted(tally.rejected, 'row')}", tally.faults, kept, most)
        yield from problem_section("Ignored: not valid answers, counted as unknown", tally.unread, "", most)
        note = "no question reads these columns"
        yield from problem_section("Copied through or left out, although faulty", tally.flaws, note, most)
        yield from section("Skipped", (para(line) for line in self._skipped(with_lines=True)), "not data")
        if explain:
            yield from matching_blocks(opened.matching)
        elif line := self._columns_line(None):
            yield from section("Columns", [para(line)], "--explain names all")

    def next_step(self) -> Iterator[Block]:
        """What to do now."""
        tally, scored, rejects = self.result.tally, self.outputs.get("scored"), self.outputs.get("rejects")
        rows = counted(tally.rejected, "row")
        if not tally.read:
            told = "check the table: it has a header and no rows"
        elif self._has_too_few_columns and not self.result.back and not tally.rejected * 2 > tally.read:
            told = "map more columns: run it with --map-only -o ours.yaml, complete that file, then run --map ours.yaml"
        elif rejects:
            told = f"fix the {rows} in {printable(rejects)}, then run this again and add --mended {printable(rejects)}"
        elif tally.rejected and scored:
            told = f"add --rejects FILE to keep the {rows} rejected, fix them there and add --mended FILE"
        elif tally.rejected:
            told = "add -o scored.csv, then fix the rejected rows in the file beside it"
        elif scored and self.result.back:
            told = self._back_told(printable(scored), self.result.back)
        elif scored:
            told = f"open {printable(scored)}: each row has its verdict and reasons"
        else:
            told = "add -o scored.csv to get the verdict and reasons of each row"
        yield from items([Item(Span("Next", "strong"), text(told))], COLUMN)

    def _back_told(self, file: str, counts: BackCounts) -> str:
        """What goes back into the CRM, and what does not."""
        told = [f"{counted(counts.written, 'record')} to update"]
        told += [f"{counts.unchanged:,} unchanged"] if counts.unchanged else []
        told += [f"{counted(counts.without_id, 'row')} without a record id left out"] if counts.without_id else []
        crm = self.result.job.back.crm if self.result.job.back else ""
        return f"import {file}: {', '.join(told)}; once before: fitcheck batch --back-setup {crm}"

    @property
    def _has_too_few_columns(self) -> bool:
        few = self.result.weight < self.result.job.screen.least_known
        return few and self.result.tally.group("not now", "ask first").rows > 0

    def _verdicts(self) -> Iterator[Block]:
        tally = self.result.tally
        if tally.scored:
            yield Grid(
                tuple(self._group(name, tally.group(verdict, *states)) for name, verdict, states in GROUPS), right=RIGHT
            )
        if tally.closed:
            stages = [f"{printable(stage)} {count:,}" for stage, count in sorted(tally.closed.items())]
            closed = sum(tally.closed.values())
            left_out = f"left out above; --with-closed counts {'it' if closed == 1 else 'them'}"
            told = (
                f"{counted(closed, 'deal')}, {'counted above too' if tally.with_closed else left_out}: {_few(stages)}"
            )
            yield from items([Item(Span("closed", "faint"), text(shortened(told, ROOM)))], COLUMN)
        if repeats := tally.repeats.count:
            told = f"{counted(repeats, 'row')} with the id of another, counted once"
            yield from items([Item(Span("repeated", "faint"), text(told))], COLUMN)

    def _group(self, name: GroupName, group: Group) -> Row:
        share = Fraction(group.rows, self.result.tally.counted or 1)
        of = "" if group.valued == group.rows else f" ({group.valued:,} with an amount)"
        currency = f"{self.result.currency} " if self.result.currency else ""
        worth = f"{currency}{half_up(group.value):,}{of}" if group.valued else ""
        bar = Share(share, share, None, f"{percent(share)} {name}")
        return Row(text(Span(name, TONES[name])), (bar, text(f"{group.rows:,}"), text(percent(share)), text(worth)))

    def _firmness(self) -> Iterator[Block]:
        """How firmly the verdicts stand."""
        open_ = ((verdict, state) for _, verdict, states in GROUPS for state in states if state != "ask first")
        counts = ((self.result.tally.group(*each).rows, *each) for each in open_)
        if line := " · ".join(f"{rows:,} {verdict}, {state}" for rows, verdict, state in counts if rows):
            yield para(Span(line, "faint"))

    def _warnings(self, *, is_short: bool = False) -> Iterator[Block]:
        """What makes the verdicts weaker than they look."""
        result = self.result
        if self._has_too_few_columns:
            told, needed = apart(result.weight * 100, result.job.screen.least_known * 100)
            first = ", ".join([*result.without_column][:NAMED])
            few = f"The columns cover {told} % of the weight, and “pursue” needs {needed} %. Add first: {first}."
            yield para(Span(few, "open"))
        if not (paid := result.prices):
            return
        if is_short and result.not_valued:
            deals = (
                f"{counted(sum(result.not_valued.values()), 'deal')} in {_few([*map(printable, result.not_valued)])}"
            )
            rates = "its exchange rate" if len(result.not_valued) == 1 else "their exchange rates"
            yield para(Span(f"{deals} can't be valued in {paid.currency}: write {rates} in company.yaml.", "open"))
            return
        without = ", and the cost deal-breaker was not tested" if result.job.screen.money_gate else ""
        for currency, count in result.not_valued.items():
            how = printable(exchange_needed(paid, currency))
            deals = f"{counted(count, 'deal')} in {printable(currency)}"
            yield para(Span(f"{deals} can't be valued in {paid.currency}{without}: {how}.", "open"))

    def _often_missing(self) -> list[tuple[Question, int, str]]:
        """The questions with a column that rows leave unknown, in how many and in which share, the most often first."""
        tally, answered = self.result.tally, self.result.opened.matching.questions
        asked = enumerate(self.result.job.screen.questions)
        counts = [(question, tally.missing.get(j, 0)) for j, question in asked if question.id in answered]
        counts.sort(key=lambda each: -each[1])
        return [(question, count, percent(Fraction(count, tally.scored))) for question, count in counts if count]

    def _missing(self, most: int | None) -> Iterator[Block]:
        entries = (
            Item(Span(f"{count:,}"), text(Span(question.id, "strong"), f" ({share}) {question.ask}"))
            for question, count, share in self._often_missing()[:most]
        )
        yield from items(entries, align="right")

    def _missing_line(self) -> str:
        told = [f"{question.id} {share}" for question, _, share in self._often_missing()[:NAMED]]
        while len(told) > 1 and len(", ".join(told)) > ROOM - len(OF_ROWS):
            told.pop()
        return f"{', '.join(told)}{OF_ROWS}" if told else ""

    def _unread_line(self) -> str:
        count = sum(fault.count for fault in self.result.tally.unread.values())
        are = "cell is not a valid answer and counts" if count == 1 else "cells are not valid answers and count"
        return f"{count:,} {are} as unknown" if count else ""

    def _columns_line(self, most: int | None = 1) -> str:
        """Columns that somebody may have meant for a question or a field, and how many others there are."""
        matching = self.result.opened.matching
        hinted = [match for match in matching.carried if match.hint]
        told = [f"{shown_header(match.header)}: {printable(match.hint or '')}" for match in hinted[:most]]
        told += [f"{len(hinted) - len(told):,} more to look at"] if len(hinted) > len(told) else []
        rest = len(matching.carried) - len(hinted)
        return " · ".join([*told, f"{rest:,} copied through unchanged"] if rest else told)

    def _skipped(self, *, with_lines: bool) -> Iterator[str]:
        """Yield what is no data, by kind."""
        tally, before = self.result.tally, self.result.opened.before
        if before:
            where = f" {places(Lines(len(before), [*before]))}" if with_lines else ""
            yield f"{counted(len(before), 'line')} above the header{where}"
        for kind, lines in tally.non_data.items():
            yield f"{counted(lines.count, ROWS_OF.get(kind, kind))}{f' {places(lines)}' if with_lines else ''}"
        if tally.blank:
            yield counted(tally.blank, "blank line")


def _fact(label: str, told: list[str]) -> Item:
    return Item(Span(label, "strong"), text(told[0]), tuple(map(para, told[1:])))


def _few(texts: list[str]) -> str:
    """The first texts, and how many others there are."""
    rest = len(texts) - NAMED
    return ", ".join(texts[:NAMED]) + (f", {rest} more" if rest > 0 else "")
