"""The wording of a letter: a Jinja2 template, ours or the user's, and what can be wrong with one."""

import re
from importlib import resources
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from fitcheck.problems import DocumentError, Place, Problem
from fitcheck.report.markdown import escape
from fitcheck.report.prospect.letter import LetterDocument
from fitcheck.report.words import in_quotes

BUILT_IN = "not-now.md.j2"

FAULTS = (
    TemplateError, ArithmeticError, AttributeError, LookupError, MemoryError, RuntimeError, SyntaxError, TypeError,
    ValueError,
)  # fmt: skip
"""What a template can do wrong."""


def built_in_template() -> str:
    """Return the wording that ships with fitcheck, to be copied and changed."""
    return resources.files("fitcheck.report.prospect").joinpath("templates", BUILT_IN).read_text(encoding="utf-8")


def letter_markdown(letter: LetterDocument, template: str | None = None, file: str = BUILT_IN) -> str:
    """
    Word a letter.

    Args:
        letter: what may be said; its texts are escaped for Markdown before the template sees them.
        template: Jinja2; the built-in one if None. It runs in a sandbox, and can include no other file.
        file: name of the template in messages.

    Returns:
        Markdown; ends with one line feed, and has no two blank lines together.

    Raises:
        DocumentError: the template is broken, with the line.
    """
    source = built_in_template() if template is None else template
    environment = SandboxedEnvironment(
        autoescape=False,  # a letter is Markdown, and every value is escaped for that
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["in_quotes"] = in_quotes
    values: dict[str, Any] = _escaped(letter)
    try:
        code = environment.compile(source, name=file, filename=file)
        text = Template.from_code(environment, code, environment.make_globals(None)).render(values)
    except TemplateSyntaxError as error:
        raise _broken(source, file, error.lineno, f"this is no Jinja2 template: {error.message}") from None
    except UndefinedError as error:
        hint = f"a template knows: {', '.join(key for key in values if key != 'schema')}"
        raise _broken(source, file, _line(error, file), str(error), hint) from None
    except FAULTS as error:
        message = f"the template can't be filled in: {error}"
        raise _broken(source, file, _line(error, file), message) from None
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def _escaped(value: Any) -> Any:
    """Every text so that it stands for itself in Markdown."""
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, list):
        return [_escaped(item) for item in value]
    if isinstance(value, dict):
        return {key: _escaped(item) for key, item in value.items()}
    return value


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
