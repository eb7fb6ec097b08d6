"""A second reading of causes, containment, policies and processes, for tests to compare with.

Nothing here imports the program's engine, or its reader: a file is read by tomllib, and what it
means is taken from the words of docs/design-file.md alone. Causes are shocks written out, and every
state of the parts is looked at; chains are solved in fractions, and over time in whole numbers.
"""

from tests.oracle_dependence.questions import DependenceOracle

__all__ = ["DependenceOracle"]
