"""The one script of somebody else's that the site offers: Plotly, which draws a chart to explore.

A reader's browser fetches it after a click, from our own host, and runs it only if it is one of
the files below. The small file is not in the repository: `scripts/bootstrap.py` gets it through
npm. Where that cannot be, the build takes the large file that the plotly package brings. Both are
the same release and draw the same charts. Only the standard library is imported here, because
bootstrap.py reads these rows before anything is installed.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha384
from importlib.util import find_spec
from pathlib import Path

VERSION = "4.1.1"
#: Where the script is on the site. Its name has the release, so a browser may keep it for good.
LIBRARY = f"assets/plotly-{VERSION}.min.js"


@dataclass(frozen=True)
class Bundle:
    """One file that we tested: its integrity as browsers check it, and where to look for it."""

    name: str
    integrity: str
    place: Callable[[], Path | None]


def integrity(content: bytes) -> str:
    """Give the SHA-384 of a file in the words of Subresource Integrity."""
    return f"sha384-{b64encode(sha384(content).digest()).decode()}"


def below(prefix: Path) -> Path:
    """Give where bootstrap.py puts the small file, below the folder of an environment."""
    return prefix / "share" / "callover" / "plotly-basic.min.js"


def _from_npm() -> Path:
    return below(Path(sys.prefix))


def _from_wheel() -> Path | None:
    spec = find_spec("plotly")  # without importing it
    found = spec.submodule_search_locations if spec else None
    return Path(found[0]) / "package_data" / "plotly.min.js" if found else None


def whole(bundle: Bundle, path: Path | None) -> bytes | None:
    """Read a bundle; None where it is not there or not the file that we tested."""
    if path is None or not path.is_file():
        return None
    content = path.read_bytes()
    return content if integrity(content) == bundle.integrity else None


def library(bundles: Sequence[Bundle] | None = None) -> bytes | None:
    """Read the first bundle that is here and is the file that we tested."""
    for bundle in BUNDLES if bundles is None else bundles:
        if content := whole(bundle, bundle.place()):
            return content
    return None


def accepted() -> str:
    """Give the integrity of every bundle, as a script element takes them: any one will do."""
    return " ".join(bundle.integrity for bundle in BUNDLES)


#: The best first. Gzipped they are 395 kB and 1,468 kB.
BUNDLES: Sequence[Bundle] = (
    Bundle(
        "basic",
        "sha384-N2HZsG+IG/3J8CwhGGYz/kmzZ0sprpPWwjhor9ZI4lxuf47i9DXK2/NDGxMaJiEb",
        _from_npm,
    ),
    Bundle(
        "full",
        "sha384-AFNp2MtSm5/oZbEs/J19F/Ah57MEiVsoed8nE3fq2Wnccdl1u/EkyJ9XKKU8rt7+",
        _from_wheel,
    ),
)
