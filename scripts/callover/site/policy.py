"""What a browser may do on our pages, said once and written in every form that a host reads.

The policy stands in two places: in each page (docs/overrides/main.html, for hosts that set no
headers) and in the header files below. A test compares them all with this module.

Plotly needs no exception. It would put a style element into the page; explore.js gives it a
style sheet of ours to write its rules into instead.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from callover.site.bundle import LIBRARY
from callover.svg import FILE_STYLE


@dataclass(frozen=True)
class Rule:
    """One line of the policy and why.

    `meta` is False where a page cannot say it of itself. `files` is what only headers add, for
    files that are opened by themselves.
    """

    name: str
    value: str
    why: str
    meta: bool = True
    files: str = ""


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


#: No "unsafe-inline" and no "unsafe-eval": all that runs or styles a page is a file of ours.
DIRECTIVES = (
    Rule("default-src", "'none'", "what no line names is refused: fonts, frames, media, workers"),
    Rule("script-src", "'self'", "callover.js, and on a click explore.js and Plotly"),
    Rule(
        "style-src",
        "'self'",
        "our own style sheets, and no style attribute; the one style of all charts as SVG files",
        files=_hash(FILE_STYLE),
    ),
    Rule("img-src", "'self'", "the icon of the site"),
    Rule("connect-src", "'self'", "the search index, and the figures of a chart to explore"),
    Rule("base-uri", "'none'", "nobody may turn our links round"),
    Rule("form-action", "'none'", "no form sends anything"),
    Rule("frame-ancestors", "'none'", "no other site shows ours within its own", meta=False),
    Rule("require-trusted-types-for", "'script'", "text never becomes HTML or script"),
    Rule("trusted-types", "callover", "the one policy by name: it lets Plotly's file load"),
)

#: What else a host should send with every file.
HEADERS = (
    Rule("Strict-Transport-Security", "max-age=31536000", "only encrypted, for a year"),
    Rule("X-Content-Type-Options", "nosniff", "a file is what its type says"),
    Rule("X-Frame-Options", "DENY", "frame-ancestors, for old browsers"),
    Rule("Referrer-Policy", "same-origin", "no other site learns which page you came from"),
    Rule("Cross-Origin-Opener-Policy", "same-origin", "windows of other sites cannot reach ours"),
    Rule(
        "Permissions-Policy",
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), "
        "fullscreen=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), "
        "midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), "
        "screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()",
        "the pages ask for no camera, no place and no payment; copying a link stays allowed",
    ),
)

#: Ask again each time, which is cheap when nothing changed; only Plotly may be kept for a year.
FRESH, KEPT = "no-cache", "public, max-age=31536000, immutable"


def policy(*, meta: bool = False) -> str:
    """Write the content security policy, as a header or as a page says it of itself."""
    rules = [rule for rule in DIRECTIVES if rule.meta or not meta]
    values = (f"{rule.name} {rule.value} {'' if meta else rule.files}".strip() for rule in rules)
    return "; ".join(values)


def headers() -> dict[str, str]:
    """Give every header by its name, for all files."""
    return {"Content-Security-Policy": policy()} | {rule.name: rule.value for rule in HEADERS}


def _netlify(root: str) -> Iterator[str]:
    """Write what Netlify and Cloudflare Pages read; they ask again for pages by themselves."""
    yield f"{root}*"
    yield from (f"  {name}: {value}" for name, value in headers().items())
    yield f"{root}{LIBRARY}"
    yield f"  Cache-Control: {KEPT}"


def _apache(root: str) -> Iterator[str]:
    """Write an .htaccess; it does nothing where the module for headers is missing."""
    yield f"ErrorDocument 404 {root}404.html"
    yield "<IfModule mod_headers.c>"
    yield from (f'  Header always set {name} "{value}"' for name, value in headers().items())
    yield f'  Header set Cache-Control "{FRESH}"'
    yield f'  <Files "{LIBRARY.rpartition("/")[2]}">'
    yield f'    Header set Cache-Control "{KEPT}"'
    yield "  </Files>"
    yield "</IfModule>"


def _nginx(root: str) -> Iterator[str]:
    """Write lines for a server block. `expires` leaves the other headers of a location alone."""
    yield from (f'add_header {name} "{value}" always;' for name, value in headers().items())
    yield f"error_page 404 {root}404.html;"
    yield "expires -1;"
    yield f"location = {root}{LIBRARY} {{ expires 365d; }}"


#: File on the site, and how its lines are written. The first two are taken up by their hosts.
FORMS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "_headers": _netlify,
    ".htaccess": _apache,
    "_nginx.conf": _nginx,
}


#: From an address to another one, both below the site.
Moved = tuple[str, str]


def _netlify_moved(root: str, moved: Sequence[Moved]) -> Iterator[str]:
    """Write lines that Cloudflare Pages follows; Netlify prefers the page that we made."""
    yield from (f"{root}{old} {root}{new} 301" for old, new in moved)


def _apache_moved(root: str, moved: Sequence[Moved]) -> Iterator[str]:
    yield "<IfModule mod_alias.c>"
    for old, new in moved:
        pattern = f"{root}{old}".replace(".", r"\.")
        yield f"  RedirectMatch 301 ^{pattern}$ {root}{new}"
    yield "</IfModule>"


def _nginx_moved(root: str, moved: Sequence[Moved]) -> Iterator[str]:
    yield from (f"location = {root}{old} {{ return 301 {root}{new}; }}" for old, new in moved)


#: File on the site, and how it says which addresses have moved.
MOVED_FORMS: Mapping[str, Callable[[str, Sequence[Moved]], Iterator[str]]] = {
    "_redirects": _netlify_moved,
    ".htaccess": _apache_moved,
    "_nginx.conf": _nginx_moved,
}


def header_files(site: str, moved: Sequence[Moved] = ()) -> Iterator[tuple[str, str]]:
    """Give the files that a host reads, for a site at an absolute address.

    `moved` has addresses below it and where they are now: a host that can sends readers there
    before any page loads.
    """
    root = f"{urlsplit(site).path.rstrip('/')}/"
    for name in dict.fromkeys([*FORMS, *MOVED_FORMS]):
        lines = [*FORMS[name](root)] if name in FORMS else []
        lines += MOVED_FORMS[name](root, moved) if moved and name in MOVED_FORMS else ()
        if lines:
            text = "\n".join(["# Made by the build; the README says how to use it.", *lines])
            yield name, f"{text}\n"
