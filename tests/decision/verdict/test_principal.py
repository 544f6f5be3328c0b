"""Three sentences that decided it: gates first, then the strongest reasons, each once."""

from hypothesis import given
from strategies import Situation, situations

from fitcheck.decision.assess import assess
from fitcheck.decision.verdict.principal import HELD_BACK, REASONS, principal_reasons, too_little_text
from fitcheck.decision.verdict.scorer import Scorer


@given(situations())
def test_gates_that_fail_come_first_and_no_sentence_comes_twice(situation: Situation) -> None:
    told = assess(situation.screen, situation.prospect, situation.stage, company=situation.company)
    found = Scorer(situation.screen, situation.stage, situation.company).judge(situation.prospect)
    sentences = principal_reasons(found, found.failed_gates())
    assert len(set(sentences)) == len(sentences) <= REASONS
    failed = dict.fromkeys(
        f"{gate.title}: {gate.because}" if gate.id == "money" or gate.id.startswith("floor:") else gate.because
        for gate in told.failed_gates
    )
    if told.too_little_known:
        known, least = told.known, told.screen.least_known
        failed[too_little_text(known, least)] = None
    elif told.verdict == "not now" and told.probability is not None and told.score >= told.threshold:
        failed[HELD_BACK] = None  # nothing that is known speaks for that verdict
    assert list(sentences[: len(failed)]) == list(failed)[:REASONS]
    groups = told.speaks_for if told.verdict == "pursue" else told.against
    rest = [text for text in dict.fromkeys(group.members[0].text for group in groups) if text not in failed]
    assert list(sentences[len(failed) :]) == rest[: max(0, REASONS - len(failed))]
