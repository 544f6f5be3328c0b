"""What is not to be done by half, even if the run is ended from outside meanwhile."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM)
"""What ends a run from outside; the last, if it could not be ended when it was told so."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let whatever would end the run wait until this is done, which should not take long."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def deaf() -> None:
    """Let nothing end the run any more: what it is there for is done, or is being tidied up."""
    for sent in ENDING:
        signal.signal(sent, _nothing)  # one that was told already would be complained of if it were to be ignored


def _nothing(*_: object) -> None:
    pass
