"""PDFs by typst: a template of ours, and data that it shows as text, whatever signs it holds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typst

from turnout.escaping import clean


def pdf_of(
    template: Path, data: Mapping[str, Any], fonts: Sequence[Path], made: dt.datetime
) -> bytes:
    """Return a PDF of a template filled with data; the same data give the same bytes.

    It is PDF/A-2a, to be read in many years, and PDF/UA-1, to be read aloud.

    The template reads ``json(bytes(sys.inputs.data))``: what it holds are strings and numbers to
    typst, never its markup.

    Parameters
    ----------
    template
        The template, a file of ours.
    data
        Plain values; pictures as SVG texts.
    fonts
        Folders of fonts beside those that typst brings; the machine's others are not used.
    made
        Time that the file tells as its own, taken for UTC.
    """
    stamp = made.replace(tzinfo=dt.UTC)
    return typst.compile(
        template.read_bytes(),
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=list(fonts)),
        sys_inputs={"data": json.dumps(_cleaned(data), ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(stamp.timestamp()),
    )


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {str(key): _cleaned(one) for key, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, (list, tuple)) else value
