"""Loops compiled when this package is first used, and kept on disk for the next time."""

from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar, cast
from zlib import crc32

import numpy as np
from numba import njit
from numba.extending import register_jitable

Loop = TypeVar("Loop", bound=Callable[..., object])

part: Callable[[Loop], Loop] = register_jitable
"""Marks a function as a part of loops: it is compiled into those that call it."""


def compiled(signature: str) -> Callable[[Loop], Loop]:
    """
    Compile a function for arguments of these types, or take it from the disk.

    What is on the disk counts as long as its code is the same, with all constants and functions that it freezes, from
    whatever module. Where nothing can be kept on disk, or what is there can't be read, every process compiles anew.
    """

    def compiling(function: Loop) -> Loop:
        # numba names files on disk after functions, and heeds no more than the file that they stand in
        function.__qualname__ += f"_{fingerprint(function)}"
        try:
            return cast("Loop", njit(signature, cache=True)(function))
        except Exception:  # noqa: BLE001 - a damaged file can raise anything; what is wrong with the loop is raised again
            return cast("Loop", njit(signature)(function))

    return compiling


def fingerprint(function: object) -> str:
    """Tell apart what is frozen into a loop: its code, its constants, and those of all functions that it calls."""
    frozen: dict[str, object] = {}

    def take(name: str, value: Any) -> None:
        python = getattr(value, "py_func", value)  # what is compiled already holds what it was made of
        if isinstance(python, FunctionType) and name not in frozen:
            code = python.__code__
            frozen[name] = code.co_code, code.co_consts
            for called in code.co_names:
                take(called, python.__globals__.get(called))
        elif isinstance(value, (int, float, np.generic)):
            frozen[name] = value

    take("", function)
    return f"{crc32(repr(sorted(frozen.items())).encode()):08x}"
