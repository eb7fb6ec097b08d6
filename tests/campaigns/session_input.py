"""`make campaign NAME=input`: bytes that no terminal should send, to a session with an edit.

Run as ``python -m tests.campaigns.session_input [SESSIONS [SEED [FAULT]]]``. Each session begins
with an edit that is on the disk and not saved. Then it is sent one of the inputs of
``tests.campaigns.senseless``, or bytes by chance. Whatever they were, the session has to live and
to take another key, and the signal that ends it has to leave the edit in the journal. Any bytes may
press keys, too: of those the program may end by its user's wish alone, with status 0. SESSIONS may
be ``short``: then a few sessions are sent every named input, one after the other. FAULT is a way to
break the program, to see the campaign fail.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.campaigns.senseless import INPUTS
from tests.campaigns.session_pty import Session, load
from vreltui.storage.keep import journal
from vreltui.storage.keep.locations import state_folder

DESIGN = Path(__file__).parents[2] / "designs" / "web-node.toml"
EDITED = "value = 0.998,"
MOST_SECONDS = 60.0
PARALLEL = max(1, (os.cpu_count() or 1) // 2)
TOGETHER = 6
"""Named inputs that one session of the short form is sent."""


@dataclass
class Outcome:
    """What a run of sessions came to."""

    sessions: int = 0
    bytes_sent: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Count another run too."""
        self.sessions += other.sessions
        self.bytes_sent += other.bytes_sent
        self.kinds += other.kinds
        self.ends += other.ends
        self.faults += other.faults


def noise(chance: random.Random) -> bytes:
    """Bytes by chance: none that is a key by itself, many that begin what they do not end."""
    begins = [b"\x1b[", b"\x1b[M", b"\x1b[<", b"\x1b]", b"\x1bP", b"\x1b[48;", b"\x1b[200~"]
    drawn = []
    for _ in range(chance.randrange(1, 30)):
        draw = chance.random()
        if draw < 0.5:
            drawn.append(bytes([chance.randrange(0x80, 0x100)]))
        elif draw < 0.7:
            drawn.append(chance.choice(begins) + b"%d;" % chance.randrange(10**9))
        else:
            drawn.append(chance.choice(list(INPUTS.values())))
    return b"".join(drawn)


def any_bytes(chance: random.Random) -> bytes:
    """Bytes by chance, keys among them."""
    return chance.randbytes(chance.randrange(1, 400))


@dataclass(frozen=True)
class Sending:
    """What one session is sent: an input after the other, each followed by keys that it takes."""

    kinds: tuple[str, ...]
    inputs: tuple[bytes, ...]


def sendings(sessions: int, seed: int, chance: random.Random) -> Iterator[Sending]:
    """An input for each of so many sessions."""
    named = list(INPUTS)
    for number in range(sessions):
        draw = chance.random()
        if draw < 0.5:
            kind = named[(seed + number) % len(named)]
            yield Sending((kind,), (INPUTS[kind],))
        else:
            kind, make = ("noise", noise) if draw < 0.8 else ("any bytes", any_bytes)
            yield Sending((kind,), (make(chance),))


def few_sendings(chance: random.Random) -> Iterator[Sending]:
    """Every named input, several in a session, and a few bytes by chance."""
    kinds = tuple(INPUTS)
    for start in range(0, len(kinds), TOGETHER):
        several = kinds[start : start + TOGETHER]
        yield Sending(several, tuple(INPUTS[kind] for kind in several))
    for _ in range(2):
        yield Sending(("noise",), (noise(chance),))
        yield Sending(("any bytes",), (any_bytes(chance),))


def chain(sessions: int, seed: int, prepare: Callable[[], None] | None = None) -> Outcome:
    """So many sessions, each with an edit that must not be lost; 0 for the short form.

    A program that is broken on purpose ends the chain with its first fault.
    """
    load()
    folder = Path(tempfile.mkdtemp(prefix="vreltui-input-"))
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    chance, outcome = random.Random(seed), Outcome()
    every = sendings(sessions, seed, chance) if sessions else few_sendings(chance)
    for number, sending in enumerate(every):
        path = folder / f"{number}.toml"
        shutil.copy(DESIGN, path)
        outcome.sessions += 1
        outcome.bytes_sent += sum(map(len, sending.inputs))
        outcome.kinds.update(sending.kinds)
        try:
            _one(path, sending, chance, outcome, prepare)
        except (AssertionError, TimeoutError, OSError) as error:
            sent = [data[:200] for data in sending.inputs]
            outcome.faults.append(
                f"seed {seed}, session {number}, {sending.kinds} {sent!r}: {error}"[:1200]
            )
            if prepare is not None:
                break
        shutil.rmtree(folder / "state", ignore_errors=True)
        path.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    return outcome


def _one(
    path: Path,
    sending: Sending,
    chance: random.Random,
    outcome: Outcome,
    prepare: Callable[[], None] | None,
) -> None:
    session = Session(path, prepare)
    try:
        session.wait_until_ready()
        session.send(b"-")
        _until(session, lambda: EDITED in _left(path), "the edit never came to the disk")
        for data in sending.inputs:
            session.send_all(data)
            if sending.kinds == ("any bytes",):
                _check_any(session, path, outcome)
                return
            _check_alive(session, path)
        _check_end(session, path, chance, outcome)
    finally:
        session.destroy()


def _check_alive(session: Session, path: Path) -> None:
    """It goes on: it takes another key, and the edit can be had back."""

    def undone() -> bool:
        # Ctrl+c leaves what the bytes opened, and a further key answers a session that listens.
        session.send(b"\x03u")
        end = time.monotonic() + 0.3
        while time.monotonic() < end and not (found := _undone(path)):
            session.read(0.02)
        return found

    _until(session, undone, "it takes no key any more")
    session.send(b"U")
    _until(session, lambda: EDITED in _left(path), "the edit was not done again")


def _check_end(session: Session, path: Path, chance: random.Random, outcome: Outcome) -> None:
    """It ends as it is told to."""
    number = chance.choice([signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT])
    session.signal(number)
    status = _ended(session)
    assert status == 128 + number, f"status {status} after {number.name}"
    outcome.ends[number.name] += 1
    assert EDITED in _left(path), f"the edit is lost after {number.name}"


def _check_any(session: Session, path: Path, outcome: Outcome) -> None:
    """It is alive, or the keys among the bytes left it; an end of another kind keeps the edit."""
    end = time.monotonic() + 1.0
    while time.monotonic() < end and not session.has_ended():
        session.read(0.05)
    if session.has_ended():
        status = session.status
        outcome.ends["by its keys" if status == 0 else f"status {status}"] += 1
        log = state_folder() / "crash.log"
        why = log.read_text()[-300:] if log.exists() else repr(session.seen[-300:])
        assert status == 0, f"it ended with status {status}: {why}"
        return
    session.signal(signal.SIGTERM)
    status = _ended(session)
    if status == 0:  # its keys had just ended it
        outcome.ends["by its keys"] += 1
        return
    assert status == 128 + signal.SIGTERM, f"status {status} after SIGTERM"
    outcome.ends["SIGTERM"] += 1
    # Its keys may have changed and saved it; then there is nothing that could be lost.
    assert _left(path) or path.read_bytes() != DESIGN.read_bytes(), "the edit is lost"


def _ended(session: Session) -> int:
    _until(session, session.has_ended, "it does not end", alive=False)
    return session.status


def _until(
    session: Session, condition: Callable[[], bool], what: str, *, alive: bool = True
) -> None:
    end = time.monotonic() + MOST_SECONDS
    while not condition():
        assert not (alive and session.has_ended()), (
            f"{what}: it ended with status {session.status}: {session.seen[-300:]!r}"
        )
        assert time.monotonic() < end, what
        session.read(0.01)


def _left(path: Path) -> str:
    found = journal.recover(path)
    return "" if found is None else found.text


def _undone(path: Path) -> bool:
    found = journal.recover(path)
    return found is not None and EDITED not in found.text


def with_stock_driver() -> None:
    """Read the terminal as Textual does, to see the campaign fail."""
    from textual.drivers.linux_driver import LinuxDriver

    import vreltui.tui.app

    vreltui.tui.app.VreltuiApp.get_driver_class = lambda self: LinuxDriver  # type: ignore[method-assign]


def with_forgetful_ends() -> None:
    """Take every end for the user's, to see the campaign fail."""
    from vreltui.workbench import Workbench

    close = Workbench.close
    Workbench.close = lambda self, *, keep=False: close(self)  # type: ignore[method-assign]


FAULTS = {"stock-driver": with_stock_driver, "forgetful": with_forgetful_ends}
"""Ways to break the program."""


def campaign(sessions: int, seed: int, prepare: Callable[[], None] | None) -> Outcome:
    """Sessions in parallel chains; what they came to together."""
    total = Outcome()
    chains = PARALLEL * max(1, min(20, sessions // 50)) if sessions else 1
    share = -(-sessions // chains)
    with ProcessPoolExecutor(PARALLEL, mp_context=get_context("fork")) as pool:
        runs = pool.map(
            chain, [share] * chains, range(seed, seed + chains), [prepare] * chains, chunksize=1
        )
        for outcome in runs:
            total.add(outcome)
            sys.stdout.write(f"{total.sessions} sessions, {len(total.faults)} faults\n")
            sys.stdout.flush()
    return total


def main(arguments: list[str]) -> int:
    """Run the campaign; 1 when an edit was lost or a session did not go on."""
    short = arguments[:1] == ["short"]
    sessions = 0 if short else int(arguments[0]) if arguments else 2000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    outcome = campaign(sessions, seed, FAULTS[arguments[2]] if len(arguments) > 2 else None)
    ends = ", ".join(f"{name} {count}" for name, count in outcome.ends.most_common())
    named = sum(count for kind, count in outcome.kinds.items() if kind in INPUTS)
    sys.stdout.write(
        f"{outcome.sessions} sessions, {outcome.bytes_sent} bytes: {named} of {len(INPUTS)} kinds, "
        f"{outcome.kinds['noise']} of noise, {outcome.kinds['any bytes']} of any bytes; "
        f"ends: {ends}; faults: {len(outcome.faults)}\n"
    )
    sys.stdout.writelines(f"  {fault}\n" for fault in outcome.faults)
    return 1 if outcome.faults or outcome.sessions < sessions else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
