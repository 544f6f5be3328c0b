"""The wording of a letter: a Jinja2 template, ours or the user's, and what can be wrong with one."""

import re
from collections.abc import Callable
from importlib import resources
from typing import Any, Literal

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError

from fitcheck.problems import DocumentError, Place, Problem, printable
from fitcheck.report.markdown import escape
from fitcheck.report.prospect.bounded_templates import BoundedEnvironment
from fitcheck.report.prospect.letter import LetterDocument
from fitcheck.report.words import in_quotes

LetterFormat = Literal["text", "markdown"]

BUILT_IN = "not-now.md.j2"

FAULTS = (
    TemplateError, ArithmeticError, AttributeError, LookupError, MemoryError, RuntimeError, SyntaxError, TypeError,
    ValueError,
)  # fmt: skip
"""What a template can do wrong."""


def built_in_template() -> str:
    """Return the wording that ships with fitcheck, to be copied and changed."""
    return resources.files("fitcheck.report.prospect").joinpath("templates", BUILT_IN).read_text(encoding="utf-8")


def letter_text(
    letter: LetterDocument, kind: LetterFormat = "text", template: str | None = None, file: str = BUILT_IN
) -> str:
    """
    Word a letter.

    Args:
        letter: what may be said.
        kind: text for a mail, with one line for each paragraph, or Markdown, for which every value is escaped.
        template: Jinja2; the built-in one if None. It runs in a sandbox, with bounds on its steps and its output, and
            can include no other file.
        file: name of the template in messages.

    Returns:
        The letter; ends with one line feed, has no two blank lines together and no character that a terminal obeys.

    Raises:
        DocumentError: the template is broken, with the line.
    """
    source = built_in_template() if template is None else template
    environment = BoundedEnvironment(
        autoescape=False,  # a letter is no HTML: for Markdown every value is escaped, and mail takes it as it is
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["in_quotes"] = in_quotes
    values: dict[str, Any] = _each_text(letter, escape if kind == "markdown" else _one_line)
    try:
        code = environment.compile(environment.bounded(source, file), name=file, filename=file)
        text = environment.written(Template.from_code(environment, code, environment.make_globals(None)), values)
    except TemplateSyntaxError as error:
        raise _broken(source, file, error.lineno, f"not a valid Jinja2 template: {error.message}") from None
    except UndefinedError as error:
        hint = f"a template knows: {', '.join(key for key in values if key != 'schema')}"
        raise _broken(source, file, _line(error, file), str(error), hint) from None
    except FAULTS as error:
        message = f"the template can't be filled in: {_reason(error)}"
        raise _broken(source, file, _line(error, file), message) from None
    lines = "\n".join(printable(line).rstrip() for line in re.split(r"\r\n|\r|\n", text))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each_text(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _each_text(item, change) for key, item in value.items()}
    return value


def _reason(error: BaseException) -> str:
    """What a fault says of itself; where it says nothing, what kind it is."""
    if isinstance(error, MemoryError):
        return "it asks for more memory than there is"
    if isinstance(error, RecursionError):
        return "it calls itself without an end"
    return str(error) or type(error).__name__


def _line(error: BaseException, file: str) -> int:
    """The last line of the template that was at work; Jinja2 writes it into the traceback."""
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _broken(source: str, file: str, line: int, message: str, hint: str | None = None) -> DocumentError:
    lines = re.split(r"\r\n|\r|\n", source)
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    begin = len(excerpt) - len(excerpt.lstrip())
    where = Place(file, line, begin + 1)
    return DocumentError(Problem("broken-template", message, where, hint, excerpt, length=max(1, len(excerpt.strip()))))
