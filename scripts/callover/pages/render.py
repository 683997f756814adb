"""The one door to Jinja: escaping on, undefined names fail, words from `callover.words`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from callover import words


def _template(name: str) -> str:
    return resources.files("callover").joinpath(f"templates/{name}").read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters.update(
        period=words.period_long,
        number=words.number,
        prose=prose,
    )
    environment.globals.update(rating_words=words.RATING_WORDS)
    return environment


def render(template: str, **context: Any) -> str:
    """Render a template; a blank line inside raw HTML would end it, so none is left there."""
    return _environment().get_template(template).render(**context)


def grid(table: object) -> Markup:
    """Render a table by itself, for pages that share it: most of a page's time goes into tables."""
    macros = _environment().get_template("macros.html").module
    return Markup(macros.grid(table))  # type: ignore[attr-defined]  # noqa: S704 (escaped by Jinja)


def prose(text: str) -> Markup:
    """Turn a partner's plain text into paragraphs and lists; nothing in it is HTML or Markdown.

    A blank line begins a paragraph, lines that begin with a dash and a space are a list.
    """
    blocks: list[str] = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        blocks += _blocks(lines)
    return Markup("\n".join(blocks))  # noqa: S704 (every line is escaped below)


def _blocks(lines: list[str]) -> list[str]:
    made: list[str] = []
    paragraph: list[str] = []
    items: list[str] = []
    for line in lines:
        if line.startswith(("- ", "* ")):
            made += _paragraph(paragraph)
            paragraph = []
            items.append(str(escape(line[2:])))
        elif items:
            items[-1] += f" {escape(line)}"
        else:
            paragraph.append(str(escape(line)))
    made += _paragraph(paragraph)
    if items:
        made.append("<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>")
    return made


def _paragraph(lines: list[str]) -> list[str]:
    return [f"<p>{' '.join(lines)}</p>"] if lines else []
