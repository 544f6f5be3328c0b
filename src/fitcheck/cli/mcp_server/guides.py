"""Prompts and resources: short cuts to what the tools do anyway."""

from functools import partial
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from pydantic import Field

from fitcheck.documents.reading.finding import names, root
from fitcheck.documents.screens import load_screen
from fitcheck.notes import texts

MARKDOWN = "text/markdown"

Prospect = Annotated[str, Field(description="Prospect file, e.g. acme.yaml.")]


def add_guides(server: MCPServer[Any]) -> None:
    """Add the prompts, the questions of each built-in screen, and how rubrics are written."""
    server.prompt(title="Read call notes")(read_call_notes)
    server.prompt(title="Prepare the next call")(prepare_next_call)
    server.prompt(title="Review the pipeline")(review_pipeline)
    for name in names("screen"):
        server.resource(
            f"fitcheck://screens/{name}", name=name, title=f"Questions of {name}", mime_type=MARKDOWN,
            description=f"The questions of {name} with their options and rules.",
        )(partial(_screen, name))  # fmt: skip
    server.resource(
        "fitcheck://rubrics", name="rubrics", title="Rubrics, screens and cost models", mime_type=MARKDOWN,
        description="What ships with fitcheck, and how files of one's own are written.",
    )(_rubrics)  # fmt: skip


def read_call_notes(
    notes: Annotated[str, Field(description="Text file with the notes, e.g. acme-call.md.")],
    prospect: Prospect,
    day: Annotated[str, Field(description="Date of the call, YYYY-MM-DD.")] = "",
) -> str:
    """Turn the notes of a call into checked answers and a verdict."""
    return f"""\
Read the call notes in {notes} for the prospect file {prospect}{f"; the call was on {day}" if day else ""}.
1. Call questions, and then each part that it names. If {prospect} is there already, give it as prospect.
2. Propose answers by its rules, each with a quote from the notes. Call check_answers. Mend or drop what is refused.
3. Show me the answers with their quotes. If I agree and save_answers is there, save them into {prospect}.
4. Call assess on {prospect} and show me the report as it is."""


def prepare_next_call(prospect: Prospect) -> str:
    """Prepare a call with a prospect: what to ask, and what to work on."""
    return f"""\
Help me prepare my next call with the prospect in {prospect}.
1. Call assess, ask_next and what_would_change on it.
2. Tell me the verdict in one line as fitcheck gives it, then at most five questions for the call, most telling first,
   in words that I can say aloud, each with what the answer would decide.
3. Say what I should agree with them before we go on. Add no reasons of your own."""


def review_pipeline(hours: Annotated[str, Field(description="Hours available, e.g. 120.")]) -> str:
    """Go through every prospect in the folder, and say which ones deserve the hours."""
    return f"""\
Review my pipeline: I have {hours} hours.
1. Call rank on "." with these hours.
2. Show me which prospects to take on, which to ask first and what, and which to turn down, as fitcheck says.
3. Offer a letter for each "not now". I send it, not you."""


def _screen(name: str) -> str:
    return texts.questions(load_screen(name))


def _rubrics() -> str:
    return (root() / "README.md").read_text(encoding="utf-8")
