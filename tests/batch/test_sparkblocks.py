"""However a file is cut into blocks, its records are those of the whole."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from hypothesis import example, given, strategies as st

from fitcheck.batch.records import MOST_LINES, Record, records
from fitcheck.batch.sparkblocks import ALONE, Block, Joint, Spot, joints

LINES = st.lists(
    st.sampled_from(['1,"', '"', 'x",2', "3,4", '""', '"5",6', '",7', "", "8", '"a"b', '9,""', ",,,,,,,,,"]),
    max_size=30,
)


def of_blocks(blocks: Sequence[Sequence[str]], width: int) -> tuple[list[Record], int]:
    """The records of a file that is cut into blocks, by lines of the file, and how often it was read for them."""
    known: Mapping[Spot, Joint] = {}
    for times in range(1, len(blocks) + 2):
        told, before, found = list[tuple[Spot, tuple[str, ...]]](), 0, list[Record]()
        for i, lines in enumerate(blocks):
            block = Block(lines, known.get(("file", i), ALONE))
            found += [record._replace(line=before + record.line) for record in block.records(",", width)]
            told.append((("file", i), block.left))
            before += block.last_line
        needed = joints(told)
        if needed == known:
            return found, times
        known = needed
    raise AssertionError


@given(LINES, st.sets(st.integers(0, 30)), st.sampled_from([1, 2, 10]))
@example(['1,"', *["3,4"] * MOST_LINES, '"'], {1, 50}, 2)
@example(['1,"', *["3,4"] * (MOST_LINES - 2), '"', "5,6"], {1, 50, 100}, 2)
def test_the_records_of_blocks_are_those_of_the_file(lines: list[str], cuts: set[int], width: int) -> None:
    ended = [f"{line}\n" for line in lines]
    ends = [0, *sorted(cut for cut in cuts if 0 < cut < len(lines)), len(lines)]
    blocks = [ended[start:end] for start, end in pairwise(ends)]
    found, _ = of_blocks(blocks, width)
    assert found == list(records(ended, ",", width=width))


def test_no_cell_across_the_end_of_a_block_takes_one_reading_and_one_takes_two() -> None:
    rows = ["1,2\n", '3,"4\n', '5"\n', "6,7\n"]
    assert [of_blocks(blocks, 2)[1] for blocks in ([rows], [rows[:3], rows[3:]], [rows[:2], rows[2:]])] == [1, 1, 2]


def test_blocks_of_two_files_never_hang_together() -> None:
    assert not joints([(("a", 0), ('1,"\n',)), (("b", 0), ())])
    assert joints([(("a", 0), ('1,"\n',)), (("a", 9), ())]) == {
        ("a", 0): Joint((), goes_on=True),
        ("a", 9): Joint(('1,"\n',)),
    }
