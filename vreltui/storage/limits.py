"""How large and how strange a design file may be; checked before any parser sees it."""

from __future__ import annotations

MOST_BYTES = 10_000_000
"""The most bytes of a file. 50,000 nodes with notes fit in."""

MOST_LINE = 200_000
"""The most characters of a line."""

MOST_ITEMS = 600_000
"""The most keys and elements in all."""

MOST_NESTING = 8
"""The most brackets and braces open at once."""

MOST_KEY_PARTS = 8
"""The most parts of a dotted key; parsing is quadratic in them. A design needs five."""

MOST_KEY_LENGTH = 1000
"""The most characters of a key, dots included."""

MOST_NUMBER_LENGTH = 700
"""The most characters of a number: 320 digits after 300 zeros, with room."""

MOST_EXPONENT_DIGITS = 5
"""The most digits of an exponent."""
