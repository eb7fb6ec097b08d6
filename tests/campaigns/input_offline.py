"""`make campaign NAME=offline`: every sub-command and the application, with no network to speak to.

Run as ``python -m tests.campaigns.input_offline [short]``, on Linux. Everything runs in an empty
network namespace where one can be made, and under strace where it is installed, which counts the
sockets of the internet that were opened, in every process. Status 1 when there was one. In short,
one sub-command and the application on one design.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
DESIGNS = sorted((ROOT / "designs").glob("*.toml"))
_INTERNET = re.compile(r"socket\(AF_INET6?\b|AF_INET6?,|sa_family=AF_INET")
_APPLICATION = """
import sys, time
from pathlib import Path
from tests.campaigns.session_pty import Session
session = Session(Path(sys.argv[1]))
session.wait_until_ready()
for key in (b"-", b"u", b"p", b"f", b"c", b"?", b"q"):
    for press in (b"\\x1b", b"\\x1b", key):
        session.send(press)
        end = time.monotonic() + 0.4
        while time.monotonic() < end:
            session.read(0.1)
if session.ended(20, draining=True) is None:
    session.kill()
    sys.exit(1)
"""


def commands(design: Path) -> list[list[str]]:
    """Every sub-command on a design."""
    name = str(design)
    program = ["-m", "vreltui"]
    return [
        [*program, "check", name],
        [*program, "check", "--json", name],
        [*program, "formula", name],
        [*program, "plot", name],
        [*program, "plot", "--csv", name],
        [*program, "new"],
        [*program, "new", "web-node"],
        [*program, "schema"],
        [*program, "--help"],
    ]


def traced(arguments: Sequence[str], folder: Path, wrap: Sequence[str]) -> tuple[int, list[str]]:
    """The status of a run of Python, and the calls with which it reached for the internet."""
    log = folder / "calls"
    trace = ["strace", "-f", "--seccomp-bpf", "-e", "trace=network", "-o", str(log)]
    before = [*wrap, *(trace if shutil.which("strace") else [])]
    environment = {
        "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"), "XDG_CONFIG_HOME": str(folder / "config"),
        "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    done = subprocess.run(
        [*before, sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True,
        stdin=subprocess.DEVNULL, check=False, timeout=300,
    )  # fmt: skip
    calls = log.read_text(errors="replace").splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return done.returncode, [call for call in calls if _INTERNET.search(call)]


def main() -> int:
    """Run everything; 1 when something reached for the internet, or a run failed otherwise."""
    empty = ["unshare", "-rn"]
    wrap = empty if subprocess.run([*empty, "true"], check=False).returncode == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="vreltui-offline-"))
    short = sys.argv[1:] == ["short"]
    designs = DESIGNS[:1] if short else DESIGNS
    runs = [run for design in designs for run in commands(design)[: 1 if short else None]]
    for design in designs:
        copy = folder / design.name
        shutil.copy(design, copy)
        runs.append(["-c", _APPLICATION, str(copy)])
    faults = []
    for run in runs:
        status, calls = traced(run, folder, wrap)
        faults += [f"{run[1:]}: {call}" for call in calls]
        # A design that does not meet is status 1, one without plots or formula status 2.
        if status not in ((0,) if run[0] == "-c" else (0, 1, 2)):
            faults.append(f"{run[-1]}: status {status}")
    control, calls = traced(["-c", "import socket; socket.socket()"], folder, wrap)
    if shutil.which("strace") and not calls:
        faults.append(f"the trace does not see a socket that is opened on purpose: {control}")
    tools = f"empty network {'yes' if wrap else 'no'}, strace {'yes' if calls else 'no'}"
    sys.stdout.write(f"{len(runs)} runs; {tools}; faults: {len(faults)}\n")
    sys.stdout.writelines(f"  {fault}\n" for fault in faults)
    shutil.rmtree(folder, ignore_errors=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
