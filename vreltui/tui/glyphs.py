"""The characters that draw lines and marks, in Unicode and in ASCII."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of drawing characters, each of one cell."""

    vertical: str
    horizontal: str
    tee_down: str
    tee_right: str
    expanded: str
    collapsed: str
    leaf: str
    cursor: str
    ellipsis: str
    bullet: str
    shared: str
    repeated: str
    between: str
    more_above: str
    more_below: str
    ascii: bool = False


UNICODE = Glyphs(
    vertical="│",
    horizontal="─",
    tee_down="┬",
    tee_right="├",
    expanded="▾",
    collapsed="▸",
    leaf="·",
    cursor="▌",
    ellipsis="…",
    bullet="•",
    shared="◆",
    repeated="↑",
    between="·",
    more_above="▴",
    more_below="▾",
)

ASCII = Glyphs(
    vertical="|",
    horizontal="-",
    tee_down="+",
    tee_right="+",
    expanded="v",
    collapsed=">",
    leaf="-",
    cursor=">",
    ellipsis="~",
    bullet="*",
    shared="#",
    repeated="^",
    between="-",
    more_above="^",
    more_below="v",
    ascii=True,
)
