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
    marked: str
    ellipsis: str
    bullet: str
    shared: str
    repeated: str
    struck: str
    between: str
    more_above: str
    more_below: str
    single: str
    whole: str
    ascii: bool = False

    def bar(self, share: float, width: int) -> str:
        """A bar as long as a share of ``width``; a share of one in two hundred is seen.

        >>> ASCII.bar(0.5, 8), ASCII.bar(0.01, 8), ASCII.bar(0.001, 8)
        ('####', '#', '')
        """
        least = 1 if share >= _SEEN else 0
        return self.whole * max(least, round(max(0.0, min(1.0, share)) * width))


_SEEN = 0.005

UNICODE = Glyphs(
    vertical="│",
    horizontal="─",
    tee_down="┬",
    tee_right="├",
    expanded="▾",
    collapsed="▸",
    leaf="·",
    cursor="▌",
    marked="✓",
    ellipsis="…",
    bullet="•",
    shared="◆",
    repeated="↑",
    struck="↯",
    between="·",
    more_above="▴",
    more_below="▾",
    single="!",
    whole="█",
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
    marked="+",
    ellipsis="~",
    bullet="*",
    shared="#",
    repeated="^",
    struck="&",
    between="-",
    more_above="^",
    more_below="v",
    single="!",
    whole="#",
    ascii=True,
)
