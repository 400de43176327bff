"""How much of the coming election is counted, up to when, and the words for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from turnout.areas import Panel
from turnout.areas.counted import Count
from turnout.areas.doubts import Doubts
from turnout.areas.history import known_below, votes_apart
from turnout.arrays import Floats
from turnout.elections import Election
from turnout.forecast import counted_words as words
from turnout.forecast.about import Note
from turnout.forecast.count_time import odd_time
from turnout.forecast.share_counted import share_counted
from turnout.language import Language, Text, clock, moment
from turnout.schema import PLACE_COLUMNS, SCALES

_LEAST_APART = 0.005
"""Turnout (share) from which votes without a roll of their own are told."""


@dataclass(frozen=True, repr=False)
class Counted:
    """What is counted of the coming election.

    Parameters
    ----------
    places
        One row per place of every scale: scale, the place columns, area_id, registered and voters
        (counts that are in; NaN where none), stations_counted and stations_total (NaN where not
        told), counted_share (`share_counted`: of the stations), complete, doubtful (nothing can
        be called of the place until its doubts are settled), lacks_votes (votes without a roll of
        their own come or may come on top of it) and in_doubt (share of the registered by which
        doubts may change its turnout).
    until
        Up to when the count goes; None where nobody said.
    doubts
        What speaks against places that are read as complete.
    apart
        Voters (count) that are counted without a roll of their own, such as postal ones: no place
        has them, nor has the forecast.
    apart_before
        What such votes were in the newest contest of the whole, as a share of the registered.
    of_file
        Whether `until` is the time of the count's file, as nobody said another.
    """

    places: pd.DataFrame
    until: dt.datetime | None = None
    doubts: Doubts = field(default_factory=Doubts)
    apart: float = 0.0
    apart_before: float = 0.0
    of_file: bool = False

    @classmethod
    def of(cls, panel: Panel, contest: int, until: dt.datetime | None) -> Counted | None:
        """Return what a panel knows of the count of a contest; None before the count."""
        if panel.count is None:
            return None
        count, apart = panel.count, _shares_apart(panel, contest)
        used = np.zeros(len(panel.nodes), dtype=bool)
        node = panel.targets
        while len(node):
            used[node] = True
            node = np.unique(panel.parent[node])
            node = node[node >= 0]
        places = panel.nodes[["scale", *PLACE_COLUMNS, "area_id"]].assign(
            registered=panel.grid("registered")[:, contest],
            voters=count.voters,
            stations_counted=count.stations[:, 0],
            stations_total=count.stations[:, 1],
            counted_share=share_counted(panel, contest, count),
            complete=count.complete,
            doubtful=count.doubtful,
            lacks_votes=apart.max(axis=1) >= _LEAST_APART,
            in_doubt=count.in_doubt,
        )
        return cls(
            places[used].reset_index(drop=True),
            until,
            count.doubts,
            float(votes_apart(panel)[0, contest]),
            float(apart[0, 0]),
        )

    @property
    def told_until(self) -> dt.datetime | None:
        """The time `until`, with the zone of this machine where it is by its clock.

        Of a time that somebody wrote nobody knows the zone.
        """
        return self.until.astimezone() if self.of_file and self.until else self.until

    @cached_property
    def share(self) -> float:
        """Share of all stations that are in; of the voters where nobody tells the stations."""
        return float(self.places["counted_share"].iloc[0])

    @cached_property
    def is_complete(self) -> bool:
        """Whether the count is read as all of it, rightly or not: nothing of the whole is drawn."""
        return bool(self.places["complete"].iloc[0] or self.finest["complete"].all())

    @cached_property
    def is_whole(self) -> bool:
        """Whether all stations are in, so that nothing of the whole is open."""
        return self.is_complete and not self.is_doubted and not self.lacks_votes

    @cached_property
    def is_doubted(self) -> bool:
        """Whether anything speaks against what is in, though it be too little to matter."""
        return self.doubts != Doubts() or self.is_doubtful

    @cached_property
    def is_doubtful(self) -> bool:
        """Whether so much of what is in is in doubt that nothing can be called."""
        return bool(self.places["doubtful"].iloc[0])

    def leaves_open(self, goal: float, turnout: float) -> bool:
        """Whether what is in doubt may decide if a turnout of the whole reaches a goal (shares).

        A goal that lies further from the turnout than all that is in doubt is reached or missed
        either way.
        """
        in_doubt = float(self.places["in_doubt"].iloc[0])
        return self.is_doubtful or 0 < in_doubt >= abs(goal - turnout)

    @property
    def lacks_votes(self) -> bool:
        """Whether votes without a roll of their own, which no place has, are worth a word."""
        return max(self.apart_before, self._apart_share) >= _LEAST_APART

    @cached_property
    def _apart_share(self) -> float:
        registered = float(self.finest["registered"].sum())
        return float(self.apart / registered) if registered > 0 else 0.0

    @cached_property
    def assumed(self) -> int:
        """Number of places that are read as whole counts although no stations are told."""
        told = self.places["registered"].notna() & self.places["complete"]
        untold = self.places[told & self.places["stations_total"].isna()]
        return int((untold["scale"] == untold["scale"].iloc[-1]).sum()) if len(untold) else 0

    @cached_property
    def finest(self) -> pd.DataFrame:
        """The rows of the finest scale."""
        order = [scale for scale in SCALES if (self.places["scale"] == scale).any()]
        finest = order[0] if order else self.places["scale"].iloc[0]
        return self.places[self.places["scale"] == finest]

    @property
    def so_far(self) -> dict[str, float | None]:
        """Finest places and stations that have come in, of how many, and the share of all.

        Stations are None where nobody tells them.
        """
        whole, finest = self.places.iloc[0], self.finest
        told = whole["stations_total"] > 0
        return {
            "places": int((finest["counted_share"] > 0).sum()),
            "all_places": len(finest),
            "stations": int(whole["stations_counted"]) if told else None,
            "all_stations": int(whole["stations_total"]) if told else None,
            "share": round(self.share, 6),
        }

    def notes(self, count: Count, election: Election) -> tuple[Note, ...]:
        """Return what a reader has to know of a count: how far it is, and what is odd in it."""
        notes = [Note(Text(en=self.say("en"), id=self.say("id")))]
        told = (
            (words.ABOVE_ROLL, count.above_roll),
            (words.OVER_FULL, count.over_full),
            (words.UNTOLD, count.untold),
        )
        for text, names in told:
            if names:
                values = {
                    "n": len(names),
                    "places": list(names),
                    "beyond": float(count.beyond.sum()),
                }
                notes.append(Note(text, values))
        return (*notes, *odd_time(self.until, election.date, of_file=self.of_file))

    def say_apart(self, lang: Language = "en") -> str:
        """Return in words the votes without a roll of their own, which the forecast lacks."""
        if not self._apart_share:
            return words.APART_MISSING.say(lang, before=self.apart_before)
        if not bool(self.finest["complete"].all()):
            told = [words.APART_SO_FAR.say(lang, n=self.apart)]
        else:
            voters, registered = (self.finest[name].sum() for name in ("voters", "registered"))
            told = [words.APART.say(lang, n=self.apart, share=self._apart_share)]
            told.append(words.APART_IN_ALL.say(lang, turnout=(voters + self.apart) / registered))
        if not self.apart_before:
            told.append(words.NONE_BEFORE.say(lang))
        return " ".join(told)

    def say_assumed(self, lang: Language = "en") -> str:
        """Return in words how many places are read as whole counts; blank where none is."""
        if not self.assumed:
            return ""
        complete = bool(self.finest["complete"].all())
        return (words.ALL_ASSUMED if complete else words.ASSUMED).say(lang, n=self.assumed)

    def __repr__(self) -> str:
        """Return how much is counted, in one line."""
        return f"<Counted: {self.stamp()}>"

    def at(self, places: pd.DataFrame, scale: str) -> pd.DataFrame:
        """Return what is counted of the places of a forecast, in their order.

        Parameters
        ----------
        places
            Place columns and area_id.
        scale
            Their scale.

        Returns
        -------
        pandas.DataFrame
            registered, voters, stations_counted, stations_total, counted_share, complete,
            doubtful, lacks_votes and in_doubt; a wider place than those of the count is as far as
            the whole.
        """
        columns = list(self.places.columns[2 + len(PLACE_COLUMNS) :])
        rows = self.places[self.places["scale"] == scale]
        known = {key: row for row, key in enumerate(_keys(rows))}
        found = np.array([known.get(key, -1) for key in _keys(places)], dtype=np.intp)
        table = rows[columns].iloc[found.clip(0)].reset_index(drop=True) if len(rows) else None
        if table is None:
            table = self.places[columns].iloc[np.zeros(len(places), dtype=np.intp)]
            return table.reset_index(drop=True)
        strange = found < 0
        table = table.astype(dict.fromkeys(columns[:5], float))
        if strange.any():
            table.loc[strange, columns[:4]] = np.nan
            table.loc[strange, "counted_share"] = 0.0
            table.loc[strange, list(_MARKS)] = False
            table.loc[strange, "in_doubt"] = 0.0
        return table

    def say(self, lang: Language = "en") -> str:
        """Return in a sentence how much is counted, and up to when."""
        parts, finest = self._how_far(lang), self.finest
        if len(finest) > 1 and not finest["complete"].all():
            begun = int(((finest["counted_share"] > 0) & ~finest["complete"]).sum())
            done = int(finest["complete"].sum())
            text = words.PLACES if begun else words.PLACES_DONE
            parts.append(text.say(lang, done=done, begun=begun, all=len(finest)))
            if begun and (left := len(finest) - done - begun):
                parts.append(words.PLACES_LEFT.say(lang, n=left))
            if self.assumed:
                parts.append(words.ASSUMED.say(lang, n=self.assumed))
        said = " ".join(part for part in (*parts, *self._doubts(lang)) if part)
        if (at := self.told_until) is None:
            return said
        when = {"day": at.date(), "clock": clock(at, lang)}
        until = words.UNTIL_OF_FILE if self.of_file else words.UNTIL
        return f"{said} {until.say(lang, **when)}"

    def _doubts(self, lang: Language) -> list[str]:
        doubts = self.say_doubts(lang)
        return [*doubts, self.say_apart(lang)] if self.lacks_votes else doubts

    def _how_far(self, lang: Language) -> list[str]:
        whole, finest = self.places.iloc[0], self.finest
        parts = [(words.ALL_IN if self.is_whole else words.SHARE).say(lang, share=self.share)]
        if self.is_whole and self.assumed:
            parts = [words.ALL_ASSUMED.say(lang, n=self.assumed)]
        elif self.is_whole and whole["stations_total"] > 0:
            parts = [words.ALL_STATIONS.say(lang, total=whole["stations_total"])]
        elif self.is_doubted and finest["complete"].all() and whole["stations_total"] > 0:
            parts = [words.SAID_IN.say(lang, total=whole["stations_total"])]
        elif self.is_doubted and finest["complete"].all() and self.assumed:
            parts = [words.ALL_ASSUMED.say(lang, n=self.assumed)]
        elif self.lacks_votes and finest["complete"].all():
            parts = [words.ALL_PLACES.say(lang, n=len(finest)), self.say_assumed(lang)]
        elif whole["stations_total"] > 0:
            parts = [
                words.STATIONS.say(
                    lang,
                    share=self.share,
                    counted=whole["stations_counted"],
                    total=whole["stations_total"],
                )
            ]
        return parts

    def say_doubts(
        self, lang: Language = "en", called: Callable[[Sequence[str]], Sequence[object]] = tuple
    ) -> list[str]:
        """Return in words which places are in doubt, and why.

        Parameters
        ----------
        lang
            Language.
        called
            Returns what places are called here, from their names.
        """
        told = (
            (words.FAR_BELOW, self.doubts.far_below),
            (words.SHORT_OF_ROLL, self.doubts.short_of_roll),
            (words.BELOW_PAST, self.doubts.below_past),
            (words.LOW_SO_FAR, self.doubts.low_so_far),
            (words.FAR_ABOVE, self.doubts.far_above),
            (words.AT_STATIONS, self.doubts.at_stations),
            (words.STATIONS_ABOVE, self.doubts.stations_above),
            (words.STATIONS_COPIED, self.doubts.stations_copied),
            (words.COPIED, self.doubts.copied),
            (words.OTHERS_FIGURES, self.doubts.others_figures),
        )
        doubts = [
            text.say(lang, n=len(names), places=called(names), lacking=self.doubts.lacking)
            for text, names in told
            if names
        ]
        if self.doubts.all_low:
            turnout, lowest = self.doubts.all_low
            doubts.insert(0, words.ALL_LOW.say(lang, turnout=turnout, lowest=lowest))
        if self.doubts.all_high:
            turnout, highest = self.doubts.all_high
            doubts.insert(0, words.ALL_HIGH.say(lang, turnout=turnout, highest=highest))
        return [*doubts, *([words.NOT_CALLED.say(lang)] if self.is_doubtful else [])]

    def stamp(self, lang: Language = "en", beside: dt.date | None = None) -> str:
        """Return in a few words how much is counted, and up to when: for figures and tables.

        Parameters
        ----------
        lang
            Language.
        beside
            A day that stands beside it: it is not said again.
        """
        share = words.STAMP if self.places.iloc[0]["stations_total"] > 0 else words.STAMP_VOTERS
        told = in_full(self, lang) if self.is_complete else share.say(lang, share=self.share)
        if (at := self.told_until) is None:
            return told
        return words.STAMP_UNTIL.say(lang, told=told, when=moment(at, lang, beside))


def _shares_apart(panel: Panel, contest: int) -> Floats:
    """Return what votes beyond all places were, as shares: in the newest contest before, and now.

    The newest contest is that of the whole; (nodes, 2).
    """
    before = np.unique(panel.cells["contest"])
    newest = np.append(before[before != contest][-1:], contest)
    registered = panel.grid("registered")
    own = ~np.isnan(registered)
    size = np.where(own, registered, known_below(panel, registered, own))[:, newest]
    apart = votes_apart(panel)[:, newest]
    return np.divide(apart, size, out=np.zeros(size.shape), where=size > 0)


def all_in(counted: Counted | None) -> bool:
    """Whether there is a count that is read as all of it; `in_full` says how sure that is."""
    return counted is not None and counted.is_complete


def in_full(counted: Counted | None, lang: Language) -> str:
    """Say in a few words why a count is read as all of it, and what is in doubt about that."""
    if counted is None:
        return ""
    told = counted.places.iloc[0]["stations_total"] > 0
    doubts = (
        (counted.doubts.may_lack_stations, words.STAMP_DOUBTED),
        (counted.is_doubted, words.STAMP_ALL_DOUBTED if told else words.STAMP_FIGURES_DOUBTED),
        (counted.lacks_votes, words.STAMP_PLACES),
        (counted.assumed > 0, words.STAMP_ASSUMED),
    )
    return next((text for found, text in doubts if found), words.STAMP_ALL).say(lang)


_MARKS = ("complete", "doubtful", "lacks_votes")


def _keys(places: pd.DataFrame) -> list[tuple[object, ...]]:
    texts = places.reindex(columns=list(PLACE_COLUMNS)).astype("object")
    return list(texts.where(texts.notna(), None).itertuples(index=False, name=None))
