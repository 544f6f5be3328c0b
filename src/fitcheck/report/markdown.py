"""Blocks of a report → Markdown that pastes into a wiki, an issue or a mail: headings, bold, lists; no tables."""

from collections.abc import Iterable, Iterator
from itertools import chain

from fitcheck.report.document import (
    Bar,
    Block,
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
    Text,
    Title,
)

SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#|~&$"} | {"@": "@\u2060"})
"""Escapes; behind @, as inside ://, an invisible joiner keeps a name or an address from becoming a link."""


def escape(text: str) -> str:
    r"""
    Make a user's text stand for itself.

    >>> print(escape("Acme [B2B] *new*"))
    Acme \[B2B\] \*new\*
    """
    return " ".join(text.split()).translate(SPECIAL).replace("://", ":\u2060//")


def markdown(blocks: Iterable[Block]) -> str:
    """Lay a report out; ends with a line feed."""
    parts = ("\n".join(_lines(block)) for block in blocks)
    return "\n\n".join(part for part in parts if part) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Title():
            aside = f" ({escape(block.aside)})" if block.aside else ""
            yield f"## {escape(block.lead.text)}: {escape(block.name)}{aside}"
        case Para():
            yield inline(block.text)
        case Items():
            yield from chain.from_iterable(_item(item, "") for item in block.items)
        case Grid():
            yield from chain.from_iterable(_row(block, row) for row in block.rows)
        case Section(title=title, note=note, blocks=inside):
            yield from _section(title, note, inside)
        case Details(summary=summary, blocks=inside):
            yield from _section(summary, "", inside)
        case Rule():
            yield "---"
        case Bar() | Hint():
            pass  # the figures of a bar stand beside it


def inline(text: Text) -> str:
    """Toned text in a line; what is strong is bold."""
    told = ""
    for span in text:
        inside = escape(span.text)
        if span.tone == "strong" and inside:
            inside = f"**{inside}**"
        before = " " if span.text[:1].isspace() and told else ""
        after = " " if span.text[-1:].isspace() and inside else ""
        told += before + inside + after
    return told.strip()


def _section(title: str, note: str, blocks: Iterable[Block]) -> Iterator[str]:
    parts = [f"**{escape(title)}**" + (f" ({escape(note)})" if note else "")] if title else []
    parts += ["\n".join(_lines(block)) for block in blocks]
    yield "\n\n".join(part for part in parts if part)


def _item(item: Item, indent: str) -> Iterator[str]:
    lead = inline((item.lead,))
    mark = f"{lead}." if lead.isdecimal() else f"- {lead}" if lead not in {"", "-"} else "-"
    yield f"{indent}{mark} {inline(item.text)}".rstrip()
    under = indent + " " * (len(lead) + 2 if lead.isdecimal() else 2)
    for block in item.sub:
        if isinstance(block, Items):
            for each in block.items:
                yield from _item(each, under)
        elif isinstance(block, Para):
            yield f"{under}- {inline(block.text)}"


def _row(grid: Grid, row: Row) -> Iterator[str]:
    """A row as an entry of a list, its cells after each other or, in a grid with a head, below it."""
    texts = [(at, inline(cell)) for at, cell in enumerate(row.cells) if not isinstance(cell, Share)]
    told = [(at, text) for at, text in texts if text]
    if row.cells and not texts:
        return  # nothing but a drawing
    label, indent = inline(row.label), "  " if row.label and row.label[0].text.startswith(" ") else ""
    if not grid.head:
        yield f"{indent}- {label}: {', '.join(text for _, text in told)}"
        return
    yield f"{indent}- {label or '-'}"
    for at, text in told:
        yield f"{indent}  - {escape(grid.head[at])}: {text}"
