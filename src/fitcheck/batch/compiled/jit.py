"""
Loops over arrays, compiled where they are first used, and kept on disk for the next time.

numba compiles them, which takes seconds, and to import it takes as long as to score many thousand rows. So what is kept
is bare machine code, which needs nothing but the loader of LLVM. Functions that a loop calls are compiled into it.
"""

from collections.abc import Callable, Iterator
from types import FunctionType
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
        TypeError: something of it can't be told apart from what it may be another time.
    """
    return {_name_of(python): _frozen_of(python) for python in (function, *_called(function))}


def _frozen_of(function: object) -> tuple[object, ...]:
    python = cast("FunctionType", function)
    code = python.__code__
    if code.co_freevars or python.__defaults__ or python.__kwdefaults__:
        raise TypeError(f"{_name_of(python)}: a loop has no defaults, and nothing of another function")
    # the names stand for builtins and attributes too, and say in which order the code comes to what it freezes
    found = [(name, _told_apart(name, value)) for name, value in _globals(python)]
    return code.co_code, code.co_consts, code.co_names, found


def _told_apart(name: str, value: object) -> object:
    """What tells a value that a loop finds by name from others."""
    if isinstance(value, (int, float, np.generic)):
        return type(value).__name__, value
    if callable(value):
        return _name_of(value)
    if value is np:
        return "numpy"
    raise TypeError(f"{name}: a loop has no constants but numbers, and no module but numpy")


def _name_of(value: Any) -> str:
    return f"{value.__module__}.{value.__qualname__}"


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
