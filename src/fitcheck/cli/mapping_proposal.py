"""`fitcheck batch --map-only`: propose a mapping for a table, show it and save it."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fitcheck.cli.delivery import refuse_unfit_name
from fitcheck.cli.inputs import STDIN, is_there, table_stream
from fitcheck.cli.streams import print_text, refuse_closed_output, text_options, write_file, write_utf8
from fitcheck.problems import Problem, UsageError, printable
from fitcheck.report.document import Detail
from fitcheck.report.text import text_lines

if TYPE_CHECKING:
    from fitcheck.table.run import Job


def propose(
    job: "Job",
    table: str,
    output: str | None,
    inputs: Sequence[Path],
    again: Sequence[str],
    *,
    detail: Detail,
    pager: bool,
) -> None:
    """
    Show a proposed mapping for the table, and save it if a file was named.

    Args:
        job: says how the table is read and scored.
        table: as it was named.
        output: takes the mapping; None: it is only shown.
        inputs: files that must not be written over.
        again: options that go on with the same job.
        detail: how much to tell.
        pager: show it a screen at a time where a person watches.

    Raises:
        DocumentError: the table can't be read.
        UsageError: the file already exists, or can't be written.
    """
    from fitcheck.report.table.mapping import proposal_report
    from fitcheck.table.match.mapping_template import mapping_yaml
    from fitcheck.table.match.proposal import propose_for

    if output == STDIN:
        refuse_closed_output()
    elif output is not None:
        refuse_unfit_name(Path(output), {"YAML": ".yaml"})
        if is_there(Path(output).is_file):  # somebody may have completed it
            hint = "name another file; --map reads this one and keeps what it says"
            raise UsageError(Problem("file-exists", f"{output} already exists", hint=hint))
    with table_stream(table) as (stream, name):
        proposal = propose_for(stream, name, job.settings, job.asked, job.mapping)
    shown = sys.stderr if output == STDIN else sys.stdout
    layout = text_options(shown)
    text = mapping_yaml(proposal, Path(output).stem if output is not None and output != STDIN else "ours")
    if output is not None and output != STDIN:  # before anything is shown: its reader may have seen enough
        write_file(Path(output), text, inputs=inputs)
    blocks = proposal_report(proposal, detail, file=name, saved=output is not None)
    print_text(text_lines(blocks, layout), layout, shown, pager=pager)
    if output == STDIN:
        write_utf8(text)
    elif output is not None:
        dated = any(bands.of_days for column in proposal.columns if (bands := column.column and column.column.bands))
        command = shlex.join(["fitcheck", "batch", table, *again, "--map", output, "-o", "scored.csv"])
        command += " --as-of DATE" if dated else ""
        guesses = any(column.to_confirm for column in proposal.columns)
        check = 'check it and delete each "?" that is right' if guesses else "check it"
        told = f"wrote {output}; {check}, then: {command}"
        sys.stderr.write(f"\n{printable(told)}\n")
