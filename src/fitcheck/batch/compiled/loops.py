"""All that goes through rows, compiled."""

from fitcheck.batch.compiled.adding import Adding
from fitcheck.batch.compiled.numbering import numbered
from fitcheck.batch.compiled.opening import CompiledOpening
from fitcheck.batch.compiled.strongest import Strongest
from fitcheck.batch.packed import Packed
from fitcheck.decision.money import Trust


class CompiledLoops:
    """
    Goes through rows one by one; see `fitcheck.batch.loops.Loops`.

    Args:
        packed: the scorecard.
        trust: where the band of cycles comes from.
    """

    def __init__(self, packed: Packed, trust: Trust) -> None:
        self.opening = CompiledOpening()
        self.numbered, self.add_up = numbered, Adding(packed, trust).add_up
        self.strongest = Strongest(packed).strongest
