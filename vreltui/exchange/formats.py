"""The names of the formats, which the command line knows before it loads what reads or writes."""

OUT = ("open-psa", "galileo", "mermaid", "dot")
"""What a design can be written as."""

IN = ("open-psa", "galileo")
"""What a design can be made from."""

MOST_BYTES = 32_000_000
"""The most bytes of a file to import."""
