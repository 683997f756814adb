"""Bytes that are not UTF-8 text, or hold what nobody can see."""

from __future__ import annotations

from tests.corpus.case import DESCRIPTOR, PLACE, SERIES, Case, in_file
from tests.corpus.package import put

HEADER = "period,value,marker,note\n"
SAVE = "CSV UTF-8 (comma delimited)"
SEEN = "text that can be seen"
#: So many rows after the bad one: guessing an encoding goes by the size of a file.
MANY = 2000


def note(name: str, raw: bytes, row: int, value: str, expected: str = "UTF-8 text",
         remedy: str = SAVE, rows: int = 0) -> Case:  # fmt: skip
    """Give a case whose first row has these bytes in its note."""
    more = b"".join(b"2016-04,1,,%d\n" % n for n in range(rows))
    return in_file(name, HEADER.encode() + b"2016-04,1,," + raw + b"\n" + more, row, "", value,
                   expected, remedy)  # fmt: skip


def whole(name: str, encoding: str, value: str) -> Case:
    """Give a case of a series.csv that is in another encoding from end to end."""
    text = f"{HEADER}2016-04,1,,Côte\n"
    return in_file(name, text.encode(encoding), 1, "", value, "UTF-8 text", SAVE)


CASES = (
    note("the alphabet of Windows", "Côte–d".encode("cp1252"), 2, "byte 0xF4"),
    note("the alphabet of Windows, far down", "Côte–d".encode("cp1252"), 2, "byte 0xF4",
         rows=MANY),
    note("curly quotes of Windows", "“so called”".encode("cp1252"), 2, "byte 0x93"),
    note("pounds of Windows", "£5".encode("cp1252"), 2, "byte 0xA3"),
    note("Latin-1", "é".encode("latin-1"), 2, "byte 0xE9"),
    note("the alphabet of old Macs", "£5 – Côte".encode("mac_roman"), 2, "byte 0xA3"),
    note("the alphabet of DOS", "£5".encode("cp850"), 2, "byte 0x9C"),
    note("Shift JIS", "日本".encode("shift_jis"), 2, "byte 0x93"),
    note("Shift JIS, in a large file", "日本".encode("shift_jis"), 2, "byte 0x93", rows=MANY),
    note("a lone surrogate", b"\xed\xa0\x80", 2, "byte 0xED"),
    note("an overlong form", b"\xc0\xaf", 2, "byte 0xC0"),
    in_file("UTF-7", HEADER + "2016-04,1,,+AKM-5\n", 2, "note", "+AKM-5", "text, not a formula",
            "Begin the cell with"),
    note("the bytes of NUL", b"\0", 2, "a NUL byte"),
    note("an escape", b"\x1b[31m", 2, "character U+001B after ''", SEEN, "Delete the character"),
    note("a lost letter", "C\ufffdte".encode(), 2, "character U+FFFD after 'C'", SEEN,
         "type again the letter it replaced"),
    note("text turned round", "\u202eabc".encode(), 2, "character U+202E after ''", SEEN,
         "Delete the character"),
    note("a zero-width space", "a\u200bb".encode(), 2, "character U+200B after 'a'", SEEN,
         "Delete the character"),
    note("a line separator", "a\u2028b".encode(), 2, "character U+2028 after 'a'", SEEN,
         "Delete the character"),
    note("a byte order mark in the middle", "a\ufeffb".encode(), 2, "character U+FEFF after 'a'",
         SEEN, "Delete the character"),
    whole("UTF-16, as Excel's Unicode text", "utf-16", "a file in UTF-16"),
    whole("UTF-16 of another order", "utf-16-be", "a NUL byte"),
    whole("UTF-16 without its mark", "utf-16-le", "a NUL byte"),
    whole("UTF-32", "utf-32", "a file in UTF-32"),
    in_file("the alphabet of mainframes", f"{HEADER}2016-04,1,,\n".encode("cp500"), 1, "",
            "byte 0x97", "UTF-8 text", SAVE),
    in_file("a workbook by another name", b"PK\x03\x04" + bytes(60), 1, "", "a workbook or archive",
            "UTF-8 text", SAVE),
    in_file("an old workbook by another name", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), 1,
            "", "a workbook or archive", "UTF-8 text", SAVE),
    in_file("a compressed file", b"\x1f\x8b\x08\x00" + bytes(60), 1, "", "a workbook or archive",
            "UTF-8 text", SAVE),
    Case("a descriptor in the alphabet of Windows", DESCRIPTOR, 3, "", "byte 0xF4", "UTF-8 text",
         "Save the file again as UTF-8",
         changes=[put(DESCRIPTOR, '{\n"name": "measure",\n"title": "Côte"}'.encode("cp1252"))]),
    Case("a descriptor in UTF-16", DESCRIPTOR, 1, "", "a file in UTF-16", "UTF-8 text",
         "Save the file again as UTF-8",
         changes=[put(DESCRIPTOR, '{"name": "measure"}'.encode("utf-16"))]),
    Case("commentary in the alphabet of Windows", f"{PLACE}/measure/commentary/2016-11.md", 3, "",
         "byte 0x96", "UTF-8 text", "Save the file again as UTF-8",
         changes=[put(f"{PLACE}/measure/commentary/2016-11.md",
                      "## Overview\n\nMay – June\n".encode("cp1252"))]),
    Case("bytes below old Mac line ends", SERIES, 3, "", "byte 0xE9", "UTF-8 text", SAVE,
         changes=[put(SERIES, f"{HEADER}2016-04,1,,a\n2016-05,1,,é\n".replace("\n", "\r").encode(
             "latin-1"))]),
)  # fmt: skip
