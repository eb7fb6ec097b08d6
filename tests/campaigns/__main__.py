"""`make campaign NAME=...`: the long runs whose short forms are among the tests.

Run as ``python -m tests.campaigns [NAME [ARGUMENT ...]]``. Without a name it lists the campaigns;
what each takes and what it came to stands in its own first lines and in docs/reliability.md.
"""

from __future__ import annotations

import ast
import runpy
import sys
from pathlib import Path

CAMPAIGNS = {
    "allocation": "allocation_runs",
    "edits": "edit_runs",
    "faults": "faults_strace",
    "fuzz": "input_fuzz",
    "hangups": "session_hangups",
    "input": "session_input",
    "keys": "key_runs",
    "kills": "session_kills",
    "offline": "input_offline",
    "power": "power_cuts",
    "workers": "session_workers",
}


def summary(module: str) -> str:
    """The first sentence of a campaign, read without importing what it needs.

    >>> summary("session_kills")
    'SIGKILL at random moments of a live editing session.'
    """
    source = Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8")
    documentation = ast.get_docstring(ast.parse(source)) or ""
    return documentation.splitlines()[0].partition(": ")[2]


def main(arguments: list[str]) -> int:
    """Run the campaign that is named first with the rest; 2 when there is no such campaign."""
    name = arguments[0] if arguments else ""
    if name not in CAMPAIGNS:
        stream = sys.stderr if name else sys.stdout
        if name:
            stream.write(f"There is no campaign {name!r}. These are:\n")
        for known, module in CAMPAIGNS.items():
            stream.write(f"  {known:<10}  {summary(module)}\n")
        return 2 if name else 0
    module = f"{__package__}.{CAMPAIGNS[name]}"
    sys.argv = [module, *arguments[1:]]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
