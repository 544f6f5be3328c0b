"""
Blocks of a report → one HTML file: no script, no request to anywhere, nothing but its own style.

jinja2 escapes every text. The page forbids itself everything else by its content security policy, so that a text that
got through could still load and run nothing.
"""

from base64 import b64encode
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from hashlib import sha256
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from fitcheck.report.document import Block, Section, Title

FOLDER = "templates"


def html(blocks: Sequence[Block], title: str) -> str:
    """
    Lay a report out as a page.

    Args:
        blocks: of the report.
        title: of the page where it has no title or more than one of its own.
    """
    titles = [block for block in blocks if isinstance(block, Title)]
    is_one = len(titles) == 1 and blocks[0] is titles[0]
    shown = f"{titles[0].lead.text}: {titles[0].name}" if is_one else title
    style = _read("report.css")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    page = _template().render(blocks=blocks, title=shown, is_one=is_one, style=Markup(style), digest=digest)  # noqa: S704 - our own file
    return page.rstrip("\n") + "\n"


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"kind": _kind, "percent": _percent}
    return environment.from_string(_read("report.html.j2"))


def _read(name: str) -> str:
    return resources.files("fitcheck.report").joinpath(FOLDER, name).read_text(encoding="utf-8")


def _kind(block: object) -> str:
    """Which kind of block it is, for the template; a section without a title is a group."""
    if isinstance(block, Section) and not block.title:
        return "Group"
    return type(block).__name__


def _percent(share: Fraction) -> str:
    """
    A share as a coordinate.

    >>> _percent(Fraction(1, 3)), _percent(Fraction(1))
    ('33.33%', '100%')
    """
    return f"{float(share * 100):.2f}".rstrip("0").rstrip(".") + "%"
