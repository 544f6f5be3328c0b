"""What is wrong with rows and cells of a table → parts of its summary."""

from collections.abc import Iterator, Mapping

from fitcheck.problems import printable
from fitcheck.report.document import Block, Item, Span, items, para, section, text
from fitcheck.report.layout import cells
from fitcheck.report.prospect.short import shortened
from fitcheck.report.words import counted
from fitcheck.table.score.tally import Faults, Lines

NAMED = 3
"""Lines of one kind whose numbers are told."""

Kinds = Mapping[tuple[str, str], Faults]
"""Problems by code and column."""


def problem_lines(faults: Kinds, most: int, room: int) -> Iterator[str]:
    """
    The most frequent problems, each by its first example.

    Args:
        faults: by code and column.
        most: how many are told; the last line counts the others.
        room: columns of a line.
    """
    kinds = _often(faults)
    for at, (_, column, fault) in enumerate(kinds[:most], 1):
        more = f"; {counted(len(kinds) - most, 'more kind')}" if at == most < len(kinds) else ""
        times = f"{fault.count:,} × " if fault.count > 1 else ""
        where = f" (line {fault.first[0]}){more}"
        told, named = printable(fault.message), f"“{printable(column)}”: "
        if column and not told.startswith(f'"{column}"') and cells(times + named + told + where) <= room:
            told = named + told
        yield times + shortened(told, room - cells(times + where)) + where


def problem_section(title: str, faults: Kinds, note: str, most: int | None) -> Iterator[Block]:
    """
    Every kind of problem with its first example and what to do.

    Args:
        title: of the section.
        faults: by code and column.
        note: of the section.
        most: kinds that are told; None for all.
    """
    kinds = _often(faults)
    blocks: list[Block] = [*items((_kind(*each) for each in kinds[:most]), align="right")]
    if rest := [] if most is None else kinds[most:]:
        more = f"{counted(sum(fault.count for *_, fault in rest), 'more problem')} of {counted(len(rest), 'more kind')}"
        blocks.append(para(Span(f"{more}: --explain", "faint")))
    yield from section(title, blocks, note)


def _kind(code: str, column: str, fault: Faults) -> Item:
    of = f" in “{printable(column)}”" if column else ""
    first = "" if fault.count == 1 else "first, "
    hint = f"; {fault.hint}" if fault.hint else ""
    told = text(Span(f"{code}{of}", "bad"), f" {places(fault)}: {first}{printable(fault.message + hint)}")
    return Item(Span(f"{fault.count:,}"), told)


def _often(faults: Kinds) -> list[tuple[str, str, Faults]]:
    """The kinds of problems, the most frequent first."""
    ordered = sorted(faults.items(), key=lambda each: (-each[1].count, each[0]))
    return [(code, column, fault) for (code, column), fault in ordered]


def places(lines: Lines) -> str:
    """
    Where the first ones stand.

    >>> places(Lines(1, [7])), places(Lines(2, [7, 9])), places(Lines(9, [1, 2, 3, 4, 5]))
    ('(line 7)', '(lines 7, 9)', '(lines 1, 2, 3 and 6 more)')
    """
    few = [str(line) for line in lines.first[:NAMED]]
    rest = f" and {lines.count - len(few)} more" if lines.count > len(few) else ""
    return f"(line{'' if lines.count == 1 else 's'} {', '.join(few)}{rest})"
