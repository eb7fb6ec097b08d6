"""vreltui: exact reliability of virtualized architectures, in a terminal."""

__version__ = "0.1.0"
