"""A file that says what became of the one that was here, in the form its name promises.

A program that opens it finds a sound file of its type, and a person finds the words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from callover.addresses import TYPES
from callover.model import Content
from callover.pages import xlsx
from callover.pages.archive import packed
from callover.pages.csvs import csv_text

_ATOM = "http://www.w3.org/2005/Atom"
_SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True)
class Notice:
    """What a file says: its lines, from which day, and two full addresses: its own, and a page."""

    lines: Sequence[str]
    day: date
    own: str
    see: str

    @property
    def text(self) -> str:
        """All lines as plain text."""
        return "".join(f"{line}\n" for line in self.lines)


def content(notice: Notice) -> Content:
    """Write a notice as a file of the type that its own address ends with."""
    return FORMS[notice.own.rpartition(".")[2]](notice)


def _csv(notice: Notice) -> str:
    return csv_text(("notice",), [(line,) for line in notice.lines])


def _json(notice: Notice) -> str:
    found = {"notice": list(notice.lines), "see": notice.see}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _xlsx(notice: Notice) -> bytes:
    sheet = xlsx.Sheet(
        "Notice", [xlsx.Column("Notice", "paragraph")], [(line,) for line in notice.lines]
    )
    told = xlsx.Properties("Notice", "", " ".join(notice.lines), notice.day)
    return xlsx.workbook([sheet], told)


def _zip(notice: Notice) -> bytes:
    return packed({"README.txt": notice.text}, notice.day)


def _xml(notice: Notice) -> str:
    """Write an Atom feed (RFC 4287) of one entry: readers of a feed see it as news."""
    stamp = f"{notice.day.isoformat()}T00:00:00Z"
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    entry = Element("entry")
    for element, id_ in ((root, notice.own), (entry, f"{notice.own}#notice")):
        for tag, text in (("id", id_), ("title", notice.lines[0]), ("updated", stamp)):
            SubElement(element, tag).text = text
        SubElement(element, "link", rel="alternate", type="text/html", href=notice.see)
    SubElement(SubElement(root, "author"), "name").text = notice.see
    SubElement(entry, "summary").text = " ".join(notice.lines)
    root.append(entry)
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _svg(notice: Notice) -> str:
    """Draw the words in dark on white, as wide as a chart; without a style, as the policy asks."""
    lines = [part for line in notice.lines for part in wrap(line, 80, break_long_words=False)]
    height = 28 + 22 * len(lines)
    root = Element(
        "svg", {"xmlns": _SVG, "viewBox": f"0 0 720 {height}", "width": "720",
                "height": str(height), "role": "img", "xml:lang": "en-GB"},
    )  # fmt: skip
    SubElement(root, "title").text = notice.lines[0]
    SubElement(root, "rect", width="100%", height="100%", fill="#ffffff")
    ink = {"fill": "#0b0c0c", "font-family": "Arial, sans-serif", "font-size": "16"}
    for place, line in enumerate(lines):
        SubElement(root, "text", ink, x="24", y=str(30 + 22 * place)).text = line
    return tostring(root, encoding="unicode") + "\n"


def _pdf(notice: Notice) -> bytes:
    """Write one page of A4 in a font that every reader has (ISO 32000-1)."""
    lines = [part for line in notice.lines for part in wrap(line, 80)]
    drawn = "".join(f"({_in_pdf(line)}) Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 18 TL 60 770 Td {drawn}ET".encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return bytes(made) + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(made))
    )


def _in_pdf(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


#: How a notice is written, by the type of file: one for each type that has an address.
FORMS: Mapping[str, Callable[[Notice], Content]] = {
    "csv": _csv,
    "json": _json,
    "pdf": _pdf,
    "svg": _svg,
    "txt": lambda notice: notice.text,
    "xlsx": _xlsx,
    "xml": _xml,
    "zip": _zip,
}
assert tuple(FORMS) == TYPES
