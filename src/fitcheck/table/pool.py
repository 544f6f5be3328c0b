"""
The records of a table, scored in batches, and the batches of a large table shared by several processes.

A process is spawned, so that this works alike on every system, and is sent the plan once and then records; the outcomes
come back in the order of the table. Only this process reads and writes files, so that what is written does not depend
on how many processes there are.
"""

import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import NamedTuple

from fitcheck.problems import Problem, UsageError
from fitcheck.signals import blocked, only_terminated
from fitcheck.table.read.records import Fault, Record
from fitcheck.table.score.scoring import Outcome, RecordScorer, ScoringPlan
from fitcheck.table.score.tally import Tally

ROWS, CHARACTERS = 1_000, 1_000_000
"""Records of a batch; fewer where they are so long together."""

FEW = 10
"""Batches that are scored before processes are begun: for less than these, to begin them takes as long."""

MOST = 4
"""Processes that are begun at most: this one, which reads and writes, would not keep up with more."""

IN_HAND = 2
"""Batches that each process is given ahead."""


class Scored(NamedTuple):
    """A batch of records, what became of each, and their counts."""

    records: list[Record]
    outcomes: list[Outcome]
    tally: Tally


def scored(plan: ScoringPlan, records: Iterable[Record], processes: int | None = None) -> Generator[Scored, None, None]:
    """
    Score all records of a table, in order and in bounded memory.

    Args:
        plan: what scores them.
        records: of the table, read as they are asked for.
        processes: how many score; None: this one alone as long as the table may be short, then one for each processor.

    Raises:
        UsageError: a process was ended from outside.
    """
    left = batches(records)
    if processes is None:
        processes = min(MOST, _processors())
        yield from _scored_here(plan, islice(left, FEW if processes > 1 else None))
        following = next(left, None)
        if following is None:
            return
        left = chain([following], left)
    yield from _scored_here(plan, left) if processes == 1 else _shared(plan, left, processes)


def _scored_here(plan: ScoringPlan, left: Iterable[list[Record]]) -> Iterator[Scored]:
    scorer = RecordScorer(plan)
    for batch in left:
        yield Scored(batch, *scorer.part(batch))


def _shared(plan: ScoringPlan, left: Iterable[list[Record]], processes: int) -> Iterator[Scored]:
    """Score batches by several processes, a bounded number at a time."""
    with _pool(plan, processes) as pool:
        waiting: deque[tuple[list[Record], Future[tuple[list[Outcome], Tally]]]] = deque()
        for batch in left:
            if len(waiting) == IN_HAND * processes:
                done, future = waiting.popleft()
                yield Scored(done, *future.result())
            sent = [(r.line, r.cells, r.fault, r.repeats, r.is_title) for r in batch]
            with blocked():  # a process may be spawned here, which is not to hear of Ctrl-C
                waiting.append((batch, pool.submit(_score, sent)))
        for done, future in waiting:
            yield Scored(done, *future.result())


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield records some hundred at a time."""
    batch: list[Record] = []
    characters = 0
    for record in records:
        batch.append(record)
        characters += len(record.raw) or sum(map(len, record.cells))
        if len(batch) >= ROWS or characters >= CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _pool(plan: ScoringPlan, processes: int) -> Iterator[ProcessPoolExecutor]:
    """
    Begin a pool. Where anything goes wrong, its processes end after the batch that each has in hand.

    They are not killed: the executor would wait without end for the rest of what a process was just sending.
    """
    try:
        with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (plan,)) as pool:
            try:
                yield pool
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
    except BrokenProcessPool:
        message = "a process that scored part of the table was ended"
        raise UsageError(Problem("stopped", message, hint="memory may have run out")) from None
    except OSError as error:
        message = f"no process can be begun that scores part of the table: {error.strerror or error}"
        raise UsageError(Problem("stopped", message, hint="ulimit -a shows the limits")) from None


_worker: list[RecordScorer] = []
"""What scores in a process of a pool."""


def _begin(plan: ScoringPlan) -> None:
    """Make a process of a pool ready: it ends when the pool does, and when the first process is gone."""
    only_terminated()
    Thread(target=_end_with_parent, daemon=True).start()
    _worker.append(RecordScorer(plan))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        signal.raise_signal(signal.SIGTERM)


def _score(sent: list[tuple[int, list[str], Fault | None, bool, bool]]) -> tuple[list[Outcome], Tally]:
    """Score records in a process of a pool, which is sent only what scoring looks at."""
    return _worker[0].part(Record(line, cells, "", fault, repeats=r, is_title=t) for line, cells, fault, r, t in sent)
