"""The one door to the network: reads files of one host, within bounds of size and time.

The build never comes here; `callover verify` does, when it is given an address.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from callover import __version__

#: A site on this machine may do without encryption.
_HERE = ("localhost", "127.0.0.1", "::1")
_CHUNK = 65_536


class NotFetched(Exception):
    """A file could not be had; the text says why in some words.

    `gone` says that the host has no such file, `silent` that it did not answer.
    """

    def __init__(self, text: str, *, gone: bool = False, silent: bool = False) -> None:
        """Keep what kind of failure it is."""
        self.gone, self.silent = gone, silent
        super().__init__(text)


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect only to the same host."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Refuse to be led elsewhere."""
        if _host(newurl) != _host(req.full_url):
            raise NotFetched(f"a redirect to another host, {urlsplit(newurl).netloc}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _host(address: str) -> tuple[str, str]:
    return urlsplit(address)[:2]


class Site:
    """A site at an address. One request takes `patience` seconds at most, all take `seconds`."""

    def __init__(self, address: str, seconds: float = 1800, patience: float = 30) -> None:
        """Begin to count the time. Raises ValueError where the address is none of a site."""
        parts = urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
            raise ValueError("an address begins with https://")
        if not parts.hostname or parts.query or parts.fragment or parts.username:
            raise ValueError("an address is that of the home page, such as https://example.org/")
        self.address = f"{address.rstrip('/')}/"
        self._end, self._patience = time.monotonic() + seconds, patience
        self._opener = build_opener(_SameHost)

    def read(self, path: str, most: int) -> bytes:
        """Give a file of at most so many bytes. Raises NotFetched."""
        return b"".join(self.chunks(path, most))

    def chunks(self, path: str, most: int) -> Iterator[bytes]:
        """Give a file piece by piece, of at most so many bytes. Raises NotFetched."""
        size = 0
        request = Request(  # noqa: S310 (the scheme is looked at above)
            self.address + quote(path),
            headers={"User-Agent": f"callover-verify/{__version__}", "Cache-Control": "no-cache"},
        )
        try:
            with self._opener.open(request, timeout=self._left()) as answer:
                while chunk := answer.read(_CHUNK):
                    size += len(chunk)
                    if size > most:
                        raise NotFetched(f"more than {most} bytes")
                    self._left()
                    yield chunk
        except HTTPError as problem:
            problem.close()
            said = f"{problem.code} {problem.reason}"
            raise NotFetched(said, gone=problem.code in (404, 410)) from None
        except (URLError, HTTPException, OSError) as problem:
            reason = getattr(problem, "reason", "") or problem
            raise NotFetched(f"no answer ({reason})", silent=True) from None

    def _left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise NotFetched("no answer (the time for all of it is over)")
        return min(left, self._patience)
