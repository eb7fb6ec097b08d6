"""A second reading of lifetimes, repair and times, slow and plain, for tests to compare with.

Nothing here imports the program's engine, or its reader: a file is read by tomllib, and what it
means is taken from the words of docs/design-file.md alone. Every state of the component instances
is looked at, and numbers are exact fractions, or mpmath's with 50 digits.
"""

from tests.oracle_time.questions import TimeOracle

__all__ = ["TimeOracle"]
