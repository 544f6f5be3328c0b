"""
Blocks of a table scored side by side, by one process for each processor, and written in the order of the table.

A process is a fork of this one, so that it has the screen, the mapping, the header and the open files as they are here.
That is safe as long as nothing has begun a thread, so it is the fork that imports polars. Where it is not safe or can't
be done, the table is short, or there is one processor, blocks are scored right here.

Processes share no lock, because one that is killed would keep it: each is given its blocks through a pipe of its own,
and a token that goes round from one to the next says whose turn it is to write. Whatever goes wrong ends all of them.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection, wait
from pickle import PicklingError
from queue import Queue
from traceback import format_exception
from typing import Any, BinaryIO, Generic, NamedTuple, TypeVar

from fitcheck.batch.making import Make, made
from fitcheck.batch.tally import Tally
from fitcheck.problems import Problem, UsageError
from fitcheck.signals import ENDING, blocked

Block = TypeVar("Block")

FEW = 3
"""A table of fewer blocks is scored here: to begin a process and to import polars there takes as long."""

MOST = 4
"""So many processes are begun at most: this one, which reads, would not keep up with more."""

IN_HAND = 2
"""Blocks that a process has at a time: one that it scores, and the next."""

LONGEST_WAIT = 1
"""Seconds: Python hears of a signal that came just before it began to wait only when that is over."""

BETWEEN = 8
"""After so many blocks what is written is brought to the disk: at the end, nobody would score meanwhile."""


def scored(
    blocks: Iterator[Block],
    engine: Make[Block],
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
        UsageError: a process was ended from outside, or what scores can't be imported.
    """
    first = list(islice(blocks, FEW))
    count = _processes(files) if len(first) == FEW else 1
    blocks = chain(first, blocks)
    team = _Team[Block](engine.name)
    try:
        if count > 1 and team.begin(count, engine, files):
            yield from team.scored(blocks, least_rate, files)
            return
    finally:
        team.end()
    here = made(engine.engine, engine.name)
    for block in blocks:
        done = here.score(block, least_rate(), progress)
        done.write(files)
        yield done.tally


def _processes(files: Sequence[BinaryIO]) -> int:
    """How many processes score; 1 is this one alone."""
    begun = threading.active_count() > 1 or "polars" in sys.modules
    if sys.platform != "linux" or begun or current_process().daemon:  # who is a daemon may begin no process
        return 1
    try:
        for file in files:
            file.fileno()
    except OSError:  # a file in memory would be another one in each process
        return 1
    return min(MOST, len(os.sched_getaffinity(0)))


def _bring_to_disk(files: Sequence[BinaryIO]) -> None:
    with suppress(OSError):  # a stream has no disk
        for file in files:
            os.fdatasync(file.fileno())


class _Worker(NamedTuple):
    """A process, and this end of the pipe to it."""

    process: Any
    pipe: "Connection[Any, Any]"


class _Team(Generic[Block]):
    """
    The processes that score; block k is for process k modulo their number.

    A process takes in `IN_HAND` blocks whatever else it does, and is given no more before it was asked for a result: so
    neither ever waits for the other to read what fills a pipe.

    Args:
        name: of the engine.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._workers: list[_Worker] = []

    def begin(self, count: int, engine: Make[Block], files: Sequence[BinaryIO]) -> bool:
        """Begin processes; say whether the system let us, and none is left if it did not."""
        for file in files:
            file.flush()  # or every process would write what is kept back
        context = get_context("fork")
        try:
            turns = [context.Pipe(duplex=False) for _ in range(count)]
            turns[0][1].send_bytes(b"!")
            for k in range(count):
                ours, theirs = context.Pipe()
                turn = _Turn(turns[k][0], turns[(k + 1) % count][1])
                above = [ours, *(worker.pipe for worker in self._workers)]
                work = (engine, files, theirs, turn, above)
                process = context.Process(target=_work, args=work, daemon=True)
                # until it is settled what signals do there, and known here that there is one more to end
                with blocked():
                    process.start()
                    self._workers.append(_Worker(process, ours))
                theirs.close()
        except OSError:
            self.end()
            return False
        return True

    def scored(
        self, blocks: Iterator[Block], least_rate: Callable[[], float], files: Sequence[BinaryIO]
    ) -> Iterator[Tally]:
        """Have blocks scored; see `scored`."""
        given = told = 0
        for block in blocks:
            if given - told == IN_HAND * len(self._workers):
                yield self.result(told)
                told += 1
                if told % BETWEEN == 0:
                    _bring_to_disk(files)
            self.give(given, block, least_rate())
            given += 1
        for number in range(told, given):
            yield self.result(number)

    def give(self, number: int, block: Block, least_rate: float) -> None:
        """Give a process the next block."""
        try:
            self._of(number).pipe.send((block, least_rate))
        except OSError:
            raise self._ended() from None

    def result(self, number: int) -> Tally:
        """Wait for the counts of a block, which is written then; raise what went wrong with it."""
        pipe = self._of(number).pipe
        watched = [pipe, *(worker.process.sentinel for worker in self._workers)]
        while not (ready := wait(watched, timeout=LONGEST_WAIT)):
            pass
        if pipe not in ready:
            raise self._ended()
        try:
            found = pipe.recv()
        except (EOFError, OSError):
            raise self._ended() from None
        if isinstance(found, Tally):
            return found
        if isinstance(found, MemoryError):
            raise self._ended() from found
        raise found

    def end(self) -> None:
        """End all processes, whatever they do."""
        for worker in self._workers:
            worker.process.kill()  # one that was stopped would not hear of anything less
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def _of(self, number: int) -> _Worker:
        return self._workers[number % len(self._workers)]

    def _ended(self) -> UsageError:
        less = "" if self._name == "python" else "; --engine python takes least"
        message = "a process that scored part of the table was ended"
        return UsageError(Problem("stopped", message, hint=f"memory may have run out{less}"))


class _Turn(NamedTuple):
    """Where the token comes from, and where it goes."""

    before: "Connection[Any, Any]"
    after: "Connection[Any, Any]"


def _work(
    engine: Make[Block],
    files: Sequence[BinaryIO],
    pipe: "Connection[Any, Any]",
    turn: _Turn,
    above: "Sequence[Connection[Any, Any]]",
) -> None:
    """Score blocks, and write each when it is its turn, until this process is ended."""
    for sent in ENDING:  # the first process hears the others too, and ends this one
        signal.signal(sent, signal.SIG_DFL if sent == signal.SIGTERM else signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    for end in above:  # the first process alone holds them: when it is gone, they are closed
        end.close()
    os.environ["POLARS_MAX_THREADS"] = "1"  # every processor has a process
    given: Queue[tuple[Block, float]] = Queue()
    try:
        threading.Thread(target=_take, args=(pipe, given), daemon=True).start()
    except RuntimeError:  # without it nothing here would ever end; that this process is gone says enough
        os._exit(1)
    try:
        scorer = made(engine.engine, engine.name)
        while True:
            done = scorer.score(*given.get())
            turn.before.recv_bytes()
            done.write(files)
            for file in files:
                file.flush()
            turn.after.send_bytes(b"!")
            pipe.send(done.tally)
    except BaseException as error:  # noqa: BLE001 - the first process asks for results in order: it tells the first
        error.add_note("".join(format_exception(error)).rstrip())
        _tell(error, pipe)
        signal.pause()


def _tell(error: BaseException, pipe: "Connection[Any, Any]") -> None:
    try:
        try:
            pipe.send(error)
        except (TypeError, AttributeError, PicklingError):  # not every error can be sent
            pipe.send(RuntimeError(repr(error)))
    except OSError:  # there is nobody left to tell it
        os._exit(1)


def _take(pipe: "Connection[Any, Any]", given: "Queue[tuple[Block, float]]") -> None:
    """Take in blocks as they are given; end when the first process is gone, or whatever else happens here."""
    try:
        while True:
            given.put(pipe.recv())
    finally:
        os._exit(1)
