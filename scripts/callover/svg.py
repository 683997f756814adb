"""The first drawing of a chart: still SVG that needs no script and prints as it is.

Positions across are in percent and heights in px, so that a chart fills any column while its
text keeps its size. The page's style sheet gives roles their colours; a standalone file carries
its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from textwrap import wrap

from callover.charts import Chart, Point
from callover.drawing.forms import form
from callover.drawing.plot import known, num, runs, safe
from callover.model import Number
from callover.provenance import Provenance

_FILE_WIDTH, _FILE_MARGIN = 720, 24
_NAMESPACE = "http://www.w3.org/2000/svg"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_STYLE = """\
text{font:13px Arial,"Helvetica Neue",sans-serif;fill:#414042}
.title{font-size:20px;font-weight:700;fill:#0b0c0c}
.sub{font-size:14px}
.t-strong{font-size:14px;font-weight:700;paint-order:stroke;stroke:#fff;stroke-width:4px}
.grid{stroke:#dfe3e6;stroke-width:1}
.axis{stroke:#6f777b;stroke-width:1}
.m line,.k line{stroke-width:2.5;stroke-linecap:round}
.m[stroke-dasharray] line,.k line[stroke-dasharray]{stroke-width:2;stroke-linecap:butt}
.m path,.k path{stroke-width:2}
.bars.r-last-year rect,.k.r-last-year rect{stroke:#6f777b;stroke-width:1}
.tiles rect,.k[class*=r-step] rect{stroke:#6f777b;stroke-width:1}
.outline rect,.k.outline rect{fill:none!important;stroke:#0b0c0c;stroke-width:3}
.t-tile{font-size:12px}
.cut line{stroke:#0b0c0c;stroke-width:1.5;stroke-dasharray:2 3}
.cut text{fill:#0b0c0c}
.m.r-projected circle,.k.r-projected circle{fill:#fff;stroke:#12436D;stroke-width:2}
.rows .t{paint-order:stroke;stroke:#fff;stroke-width:3px}
"""
_HALO = ".m[stroke-dasharray] .halo,.cut .halo{stroke:#fff;stroke-width:4;stroke-dasharray:none}\n"
#: Fill and line, and the ink of words, of each role on white.
_INKS = {
    "this-year": ("#12436D", "#12436D"),
    "last-year": ("#BFBFBF", "#575e64"),
    "earlier": ("#949494", "#575e64"),
    "history": ("#6f777b", "#575e64"),
    "target": ("#801650", "#801650"),
    "projected": ("#12436D", "#12436D"),
    "comparator": ("#F46A25", "#a83c05"),
    "range": ("#cfdbe7", "#12436D"),
    "cat1": ("#12436D", "#12436D"),
    "cat2": ("#28A197", "#17736b"),
    "cat3": ("#801650", "#801650"),
    "cat4": ("#F46A25", "#a83c05"),
    "step1": ("#dbe7f2", "#0b0c0c"),
    "step2": ("#a3c6e6", "#0b0c0c"),
    "step3": ("#2073bc", "#ffffff"),
    "step4": ("#12436d", "#ffffff"),
}

#: The same in every file, so that one hash in a host's policy covers them all.
FILE_STYLE = "".join(
    [
        "\n",
        _STYLE,
        *(
            f".r-{role} rect,.r-{role} circle{{fill:{fill}}}\n"
            f".r-{role} line,.r-{role} path{{stroke:{fill};fill:none}}\n"
            f"text.r-{role}{{fill:{ink}}}\n"
            f".r-{role} .hollow{{fill:#fff;stroke:{fill};stroke-width:2px}}\n"
            for role, (fill, ink) in _INKS.items()
        ),
        _HALO,
    ]
)


def draw(chart: Chart) -> str:
    """Draw a chart for a page with our style sheet."""
    size = f'width="100%" height="{form(chart.form).height(chart)}"'
    name = "co-svg" if chart.form == "time" else f"co-svg co-svg--{chart.form}"
    told = f'role="img" aria-label="{safe(chart.in_words)}"'
    head = f'<svg class="{name}" {size} font-size="13" {told}>'
    return "\n".join([head, *_drawn(chart), "</svg>"])


@lru_cache(maxsize=8)
def _drawn(chart: Chart) -> tuple[str, ...]:
    """Draw the elements of a chart once: its page and its file have the same."""
    return tuple(form(chart.form).drawing(chart))


def sparkline(values: Sequence[Number | None], summary: str) -> str:
    """Draw the shape of a series in the size of a word, its last point marked."""
    width, height, edge = 120, 28, 4
    points = [Point(value, "") for value in values]
    numbers = [value for _, value in known(points)]
    low, high = (min(numbers), max(numbers)) if numbers else (0, 0)
    step = (width - 2 * edge) / max(1, len(values) - 1)

    def at(i: int, value: Number) -> tuple[str, str]:
        part = float((value - low) / (high - low)) if high != low else 0.5
        return num(edge + i * step), num(height - edge - part * (height - 2 * edge))

    drawn = [
        f'<polyline fill="none" points="{" ".join(",".join(at(*point)) for point in run)}"/>'
        for run in runs(known(points))
        if len(run) > 1
    ]
    lonely = [run[0] for run in runs(known(points)) if len(run) == 1]
    for point in dict.fromkeys([*lonely, *known(points)[-1:]]):
        x, y = at(*point)
        drawn.append(f'<circle cx="{x}" cy="{y}" r="3"/>')
    head = f'<svg class="co-spark" width="{width}" height="{height}" role="img"'
    return f'{head} aria-label="{safe(summary)}"><g class="r-this-year">{"".join(drawn)}</g></svg>'


# ------------------------------------------------------------------------------------ file


def draw_file(chart: Chart, origin: Provenance) -> str:
    """Draw a chart as a file that is read alone: in light colours, on white.

    What it shows, whose figures, the licence, the dates and its address are in sight and, for
    machines, in its metadata.
    """
    found = ". ".join(sign.word for sign in chart.signs)
    said = ((chart.title, "title", 20, 25), (chart.subtitle, "sub", 14, 21), (found, "sub", 14, 21))
    above, y = _lines(said, 14)
    y += 12
    width, height = _FILE_WIDTH - 2 * _FILE_MARGIN, form(chart.form).height(chart)
    frame = f'x="{_FILE_MARGIN}" y="{num(y)}" width="{width}" height="{height}" overflow="visible"'
    whose = f"{origin.publisher}. {origin.dated}"
    from_ = (chart.source, whose, f"Licence: {origin.licence_in_full}", origin.address)
    below, y = _lines([(text, "source", 13, 19) for text in from_], y + height)
    size = f'viewBox="0 0 {_FILE_WIDTH} {num(y + 20)}" width="{_FILE_WIDTH}" height="{num(y + 20)}"'
    return "\n".join(
        [
            f'<svg xmlns="{_NAMESPACE}" {size} role="img" xml:lang="en-GB">',
            f"<title>{safe(chart.title)}</title>",
            f"<desc>{safe(chart.in_words)}</desc>",
            _metadata(chart, origin),
            f"<style>{FILE_STYLE}</style>",
            '<rect width="100%" height="100%" fill="#fff"/>',
            *above,
            f'<svg class="{chart.form}" {frame}>',
            *_drawn(chart),
            "</svg>",
            *below,
            "</svg>\n",
        ]
    )


def _lines(texts: Sequence[tuple[str, str, int, int]], y: float) -> tuple[list[str], float]:
    """Write texts (words, class, size, leading) below one another; gives where they end, too."""
    made = []
    for text, name, size, leading in texts:
        across = int((_FILE_WIDTH - 2 * _FILE_MARGIN) / size / 0.52)
        for line in _wrapped(text, across):
            y += leading
            made.append(f'<text class="{name}" x="{_FILE_MARGIN}" y="{num(y)}">{safe(line)}</text>')
    return made, y


@lru_cache(maxsize=1024)  # publisher and licence stand on every file
def _wrapped(text: str, across: int) -> list[str]:
    return wrap(" ".join(text.split()), across, break_on_hyphens=False)


def _metadata(chart: Chart, origin: Provenance) -> str:
    """Say the same in Dublin Core, where image tools and catalogues look for it."""
    found = {
        "title": chart.title,
        "description": chart.subtitle,
        "publisher": origin.publisher,
        "source": origin.source,
        "rights": origin.licence_in_full,
        "coverage": origin.data_to,
        "date": origin.as_of,
        "identifier": origin.address,
    }
    said = "".join(f"<dc:{name}>{safe(text)}</dc:{name}>" for name, text in found.items() if text)
    return (
        f'<metadata><rdf:RDF xmlns:rdf="{_RDF}" xmlns:dc="{_DUBLIN_CORE}">'
        f'<rdf:Description rdf:about="{safe(origin.address)}">{said}</rdf:Description>'
        "</rdf:RDF></metadata>"
    )
