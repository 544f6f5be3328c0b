"""`fitcheck mcp`: the tools, prompts and resources of a Model Context Protocol server."""
