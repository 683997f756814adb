"""The MkDocs hook: `mkdocs build` and `mkdocs serve` alone give complete pages.

`on_pre_build` runs the build script as a process, so that edited Python is fresh. While serving, a
fault in the data is told and the pages stay as they were, and an embargo does not hide them from
the one who looks. `on_serve` stops MkDocs from watching the generated pages, so that one edit gives
one rebuild.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
#: Set while a preview runs: MkDocs loads this file anew for each rebuild, so a global is lost.
SERVING = "CALLOVER_PREVIEW"
#: The command of MkDocs: build or serve.
COMMAND = "CALLOVER_COMMAND"


def on_startup(command: str, dirty: bool) -> None:
    """Remember the command; it is told once."""
    del dirty
    os.environ[COMMAND] = command


def on_pre_build(config: Any) -> None:
    """Make the pages; stop the build if the data is faulty."""
    look = ["--preview"] if os.environ.get(COMMAND) == "serve" else []
    done = subprocess.run([sys.executable, str(ROOT / "scripts/build.py"), *look], check=False)
    pages = Path(config.docs_dir)
    if done.returncode and SERVING not in os.environ:
        sys.stderr.write("The pages were not made; see the messages above.\n")
        raise SystemExit(done.returncode)
    if done.returncode:
        sys.stderr.write("The preview shows the pages as they were last made.\n")
    # Dates in the site map come from the data, not from the day of the build.
    os.environ["SOURCE_DATE_EPOCH"] = (pages / ".epoch").read_text("utf-8")


def on_serve(server: Any, config: Any, builder: Any) -> Any:
    """Leave the generated pages unwatched: their sources are watched."""
    os.environ[SERVING] = "1"
    server.unwatch(config.docs_dir)
    return server
