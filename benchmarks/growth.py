"""``python -m benchmarks.growth``: time and memory of ``check`` as designs grow, drawn for docs.

Three pictures: against components that share nothing, against components in clusters that share,
and against choices of one design. Each point is a process of its own, start included, by processor
time and by the most memory that one of its processes held; both axes are logarithms.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from benchmarks.contenders.ours import CHOICE, design_of
from benchmarks.structure import shared, tree
from vreltui.model import Choice, Design
from vreltui.storage.text.render import render

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
WIDTH, HEIGHT, MARGIN = 560, 260, 56

_ALONE = """
import json, resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "vreltui", "check", "--json", "--seconds", "600",
                       sys.argv[1]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
assert done.returncode in (0, 1), done.returncode
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


@dataclass(frozen=True, slots=True)
class Point:
    """One design: how large it is, and the seconds and megabytes that its check took."""

    size: int
    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Series:
    """How a sort of design grows: what is counted, up to where, and the design of a size."""

    name: str
    counted: str
    sizes: tuple[int, ...]
    design: Callable[[int], Design]


def _tree(size: int) -> Design:
    return design_of(tree(size), Decimal("0.5"))


def _shared(size: int) -> Design:
    return design_of(shared(size), Decimal("0.5"))


def _choices(count: int) -> Design:
    """So many choices of one tree of a hundred components, each with a part at the root."""
    design = _tree(100)
    gates = [name for name, node in design.nodes.items() if node.children]
    roots = [gates[number % len(gates)] for number in range(count - 1)]
    others = {f"x{number}": Choice(f"x{number}", root) for number, root in enumerate(roots)}
    return replace(design, choices={**others, CHOICE: design.choices[CHOICE]})


ALL = (
    Series("components", "components that share nothing", (10, 100, 1000, 10_000, 100_000), _tree),
    Series("shared", "components in clusters that share", (10, 100, 1000, 10_000), _shared),
    Series("choices", "choices of 100 components", (1, 10, 100, 1000), _choices),
)


def points(series: Series, most: int) -> Iterator[Point]:
    """The points of a series up to a size, as they are measured."""
    for size in series.sizes:
        if size > most:
            return
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "grown.toml"
            file.write_text(render(series.design(size)), encoding="utf-8")
            command = [sys.executable, "-c", _ALONE, str(file)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        yield Point(size, *json.loads(done.stdout))


def picture(counted: str, found: Sequence[Point]) -> str:
    """The points as an SVG: seconds to the left, megabytes to the right."""
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * WIDTH}" height="{HEIGHT}" '
            'font-family="sans-serif" font-size="12">'
        ),
        f'<rect width="{2 * WIDTH}" height="{HEIGHT}" fill="white"/>',
        *_axes(0, "seconds of processor time", counted, found, lambda point: point.seconds),
        *_axes(WIDTH, "MB of memory", counted, found, lambda point: point.megabytes),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _axes(
    left: int,
    title: str,
    counted: str,
    found: Sequence[Point],
    read: Callable[[Point], float],
) -> Iterator[str]:
    """One diagram: a line through the points, with each value beside its point."""
    across = _scale([point.size for point in found], left + MARGIN, left + WIDTH - MARGIN)
    up = _scale([read(point) for point in found], HEIGHT - MARGIN, MARGIN)
    yield f'<text x="{left + MARGIN}" y="20">{title}, by {counted}</text>'
    places = [(across(point.size), up(read(point))) for point in found]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{line}" fill="none" stroke="#1f6feb" stroke-width="2"/>'
    for point, (x, y) in zip(found, places, strict=True):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#1f6feb"/>'
        yield f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle">{read(point):.3g}</text>'
        yield (
            f'<text x="{x:.1f}" y="{HEIGHT - 16}" text-anchor="middle" fill="#57606a">'
            f"{point.size:,}</text>"
        )


def _scale(values: Sequence[float], start: float, end: float) -> Callable[[float], float]:
    """Places of values by their logarithms, between two ends that are ten times apart at least.

    >>> place = _scale([1, 100], 0, 10)
    >>> place(10)
    5.0
    """
    least = math.log(min(values))
    width = max(math.log(max(values)) - least, math.log(10))
    return lambda value: start + (end - start) * (math.log(value) - least) / width


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and draw."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--most", type=int, default=100_000, help="the largest size")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where pictures are written")
    chosen = parser.parse_args(arguments)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for series in ALL:
        found = []
        for point in points(series, chosen.most):
            found.append(point)
            print(
                f"{series.name} {point.size}: {point.seconds:.2f} s, {point.megabytes:.0f} MB",
                flush=True,
            )
        text = picture(series.counted, found)
        (chosen.folder / f"growth-{series.name}.svg").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
