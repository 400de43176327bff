"""report.html: one page that stands alone, for people who look rather than read."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment

from turnout.language import Language, interval, percent
from turnout.output.pages import data_address, environment
from turnout.plots.rendering import Rendered
from turnout.plots.style import style
from turnout.plots.words import goal_number
from turnout.report.document import words
from turnout.report.document.blocks import Document, Figure


@dataclass(frozen=True)
class Picture:
    """A figure as a reader's browser shows it.

    Parameters
    ----------
    source
        The picture itself, as a ``data:`` address.
    narrow
        The same laid out for a phone.
    width, height
        Size in CSS pixels.
    """

    source: str
    narrow: str
    width: int
    height: int


def report_page(document: Document, narrow: Mapping[str, Rendered]) -> str:
    """Return the page of a report.

    Parameters
    ----------
    document
        What it tells, its figures drawn as SVG.
    narrow
        The same figures by name, laid out for a phone.
    """
    pictures = {
        block.name: _picture(block.drawn, narrow[block.name])
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Figure)
    }
    content = {
        "report": document,
        "pictures": pictures,
        "fonts": _fonts(),
        **_speech(document.lang),
    }
    return _environment().get_template("report.html").render(content)


def _picture(drawn: Rendered, narrow: Rendered) -> Picture:
    width, height = (round(96 * inches) for inches in (drawn.width, drawn.height))
    return Picture(_address(drawn), _address(narrow), width, height)


def _address(drawn: Rendered) -> str:
    encoded = base64.b64encode(drawn.content["svg"]).decode("ascii")
    return f"data:image/svg+xml;base64,{encoded}"


@lru_cache(maxsize=1)
def _fonts() -> Mapping[int, str]:
    """Return the page's font by weight, as ``data:`` addresses: its figures stand in columns."""
    folder = Path(__file__).parent / "fonts"
    files = {400: "sans-regular.woff2", 700: "sans-bold.woff2"}
    return {weight: data_address(folder / name, "font/woff2") for weight, name in files.items()}


def _speech(lang: Language) -> Mapping[str, Any]:
    """Return what the template itself says, of the page's parts, in its language."""
    return {
        "lang": lang,
        "w": words,
        "style": style,
        "say": lambda text, **values: text.say(lang, **values),
        "percent": lambda share, decimals=1: percent(share, lang, decimals),
        "interval": lambda low, high: interval(low, high, lang),
        "goal_number": partial(goal_number, lang=lang),
        "known": pd.notna,
    }


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return environment(Path(__file__).parent / "pages")
