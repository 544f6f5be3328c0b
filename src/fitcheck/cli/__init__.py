"""The command line: arguments, files, streams and exit codes."""
