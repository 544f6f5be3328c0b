"""An assistant that calls a tool of a server of the current folder, in memory."""

import asyncio
from pathlib import Path
from typing import Any, NamedTuple

from mcp import Client
from mcp_types import TextContent

from fitcheck.cli.mcp_server.server import server


class Answer(NamedTuple):
    """The text of a tool, and whether it is an error."""

    text: str
    is_error: bool


def call(tool: str, *, allow_write: bool = False, mode: str = "auto", **arguments: Any) -> Answer:
    """Call a tool once."""

    async def once() -> Answer:
        async with Client(server(Path.cwd(), allow_write=allow_write), mode=mode) as client:
            result = await client.call_tool(tool, arguments)
            [content] = result.content
            assert isinstance(content, TextContent)
            return Answer(content.text, bool(result.is_error))

    return asyncio.run(once())
