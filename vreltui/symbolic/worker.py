"""The process in which symbolic work runs: a request on standard input, the answers on output.

Started by :mod:`vreltui.symbolic.service`, which sends nothing but its own pickles.
"""

from __future__ import annotations

import pickle
import sys

MOST_BYTES = 3 << 30
"""Memory that the process may ask for, where the system can hold it to that."""


def main() -> None:
    """Answer one request."""
    _limit_memory()
    sys.setrecursionlimit(20_000)
    from vreltui.symbolic.answering import answer

    request = pickle.load(sys.stdin.buffer)  # noqa: S301
    answers = answer(request)
    sys.stdout.buffer.write(pickle.dumps(answers))
    sys.stdout.buffer.flush()


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    except (ImportError, ValueError, OSError):
        return


if __name__ == "__main__":
    main()
