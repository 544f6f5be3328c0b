"""Help that shows arguments as people write them, without Python types, and commands by the job they are for."""

from collections.abc import Mapping
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup


class PlainCommand(TyperCommand):
    """A command whose arguments are shown by their metavars alone."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return what follows the command's name in its usage line."""
        named = [param.metavar or "" for param in self.get_params(ctx) if param.param_type_name == "argument"]
        return ["[OPTIONS]", *named]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the help of arguments, then that of options."""
        arguments: list[tuple[str, str]] = []
        options: list[tuple[str, str]] = []
        for param in self.get_params(ctx):
            if record := param.get_help_record(ctx):
                if param.param_type_name == "argument":
                    arguments.append((param.metavar or "", record[1]))
                else:
                    options.append(record)
        for title, records in (("Arguments", arguments), ("Options", options)):
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


class PlainGroup(TyperGroup):
    """
    A group of commands that suggests the right one, and shows its help where no command is given.

    Attributes:
        sections: names of commands by the title under which help lists them; empty: all under "Commands".
        start: shown instead of the help where no command is given.
    """

    sections: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    start: ClassVar[str] = ""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Show where to begin if nothing is given."""
        if not args and not ctx.resilient_parsing:
            typer.echo(self.start or ctx.get_help())
            raise typer.Exit
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Refuse an unknown command with the one that was probably meant."""
        if args[0] not in self.commands and not args[0].startswith("-") and not ctx.resilient_parsing:
            from fitcheck.cli.usage_errors import unknown_command

            raise unknown_command(args[0], ctx.command_path, [*self.commands])
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - called with it
        """Write the commands of each section with their short help."""
        room = formatter.width - 6 - max(map(len, self.commands))
        for title, names in (self.sections or {"Commands": (*self.commands,)}).items():
            with formatter.section(title):
                formatter.write_dl([(name, self.commands[name].get_short_help_str(room)) for name in names])
