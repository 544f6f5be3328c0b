"""Machine code in memory: what LLVM needs to bring it there."""

from functools import cache
from typing import Any

import llvmlite
from llvmlite import binding

binding.initialize_native_target()
binding.initialize_native_asmprinter()

MACHINE = (llvmlite.__version__, binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten())
"""What machine code is for: it runs nowhere else."""

OPTIONS: dict[str, Any] = {
    "error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False,
}  # fmt: skip
"""How loops are compiled: one that makes no arrays and is not called by Python itself needs nothing of numba."""


def target_machine() -> Any:
    """Return what makes machine code for this processor."""
    _, processor, features = MACHINE
    target = binding.Target.from_default_triple()
    return target.create_target_machine(cpu=processor, features=features, opt=3, codemodel="jitdefault", jit=True)


def load(symbol: str, code: bytes) -> int:
    """Bring an object file into memory and return the address of one of its symbols."""
    engine = _engine()
    engine.add_object_file(binding.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return int(engine.get_function_address(symbol))


@cache
def _engine() -> Any:
    """Return what machine code is in, as long as the process lives."""
    return binding.create_mcjit_compiler(binding.parse_assembly(""), target_machine())
