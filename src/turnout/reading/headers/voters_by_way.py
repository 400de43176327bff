"""Columns of voters by the way in which they voted, and how to have them added up."""

from __future__ import annotations

from collections.abc import Sequence

from turnout.reading.headers.measures import measure_of
from turnout.reading.headers.plain import words
from turnout.reading.headers.voting_ways import WAYS_OF_VOTING, way_of
from turnout.surroundings import Setting, Settings


def ways_among(headers: Sequence[str]) -> dict[str, str]:
    """Return those columns that hold the voters of one way of voting, with this way."""
    found = {}
    for header in headers:
        if header in WAYS_OF_VOTING.values():
            found[header] = header
        elif (way := way_of(words(header))) and measure_of(header) is None:
            found[header] = way
    return found


def said_as_ways(headers: Sequence[str], role: str = "results") -> Settings | None:
    """Return what to say of headers so that they are added up to the voters; None where nothing.

    >>> print(said_as_ways(["Election day", "Absentee"]))
    columns={"Election day": "voters_at_polls", "Absentee": "voters_by_post"}
    """
    meant = {one: WAYS_OF_VOTING.get(way, way) for one, way in ways_among(headers).items()}
    names = sorted(meant.values())
    if names not in (["voters_at_polls", "voters_by_post"], _ALL_WAYS):
        return None
    return Settings(tuple(Setting("columns", one, name, role) for one, name in meant.items()))


_ALL_WAYS = ["voters_at_polls", "voters_by_post", "voters_early"]
