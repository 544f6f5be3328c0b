"""All that goes through rows, compiled."""

from collections.abc import Mapping

from fitcheck.batch.arrays import Flags, Whole
from fitcheck.batch.compiled.adding import Adding
from fitcheck.batch.compiled.numbering import numbered
from fitcheck.batch.compiled.opening import CompiledOpening
from fitcheck.batch.compiled.strongest import Strongest
from fitcheck.batch.loops import Added
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
        self._adding, self._strongest, self.opening = Adding(packed, trust), Strongest(packed), CompiledOpening()

    def numbered(self, columns: Mapping[str, Whole]) -> tuple[Whole, list[tuple[int, ...]]]:
        """Number rows by what stands in them."""
        return numbered(columns)

    def add_up(self, answers: Whole, holding: Whole, failing: Whole) -> Added:
        """Add up answers."""
        return self._adding.add_up(answers, holding, failing)

    def strongest(self, answers: Whole, pursued: Flags, one_sided: Whole) -> Whole:
        """Find the reasons that tell most."""
        return self._strongest.strongest(answers, pursued, one_sided)
