"""
Loops over arrays, compiled where they are first used, and kept on disk for the next time.

numba compiles them, which takes seconds, and to import it takes as long as to score many thousand rows. So what is kept
is bare machine code, which needs nothing but the loader of LLVM. Functions that a loop calls are compiled into it.
"""

from collections.abc import Callable, Iterator
from types import FunctionType, ModuleType
from typing import Any, TypeVar, cast

import numpy as np

from fitcheck.batch.compiled.calling import Loop
from fitcheck.batch.compiled.keeping import kept
from fitcheck.batch.compiled.machine import MACHINE, OPTIONS, load
from fitcheck.batch.compiled.signature import Signature

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(signature: str) -> Callable[[Function], Function]:
    """
    Compile a function for arguments of these types, or take it from the disk.

    Args:
        signature: as numba writes it. A loop can't make arrays: it is given all that it writes to.

    What is on the disk counts as long as its code is the same, with all constants and functions that it freezes, from
    whatever module, and the processor is. Where nothing can be kept on disk, or what is there is damaged, it is
    compiled anew.
    """

    def compiling(function: Function) -> Function:
        name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
        frozen = [signature, *MACHINE, *OPTIONS.items(), *sorted(_frozen(function).items())]

        def machine_code(symbol: str) -> bytes:
            from fitcheck.batch.compiled.compiling import compile_loop  # noqa: PLC0415 - takes long to import

            return compile_loop(function, signature, [*_called(function)], symbol)

        symbol, code = kept(name, repr(frozen), machine_code)
        return cast("Function", Loop(load(symbol, code), Signature.of(signature)))

    return compiling


def _frozen(function: object) -> dict[str, object]:
    """
    Return what is frozen into a loop: its code, its constants, and those of all functions that it calls.

    Raises:
        TypeError: a constant is no number, so that it can't be told whether it stays the same.
    """
    frozen: dict[str, object] = {}
    for called in (function, *_called(function)):
        python = cast("FunctionType", called)
        where, code = f"{python.__module__}.{python.__qualname__}", python.__code__
        frozen[where] = code.co_code, code.co_consts
        for name, value in _globals(called):
            if isinstance(value, (int, float, np.generic)):
                frozen[f"{name} of {where}"] = value
            elif not callable(value) and not isinstance(value, ModuleType):
                raise TypeError(f"{name}: a loop has no constants but numbers")
    return frozen


def _called(function: object) -> Iterator[FunctionType]:
    """All functions that a loop calls, and those that these call, each once."""
    met = {function}
    found = [function]
    while found:
        for _, value in _globals(found.pop()):
            if isinstance(value, FunctionType) and value not in met:
                met.add(value)
                found.append(value)
                yield value


def _globals(function: object) -> Iterator[tuple[str, Any]]:
    """What a function finds by name in its module."""
    python = cast("FunctionType", function)
    return ((name, python.__globals__[name]) for name in python.__code__.co_names if name in python.__globals__)
