"""vreltui: exact reliability of virtualized architectures, in a terminal.

As a library it gives a few functions, of which docs/library.md says what is promised. They are
loaded when they are first asked for, as the program itself begins without them.
"""

from importlib import import_module

__version__ = "0.1.0"

__all__ = [
    "Check",
    "ChoiceCheck",
    "Comparison",
    "Condition",
    "CutSets",
    "Design",
    "Exploration",
    "Formula",
    "Importance",
    "PlotPoints",
    "Threshold",
    "VreltuiError",
    "__version__",
    "check",
    "compare",
    "condition",
    "cut_sets",
    "dumps",
    "explore",
    "formula",
    "importance",
    "load",
    "loads",
    "plot_points",
]


def __getattr__(name: str) -> object:
    if name.startswith("__") or name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # A name of __all__ alone, which a test compares with the library's: nothing is guessed.
    found: object = getattr(import_module("vreltui.library"), name)
    globals()[name] = found
    return found
