"""The door to Markdown: what a commentary may hold, and what becomes of it.

The whole grammar of CommonMark is read, with tables and strikethrough, so that everything in a
text is seen for what it is. What has a row in ACCEPTED becomes the HTML of its row; everything
else is a problem with its line, and nothing is published. At last nh3 cleans the HTML by a list of
its own: it finds nothing to do, and stands there for the day on which this module is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

#: More of any of these in one text is no commentary, and would take long to read.
MOST_MARKS = 400
_NUMBER = re.compile(r"\d+")
_MARKS = "*_[]()<>`!&~#|"

ALLOWED = "paragraphs, simple lists, *emphasis*, **strong words** and [links](https://...) alone"

#: What is printed for each part of a text that may stand there; the words of a text are escaped.
ACCEPTED: Mapping[str, str] = {
    "paragraph_open": "<p>",
    "paragraph_close": "</p>",
    "bullet_list_open": "<ul>",
    "bullet_list_close": "</ul>",
    "ordered_list_open": "<ol>",
    "ordered_list_close": "</ol>",
    "list_item_open": "<li>",
    "list_item_close": "</li>",
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "link_open": '<a href="{href}" rel="noreferrer">',
    "link_close": "</a>",
    "hardbreak": "<br>",
    "softbreak": " ",
}
_TAGS = {"p", "ul", "ol", "li", "em", "strong", "a", "br"}

_HEADING = "Write it as a sentence of its own. An underline of = or - makes a heading too."
_NO_HTML = "Take the tag out. To show the sign itself, put a space after it."
_NO_CODE = "Take the marks out, and write it in plain words."

#: What to do about a part that may not stand there.
REFUSED: Mapping[str, str] = {
    "html_block": _NO_HTML,
    "html_inline": _NO_HTML,
    "image": "Take the picture out, and say in words what it shows.",
    "code_inline": _NO_CODE,
    "fence": _NO_CODE,
    "code_block": "Take out the spaces at the beginning of the line.",
    "heading_open": _HEADING,
    "blockquote_open": "Take out the > at the beginning, and say in words who said it.",
    "table_open": "Put figures into a table of the package, and write words here.",
    "hr": "Take the line out. An empty line is enough between paragraphs.",
    "s_open": "Take the text out, or the ~~ around it.",
}
#: What lies within a part that is told already.
_WITHIN = frozenset(("thead_open", "tbody_open", "tr_open", "th_open", "td_open"))
_OTHER = "Write it in plain words."
_ENTITY = "Type the character itself."
_NESTED = "Begin the line with no spaces: a list has one level."
_FIRST = "Number a list from 1. If it is no list, put a backslash before the full stop."
_ADDRESS = "Give the whole address, which begins with https://, http:// or mailto:."
_TITLE = "Take out the words in quotation marks after the address."
_REFERENCE = "Write the address beside its words: [the plan](https://www.place.example/plan)."
_LABEL = "Say in words where the link leads. An address as its words must be its own address."
_SHORTER = "Say it in words, with fewer signs."

_WEB = re.compile(r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?([/?#][^\s<>\"'\\]*)?", re.A)
_MAIL = re.compile(r"mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.A)
_LIKE_ADDRESS = re.compile(r"\s*([a-z][a-z0-9+.-]*:\S|www\.|\S+@\S|\S+\.[a-z]{2,}/)", re.I)

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;"})


@dataclass(frozen=True)
class Problem:
    """What a text may not hold: its line, counted from 0, what was found and what to do."""

    line: int
    found: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a list: its HTML, and its words by the line on which they begin, from 0.

    A line break within the words is one in the text.
    """

    html: str
    pieces: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it was read: its blocks, as words alone, and what may not stand in it."""

    blocks: tuple[Block, ...] = ()
    plain: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def html(self) -> str:
        """The whole text as HTML."""
        return "\n".join(block.html for block in self.blocks)


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 (the library's name)
        """Take every address for a link, so that we refuse it rather than print it."""
        return True


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark").enable(["table", "strikethrough"])
    return parser.disable("text_join")  # so that entities and escapes stay what they are


# A text is checked, weighed for its words and shown on several pages. Between two of these come
# all the other texts, so all of them are kept: about 3 kB each.
@lru_cache(maxsize=8192)
def read(text: str) -> Written:
    """Read a text; one with problems is not to be published."""
    found = rendered(text)
    return replace(found, blocks=tuple(replace(b, html=cleaned(b.html)) for b in found.blocks))


def cleaned(html: str) -> str:
    """Take out of HTML what no commentary may hold: nothing, if `rendered` is right."""
    return nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https", "http", "mailto"},
        link_rel="noreferrer",
    )  # fmt: skip


def rendered(text: str) -> Written:
    """Read a text, before the net."""
    if crowded := next((mark for mark in _MARKS if text.count(mark) > MOST_MARKS), ""):
        found = f"{text.count(crowded)} times {crowded}"
        return Written(problems=(Problem(0, found, _SHORTER),))
    if (many := len(_NUMBER.findall(text))) > MOST_MARKS:
        return Written(problems=(Problem(0, f"{many} numbers", REFUSED["table_open"]),))
    env: dict[str, dict[str, Mapping[str, Sequence[int]]]] = {}
    reader = _Reader(text.split("\n"))
    for token in _parser().parse(text, env):
        reader.take(token)
    for reference in env.get("references", {}).values():
        reader.refuse(reference["map"][0], _REFERENCE)
    return reader.written()


class _Reader:
    """Takes the tokens of a text one by one, and keeps what becomes of them."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.problems: list[Problem] = []
        self.blocks: list[Block] = []
        self.plain: list[str] = []
        self.html: list[str] = []
        self.pieces: list[tuple[int, str]] = []
        self.item = ""  # what stands before the words of the next item of a list
        self.link: tuple[str, int] | None = None  # its address, and where its words begin

    def written(self) -> Written:
        """Give what was read."""
        return Written(tuple(self.blocks), "".join(self.plain).strip("\n"), tuple(self.problems))

    def refuse(self, line: int, remedy: str, found: str = "") -> None:
        """Keep a problem; without words of its own it is the whole line."""
        source = self.lines[line] if line < len(self.lines) else ""
        self.problems.append(Problem(line, found or source.strip(), remedy))

    def take(self, token: Token) -> None:
        """Take a block, or the words in it."""
        line = token.map[0] if token.map else 0
        if token.type == "inline":
            self._words(line, token.children or ())
        elif token.type in ACCEPTED:
            self._open(line, token)
            self.html.append("" if token.hidden else ACCEPTED[token.type])
            if token.nesting < 0 and token.level == 0:
                self._end()
        elif token.nesting >= 0 and token.type not in _WITHIN:
            self.refuse(line, REFUSED.get(token.type, _OTHER))

    def _open(self, line: int, token: Token) -> None:
        if token.type.endswith("list_open"):
            if token.level:
                self.refuse(line, _NESTED)
            if token.attrGet("start") is not None:
                self.refuse(line, _FIRST)
        elif token.type.endswith("list_close"):
            self.item = ""
        elif token.type == "list_item_open":
            self.item = "- "

    def _end(self) -> None:
        """Close a paragraph or a list of the top level."""
        self.blocks.append(Block("".join(self.html), tuple(self.pieces)))
        self.plain.append("\n")
        self.html, self.pieces = [], []

    def _words(self, line: int, children: Sequence[Token]) -> None:
        """Take the words of a paragraph, an item or a heading, which begin on a line."""
        words: list[str] = []
        here = line
        for child in children:
            if child.type in ("text", "text_special"):
                if child.info == "entity":
                    self.refuse(here, _ENTITY, child.markup)
                words.append(child.content)
                self.html.append(child.content.translate(_ESCAPED))
            elif child.type in ACCEPTED:
                self._mark(here, child, words)
            elif child.nesting >= 0:
                self.refuse(here, REFUSED.get(child.type, _OTHER), _source(child))
            breaks = child.type in ("softbreak", "hardbreak")
            here += 1 if breaks else child.content.count("\n")
        text = "".join(words)
        self.pieces.append((line, text))
        self.plain.append(f"{self.item}{text}\n")
        self.item = ""

    def _mark(self, line: int, child: Token, words: list[str]) -> None:
        """Take what stands between words: emphasis, a link, the end of a line."""
        html = ACCEPTED[child.type]
        if child.type == "link_open":
            href = str(child.attrGet("href") or "")
            self._check(line, child, href)
            self.link = href, len(words)
            html = html.format(href=href.replace("&", "&amp;"))
        elif child.type == "link_close" and self.link:
            href, begin = self.link
            if not _honest("".join(words[begin:]), href):
                self.refuse(line, _LABEL, f"[{''.join(words[begin:])}]({href})")
        elif child.type.endswith("break"):
            words.append("\n")
        self.html.append(html)

    def _check(self, line: int, child: Token, href: str) -> None:
        if not (_WEB.fullmatch(href) or _MAIL.fullmatch(href)):
            self.refuse(line, _ADDRESS, href or "a link without an address")
        if child.attrGet("title") is not None:
            self.refuse(line, _TITLE, str(child.attrGet("title")))


def _honest(label: str, href: str) -> bool:
    """Say whether a link has words, and no other address as its words than its own."""
    if not label.strip():
        return False
    if not _LIKE_ADDRESS.match(label):
        return True
    return _bare(label) == _bare(href)


def _bare(address: str) -> str:
    return re.sub(r"^(https?://|mailto:)?(www\.)?|/$", "", address.strip(), flags=re.I)


#: How an inline part stood in the text, as far as it is told.
_SOURCES: Mapping[str, Callable[[Token], str]] = {
    "image": lambda token: f"![{token.content}]({token.attrGet('src')})",
    "code_inline": lambda token: f"{token.markup}{token.content}{token.markup}",
    "html_inline": lambda token: token.content,
}


def _source(token: Token) -> str:
    made = _SOURCES.get(token.type)
    return made(token) if made else token.markup
