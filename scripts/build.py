"""The build script: reads datapackage/, writes build/docs. `callover build` also makes the site."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
os.chdir(HERE.parent)

from callover.cli import main  # noqa: E402  (the path above makes the package importable)

if __name__ == "__main__":
    main(["build", "--pages-only", *sys.argv[1:]], prog_name="build.py")
