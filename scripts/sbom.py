"""The software bill of materials: every part of others that a build installs, as CycloneDX JSON.

It is made from the lists that pin them, so it needs no network and names what any machine gets:
each release once, with the hashes of its files, what asked for it, and on which Pythons. The same
lists give the same bytes; the day in it comes from SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

from callover import __version__

ROOT = Path(__file__).resolve().parent.parent
PYTHON_LIST = ROOT / "requirements.txt"
NPM_LIST = ROOT / "scripts" / "npm" / "package-lock.json"

#: What asks for a part in the list, where that is this project and no other part.
_OURS = "callover"
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_MODULES = "node_modules/"


@dataclass(frozen=True)
class Part:
    """One release of somebody else's: where it comes from, its files' hashes, what asked for it.

    `hashes` are pairs of an algorithm and a digest in hex. `marker` says on which Pythons it is
    installed; empty for all.
    """

    ecosystem: str
    name: str
    version: str
    hashes: tuple[tuple[HashAlgorithm, str], ...]
    asked_by: tuple[str, ...] = ()
    marker: str = ""

    @property
    def purl(self) -> PackageURL:
        """Its address among all software, as the purl specification writes it."""
        return PackageURL(self.ecosystem, None, self.name, self.version)


def python_parts(text: str) -> Iterator[Part]:
    """Read a list with hashes, as `uv pip compile` writes it."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", text.replace("\\\n", " ")):
        if block.startswith("#"):
            continue
        stated, _, rest = block.partition("--hash")
        wanted = Requirement(stated.strip())
        (pin,) = wanted.specifier
        yield Part(
            "pypi",
            wanted.name,
            pin.version,
            tuple((HashAlgorithm.SHA_256, digest) for digest in _HASH.findall(f"--hash{rest}")),
            tuple(_asked_by(rest)),
            str(wanted.marker or ""),
        )


def _asked_by(rest: str) -> Iterator[str]:
    """Read the names after `# via`; a list that bounds others is no part."""
    for line in rest.splitlines():
        name = line.strip().removeprefix("#").strip().removeprefix("via").strip()
        if line.strip().startswith("#") and name and not name.startswith("-"):
            yield name.partition(" ")[0]


def npm_parts(lock: Mapping[str, Mapping[str, Mapping[str, str]]]) -> Iterator[Part]:
    """Read npm's lock file; its integrity is a SHA-512 in base 64."""
    for place, entry in lock["packages"].items():
        if place:
            digest = base64.b64decode(entry["integrity"].removeprefix("sha512-")).hex()
            name = place.removeprefix(_MODULES)
            yield Part("npm", name, entry["version"], ((HashAlgorithm.SHA_512, digest),), (_OURS,))


def bill(parts: Sequence[Part], day: datetime) -> str:
    """Write the bill: each part once, and what needs what. `day` is when the lists were made."""
    ours = Component(name=_OURS, version=__version__, type=ComponentType.APPLICATION, bom_ref=_OURS)
    made = {part: _component(part) for part in parts}
    bom = Bom(
        components=made.values(),
        metadata=BomMetaData(component=ours, timestamp=day),
        serial_number=_serial(parts),
    )
    for name, component in [(_OURS, ours), *((p.name, c) for p, c in made.items())]:
        bom.register_dependency(component, _needed_by(name, made))
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def _needed_by(name: str, made: Mapping[Part, Component]) -> Iterable[Component]:
    return [component for part, component in made.items() if name in part.asked_by]


def _component(part: Part) -> Component:
    marked = [Property(name="callover:python", value=part.marker)] if part.marker else []
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        purl=part.purl,
        bom_ref=str(part.purl),
        hashes=[HashType(alg=algorithm, content=digest) for algorithm, digest in part.hashes],
        properties=marked,
    )


def _serial(parts: Sequence[Part]) -> UUID:
    """Number a bill by its content, so that the same lists have the same number."""
    told = json.dumps([[str(part.purl), *(d for _, d in part.hashes)] for part in parts])
    return UUID(bytes=sha256(told.encode()).digest()[:16], version=4)


def made(seconds: int) -> str:
    """Make the bill of this checkout; `seconds` since 1970 is when its lists were made."""
    parts = [
        *python_parts(PYTHON_LIST.read_text("utf-8")),
        *npm_parts(json.loads(NPM_LIST.read_text("utf-8"))),
    ]
    return bill(parts, datetime.fromtimestamp(seconds, UTC))


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(made(int(os.environ.get("SOURCE_DATE_EPOCH", "0"))), "utf-8")
