"""`fitcheck mcp`: a Model Context Protocol server for assistants."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from fitcheck.cli.streams import write_utf8
from fitcheck.nearest import nearest, quoted
from fitcheck.problems import Problem, UsageError, printable
from fitcheck.signals import unhandled


def mcp(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Folder with prospects and notes; nothing outside is read.")
    ] = Path(),
    *,
    allow_write: Annotated[
        bool, typer.Option("--allow-write", help="Let the assistant save checked answers to prospect files.")
    ] = False,
    print_config: Annotated[
        str | None,
        typer.Option(
            "--print-config",
            metavar="claude|vscode|codex",
            help="Print how to connect an assistant, and exit.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Serve an assistant over standard input and output, with the Model Context Protocol."""
    if not folder.is_dir():
        raise UsageError(Problem("not-a-folder", f"{printable(str(folder))} is not a folder"))
    if print_config is not None:
        _print_config(print_config, folder.resolve(), allow_write=allow_write)
        return
    try:
        from fitcheck.cli.mcp_server.server import server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in {"mcp", "mcp_types"}:
            raise
        from fitcheck.table.read.typed_rows import missing_extra

        raise missing_extra("fitcheck mcp", "mcp") from None
    os.chdir(folder)  # the tools name files as the commands do: relative to where they run
    if sys.stdin.isatty():
        sys.stderr.write("Waiting for an assistant. To connect one: fitcheck mcp --print-config claude\n")
    unhandled()
    server(Path.cwd(), allow_write=allow_write).run("stdio")


def _print_config(client: str, folder: Path, *, allow_write: bool) -> None:
    from fitcheck.cli.mcp_server.client_configs import CLIENTS, FILES, client_config

    if client not in CLIENTS:
        hint = nearest(client, [*CLIENTS])
        raise UsageError(Problem("unknown-client", f"--print-config cannot be {quoted(client)}", hint=hint))
    write_utf8(client_config(client, folder, allow_write=allow_write))
    sys.stderr.write(f"Add this to {FILES[client]}.\n")
