"""A diagram as Mermaid, which GitHub and GitLab draw in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from vreltui.exchange.drawing import Arrow, Box, Drawing


def mermaid(drawn: Drawing) -> str:
    """The text of a flowchart."""
    return "\n".join(_lines(drawn)) + "\n"


def _lines(drawn: Drawing) -> Iterator[str]:
    yield "flowchart TD"
    for box in drawn.boxes:
        yield f"  {_box(box)}"
    for arrow in drawn.arrows:
        yield f"  {_arrow(arrow)}"
    single = [f"n{box.number}" for box in drawn.boxes if box.is_single_point]
    if single:
        yield "  classDef single stroke-width:3px"
        yield f"  class {','.join(single)} single"


def _box(box: Box) -> str:
    text = "<br/>".join(map(quoted, box.lines))
    left, right = ("([", "])") if box.is_choice else ("[", "]")
    return f'n{box.number}{left}"{text}"{right}'


def _arrow(arrow: Arrow) -> str:
    line = "-.->" if arrow.shared else "-->"
    times = f'|"{arrow.times} times"|' if arrow.times > 1 else ""
    return f"n{arrow.above} {line}{times} n{arrow.below}"


def quoted(text: str) -> str:
    """A text that can't end a label, open a link, or be Markdown or markup.

    >>> quoted('R_V "x" <b>')
    'R#95;V #34;x#34; #60;b#62;'
    """
    plain = " .,;=()-+/%"
    return "".join(
        character if character.isalnum() or (character in plain and character != ";")
        else f"#{ord(character)};"
        for character in text
    )  # fmt: skip
