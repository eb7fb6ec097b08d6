"""A new user in a pty: from nothing to the change that meets the goal, in few keys."""

from __future__ import annotations

import tomllib
from pathlib import Path

from screenshots.scenes import THREE_ZONES
from tests.tui.test_whole_session import session, start, steps

MOST_KEYS = 150

SENT = {
    "enter": "\r", "home": "\x1b[H", "f2": "\x1bOQ", "f7": "\x1b[18~", "ctrl+u": "\x15",
    "ctrl+g": "\x07", "exclamation_mark": "!",
}  # fmt: skip
"""What a terminal sends for a key."""


def test_three_zones_against_one_host_and_what_meets_the_goal(tmp_path: Path) -> None:
    path = tmp_path / "zones.toml"
    pressed = 1  # escape leaves the list of designs
    with session() as terminal:
        terminal.resize(120, 36)
        start(terminal)
        for step in THREE_ZONES:
            if step.startswith("?"):
                terminal.expect(step[1:])
                continue
            terminal.forget()
            keys = step[1:] if step.startswith('"') else SENT.get(step, step)
            terminal.send(keys)
            terminal.read()
            pressed += len(step) - 1 if step.startswith('"') else 1
        terminal.expect("tried: a second lb")
        steps(terminal, ("\r", "a second lb: a choice beside first-voted"))
        pressed += 1
        assert pressed <= MOST_KEYS
        steps(terminal, ("\x13", "Save as:"), (f"{path}\r", "saved "))
    design = tomllib.loads(path.read_text())
    assert design["baseline"] == "first"
    made = design["choices"]["first-doubled"]
    assert made["title"] == "lb x 2, any"
    assert design["nodes"]["lb-pair"] == {"of": "lb", "copies": 2, "needs": "any"}
