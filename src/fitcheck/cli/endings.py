"""What ends a run from outside: in order, so that no file is left half written, and wherever in the run it arrives."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from fitcheck.cli.exits import Exit
from fitcheck.undisturbed import deaf

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

ENDINGS = {signal.SIGTERM: Exit.TERMINATED, signal.SIGHUP: Exit.HUNG_UP}
"""Signals that end a run, and its exit code; Ctrl-C raises KeyboardInterrupt by itself."""

MOMENT = 0.01
"""Seconds after which what could not be raised is raised again."""


@contextmanager
def heeded() -> Iterator[None]:
    """Let signals end what is run in here."""
    before = sys.unraisablehook
    sys.unraisablehook = partial(_come_again, before)
    for sent, code in ENDINGS.items():
        with suppress(ValueError):  # only the main thread of a program may say what a signal does
            if signal.getsignal(sent) is not signal.SIG_IGN:  # as nohup asks for
                signal.signal(sent, lambda *_, code=code: _end(code))
    try:
        yield
    finally:
        sys.unraisablehook = before


def _end(code: Exit) -> NoReturn:
    """End the run, once: what is tidied up is not to be disturbed."""
    deaf()
    sys.exit(code)


def _come_again(others: "Callable[[UnraisableHookArgs], object]", lost: "UnraisableHookArgs") -> None:
    """Raise an ending again that came where nothing can be raised, such as where an object is deleted."""
    ending = lost.exc_value
    if not isinstance(ending, (SystemExit, KeyboardInterrupt)):
        others(lost)
        return
    kind, words = type(ending), ending.args

    def again(*_: object) -> NoReturn:
        signal.setitimer(signal.ITIMER_REAL, 0)
        raise kind(*words)

    signal.signal(signal.SIGALRM, again)
    signal.setitimer(signal.ITIMER_REAL, MOMENT, MOMENT)  # more than once, as one that comes just before a read is late
