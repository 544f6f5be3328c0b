"""Loops compiled when this package is first used, and kept on disk for the next time."""

from collections.abc import Callable
from typing import TypeVar

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(signature: str) -> Callable[[Loop], Loop]:
    """
    Compile a function for arguments of these types, or take it from the disk.

    Where nothing can be kept on disk, it is compiled in every process anew.
    """

    def compiling(function: Loop) -> Loop:
        try:
            found: Loop = njit(signature, cache=True)(function)
        except RuntimeError:  # there is no folder that can be written to
            found = njit(signature)(function)
        return found

    return compiling
