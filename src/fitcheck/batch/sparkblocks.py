r"""
The records of one block of a file, though a quoted cell may begin in it and end in another.

Spark cuts a file into blocks, always between two lines, and reads each by itself. A cell of several lines that stands
across such a cut is nothing that one block can tell: the rest of it, at the beginning of the next block, may well look
like a row. So each block also tells the lines that it was `left` with: those from the first on whose record is not
told without what follows. Where a block does follow, both are read again: the one stops before those lines, the other
begins with them. When no block is left with anything but what it handed on, every line was read after all lines before
it, and the records are those that `fitcheck.batch.records` makes of the whole file. The first blocks of all files are
right from the beginning, and each reading makes one more right; mostly the second one is the last, as a record is
short and a block is long.

>>> first, second = ["1,a\n", '2,"b\n'], ["9,c\n", 'd"\n', "3,e\n"]
>>> block = Block(first)
>>> [record.line for record in block.records(",", 2)], block.left
([1, 2], ('2,"b\n',))
>>> [record.line for record in Block(first, Joint((), goes_on=True)).records(",", 2)]
[1]
>>> [record.cells for record in Block(second, Joint(block.left)).records(",", 2)]
[['2', 'b\n9,c\nd'], ['3', 'e']]
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from fitcheck.batch.records import MOST_LINES, Record, records

Spot = tuple[str, int]
"""Where a block is: its file, and where in that it begins [bytes]."""


class Joint(NamedTuple):
    """
    How a block hangs together with those around it.

    Attributes:
        before: lines that the block before it was left with.
        goes_on: whether the lines that it is left with itself go to the block after it.
    """

    before: tuple[str, ...] = ()
    goes_on: bool = False


ALONE = Joint()


class Block:
    """
    One block of a file.

    Args:
        lines: with their line ends.
        joint: what is known of it so far.
        first_line: number of the first of `lines`, counted from the beginning of the block.

    Attributes:
        last_line: number of the last line that was read.
        left: what it was left with, when all its records are told: no more than `MOST_LINES`.
    """

    def __init__(self, lines: Iterable[str], joint: Joint = ALONE, first_line: int = 1) -> None:
        self.last_line = first_line - len(joint.before) - 1
        self.left: tuple[str, ...] = ()
        self._lines, self._joint, self._ended = lines, joint, False
        self._latest = deque[str](maxlen=MOST_LINES)

    def records(self, delimiter: str, width: int) -> Iterator[Record]:
        """Yield the records, those of the lines before it with numbers below the first; once."""
        for record in records(self._read(), delimiter, first_line=self.last_line + 1, width=width):
            # only whoever looks for the end of a quoted cell has come to the end of the lines before the end of records
            if self._ended and not self.left and record.fault and record.fault.code == "open-quote":
                self.left = (*self._latest,)[record.line - self.last_line - 1 :]
                if self._joint.goes_on:
                    return
            yield record

    def _read(self) -> Iterator[str]:
        for line in chain(self._joint.before, self._lines):
            self._latest.append(line)
            self.last_line += 1
            yield line
        self._ended = True


def joints(blocks: Sequence[tuple[Spot, tuple[str, ...]]]) -> Mapping[Spot, Joint]:
    """
    Return how blocks hang together, all of them that are not alone.

    Args:
        blocks: of whole files, in order, with the lines that each was left with.
    """
    found = dict[Spot, Joint]()
    for (spot, left), (following, _) in pairwise(blocks):
        if left and spot[0] == following[0]:
            found[spot] = found.get(spot, ALONE)._replace(goes_on=True)
            found[following] = Joint(left)
    return found
