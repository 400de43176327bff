"""What is odd in a count, by itself and against the past: each cause is told once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from turnout.areas.doubts import Doubts
from turnout.errors import Finding, Spot
from turnout.escaping import label
from turnout.forecast.count_time import odd_time
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
    counted: Counted | None,
    findings: Sequence[Finding],
    spots: Mapping[str, Spot],
    polling_day: dt.date,
) -> tuple[Said, ...]:
    """Return what is odd in a count, in every language.

    Of a place in doubt the doubt is told, with the row of the place, and not once more what was
    found there for the same cause; of stations in doubt what was found at their own rows, before
    what follows from it.

    Parameters
    ----------
    counted
        What the forecast says of the count; None before it.
    findings
        What was found in its files.
    spots
        Where its places stand, see `turnout.reading.reading.Reading`.
    polling_day
        Day of the election, which tells whether the time of the count can be right.
    """
    if counted is None:
        return said_findings(findings)
    kept = [one for one in findings if not _is_doubted(one, counted.doubts)]
    rules = {one.rule for one in kept}
    told_there: dict[str, Any] = {name: () for name, found in _OF_STATIONS.items() if found & rules}
    doubted = set().union(*(_OF_STATIONS[name] for name in told_there))
    at_rows = [one for one in kept if one.rule in doubted]
    counted = replace(counted, doubts=replace(counted.doubts, **told_there))

    def doubts(lang: Language) -> str:
        return "\n".join(counted.say_doubts(lang, lambda names: _with_rows(names, spots)))

    told = (
        (doubts, bool(counted.say_doubts())),
        (counted.say_apart, counted.lacks_votes),
        (counted.say_assumed, counted.assumed > 0),
    )
    said = tuple({lang: say(lang) for lang in LANGUAGES} for say, due in told if due)
    late = odd_time(counted.until, polling_day, of_file=counted.of_file)
    said += tuple({lang: note.say(lang) for lang in LANGUAGES} for note in late)
    others = [one for one in kept if one.rule not in doubted]
    return (*said_findings(at_rows), *said, *said_findings(others))


def _is_doubted(finding: Finding, doubts: Doubts) -> bool:
    """Whether a doubt tells what was found of a place."""
    low = (*doubts.far_below, *doubts.below_past, *doubts.low_so_far, *doubts.at_stations)
    causes = ((_OF_TURNOUT, (*low, *doubts.far_above)), (_OF_COPIES, doubts.copied))
    names = {bare_name(name) for rules, told in causes if finding.rule in rules for name in told}
    return bare_name(str(finding.values.get("place", ""))) in names


@dataclass(frozen=True)
class _AtRow:
    """A place with the row that it stands in; file and sheet where they are to be told."""

    name: str
    spot: Spot

    def say(self, lang: Language = "en") -> str:
        return f"{label(self.name)} [{self.spot.say(lang)}]"


def _with_rows(names: Sequence[str], spots: Mapping[str, Spot]) -> list[object]:
    """Return places with their rows; file and sheet stand with the first place that is there."""
    told: list[object] = []
    before = ("", "")
    for name in names:
        spot = spot_of(name, spots)
        if spot is None:
            told.append(name)
            continue
        is_there = (spot.file, spot.sheet) == before
        before = (spot.file, spot.sheet)
        told.append(_AtRow(name, Spot(*(("", "") if is_there else before), spot.row)))
    return told
