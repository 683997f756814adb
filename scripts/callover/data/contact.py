"""Who answers for the pages that all partnerships share, as the settings of the site name it."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator

from callover.errors import Fault, Faults
from callover.model import Contact


@cache
def _shape() -> Draft202012Validator:
    """Give the shape of a contact: a partnership's, in our own profile."""
    text = resources.files("callover.data").joinpath("profiles/partnership.json").read_text("utf-8")
    own: Any = json.loads(text)["properties"]["callover"]["properties"]
    return Draft202012Validator(own["contact"])


def site_contact(file: str, found: object) -> Contact:
    """Make the site's contact of what a settings file says; raise Faults where it is none."""
    if found is None:
        return Contact()
    faults = [
        Fault(
            file, 0, ".".join(("extra.contact", *(str(part) for part in error.absolute_path))),
            json.dumps(error.instance), str(error.schema["description"]), "Correct this setting.",
        )
        for error in _shape().iter_errors(found)
    ]  # fmt: skip
    if faults:
        raise Faults(faults)
    return Contact(**found)  # type: ignore[arg-type]
