"""
Blocks of a table scored side by side, by one process for each processor, and written in the order of the table.

A process is a fork of this one, so that it has the screen, the mapping, the header and the open files as they are here.
That is safe as long as nothing has begun a thread, so it is the fork that imports polars. Where it is not safe, the
table is short, or there is one processor, blocks are scored right here.
"""

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.context import ForkContext
from typing import TYPE_CHECKING, BinaryIO

from fitcheck.batch.blocks import Block
from fitcheck.batch.tally import Tally
from fitcheck.problems import Problem, UsageError

if TYPE_CHECKING:
    from fitcheck.batch.polars_engine import PolarsEngine

FEW = 3
"""A table of fewer blocks is scored here: to begin a process and to import polars there takes as long."""

MOST = 4
"""So many processes are begun at most: this one, which reads, would not keep up with more."""

AHEAD = 2
"""So many blocks wait for a process to be free, beside those that are being scored."""


def scored(
    blocks: Iterator[Block],
    engine: Callable[[], "PolarsEngine"],
    files: Sequence[BinaryIO],
    least_rate: Callable[[], float],
    progress: Callable[[int], None],
) -> Iterator[Tally]:
    """
    Score and write blocks.

    Args:
        blocks: of a table.
        engine: makes what scores them.
        files: take the scored rows and, if there is a second, the others.
        least_rate: what an hour must bring for a prospect to be among the best so far.
        progress: told how many rows of a block are done, every now and then, where it is scored here.

    Yields:
        The counts of each block, in order; at the end all is written.

    Raises:
        UsageError: a process was ended from outside.
    """
    first = list(islice(blocks, FEW))
    count = _processes(files) if len(first) == FEW else 1
    blocks = chain(first, blocks)
    if count == 1:
        here = engine()
        for block in blocks:
            done = here.score(block, least_rate(), progress)
            done.write(files)
            yield done.tally
        return
    context = get_context("fork")
    for file in files:
        file.flush()  # or every process would write what is kept back
    turns = _Turns(context)
    pool = ProcessPoolExecutor(count, context, _begin, (_Work(engine, files, turns),))
    waiting: deque[Future[Tally]] = deque()
    try:
        for number, block in enumerate(blocks):
            waiting.append(pool.submit(_score, number, block, least_rate()))
            if len(waiting) > count + AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        hint = "memory may have run out; --engine python takes least"
        raise UsageError(Problem("stopped", "a process that scored part of the table was ended", hint=hint)) from None
    finally:
        turns.stop()
        pool.shutdown(cancel_futures=True)


def _processes(files: Sequence[BinaryIO]) -> int:
    """How many processes score; 1 is this one alone."""
    if sys.platform != "linux" or "polars" in sys.modules or threading.active_count() > 1:
        return 1
    try:
        for file in files:
            file.fileno()
    except OSError:  # a file in memory would be another one in each process
        return 1
    return min(MOST, len(os.sched_getaffinity(0)))


class _StoppedError(Exception):
    """Nothing more is to be written."""


class _Turns:
    """Lets processes write one after the other, in the order of the blocks, until one of them fails."""

    _STOPPED = -1

    def __init__(self, context: ForkContext) -> None:
        self._next = context.Value("q", 0, lock=False)
        self._changed = context.Condition()

    @contextmanager
    def of(self, number: int) -> Iterator[None]:
        """Wait until all blocks before this one are written; what fails here is the first that fails."""
        with self._changed:
            self._changed.wait_for(lambda: self._next.value in {number, self._STOPPED})
        if self.stopped:
            raise _StoppedError
        try:
            yield
        except BaseException:
            self.stop()
            raise
        with self._changed:
            if not self.stopped:
                self._next.value += 1
            self._changed.notify_all()

    @property
    def stopped(self) -> bool:
        """Whether nothing more is to be written."""
        return bool(self._next.value == self._STOPPED)

    def stop(self) -> None:
        """Let nobody write any more; a process that was ended may have taken the lock with it."""
        self._next.value = self._STOPPED
        if self._changed.acquire(timeout=1):
            self._changed.notify_all()
            self._changed.release()


class _Work:
    """What one process is there for."""

    def __init__(self, engine: Callable[[], "PolarsEngine"], files: Sequence[BinaryIO], turns: _Turns) -> None:
        self._make, self._files, self._turns = engine, files, turns
        self._engine: PolarsEngine | None = None

    def score(self, number: int, block: Block, least_rate: float) -> Tally:
        """Score a block, and write it when it is its turn."""
        if self._turns.stopped:
            raise _StoppedError
        done = failed = None
        try:
            self._engine = self._engine or self._make()
            done = self._engine.score(block, least_rate)
        except BaseException as error:  # noqa: BLE001 - told when it is its turn, below
            failed = error
        with self._turns.of(number):
            if done is None:
                raise failed or _StoppedError
            done.write(self._files)
            for file in self._files:
                file.flush()
        return done.tally


_work: list[_Work] = []
"""That of a process that was begun to score."""


def _begin(work: _Work) -> None:
    for sent in (signal.SIGINT, signal.SIGHUP):  # the first process hears them too, and ends this one
        signal.signal(sent, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_the_first, daemon=True).start()
    os.environ["POLARS_MAX_THREADS"] = "1"  # every processor has a process
    _work.append(work)


def _end_with_the_first() -> None:
    """End when the first process is gone, however that came: nobody would tell this one that there is nothing to do."""
    first = parent_process()
    if first is not None:
        first.join()
        os._exit(1)


def _score(number: int, block: Block, least_rate: float) -> Tally:
    return _work[0].score(number, block, least_rate)
