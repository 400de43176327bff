"""Places of a count that are named without voters: they are not in yet, which is told once."""

from __future__ import annotations

from turnout.errors import Finding
from turnout.language import Text

_VOTERS, _REGISTERED = "missing_voters", "missing_registered"


def not_in_told_once(findings: list[Finding]) -> list[Finding]:
    """Return findings of a count with one warning for all places that are named without voters.

    Voters without registered are in, and stay told one by one.

    Parameters
    ----------
    findings
        What was found in the count.
    """
    warned = [one for one in findings if one.severity == "warning"]
    found = [one for one in warned if one.rule == _VOTERS]
    places = {one.values.get("place"): one for one in reversed(found)}
    if not places:
        return findings
    found += [
        one for one in warned if one.rule == _REGISTERED and one.values.get("place") in places
    ]
    first = found[0]
    told = Finding(
        first.rule,
        "warning",
        _NOT_IN,
        _LEAVE,
        first.spot,
        {"n": len(places), "names": [str(name) for name in reversed(places)]},
        rows=tuple(one.spot for one in reversed(places.values())),
    )
    others = [one for one in findings if one not in found]
    return [*others, told]


_NOT_IN = Text(
    en="{n:count:place has:places have} no voters yet ({names:list3}), taken as not in.",
    id="pengguna hak pilih {n:count} wilayah belum diisi ({names:list3}): dianggap belum masuk.",
)
_LEAVE = Text(
    en="Nothing needs to be done where that is so; else fill in the voters.",
    id="Tidak perlu tindakan bila memang belum masuk; bila sudah, isikan jumlahnya.",
)
