"""Make every picture anew: ``make screenshots``, or ``python -m screenshots [NAME...]``."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from screenshots.drawing import png
from screenshots.scenes import SCENES

FOLDER = Path(__file__).parent


def main(names: list[str]) -> int:
    """Take the pictures named, or all."""
    unknown = [name for name in names if name not in SCENES]
    if unknown:
        print(f"no scene {unknown[0]}; there are {', '.join(SCENES)}", file=sys.stderr)
        return 2
    for name in names or SCENES:
        with tempfile.TemporaryDirectory() as folder:
            # Recent designs, journals and keys are those of nobody.
            os.environ["XDG_STATE_HOME"] = os.environ["XDG_CONFIG_HOME"] = folder
            picture = asyncio.run(SCENES[name].picture())
        path = FOLDER / f"{name}.svg"
        path.write_text(picture, encoding="utf-8")
        path.with_suffix(".png").write_bytes(png(picture))
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
