"""What a loop takes and returns."""

import re
from typing import NamedTuple, Self

ARGUMENT = re.compile(r"(\w+)(?:\[([^\]]*)\])?")


class Argument(NamedTuple):
    """
    What a loop takes.

    Attributes:
        kind: a type of numba, such as `int64`.
        axes: of an array; 0 is a single value.
    """

    kind: str
    axes: int


class Signature(NamedTuple):
    """
    What a loop takes and returns.

    Attributes:
        returned: a type of numba.
        taken: its arguments.
    """

    returned: str
    taken: tuple[Argument, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """
        Read a signature as numba writes it.

        >>> Signature.of("int64(uint8[:, ::1], float64)")
        Signature(returned='int64', taken=(Argument(kind='uint8', axes=2), Argument(kind='float64', axes=0)))
        """
        returned, _, taken = text.partition("(")
        found = (match.groups() for match in ARGUMENT.finditer(taken))
        return cls(returned, tuple(Argument(kind, axes.count(":") - 1 if axes else 0) for kind, axes in found))
