"""Arguments, files, streams and exit codes: the only place where a file meets a verdict."""
