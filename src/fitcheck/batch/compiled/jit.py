"""Loops compiled when this package is first used, and kept on disk for the next time."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit
from numba.extending import register_jitable

Loop = TypeVar("Loop", bound=Callable[..., object])

part: Callable[[Loop], Loop] = register_jitable
"""Marks a function as a part of loops: it is compiled into those of its own module that call it."""


def compiled(signature: str) -> Callable[[Loop], Loop]:
    """
    Compile a function for arguments of these types, or take it from the disk.

    What is on the disk counts as long as the file of the function is the same; it may call functions of that file only.
    Where nothing can be kept on disk, or what is there can't be read, every process compiles anew.
    """

    def compiling(function: Loop) -> Loop:
        try:
            return cast("Loop", njit(signature, cache=True)(function))
        except Exception:  # noqa: BLE001 - a damaged file can raise anything; what is wrong with the loop is raised again
            return cast("Loop", njit(signature)(function))

    return compiling
