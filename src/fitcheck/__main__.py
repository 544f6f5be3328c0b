"""`fitcheck` and `python -m fitcheck`; answers --version without importing anything else."""

import os
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        from fitcheck import __version__  # noqa: PLC0415 - the point is not to import the rest

        print(f"fitcheck {__version__}")  # noqa: T201 - this is the command line
        return
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else it searches every installed package for them
    try:
        from fitcheck.cli.app import run  # noqa: PLC0415

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before the run began, or after its end
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
