"""Calls of machine code, with arrays."""

from ctypes import PYFUNCTYPE, byref, c_double, c_int32, c_int64, c_uint8, c_uint64, c_void_p
from typing import Any

import numpy as np

from fitcheck.batch.compiled.signature import Signature

VALUES: dict[str, Any] = {
    "void": c_void_p, "int64": c_int64, "uint64": c_uint64, "int32": c_int32, "uint8": c_uint8, "float64": c_double,
}  # fmt: skip
ARRAYS = {"boolean": np.bool_, "int64": np.int64, "uint64": np.uint64, "int32": np.int32, "uint8": np.uint8,
          "float64": np.float64}  # fmt: skip
BEFORE = [c_void_p, c_void_p, c_int64, c_int64, c_void_p]
"""What stands for an array before its shape and its strides: its owner twice, its size, that of an item, its place."""


class Loop:
    """
    A loop that can be called.

    Args:
        address: of its machine code.
        signature: what it takes and returns.
    """

    def __init__(self, address: int, signature: Signature) -> None:
        self._taken: list[tuple[Any, int]] = [
            (np.dtype(ARRAYS[kind]) if axes else VALUES[kind], axes) for kind, axes in signature.taken
        ]
        self._returned, self._fault = VALUES[signature.returned], c_void_p()
        words: list[Any] = []
        for kind, axes in signature.taken:
            words += [*BEFORE, *[c_int64] * (2 * axes)] if axes else [VALUES[kind]]
        self._code = PYFUNCTYPE(c_int32, c_void_p, c_void_p, *words)(address)

    def __call__(self, *given: Any) -> Any:
        """
        Call it.

        Raises:
            TypeError: an array is not what the loop takes; nothing was done.
            OverflowError: a number is too large; nothing was done.
            RuntimeError: something went wrong in the loop.
        """
        words: list[Any] = []
        for value, (kind, axes) in zip(given, self._taken, strict=True):
            if not axes:
                words.append(kind(value))
                if words[-1].value != value:
                    raise OverflowError(f"a loop can't take {value}")
                continue
            if value.dtype != kind or value.ndim != axes or not value.flags.carray:
                raise TypeError(f"a loop takes {axes}-dimensional arrays of {kind}, which are in one piece")
            words += (None, None, value.size, value.itemsize, value.ctypes.data, *value.shape, *value.strides)
        returned = self._returned()
        if self._code(byref(returned), byref(self._fault), *words):
            raise RuntimeError("something went wrong in a loop")
        return returned.value
