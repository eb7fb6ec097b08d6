"""A second reading of the semantics, slow and plain, for tests to compare the program with.

Nothing here imports the program's engine. What a design means is read off the words of
docs/design-file.md alone: choices are unfolded into component instances, every state of the
instances is looked at, and all numbers are exact.
"""

from tests.oracle.questions import Oracle
from tests.oracle.rendering import as_toml
from tests.oracle.strategies import designs

__all__ = ["Oracle", "as_toml", "designs"]
