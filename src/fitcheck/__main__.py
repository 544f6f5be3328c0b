"""`fitcheck` and `python -m fitcheck`; answers --version without importing anything else."""

import atexit
import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        from fitcheck import __version__  # noqa: PLC0415 - the point is not to import the rest

        print(f"fitcheck {__version__}")  # noqa: T201 - this is the command line
        return
    gc.disable()  # a run is short and makes no garbage worth looking for
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else it searches every installed package for them
    try:
        from fitcheck.cli.app import run  # noqa: PLC0415
        from fitcheck.undisturbed import deaf  # noqa: PLC0415

        code = run(sys.argv[1:])
        deaf()
    except KeyboardInterrupt:  # before the run began, or when it was over
        from fitcheck.cli.exits import Exit  # noqa: PLC0415

        code = Exit.INTERRUPTED
    if sys.getprofile() is None and sys.gettrace() is None:  # who looks on wants to tell what was seen
        _leave(code)
    sys.exit(code)


def _leave(code: int) -> None:
    """End the process here, as the system frees at once what Python would take apart object by object."""
    atexit._run_exitfuncs()  # noqa: SLF001 - there is no public way
    with suppress(OSError, ValueError):  # Python itself says what is wrong with a stream
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
