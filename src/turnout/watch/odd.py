"""What is odd in a count, by itself and against the past: each cause is told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from turnout.areas.doubts import Doubts
from turnout.errors import Finding, Spot
from turnout.forecast.counted import Counted
from turnout.identity.names import bare_name
from turnout.language import LANGUAGES, Language
from turnout.reading.told_places import spot_of
from turnout.watch.counts import Said, said_findings

_OF_TURNOUT = frozenset({"turnout_far_off"})
_OF_COPIES = frozenset({"place_copied"})
_OF_STATIONS = {
    "at_stations": {"station_percent", "station_abstainers", "station_far_below_others"},
    "stations_copied": {"station_copied", "stations_copied"},
    "stations_above": {"station_above_registered"},
}
"""Doubts of single stations, and what is found at the rows of these."""


def odd_in(
    counted: Counted | None, findings: Sequence[Finding], spots: Mapping[str, Spot]
) -> tuple[Said, ...]:
    """Return what is odd in a count, in every language.

    Of a place in doubt the doubt is told, with the row of the place, and not once more what was
    found there for the same cause; of stations in doubt what was found at their own rows.

    Parameters
    ----------
    counted
        What the forecast says of the count; None before it.
    findings
        What was found in its files.
    spots
        Where its places stand, see `turnout.reading.reading.Reading`.
    """
    if counted is None:
        return said_findings(findings)
    kept = [one for one in findings if not _is_doubted(one, counted.doubts)]
    if not counted.is_doubtful:
        rules = {one.rule for one in kept}
        told_there: dict[str, Any] = {
            name: () for name, found in _OF_STATIONS.items() if found & rules
        }
        counted = replace(counted, doubts=replace(counted.doubts, **told_there))

    def doubts(lang: Language) -> str:
        return " ".join(counted.say_doubts(lang, lambda name: _with_row(name, spots, lang)))

    told = (
        (doubts, bool(counted.say_doubts())),
        (counted.say_apart, counted.lacks_votes),
        (counted.say_assumed, counted.assumed > 0),
    )
    said = tuple({lang: say(lang) for lang in LANGUAGES} for say, due in told if due)
    return (*said, *said_findings(kept))


def _is_doubted(finding: Finding, doubts: Doubts) -> bool:
    """Whether a doubt tells what was found of a place."""
    low = (*doubts.far_below, *doubts.below_past, *doubts.low_so_far, *doubts.at_stations)
    causes = ((_OF_TURNOUT, low), (_OF_COPIES, doubts.copied))
    names = {bare_name(name) for rules, told in causes if finding.rule in rules for name in told}
    return bare_name(str(finding.values.get("place", ""))) in names


def _with_row(name: str, spots: Mapping[str, Spot], lang: Language) -> str:
    """Return the name of a place with the row that it stands in."""
    spot = spot_of(name, spots)
    return name if spot is None else f"{name} [{replace(spot, column='', value='').say(lang)}]"
