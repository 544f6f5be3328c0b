"""Loops into machine code, by numba; imported only where a loop is not on the disk."""

from collections.abc import Callable, Sequence
from ctypes import CDLL
from types import FunctionType
from typing import Any

from llvmlite import binding
from numba import njit
from numba.extending import register_jitable

from fitcheck.batch.compiled.machine import OPTIONS, target_machine

_registered: set[FunctionType] = set()


def compile_loop(function: Callable[..., object], signature: str, called: Sequence[FunctionType], symbol: str) -> bytes:
    """
    Compile a function.

    Args:
        function: what to compile.
        signature: what it takes and returns, as numba writes it.
        called: all functions that it calls.
        symbol: what it is to be called.

    Returns:
        An object file, whose only symbol it is.

    Raises:
        RuntimeError: the loop needs something that only numba has.
    """
    for part in called:
        if part not in _registered:
            _registered.add(part)
            register_jitable(part)
    loop = njit(signature, **OPTIONS)(function)
    module = binding.parse_assembly(loop.inspect_llvm(loop.signatures[0]))
    here = CDLL(None)  # what every process has: numba, which is in this one, would find its own too
    declared = [f.name for f in module.functions if f.is_declaration]
    missing = [name for name in declared if not name.startswith("llvm.") and not hasattr(here, name)]
    if missing:
        raise RuntimeError(f"the loop {symbol} needs {', '.join(missing)}, which only numba has")
    [entry] = [f for f in module.functions if _is_entry(f)]
    entry.name = symbol
    return bytes(target_machine().emit_object(module))


def _is_entry(function: Any) -> bool:
    return not function.is_declaration and function.linkage == binding.Linkage.external
