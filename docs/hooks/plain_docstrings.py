"""Docstrings as Markdown: formulas, references and cross-references lose their RST marks."""

from __future__ import annotations

import re
from typing import Any

import griffe


class PlainDocstrings(griffe.Extension):
    """Rewrites the few RST marks that the project's docstrings use."""

    def on_object(self, *, obj: griffe.Object, **kwargs: Any) -> None:  # noqa: ARG002
        """Rewrite the docstring of one object."""
        if obj.docstring is not None:
            obj.docstring.value = plain(obj.docstring.value)


def plain(text: str) -> str:
    """Return a docstring without RST marks.

    >>> plain("A score [1]_ of :math:`c`, see :meth:`str.format` and ``x``.")
    'A score [1] of `c`, see `str.format` and ``x``.'
    """
    text = re.sub(r"\.\. math::\s*\n?((?:\n?[ \t]+\S.*)+|.*)", _formula, text)
    text = re.sub(r":(?:math|meth|func|class|mod|attr):`([^`]+)`", r"`\1`", text)
    text = re.sub(r"^(\s*)\.\. \[(\d+)\] ", r"\1[\2] ", text, flags=re.MULTILINE)
    return re.sub(r"\[(\d+)\]_", r"[\1]", text)


def _formula(found: re.Match[str]) -> str:
    lines = [line.strip() for line in found.group(1).strip().splitlines()]
    return "\n".join(["```text", *lines, "```"])
