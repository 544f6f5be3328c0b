"""A signal ends a run once, with its exit code, and never in the middle of a step that must not be left half done."""

import signal
from collections.abc import Iterator

import pytest

from fitcheck.signals import ENDING, blocked, handled, ignored, only_terminated

CODES = {signal.SIGTERM: 143, signal.SIGHUP: 129}


@pytest.fixture(autouse=True)
def _handlers_as_before() -> Iterator[None]:
    before = {sent: signal.getsignal(sent) for sent in ENDING}
    yield
    for sent, handler in before.items():
        signal.signal(sent, handler)


@pytest.mark.parametrize("sent", CODES)
def test_a_signal_ends_the_run_with_its_code_and_another_does_not_disturb_the_clean_up(sent: signal.Signals) -> None:
    cleaned_up = []

    def run() -> None:
        try:
            signal.raise_signal(sent)
        finally:
            for other in ENDING:
                signal.raise_signal(other)
            cleaned_up.append(sent)

    with pytest.raises(SystemExit) as ended, handled(CODES):
        run()
    assert (ended.value.code, cleaned_up) == (CODES[sent], [sent])


def test_handlers_are_put_back_afterwards() -> None:
    before = [signal.getsignal(sent) for sent in ENDING]
    with handled(CODES):
        assert [signal.getsignal(sent) for sent in ENDING] != before
    assert [signal.getsignal(sent) for sent in ENDING] == before


def test_a_signal_that_was_ignored_before_the_run_stays_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with handled(CODES):
        signal.raise_signal(signal.SIGHUP)


def test_a_signal_in_a_blocked_step_waits_until_the_step_is_done() -> None:
    done = []

    def step() -> None:
        signal.raise_signal(signal.SIGINT)
        done.append("step")

    with pytest.raises(KeyboardInterrupt), blocked():
        step()
    assert done == ["step"]


def test_ignored_signals_do_nothing() -> None:
    ignored()
    for sent in ENDING:
        signal.raise_signal(sent)


def test_where_signals_cannot_be_blocked_a_step_runs_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(signal, "pthread_sigmask")
    done = []
    with blocked():
        done.append("step")
    assert done == ["step"]


def test_only_terminate_ends_a_process_that_its_parent_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(signal, "pthread_sigmask")
    terminate = signal.getsignal(signal.SIGTERM)
    only_terminated()
    assert signal.getsignal(signal.SIGTERM) == terminate
    assert {signal.getsignal(sent) for sent in ENDING if sent != signal.SIGTERM} == {signal.SIG_IGN}
