"""
How fast a large table is scored, beside a plain copy of the file and beside others who do part of the same job.

    python benchmarks/batch.py [--rounds 5] [--rows 1000000] [--ten-million] [--quick] [--folder FOLDER]

Every figure is that of a whole process: wall time, processor time (user + system) and peak memory, as the system
counts them for the child. Commands that are compared take turns, A B A B ..., and ratios are taken round by round; what
is printed is the median. The aims are those of the project; beside each stands whether it was reached in this run.

Others are no dependencies: those that are not installed are skipped, with a line that says how to install them.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from benchmarks.tables.report import main

    main(sys.argv[1:])
