"""`make campaign NAME=fuzz`: the reader and the journal's replay under a coverage-guided fuzzer.

Run as ``python -m tests.campaigns.input_fuzz [EXECUTIONS [SECONDS]]``; needs atheris. It ends with
status 0 when that many executions, or so many seconds, met no fault. What it finds worth keeping,
what fails, and how many executions each target had stays in ``build/fuzz``.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

COUNT_EVERY = 10_000


def main(arguments: list[str]) -> None:
    """Fuzz until so many executions or seconds have gone by."""
    import atheris

    with atheris.instrument_imports(include=["vreltui.storage", "vreltui.model", "tomllib"]):
        from tests.campaigns import input_checks

    executions = int(arguments[0]) if arguments else 10_000_000
    seconds = int(arguments[1]) if len(arguments) > 1 else 0
    home, state = Path("build", "fuzz"), tempfile.mkdtemp(prefix="vreltui-fuzz-")
    os.environ["XDG_STATE_HOME"] = state
    seeds, kept = home / "seeds", home / "kept"
    seeds.mkdir(parents=True, exist_ok=True)
    kept.mkdir(exist_ok=True)
    for number, data in enumerate(input_checks.corpus(Path(state))):
        (seeds / f"seed-{number}").write_bytes(data)
    shutil.rmtree(state)
    dictionary = home / "words"
    lines = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in input_checks.WORDS)
    dictionary.write_text("".join(f'"{line}"\n' for line in lines))
    options = [
        f"-runs={executions}", f"-max_total_time={seconds}", "-max_len=600", "-timeout=10",
        "-rss_limit_mb=2048", f"-dict={dictionary}", f"-artifact_prefix={home}/",
        "-print_final_stats=1",
    ]  # fmt: skip
    counts: Counter[str] = Counter()

    def counted(data: bytes) -> None:
        counts[input_checks.target_of(data).__name__] += 1
        if counts.total() % COUNT_EVERY == 0:
            (home / "counts.json").write_text(json.dumps({**counts, "in all": counts.total()}))
        input_checks.exercise(data)

    atheris.Setup([sys.argv[0], *options, str(kept), str(seeds)], counted)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
