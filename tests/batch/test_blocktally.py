"""What is counted block by block, on whatever machine, adds up to what is counted in one go."""

import pickle
from fractions import Fraction

from batch.frame_tables import TextTable, text_tables
from hypothesis import given, settings, strategies as st

from fitcheck.batch.asked import asked_by
from fitcheck.batch.blocktally import add_up
from fitcheck.batch.matching import match
from fitcheck.batch.outcolumns import RowTexts
from fitcheck.batch.records import Record
from fitcheck.batch.rowreading import RowReader
from fitcheck.batch.scoring import Scoring
from fitcheck.batch.tally import Tally
from fitcheck.decision.rows import RowScorer


def scoring_of(table: TextTable, tally: Tally) -> Scoring:
    situation, header = table.situation, [*table.header]
    scorer = RowScorer(situation.screen, situation.stage, situation.company)
    matching = match(header, asked_by(situation.screen))
    reader = RowReader(scorer, matching, None, mark=".", width=len(header))
    return Scoring(header, reader, RowTexts(situation.screen, ()), tally, table.bad_answers)


@given(text_tables(), st.lists(st.integers(1, 4), max_size=12), st.sampled_from([None, Fraction(30), Fraction(200)]))
@settings(max_examples=200)
def test_blocks_add_up_to_the_whole(table: TextTable, sizes: list[int], hours: Fraction | None) -> None:
    rows = [[cell or "" for cell in row] for row in table.rows] * 2
    rows.insert(len(rows) // 2, ["Total", *[""] * (len(table.header) - 1)])
    whole = Tally(hours)
    [*scoring_of(table, whole).score(Record(line, cells, "") for line, cells in enumerate(rows, 1))]
    total, before = Tally(hours), 0
    scoring = scoring_of(table, Tally(hours))
    for size in [*sizes, len(rows)]:
        block = rows[before : before + size]
        scoring.tally = tally = Tally(hours)
        [*scoring.score(Record(line, cells, "") for line, cells in enumerate(block, 1))]
        add_up(total, pickle.loads(pickle.dumps(tally)), before)  # noqa: S301 - it was pickled right here
        before += len(block)
    assert total == whole
    assert whole.read == whole.scored + whole.rejected
