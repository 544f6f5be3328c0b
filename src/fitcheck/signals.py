"""Signals that end a run from outside: handled in order, and blocked where a step must not be left half done."""

import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType


def existing(*names: str) -> tuple[signal.Signals, ...]:
    """
    Return the signals this system has; Windows lacks SIGHUP.

    >>> existing("SIGINT", "SIGNONE")
    (<Signals.SIGINT: 2>,)
    """
    return tuple(signal.Signals[name] for name in names if name in signal.Signals.__members__)


ENDING = existing("SIGINT", "SIGTERM", "SIGHUP")
"""Signals that end a run; Ctrl-C sends the first."""


@contextmanager
def blocked() -> Iterator[None]:
    """Delay signals that would end the run until this short step is done; Windows can't delay them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def handled(codes: Mapping[signal.Signals, int]) -> Iterator[None]:
    """
    End what runs in here with an exit code when a signal arrives, so that it cleans up after itself.

    Args:
        codes: the exit code for each signal.
    """

    def end(sent: int, _: FrameType | None) -> None:
        ignored()  # a second signal must not interrupt the clean-up
        sys.exit(codes[signal.Signals(sent)])

    if current_thread() is not main_thread():  # Python lets no other thread set handlers
        yield
        return
    before = {sent: signal.getsignal(sent) for sent in ENDING}
    for sent in codes:
        if before[sent] is not signal.SIG_IGN:  # as nohup asks for
            signal.signal(sent, end)
    try:
        yield
    finally:
        for sent, handler in before.items():
            signal.signal(sent, handler)


def ignored() -> None:
    """Ignore signals that would end the run from now on."""
    for sent in ENDING:
        # with SIG_IGN, Python would warn of a signal that has arrived already and is not handled yet
        signal.signal(sent, lambda *_: None)


def only_terminated() -> None:
    """Let SIGTERM alone end this process: a terminal sends Ctrl-C to the children too, whose parent ends them."""
    for sent in ENDING:
        if sent != signal.SIGTERM:
            signal.signal(sent, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):  # it was begun while they were blocked
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


def unhandled() -> None:
    """Let signals end the process at once from here on: a thread that waits for input would hold up any clean-up."""
    for sent in ENDING:
        if signal.getsignal(sent) is not signal.SIG_IGN:
            signal.signal(sent, signal.SIG_DFL)
