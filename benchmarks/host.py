"""A web server that does what a host does with the file `_headers` of a built site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from browser import QuietHandler

Rules = Mapping[str, Mapping[str, str]]
_META = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')


def header_rules(site: Path) -> Rules:
    """Read `_headers`: path, or the start of paths before a star -> header -> value."""
    rules: dict[str, dict[str, str]] = {}
    path = ""
    for line in (site / "_headers").read_text("utf-8").splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules[path][name] = value
        elif not line.startswith("#"):
            path = line
            rules[path] = {}
    return rules


class Host(QuietHandler):
    """Serves a site with the headers of `rules`.

    They rule alone: pages lose their own policy. `replaced` gives other bytes for a path.
    """

    def __init__(
        self,
        *arguments: Any,
        rules: Rules | None = None,
        replaced: Mapping[str, bytes] | None = None,
        **options: Any,
    ) -> None:
        self.rules, self.replaced = rules or {}, replaced or {}
        super().__init__(*arguments, **options)  # answers the request

    def do_GET(self) -> None:  # noqa: N802 (its name upstream)
        """Answer with the file, or with what takes its place."""
        path = urlsplit(self.path).path
        content = self.replaced.get(path)
        file = Path(self.translate_path(path))
        file = file / "index.html" if file.is_dir() else file
        if content is None and self.rules and file.suffix == ".html" and file.is_file():
            content = _META.sub(b"", file.read_bytes())
        if content is None:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        """Add the headers of each rule that the path meets."""
        for path, headers in self.rules.items():
            if path == self.path or (path.endswith("*") and self.path.startswith(path[:-1])):
                for name, value in headers.items():
                    self.send_header(name, value)
        super().end_headers()
