"""What scores the parts of a table, and how it is made where it is needed: here, or in a process."""

from collections.abc import Callable
from typing import Generic, NamedTuple, Protocol, TypeVar

from fitcheck.batch.aside import Done
from fitcheck.problems import Problem, UsageError

Block = TypeVar("Block")
T = TypeVar("T")
Block_contra = TypeVar("Block_contra", contravariant=True)


class Scorer(Protocol[Block_contra]):
    """What scores the parts of a table."""

    def score(self, block: Block_contra, least_rate: float, progress: Callable[[int], None] = ..., /) -> Done:
        """Score one."""


class Make(NamedTuple, Generic[Block]):
    """
    How to get what scores.

    Attributes:
        name: of the engine.
        engine: makes what scores.
    """

    name: str
    engine: Callable[[], Scorer[Block]]


def made(make: Callable[[], T], name: str) -> T:
    """
    Make what scores, or what it needs.

    Raises:
        UsageError: a package can't be imported, though it is installed.
    """
    try:
        return make()
    except (ImportError, OSError) as error:
        message = f"the {name} engine can't run here: {error}"
        raise UsageError(Problem("no-engine", message, hint="--engine python does without")) from error
