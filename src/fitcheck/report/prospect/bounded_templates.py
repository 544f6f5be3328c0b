"""Templates that end: a sandbox of Jinja2 that bounds loops, calls, products and output."""

from typing import Any, Final

from jinja2 import Template, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

STEPS: Final = 20_000
"""Rounds of loops and calls in one letter."""

LETTERS: Final = 100_000
"""Characters that a letter may have, and that a text may be multiplied to."""


class BoundedEnvironment(SandboxedEnvironment):
    """A sandbox for templates that somebody else may have written; for one letter each."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._steps = 0
        for name in ("center", "indent", "format"):  # a short call can ask them for any length
            del self.filters[name]

    def bounded(self, source: str, file: str) -> nodes.Template:
        """
        Parse a template, and let every round of its loops count as a step.

        Raises:
            TemplateSyntaxError: it is no template.
        """
        tree = self.parse(source, name=file, filename=file)
        for loop in tree.find_all(nodes.For):
            count = nodes.Call(nodes.EnvironmentAttribute("step"), [], [], None, None, lineno=loop.lineno)
            loop.body.insert(0, nodes.Output([count], lineno=loop.lineno))
        tree.set_environment(self)
        return tree

    def written(self, template: Template, values: dict[str, Any]) -> str:
        """
        Fill in a template.

        Raises:
            SecurityError: it takes too many steps, or writes too much.
        """
        parts, length = [], 0
        for part in template.generate(values):
            parts.append(part)
            length += len(part)
            if length > LETTERS:
                raise SecurityError("it writes more than a letter can hold")
        return "".join(parts)

    def step(self) -> str:
        """
        Count a step; writes nothing.

        Raises:
            SecurityError: there were too many.
        """
        self._steps += 1
        if self._steps > STEPS:
            raise SecurityError("it loops or calls without an end")
        return ""

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Count every call, then make it if it is safe."""
        self.step()
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """
        Multiply within bounds.

        Raises:
            SecurityError: the result could be too large.
        """
        formats = operator == "%" and isinstance(left, str)
        repeats = operator == "*" and not (_is_small(left) and _is_small(right))
        if operator == "**" or formats or repeats:
            raise SecurityError(f"the result of {operator} may be too large")
        return super().call_binop(context, operator, left, right)


def _is_small(value: object) -> bool:
    return isinstance(value, (int, float)) and abs(value) <= LETTERS
