"""Blocks of a report → lines of toned text at a given width."""

from collections.abc import Iterable, Iterator, Sequence

from fitcheck.report.document import (
    Bar,
    Block,
    Blocks,
    Cell,
    Details,
    Grid,
    Hint,
    Item,
    Items,
    Para,
    Row,
    Rule,
    Section,
    Share,
    Span,
    Text,
    Title,
    text,
)
from fitcheck.report.layout import WIDE, Line, TextOptions, cells, flow, range_bar, share_bar

GAP = 2
"""Columns between the columns of a grid."""

LEAST = 16
"""A column of a grid with a head is at least so wide; else its rows become sentences."""

SHARE = 16
"""Columns of a share of a whole."""


def text_lines(blocks: Iterable[Block], options: TextOptions) -> Iterator[Line]:
    """
    Lay a report out.

    Args:
        blocks: of the report.
        options: width.

    Yields:
        Lines of at most `options.width` columns.
    """
    first = True
    for block in blocks:
        for line in _block(block, options.width, 0, first=first):
            yield line
            first = False


def first_that_fits(candidates: Iterable[Blocks], most: int) -> Blocks:
    """Return the first report of at most so many lines on a terminal of 80 columns, or else the last."""
    report: Blocks = ()
    for report in candidates:
        if len(list(text_lines(report, TextOptions(width=80)))) <= most:
            break
    return report


def _block(block: Block, width: int, indent: int, *, first: bool = False) -> Iterator[Line]:
    match block:
        case Title():
            yield from _title(block, width)
        case Para():
            yield from flow(block.text, width, lead=_blanks(indent))
        case Hint():
            yield from flow([Span(block.text, "faint")], width, lead=_blanks(indent))
        case Items():
            yield from _items(block, width, indent)
        case Bar():
            yield from _bar(block, width - indent, indent)
        case Grid():
            yield from _grid(block, width, indent)
        case Section():
            yield from _section(block.title, block.note, block.blocks, width, indent, first=first)
        case Details():
            yield from _section(block.summary, "", block.blocks, width, indent, first=first)
        case Rule():
            yield ()
            yield (Span("─" * width, "faint"),)
            yield ()


def _title(title: Title, width: int) -> Iterator[Line]:
    name = [Span(title.name, "strong")]
    lead = [title.lead, Span("  ")]
    left = width - cells(title.lead.text) - 2 - cells(title.name) - cells(title.aside)
    if title.aside and left >= GAP:
        yield (*lead, *name, Span(" " * left), Span(title.aside))
        return
    if cells(title.lead.text) <= width:
        yield from flow(name, width, lead=lead, indent=2)
    else:
        yield from flow([title.lead, Span(" "), *name], width, indent=2)
    if title.aside:
        yield from flow([Span(title.aside)], width)


def _section(
    title: str, note: str, blocks: Sequence[Block], width: int, indent: int, *, first: bool = False
) -> Iterator[Line]:
    if not first:
        yield ()
    if title:
        remark = Span(f" ({note})" if note else "", "faint")
        yield from flow(text(Span(title, "strong"), remark), width, lead=_blanks(indent), indent=indent + 2)
        indent += 2
    for at, block in enumerate(blocks):
        yield from _block(block, width, indent, first=at == 0)


def _items(block: Items, width: int, indent: int) -> Iterator[Line]:
    column = max(block.column, *(cells(item.lead.text) for item in block.items))
    for item in block.items:
        yield from _item(item, column, block.align == "right", width, indent)


def _item(item: Item, column: int, is_right: bool, width: int, indent: int) -> Iterator[Line]:
    pad = " " * (column - cells(item.lead.text))
    lead = [Span(pad), item.lead] if is_right else [item.lead, Span(pad)]
    under = indent + column + (2 if is_right or column > 1 else 1)
    if width < WIDE:
        lead, under = [item.lead], indent + 2
        yield from flow(item.text, width, lead=[*_blanks(indent), *lead, Span(" ")], indent=under)
    else:
        gap = Span(" " * (under - indent - column))
        yield from flow(item.text, width, lead=[*_blanks(indent), *lead, gap], indent=under)
    for block in item.sub:
        yield from _block(block, width, under, first=True)


def _bar(bar: Bar, width: int, indent: int) -> Iterator[Line]:
    if width < WIDE:
        return
    most = float(bar.most)
    end = f"{most:,.0f}"
    shares = (float(bar.low) / most, float(bar.now) / most, float(bar.high) / most)
    mark = None if bar.mark is None else float(bar.mark) / most
    drawn = range_bar(min(width, 100) - 3 - len(end), *shares, mark)
    yield (*_blanks(indent), Span(f"0 {drawn} {end}"))


def _grid(grid: Grid, width: int, indent: int) -> Iterator[Line]:
    if grid.head:
        yield from _table(grid, width, indent)
        return
    labels = max(cells(_plain(row.label)) for row in grid.rows)
    columns = [max(_width(row.cells[at]) for row in grid.rows) for at in range(len(grid.rows[0].cells))]
    needed = indent + labels + sum(column + GAP for column in columns if column)
    if width < WIDE or needed > width:
        for row in grid.rows:
            yield from _sentence(row, (), width, indent)
        return
    for row in grid.rows:
        line = [*_blanks(indent), *row.label, Span(" " * (labels - cells(_plain(row.label))))]
        for at, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
            pad = " " * (column - _width(cell))
            before, after = (pad, "") if at in grid.right else ("", pad)
            line += [Span(" " * GAP * bool(column) + before), *_spans(cell), Span(after)]
        yield from _as_is(line)


def _table(grid: Grid, width: int, indent: int) -> Iterator[Line]:
    """A grid with titles of its columns: cells are broken into lines, or stand one below the other without room."""
    count = len(grid.head)
    labels = min(max(cells(_plain(row.label)) for row in grid.rows), 22 if count < 3 else 16)  # noqa: PLR2004
    column = (width - indent - labels - GAP * count) // count
    if column < LEAST:
        for row in grid.rows:
            yield from _sentence(row, grid.head, width, indent)
        return
    titles = Row((), tuple(text(Span(title, "strong")) for title in grid.head))
    for row in (titles, *grid.rows):
        plain = _plain(row.label)
        before = _blanks(len(plain) - len(plain.lstrip()))
        parts = [list(flow(row.label, labels, lead=before)), *(list(flow(_spans(cell), column)) for cell in row.cells)]
        for at in range(max(map(len, parts))):
            line: list[Span] = [*_blanks(indent)]
            for number, part in enumerate(parts):
                found = part[at] if at < len(part) else ()
                fill = (labels if not number else column) - sum(cells(span.text) for span in found)
                line += [*([Span(" " * GAP)] if number else []), *found, Span(" " * fill)]
            yield from _as_is(line)


def _sentence(row: Row, head: Sequence[str], width: int, indent: int) -> Iterator[Line]:
    """A row without room for columns."""
    told: list[Span] = []
    for at, cell in enumerate(row.cells):
        if isinstance(cell, Share) or not _plain(cell).strip():
            continue
        title = f"{head[at]}: " if head else ""
        told += [Span("; " if head and told else ", " if told else " "), Span(title, "strong"), *cell]
    label = _plain(row.label).strip()
    if label and not told:
        return  # nothing but a drawing
    yield from flow(
        [*next(_as_is(row.label)), Span(":" if label else ""), *told], width, lead=_blanks(indent), indent=indent + 2
    )


def _as_is(line: Sequence[Span]) -> Iterator[Line]:
    """A line whose blanks are part of its layout, without those at its end."""
    kept = [span for span in line if span.text]
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = Span(kept[-1].text.rstrip(), kept[-1].tone)
    yield tuple(kept)


def _spans(cell: Cell) -> Text:
    if isinstance(cell, Share):
        floor = None if cell.floor is None else float(cell.floor)
        return (Span(share_bar(SHARE, float(cell.low), float(cell.high), floor)),)
    return cell


def _plain(spans: Text) -> str:
    return "".join(span.text for span in spans)


def _width(cell: Cell) -> int:
    return cells(_plain(_spans(cell)))


def _blanks(count: int) -> Text:
    return (Span(" " * count),) if count else ()
