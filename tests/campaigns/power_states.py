"""A session recorded, and every state checked that a loss of power may leave of it.

Run as ``python -m tests.campaigns.power_states [BREAKAGE]``; no disk and no root are needed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.campaigns.breakage import BREAKAGES
from tests.campaigns.faults_sessions import DESIGN
from tests.campaigns.power_model import Event, Said, moments
from tests.campaigns.power_recorder import Recorder
from tests.campaigns.power_work import NAMES, State, every_kind, faults, own_folders
from vreltui.storage.keep import journal, swap


@dataclass
class Outcome:
    """How many calls there were, how many states they may leave, and what is wrong in those."""

    events: int = 0
    states: int = 0
    wrong: list[str] = field(default_factory=list)


def explore(folder: Path, broken: str = "") -> Outcome:
    """All of it in a folder; ``broken`` names what is taken out, and then one fault is enough."""
    top = folder / "disk"
    top.mkdir()
    own_folders(top)
    shutil.copy(DESIGN, top / NAMES[0])
    sizes = {name: vars(journal)[name] for name in ("_COMPACT_AT", "_COMPACT_TIMES")}
    recorder = Recorder(top)
    try:
        with recorder.installed():
            if broken:
                BREAKAGES[broken]()
            every_kind(top, recorder.say)
    finally:
        vars(journal).update(sizes)
    outcome = Outcome(len(recorder.events))
    seen = set()
    for number, disk in moments(recorder.start, recorder.events):
        last, following = _around(recorder.events, number)
        key = (disk.key(), repr(last), repr(following))
        if last is None or key in seen:
            continue
        if broken and outcome.wrong:
            break
        seen.add(key)
        disk.write(top)
        outcome.states += 1
        wrong = faults(top, last, following, go_on=False)
        outcome.wrong += [f"after {number} of {len(recorder.events)}: {text}" for text in wrong]
    return outcome


def _around(events: list[Event], number: int) -> tuple[State | None, State | None]:
    before = [event.what for event in events[:number] if isinstance(event, Said)]
    after = [event.what for event in events[number:] if isinstance(event, Said)]
    return (before[-1] if before else None), (after[0] if after else None)


def main(arguments: list[str]) -> int:
    """Explore, with a breakage if one is named; 1 when a state is wrong."""
    swap._renameat2()
    with tempfile.TemporaryDirectory(prefix="vreltui-states-") as name:
        outcome = explore(Path(name), *arguments)
    sys.stdout.write(
        f"{outcome.events} events, {outcome.states} different states after a loss of power; "
        f"wrong: {len(outcome.wrong)}\n"
    )
    sys.stdout.writelines(f"  {text}\n" for text in outcome.wrong)
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
