"""`make campaign NAME=allocation`: the 33 instances of redundancy allocation, and random spaces.

Each instance comes to its proven optimum, and 700 random small spaces are answered as a list of
every variant is. Ends with 0 where all of it holds. Takes some minutes; ARGS goes to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys

TESTS = ("tests/exploration/test_search.py", "tests/exploration/test_random.py")


def main(arguments: list[str]) -> int:
    """Run the tests in their long form; the exit status of pytest."""
    command = [sys.executable, "-m", "pytest", "-q", *TESTS, *arguments]
    return subprocess.run(command, env={**os.environ, "VRELTUI_LONG": "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
