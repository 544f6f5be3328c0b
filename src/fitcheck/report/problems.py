"""Problems in the user's files, shown the way a good compiler does."""

from collections.abc import Iterator, Sequence

from fitcheck.problems import Problem, printable
from fitcheck.report.document import Span
from fitcheck.report.layout import Line, cells, flow, plain

CUT = "..."
LINES_NAMED = 8


def problem_text(problems: Sequence[Problem], width: int = 80) -> str:
    """
    Return problems as text for a terminal: the place, the line, a caret under what is meant, what to do about it.

    Args:
        problems: in the order in which they are shown.
        width: columns.

    Returns:
        Plain text without control characters; every line ends with a line feed.
    """
    return plain(problem_lines(problems, width))


def problem_lines(problems: Sequence[Problem], width: int) -> Iterator[Line]:
    """Yield the lines of all problems, and how many there are if there is more than one."""
    for problem in problems:
        yield from _problem(problem, width)
        yield ()
    if len(problems) > 1:
        files = {problem.where.file for problem in problems if problem.where}
        among = f" in {len(files)} files" if len(files) > 1 else ""
        yield (Span(f"{len(problems)} problems{among}"),)


def _problem(problem: Problem, width: int) -> Iterator[Line]:
    title = Span(f"error[{printable(problem.code)}]:", "bad")
    yield from flow([Span(printable(problem.message), "strong")], width, lead=[title, Span(" ")], indent=2)
    gutter = len(str(problem.where.line)) if problem.where else 0
    hint = printable(problem.hint or "")
    if problem.where:
        where = str(problem.where) if problem.excerpt is not None or problem.where.path else problem.where.file
        yield (Span(f"{' ' * (gutter + 1)}--> ", "faint"), Span(printable(where)))
    if problem.where and problem.excerpt is not None:
        shown, caret, carets = _around(problem, max(8, width - gutter - 4))
        bar = Span(f"{' ' * (gutter + 2)}|", "faint")
        beside = bool(hint) and gutter + 4 + caret + carets + 1 + cells(hint) <= width
        yield (bar,)
        yield (Span(f" {problem.where.line} |", "faint"), Span(f" {shown}".rstrip()))
        yield (bar, Span(f" {' ' * caret}"), Span(f"{'^' * carets}{f' {hint}' if beside else ''}", "bad"))
        hint = "" if beside else hint
    for remark in (hint, _also(problem.also)):
        if remark:
            yield from flow([Span(remark)], width, lead=[Span(f"{' ' * (gutter + 2)}= ", "faint")])


def _also(lines: Sequence[int]) -> str:
    """
    Return the other lines with the same mistake.

    >>> _also((13,)), _also((13, 19, 20)), _also(range(1, 20))
    ('also on line 13', 'also on lines 13, 19 and 20', 'also on lines 1, 2, 3, 4, 5, 6, 7, 8 and 11 more')
    """
    named = [str(line) for line in lines]
    if len(named) < 2:  # noqa: PLR2004
        return f"also on line {named[0]}" if named else ""
    if len(named) <= LINES_NAMED:
        return f"also on lines {', '.join(named[:-1])} and {named[-1]}"
    return f"also on lines {', '.join(named[:LINES_NAMED])} and {len(named) - LINES_NAMED} more"


def _around(problem: Problem, room: int) -> tuple[str, int, int]:
    """Return the line, cut to `room` columns around what is meant; the column of the caret, and how many carets."""
    excerpt, begin = problem.excerpt or "", problem.where.column - 1 if problem.where else 0
    before = printable(excerpt[:begin])
    meant = printable(excerpt[begin : begin + problem.length])
    after = printable(excerpt[begin + problem.length :])
    if cells(before + meant + after) > room:
        meant = _head(meant, max(room // 2, len(CUT) + 1))
        left = room - cells(meant)
        before = _tail(before, max(left // 2, left - cells(after)))
        after = _head(after, left - cells(before))
    return before + meant + after, cells(before), max(1, cells(meant))


def _head(text: str, room: int) -> str:
    if cells(text) <= room:
        return text
    kept = text[: max(0, room - len(CUT))]
    while kept and cells(kept) > room - len(CUT):
        kept = kept[:-1]
    return kept + CUT[: max(0, room)]


def _tail(text: str, room: int) -> str:
    if cells(text) <= room:
        return text
    kept = text[max(0, len(text) - (room - len(CUT))) :] if room > len(CUT) else ""
    while kept and cells(kept) > room - len(CUT):
        kept = kept[1:]
    return CUT[: max(0, room)] + kept
