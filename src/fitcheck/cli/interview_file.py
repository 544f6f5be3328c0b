"""The prospect file of an interview, saved after each answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fitcheck.cli.inputs import prospect_in
from fitcheck.cli.replies import UNKNOWN, Reply
from fitcheck.cli.streams import write_file
from fitcheck.problems import Problem, UsageError

if TYPE_CHECKING:
    from fitcheck.amounts import Amount
    from fitcheck.decision.assessment import Assessment
    from fitcheck.decision.content.cost_model import Company
    from fitcheck.decision.content.rubric import Screen, Stage

VALUE_UNKNOWN = "{}  # {value: 30000, currency: EUR, win_probability: 0.3}"
"""A deal of which nobody knows the value yet; it is not asked again."""


@dataclass(slots=True)
class InterviewFile:
    """
    A prospect file while its questions are asked.

    Attributes:
        file: its path.
        inputs: files that must not be overwritten.
        screen: asks the questions.
        named: the screen as the file names it; None for the default.
        stage: our stage, if it was given.
        company: our side.
        day: of the call.
        text: of the file so far.
        assessment: of the saved file; None before it is first saved.
        on_disk: bytes of the file as last read or written here.
        is_written: whether anything was saved.
        without_value: the text before a value was given in this interview.
    """

    file: Path
    inputs: Sequence[Path]
    screen: "Screen"
    named: str | None
    stage: "Stage | None"
    company: "Company | None"
    day: date | None
    text: str = ""
    assessment: "Assessment | None" = None
    on_disk: bytes | None = None
    is_written: bool = False
    without_value: str | None = None

    def open(self) -> bool:
        """
        Read the file if it exists, else begin with a template; return whether it exists.

        Raises:
            DocumentError: the file is not a valid prospect file.
            UsageError: its folder does not exist.
        """
        from fitcheck.documents.prospect_template import prospect_template
        from fitcheck.documents.reading.source import parse, read_bytes

        if self.file.exists():
            data = read_bytes(self.file, str(self.file))
            self.assessment = self._assess(data)
            self.text, self.on_disk = data.decode("utf-8-sig"), data
            self.named = parse(data, str(self.file)).mapping().get("screen")
            return True
        if not self.file.parent.is_dir():
            raise UsageError(Problem("cannot-write", f"can't write {self.file}: no such folder"))
        self.text = prospect_template(self.screen, self.named)
        return False

    @property
    def told(self) -> "Assessment":
        """Assess what is known so far."""
        return self.assessment or self._assess(self.text.encode())

    @property
    def name(self) -> str | None:
        """Name of the prospect; None if nobody has filled it in."""
        from fitcheck.documents.prospect_template import UNNAMED

        name = self.told.prospect.name
        return None if name == UNNAMED else name

    @property
    def has_answers(self) -> bool:
        """Whether any question is answered."""
        from fitcheck.decision.interview import left

        return len(left(self.screen, self.told.prospect, ())) < len(self.screen.asked)

    @property
    def needs_value(self) -> bool:
        """Whether the deal's value has never been asked: no question is answered, and nothing is said of the deal."""
        from fitcheck.documents.reading.source import parse

        return not self.has_answers and "deal" not in parse(self.text.encode(), str(self.file)).data

    @property
    def asked_value(self) -> bool:
        """Whether the deal's value was asked in this interview."""
        return self.without_value is not None

    def save_name(self, name: str) -> None:
        """Save the name of the prospect."""
        from fitcheck.documents.reading.editing import in_yaml, with_value

        self.save(with_value(self.text, str(self.file), ("prospect",), in_yaml(name)))

    def save_value(self, amount: "Amount | None") -> None:
        """Save the deal's value; None if nobody knows it. A later value replaces an earlier one of this interview."""
        from fitcheck.documents.prospect_template import prospect_template
        from fitcheck.documents.reading.editing import deal_in_yaml, in_yaml, with_value

        if self.without_value is None:
            self.without_value = self.text
        deal = deal_in_yaml(amount) if amount else VALUE_UNKNOWN
        name = in_yaml(self.told.prospect.name)
        if self.without_value == prospect_template(self.screen, self.named, prospect=name):
            self.save(prospect_template(self.screen, self.named, prospect=name, deal=deal))
        else:
            self.save(with_value(self.without_value, str(self.file), ("deal",), deal))

    def save_answer(self, question: str, reply: Reply) -> None:
        """
        Save an answer; that it is unknown only with what they said, or in the place of another.

        Raises:
            DocumentError: the answer can't be put into the file as it is written.
        """
        from fitcheck.documents.reading.editing import with_answer

        if reply.answer == UNKNOWN and not reply.evidence and self.told.prospect.answer(question).state == "unknown":
            return
        answer = "unknown" if reply.answer == UNKNOWN else reply.answer
        self.save(with_answer(self.text, str(self.file), question, answer, evidence=reply.evidence, on=self.day))

    def save(self, text: str) -> None:
        """
        Save and assess the file.

        Raises:
            UsageError: somebody else has changed it, or it can't be written.
        """
        data = text.encode()
        told = self._assess(data)
        if self.on_disk is not None and self.file.exists() and self.file.read_bytes() != self.on_disk:
            hint = "it was not overwritten; run the same command to continue with the changed file"
            raise UsageError(Problem("changed-meanwhile", f"{self.file} was changed by somebody else", hint=hint))
        write_file(self.file, text, inputs=self.inputs)
        self.text, self.assessment, self.on_disk, self.is_written = text, told, data, True

    def ending(self, again: str) -> str:
        """
        Say what was saved when the interview is broken off.

        Args:
            again: command that resumes it.
        """
        if self.assessment is None:
            return "Quit; nothing was saved."
        return f"Saved: {self.file}. To resume: {again}"

    def _assess(self, data: bytes) -> "Assessment":
        from fitcheck.api import assess
        from fitcheck.documents.prospects import Questionnaire

        prospect = prospect_in(data, str(self.file), Questionnaire.of(self.screen))
        return assess(self.screen, prospect, stage=self.stage, company=self.company, as_of=self.day)
