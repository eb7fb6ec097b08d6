"""A diagram in the language of graphviz."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.exchange.drawing import Arrow, Box, Drawing


def dot(drawn: Drawing) -> str:
    """The text of a graph."""
    return "\n".join(_lines(drawn)) + "\n"


def _lines(drawn: Drawing) -> Iterator[str]:
    yield "digraph design {"
    yield '  node [shape=box, fontname="sans-serif"];'
    for box in drawn.boxes:
        yield f"  n{box.number} [{_attributes(box)}];"
    for arrow in drawn.arrows:
        yield f"  n{arrow.above} -> n{arrow.below}{_style(arrow)};"
    yield "}"


def _attributes(box: Box) -> str:
    more = ", shape=oval" if box.is_choice else ""
    more += ", penwidth=3" if box.is_single_point else ""
    return 'label="' + "\\n".join(map(quoted, box.lines)) + f'"{more}'


def _style(arrow: Arrow) -> str:
    said = ["style=dashed"] if arrow.shared else []
    said += [f'label="{arrow.times} times"'] if arrow.times > 1 else []
    return f" [{', '.join(said)}]" if said else ""


def quoted(text: str) -> str:
    r"""A text that can't end a label and holds no escape of graphviz.

    >>> print(quoted('say "\\N"'))
    say \"\\N\"
    """
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
