"""The terminal's table: three applications in turns, each in a pty of its own."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.terminal.design import write_design
from benchmarks.terminal.session import Answer, Session

NAMES = ("vreltui", "stock", "drawn")
KEYS = {"move": ("j", "k"), "nudge": ("-", "+")}
EDIT = "edit: type"
ENTER = "edit: enter"

Samples = dict[tuple[str, str], list[float]]
"""Figures by measure and application: milliseconds, bytes or MB."""


def measure(nodes: int, width: int, height: int, rounds: int, silence: float) -> Samples:
    """Every figure at one size, ``rounds`` keys of each kind in turns. Linux alone."""
    samples: Samples = defaultdict(list)
    for _ in range(max(1, rounds // 3)):
        # A folder of its own: what a session left behind would be offered to the next.
        with tempfile.TemporaryDirectory() as name:
            _round(samples, Path(name), nodes, (width, height), silence)
    return samples


def _round(
    samples: Samples, folder: Path, nodes: int, size: tuple[int, int], silence: float
) -> None:
    commands = {
        "vreltui": (["-m", "vreltui", str(write_design(folder, nodes))], "group-0"),
        "stock": (["-m", "benchmarks.terminal.stock", str(nodes)], "node 1"),
        "drawn": (["-m", "benchmarks.terminal.drawn", str(nodes)], "node 1"),
    }
    sessions: dict[str, Session] = {}
    try:
        for kind, (command, text) in commands.items():
            sessions[kind] = Session(command, *size, folder)
            paint = sessions[kind].first_paint(text)
            computed = sessions[kind].processor()
            samples["first paint, ms", kind].append(paint * 1000)
            samples["first paint, ms of processor", kind].append(computed * 1000)
            # What starts behind the first paint is not the next application's cost.
            sessions[kind].press("", max(1.0, silence))
        _keys(sessions, samples, 3, silence)
        for kind, session in sessions.items():
            samples["memory, MB", kind].append(session.peak_memory())
    finally:
        for session in sessions.values():
            session.close()


def _keys(sessions: dict[str, Session], samples: Samples, rounds: int, silence: float) -> None:
    for session in sessions.values():
        for key in ("j", "j", "-", "+"):
            session.press(key, silence)
    for turn in range(rounds):
        for what, keys in KEYS.items():
            for kind, session in sessions.items():
                _keep(samples, what, kind, session.press(keys[turn % 2], silence))
    ours = sessions["vreltui"]
    for turn in range(rounds):
        ours.press("e", silence)
        ours.press("\x15", silence)
        ours.press("0.999", silence)
        _keep(samples, EDIT, "vreltui", ours.press(str(turn + 1), silence))
        _keep(samples, ENTER, "vreltui", ours.press("\r", silence))


def _keep(samples: Samples, what: str, kind: str, answer: Answer) -> None:
    samples[f"{what}, ms", kind].append(answer.seconds * 1000)
    samples[f"{what}, ms of processor", kind].append(answer.processor * 1000)
    samples[f"{what}, bytes", kind].append(answer.bytes)


def table(nodes: int, width: int, height: int, samples: Samples) -> str:
    """One section: median (least to most) of each application.

    An answer later than the silence is none, and its bytes are taken for the next key's: where
    that happened, nothing is said about any key of that application.
    """
    late = {kind for (what, kind), values in samples.items() if _is_bytes(what) and 0 in values}
    lines = [f"### {nodes:,} nodes at {width}x{height}", ""]
    lines += [f"| | {' | '.join(NAMES)} | ours / stock | ours / drawn |"]
    lines += ["| --- |" + " ---: |" * 5]
    for what in dict.fromkeys(what for what, _ in samples):
        unsound = late if _is_of_a_key(what) else set()
        cells = [_cell(samples.get((what, kind), []), late=kind in unsound) for kind in NAMES]
        cells += [
            "-" if unsound & {NAMES[0], kind} else _ratio(samples, what, kind) for kind in NAMES[1:]
        ]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _is_bytes(what: str) -> bool:
    return what.endswith(", bytes")


def _is_of_a_key(what: str) -> bool:
    return what.partition(",")[0] in {*KEYS, EDIT, ENTER}


def _cell(values: Sequence[float], *, late: bool = False) -> str:
    if not values:
        return "-"
    if late:
        return "too late"
    return f"{median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def _ratio(samples: Samples, what: str, kind: str) -> str:
    other = samples.get((what, kind))
    if not other or median(other) == 0:
        return "-"
    return f"{median(samples[what, NAMES[0]]) / median(other):.2f}"


def tables(*, short: bool, rounds: int = 9) -> str:
    """Every section; the short form takes one size and few rounds."""
    sizes = [(10, 80, 24)] if short else [(n, 80, 24) for n in (10, 100, 1000)]
    sizes += [] if short else [(1000, 120, 40), (5000, 80, 24)]
    sections = []
    for nodes, width, height in sizes:
        # Long enough for results that come after the key's first frame.
        silence = 0.1 if short else 0.3 if nodes < 1000 else 0.4 if nodes < 5000 else 0.8
        found = measure(nodes, width, height, 3 if short else rounds, silence)
        sections.append(table(nodes, width, height, found))
        print(f"{sections[-1]}\n", flush=True)
    return "\n\n".join(sections)
