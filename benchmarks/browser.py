"""The door to the browser: one Chromium for tests and audit, and a server for it to talk to."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

import bootstrap

# A browser that talks to nobody but our own server, in a machine that may have no screen.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def flags() -> list[str]:
    """Give the flags Chromium is started with."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*FLAGS, *(["--no-sandbox"] if as_root else [])]  # as root it refuses to start with it


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a real Chromium, found as the bootstrap finds it; else Playwright's own download."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=bootstrap.find_chromium(), headless=True, args=flags()
        )
        yield browser
        browser.close()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name upstream)
        """Drop the line that would be printed for each request."""


@contextmanager
def serving(
    folder: Path, handler: type[QuietHandler] = QuietHandler, **options: Any
) -> Iterator[str]:
    """Serve a folder on this machine only, on a free port, and give its address."""
    answer = functools.partial(handler, directory=str(folder), **options)
    with ThreadingHTTPServer(("127.0.0.1", 0), answer) as server:
        server.daemon_threads = True  # a browser keeps its connections open
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
