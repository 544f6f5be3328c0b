"""Machine code on disk, from one run to the next."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

from fitcheck.atomic_files import whole_files
from fitcheck.problems import UsageError

DIGEST = sha256().digest_size


def folders() -> Iterator[Path]:
    """Where machine code may be kept: beside Python's own, or with what the user's other programs keep."""
    if not sys.dont_write_bytecode:
        yield Path(cache_from_source(__file__)).parent
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    with suppress(RuntimeError):  # a user may have no home
        yield (named if named.is_absolute() else Path.home() / ".cache") / "fitcheck"


def kept(name: str, frozen: str, make: Callable[[str], bytes]) -> tuple[str, bytes]:
    """
    Take machine code from the disk, or make it and keep it there.

    Args:
        name: of the loop.
        frozen: all that it depends on; what was kept for something else does not count.
        make: makes it, given its symbol.

    Returns:
        Its symbol, and the machine code.
    """
    symbol = f"{name}-{sha256(frozen.encode()).hexdigest()[:16]}"
    places = [folder / f"{symbol}.o" for folder in folders()]
    for place in places:
        with suppress(OSError):
            found = place.read_bytes()
            if sha256(found[DIGEST:]).digest() == found[:DIGEST]:
                return symbol, found[DIGEST:]
    code = make(symbol)
    for place in places:
        with suppress(OSError, UsageError):
            place.parent.mkdir(parents=True, exist_ok=True)
            with whole_files([place]) as [file]:
                file.file.write(sha256(code).digest() + code)
            break
    return symbol, code
