"""Exit codes of the command line."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes; the table in README is checked against this one."""

    DONE = 0
    """done"""
    FAULT = 1
    """our own fault: a bug"""
    USAGE = 2
    """wrong use: an option, or a place that can't be written to"""
    DOCUMENT = 3
    """an input file is wrong"""
    REJECTED = 4
    """a batch finished and some rows were rejected, or call notes do not bear out some answers"""
    NOT_NOW = 10
    """a verdict is "not now" and --fail-on-not-now was given"""
    HUNG_UP = 129
    """the terminal went away"""
    INTERRUPTED = 130
    """interrupted by Ctrl-C"""
    PIPE_CLOSED = 141
    """the reader of our output went away"""
    TERMINATED = 143
    """asked to end by another program"""
