"""
What can be wrong with something a person wrote: data, never text art.

    FitcheckError            carries one or more problems
    ├── DocumentError        an input file is wrong           (exit 3)
    └── UsageError           the command or call is wrong     (exit 2)

Anything else that escapes is a fault of our own (exit 1).
"""

import re
from dataclasses import dataclass

_BREAKS = "\r\n|[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]"
_DIRECTIONS = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_INVISIBLE = "[\u00ad\u200b\u2060\ufeff\ufdd0-\ufdef\U000e0000-\U000e0fff]"
_CONTROLS = "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"


def printable(text: str) -> str:
    r"""
    Make any text safe to print: what could move a cursor, turn the reading direction or fail to encode goes.

    Tabs and line breaks become a space, invisible characters and marks that turn the direction of writing are dropped,
    every other control character and every lone surrogate becomes U+FFFD.

    >>> printable("a\tb\u202e") + printable("\x1b").encode("ascii", "namereplace").decode()
    'a b\\N{REPLACEMENT CHARACTER}'
    """
    if text.isprintable():
        return text
    # compiled on first use, and kept by re: most texts never come this far
    return re.sub(_CONTROLS, "\ufffd", re.sub(f"{_DIRECTIONS}|{_INVISIBLE}", "", re.sub(_BREAKS, " ", text)))


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """
    Where something stands in a file.

    Attributes:
        file: the name the user gave, `<stdin>` for standard input.
        line: 1-based; 0 for the file as a whole, such as one that is not there.
        column: 1-based, counted in characters.
        path: keys that lead to it, joined by dots, where lines are not known, as in JSON.

    >>> str(Place("acme.yaml", 12, 5)), str(Place("acme.yaml"))
    ('acme.yaml:12:5', 'acme.yaml')
    """

    file: str
    line: int = 0
    column: int = 1
    path: str = ""

    def __str__(self) -> str:
        """`file:line:column`, as editors and compilers write it, or `file: path`; `file` alone for the whole of it."""
        if self.line:
            return f"{self.file}:{self.line}:{self.column}"
        return f"{self.file}: {self.path}" if self.path else self.file

    @property
    def short(self) -> str:
        """`file:line`, or the file alone where lines are not known."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """
    One thing that is wrong.

    Attributes:
        code: stable, kebab-case, for example `unknown-key`.
        message: one sentence that says what is wrong.
        where: the place; None when no file is involved.
        hint: what to do about it, for example `did you mean "weight"?`.
        excerpt: the line of the file at `where`, without its line end.
        length: how many characters of `excerpt` from `where.column` on are meant.
        also: further lines of the same file with the same mistake, ascending.
    """

    code: str
    message: str
    where: Place | None = None
    hint: str | None = None
    excerpt: str | None = None
    length: int = 1
    also: tuple[int, ...] = ()

    def __str__(self) -> str:
        """
        Return it on one line, for a traceback or a log.

        >>> str(Problem("unknown-key", 'unknown field "wieght"', Place("a.yaml", 9, 5), 'did you mean "weight"?'))
        'a.yaml:9:5: unknown field "wieght" (did you mean "weight"?)'
        """
        where, hint = f"{self.where}: " if self.where else "", f" ({self.hint})" if self.hint else ""
        return f"{where}{self.message}{hint}"


class FitcheckError(Exception):
    """Something a person wrote or asked for can't be used; `problems` says what, all at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems

    def __reduce__(self) -> tuple[type["FitcheckError"], tuple[Problem, ...]]:
        """Let it be sent to another process: it is made from its problems, not from their text."""
        return type(self), self.problems


class DocumentError(FitcheckError):
    """An input file is invalid."""


class UsageError(FitcheckError):
    """The command line or the call is wrong."""
