"""The one writer of workbooks: sheets of typed cells in Office Open XML, and nothing that runs.

A workbook is a zip of a few XML files (ECMA-376, part 1: Spreadsheet ML). We write only what
our sheets need, which costs a tenth of a general library's time. Every text is stored as
text in cells formatted as text: none is a formula, and none becomes one when somebody edits it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import ascii_uppercase

from callover.pages.archive import packed

#: Longest text of a cell; Excel calls a workbook with a longer one damaged.
_LONGEST = 32_767
_CUT = " ..."
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.A)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.A)
#: What XML cannot hold, and what Excel would read as a letter's code.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
#: Excel counts days from the end of 1899.
_DAY_ZERO = date(1899, 12, 30).toordinal()
_NARROWEST, _WIDEST, _WRAPPED = 10, 48, 90

# Places in the list of formats (cellXfs) of _STYLES.
_PLAIN, _TEXT, _PARAGRAPH, _DAY, _HEADER = range(5)


@dataclass(frozen=True)
class Column:
    """A column of a sheet. `type`: text, paragraph (wrapped), number, or date (2016-04-01)."""

    title: str
    type: str = "text"


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name (at most 31 letters), its columns and its rows of texts.

    A cell of a number or date column that holds something else stays text; an empty one stays
    empty.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Properties:
    """What the file says of itself."""

    title: str
    publisher: str
    description: str
    day: date


def workbook(sheets: Sequence[Sheet], properties: Properties) -> bytes:
    """Write a workbook; the same sheets give the same bytes, whatever the clock says."""
    shared = _Texts()
    drawn = [_sheet(sheet, shared, first=number == 0) for number, sheet in enumerate(sheets)]
    names = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    files = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _PACKAGE_PARTS,
        "docProps/core.xml": _core(properties),
        "xl/workbook.xml": _book([sheet.name for sheet in sheets]),
        "xl/_rels/workbook.xml.rels": _book_parts(len(sheets)),
        "xl/styles.xml": _STYLES,
        **{f"xl/{name}": text for name, text in zip(names, drawn, strict=True)},
        "xl/sharedStrings.xml": shared.xml(),
    }
    return packed(files, properties.day)


# ------------------------------------------------------------------------------------ cells


class _Texts:
    """The texts of a workbook, each once, by their place in the list."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, text: str) -> int:
        """Find a text's place, or give it the next one."""
        return self._places.setdefault(text, len(self._places))

    def xml(self) -> str:
        """Write the list."""
        items = "".join([f"<si>{_text(text)}</si>" for text in self._places])
        return f'{_XML}<sst xmlns="{_MAIN}">{items}</sst>'


def _text(text: str) -> str:
    if len(text) > _LONGEST:
        text = text[: _LONGEST - len(_CUT)] + _CUT
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<t{kept}>{safe(text)}</t>"


def safe(text: str) -> str:
    """Write a text so that XML and Excel give back the very same one."""
    text = _UNWRITABLE.sub("\ufffd", text)
    if "_x" in text:
        text = _CODE.sub("_x005F_", text)
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


class _Cells(dict[str, str]):
    """The cells of a column by their text; the same text is made once, an empty one stays empty.

    A cell names no place: it stands next to the one before, as the standard lets it. That is a
    third of the file and half of the time, and Excel, LibreOffice and the libraries read it.
    """

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__({"": "<c/>"})
        self._make = make

    def __missing__(self, text: str) -> str:
        made = self[text] = self._make(text)
        return made


def _kept(shared: _Texts, style: int) -> Callable[[str], str]:
    return lambda text: f'<c s="{style}" t="s"><v>{shared.place(text)}</v></c>'


def _number(shared: _Texts) -> Callable[[str], str]:
    as_text = _kept(shared, _TEXT)
    return lambda text: f"<c><v>{text}</v></c>" if _NUMBER.fullmatch(text) else as_text(text)


def _day(shared: _Texts) -> Callable[[str], str]:
    as_text = _kept(shared, _TEXT)

    def cell(text: str) -> str:
        if not _ISO_DAY.fullmatch(text):
            return as_text(text)
        serial = date.fromisoformat(text).toordinal() - _DAY_ZERO
        return f'<c s="{_DAY}"><v>{serial}</v></c>'

    return cell


#: How a cell of each type of column is written.
_TYPES: Mapping[str, Callable[[_Texts], Callable[[str], str]]] = {
    "text": lambda shared: _kept(shared, _TEXT),
    "paragraph": lambda shared: _kept(shared, _PARAGRAPH),
    "number": _number,
    "date": _day,
}


# ----------------------------------------------------------------------------------- sheets


def _sheet(sheet: Sheet, shared: _Texts, *, first: bool) -> str:
    """Write a sheet: headers in row 1, which stays in sight, and no cell joined to another."""
    found = list(zip(*sheet.rows, strict=True)) or [() for _ in sheet.columns]
    header = _kept(shared, _HEADER)
    lines = [
        [header(column.title), *map(_Cells(_TYPES[column.type](shared)).__getitem__, texts)]
        for column, texts in zip(sheet.columns, found, strict=True)
    ]
    rows = ["".join(cells) for cells in zip(*lines, strict=True)]
    data = "".join([f'<row r="{n}">{row}</row>' for n, row in enumerate(rows, 1)])
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{_width(column, texts)}" customWidth="1"/>'
        for n, (column, texts) in enumerate(zip(sheet.columns, found, strict=True), 1)
    )
    area = f"A1:{_letters(len(sheet.columns) - 1)}{len(rows)}"
    chosen = ' tabSelected="1"' if first else ""
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="{area}"/><sheetViews><sheetView{chosen} workbookViewId="0">{_FROZEN}'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15.75"/><cols>{widths}</cols>'
        f"<sheetData>{data}</sheetData>{_PRINTED}"
        f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'
        "</worksheet>"
    )


def _width(column: Column, texts: Sequence[str]) -> int:
    """Give a column's width in digits, wide enough for all it holds within reason."""
    if column.type == "paragraph":
        return _WRAPPED
    longest = max([len(column.title), *map(len, dict.fromkeys(texts))])
    return min(_WIDEST, max(_NARROWEST, longest + 3))


@cache
def _letters(place: int) -> str:
    """Name a column by its place from 0: A to Z, AA, AB."""
    before, last = divmod(place, len(ascii_uppercase))
    return (_letters(before - 1) if before else "") + ascii_uppercase[last]


# ------------------------------------------------------------------------- what never changes

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SCHEMAS = "http://schemas.openxmlformats.org"
_MAIN = f"{_SCHEMAS}/spreadsheetml/2006/main"
_OFFICE = f"{_SCHEMAS}/officeDocument/2006/relationships"
_PACKAGE = f"{_SCHEMAS}/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FROZEN = (
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/>'
)
_PRINTED = (
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
)
_PACKAGE_PARTS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)
_FONT = '<sz val="12"/><color rgb="FF000000"/><name val="Arial"/><family val="2"/>'
_FORMATS = (
    ("0", "0", ""),
    ("49", "0", ""),
    ("49", "0", '<alignment vertical="top" wrapText="1"/>'),
    ("164", "0", ""),
    ("49", "1", '<alignment vertical="top" wrapText="1"/>'),
)
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{len(_FORMATS)}">'
    + "".join(
        f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0"'
        f' applyNumberFormat="1" applyFont="1" applyAlignment="1">{lie}</xf>'
        for number, font, lie in _FORMATS
    )
    + "</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


@cache
def _content_types(sheets: int) -> str:
    parts = [
        ("/xl/workbook.xml", f"{_TYPE}.sheet.main+xml"),
        *((f"/xl/worksheets/sheet{n}.xml", f"{_TYPE}.worksheet+xml") for n in _numbers(sheets)),
        ("/xl/styles.xml", f"{_TYPE}.styles+xml"),
        ("/xl/sharedStrings.xml", f"{_TYPE}.sharedStrings+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ]
    listed = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in parts)
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


@cache
def _book_parts(sheets: int) -> str:
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in _numbers(sheets)]
    targets += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _book(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{safe(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, 1)
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<bookViews><workbookView activeTab="0"/></bookViews><sheets>{sheets}</sheets></workbook>'
    )


def _core(properties: Properties) -> str:
    stamp = f"{properties.day.isoformat()}T00:00:00Z"
    when = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{safe(properties.title)}</dc:title>"
        f"<dc:creator>{safe(properties.publisher)}</dc:creator>"
        f"<dc:description>{safe(properties.description)}</dc:description>"
        f"<dc:language>en-GB</dc:language>{when}</cp:coreProperties>"
    )


def _numbers(count: int) -> Sequence[int]:
    return range(1, count + 1)
