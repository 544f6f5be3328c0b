"""Exit codes of the command line."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes; the table in README is checked against this one."""

    DONE = 0
    """done"""
    FAULT = 1
    """a bug in fitcheck"""
    USAGE = 2
    """wrong usage: an option, or an output file that can't be written"""
    DOCUMENT = 3
    """invalid input file"""
    REJECTED = 4
    """batch finished, some rows rejected; or some answers are not in the call notes"""
    NOT_NOW = 10
    """a verdict is "not now", with --fail-on-not-now"""
    HUNG_UP = 129
    """the terminal was closed"""
    INTERRUPTED = 130
    """interrupted by Ctrl-C"""
    PIPE_CLOSED = 141
    """the reader of the output closed the pipe"""
    TERMINATED = 143
    """terminated by another program"""
