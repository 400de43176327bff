"""Places of a count that are named without figures: they are not in yet, which is told once."""

from __future__ import annotations

from turnout.errors import Finding
from turnout.language import Text

_RULES = ("missing_registered", "missing_voters")
_FEW = 2
"""Places from which on they are told together."""


def not_in_told_once(findings: list[Finding]) -> list[Finding]:
    """Return findings of a count with one warning for all places that are named without figures.

    Parameters
    ----------
    findings
        What was found in the count.
    """
    found = [one for one in findings if one.rule in _RULES and one.severity == "warning"]
    places: dict[object, Finding] = {}
    for one in found:
        places.setdefault(one.values.get("place"), one)
    if len(places) < _FEW:
        return findings
    first = found[0]
    told = Finding(
        first.rule,
        "warning",
        _NOT_IN,
        _LEAVE,
        first.spot,
        {"n": len(places), "names": [str(name) for name in places]},
        rows=tuple(one.spot for one in places.values()),
    )
    others = [one for one in findings if one not in found]
    return [*others, told]


_NOT_IN = Text(
    en="{n:count} places are named without figures ({names:list3}): they are taken as not in yet.",
    id="{n:count} wilayah disebut tanpa angka ({names:list3}): dianggap belum masuk.",
)
_LEAVE = Text(
    en="Nothing needs to be done if they are not in; else fill in their figures.",
    id="Tidak perlu tindakan bila memang belum masuk; bila sudah, isikan angkanya.",
)
