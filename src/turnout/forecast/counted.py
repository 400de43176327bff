"""How much of the coming election is counted, up to when, and the words for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from turnout.areas import Panel
from turnout.areas.count import votes_without_roll
from turnout.areas.counted import Count
from turnout.areas.history import beyond_places
from turnout.elections import Election
from turnout.forecast.about import Note
from turnout.forecast.share_counted import share_counted
from turnout.language import Language, Text, clock, moment
from turnout.schema import PLACE_COLUMNS, SCALES

_LEAST_APART = 0.005
"""Turnout (share) from which votes without a roll of their own are told."""

_LONGEST_COUNT = 60
"""Days after polling day up to which a count goes on; results are announced within 35."""


@dataclass(frozen=True, repr=False)
class Counted:
    """What is counted of the coming election.

    Parameters
    ----------
    places
        One row per place of every scale: scale, the place columns, area_id, registered and voters
        (counts that are in; NaN where none), stations_counted and stations_total (NaN where not
        told), counted_share (`share_counted`: of the stations) and complete.
    until
        Up to when the count goes; None where nobody said.
    far_below
        Names of places that count as complete without word of their stations, with so few
        voters that only some stations may be in.
    apart
        Voters (count) that are counted without a roll of their own, such as postal ones: no place
        has them, nor has the forecast.
    apart_before
        What such votes were in the newest contest of the whole, as a share of the registered.
    """

    places: pd.DataFrame
    until: dt.datetime | None = None
    far_below: tuple[str, ...] = ()
    apart: float = 0.0
    apart_before: float = 0.0

    @classmethod
    def of(cls, panel: Panel, contest: int, until: dt.datetime | None) -> Counted | None:
        """Return what a panel knows of the count of a contest; None before the count."""
        if panel.count is None:
            return None
        count = panel.count
        used = np.zeros(len(panel.nodes), dtype=bool)
        node = panel.targets
        while len(node):
            used[node] = True
            node = np.unique(panel.parent[node])
            node = node[node >= 0]
        places = panel.nodes[["scale", *PLACE_COLUMNS, "area_id"]].assign(
            registered=panel.grid("registered")[:, contest],
            voters=panel.grid("voters")[:, contest],
            stations_counted=count.stations[:, 0],
            stations_total=count.stations[:, 1],
            counted_share=share_counted(panel, contest, count),
            complete=count.complete,
        )
        apart = (_votes_apart(panel, contest), _apart_before(panel, contest))
        return cls(places[used].reset_index(drop=True), until, count.far_below, *apart)

    @cached_property
    def share(self) -> float:
        """Share of all stations that are in; of the voters where nobody tells the stations."""
        return float(self.places["counted_share"].iloc[0])

    @cached_property
    def is_whole(self) -> bool:
        """Whether all stations are in, so that nothing of the whole is open."""
        complete = self.places["complete"].iloc[0] or self.finest["complete"].all()
        return bool(complete) and not self.far_below and not self.lacks_votes

    @property
    def lacks_votes(self) -> bool:
        """Whether votes without a roll of their own, which no place has, are worth a word."""
        return max(self.apart_before, self._apart_share) >= _LEAST_APART

    @cached_property
    def _apart_share(self) -> float:
        whole = self.places["registered"].where(
            self.places["scale"] == self.finest["scale"].iloc[0]
        )
        return float(self.apart / whole.sum()) if whole.sum() > 0 else 0.0

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

    def notes(self, count: Count, election: Election) -> tuple[Note, ...]:
        """Return what a reader has to know of a count: how far it is, and what is odd in it."""
        notes = [Note(Text(en=self.say("en"), id=self.say("id")))]
        told = (
            (_ABOVE_ROLL, count.above_roll),
            (_OVER_FULL, count.over_full),
            (_UNTOLD, count.untold),
        )
        for text, names in told:
            if names:
                values = {"n": len(names), "places": list(names), "beyond": count.beyond}
                notes.append(Note(text, values))
        if self.until is not None:
            days = (self.until.date() - election.date).days
            if not 0 <= days <= _LONGEST_COUNT:
                text = _BEFORE_THE_DAY if days < 0 else _LONG_AFTER
                notes.append(Note(text, {"day": self.until.date(), "n": abs(days)}))
        return tuple(notes)

    def say_apart(self, lang: Language = "en") -> str:
        """Return in words the votes without a roll of their own, which the forecast lacks."""
        if not self._apart_share:
            return _APART_MISSING.say(lang, before=self.apart_before)
        told = [_APART.say(lang, n=self.apart, share=self._apart_share)]
        if bool(self.finest["complete"].all()):
            voters, registered = (self.finest[name].sum() for name in ("voters", "registered"))
            told.append(_APART_IN_ALL.say(lang, turnout=(voters + self.apart) / registered))
        if not self.apart_before:
            told.append(_NONE_BEFORE.say(lang))
        return " ".join(told)

    def say_assumed(self, lang: Language = "en") -> str:
        """Return in words how many places are read as whole counts; blank where none is."""
        if not self.assumed:
            return ""
        complete = bool(self.finest["complete"].all())
        return (_ALL_ASSUMED if complete else _ASSUMED).say(lang, n=self.assumed)

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
            registered, voters, stations_counted, stations_total, counted_share, complete; a wider
            place than those of the count is as far as the whole.
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
        table = table.astype(dict.fromkeys(columns[:-1], float))
        if strange.any():
            table.loc[strange, columns[:4]] = np.nan
            table.loc[strange, "counted_share"] = 0.0
            table.loc[strange, "complete"] = False
        return table

    def say(self, lang: Language = "en") -> str:
        """Return in a sentence how much is counted, and up to when."""
        whole, finest = self.places.iloc[0], self.finest
        parts = [(_ALL_IN if self.is_whole else _SHARE).say(lang, share=self.share)]
        if self.is_whole and self.assumed:
            parts = [_ALL_ASSUMED.say(lang, n=self.assumed)]
        elif self.is_whole and whole["stations_total"] > 0:
            parts = [_ALL_STATIONS.say(lang, total=whole["stations_total"])]
        elif self.lacks_votes and finest["complete"].all():
            parts = [_ALL_PLACES.say(lang, n=len(finest)), self.say_assumed(lang)]
        elif whole["stations_total"] > 0:
            parts = [
                _STATIONS.say(
                    lang,
                    share=self.share,
                    counted=whole["stations_counted"],
                    total=whole["stations_total"],
                )
            ]
        if len(finest) > 1 and not finest["complete"].all():
            begun = int(((finest["counted_share"] > 0) & ~finest["complete"]).sum())
            done = int(finest["complete"].sum())
            text = _PLACES if begun else _PLACES_DONE
            parts.append(text.say(lang, done=done, begun=begun, all=len(finest)))
            if self.assumed:
                parts.append(_ASSUMED.say(lang, n=self.assumed))
        said = " ".join(part for part in (*parts, *self._doubts(lang)) if part)
        if self.until is None:
            return said
        when = {"day": self.until.date(), "clock": clock(self.until, lang)}
        return f"{said} {_UNTIL.say(lang, **when)}"

    def _doubts(self, lang: Language) -> list[str]:
        doubts = [self.say_doubt(lang)] if self.far_below else []
        return [*doubts, self.say_apart(lang)] if self.lacks_votes else doubts

    def say_doubt(self, lang: Language = "en") -> str:
        """Return in words which places may be in with some of their stations only."""
        names = list(self.far_below)
        return _FAR_BELOW.say(lang, n=len(names), places=names)

    def stamp(self, lang: Language = "en", beside: dt.date | None = None) -> str:
        """Return in a few words how much is counted, and up to when: for figures and tables.

        Parameters
        ----------
        lang
            Language.
        beside
            A day that stands beside it: it is not said again.
        """
        share = _STAMP if self.places.iloc[0]["stations_total"] > 0 else _STAMP_VOTERS
        told = in_full(self, lang) if self.is_whole else share.say(lang, share=self.share)
        if self.until is None:
            return told
        return _STAMP_UNTIL.say(lang, told=told, when=moment(self.until, lang, beside))


def _votes_apart(panel: Panel, contest: int) -> float:
    """Return how many votes without a roll a count holds; coarser totals repeat them."""
    rows = panel.cells[panel.cells["contest"] == contest]
    level = panel.level[rows["node"].to_numpy(np.intp)]
    votes = pd.Series(votes_without_roll(rows)).groupby(level).sum()
    return float(votes.max()) if len(votes) else 0.0


def _apart_before(panel: Panel, contest: int) -> float:
    """Return what votes beyond all places were in the newest contest before, as a share."""
    known = np.unique(panel.cells["contest"])
    known = known[known != contest]
    return float(max(beyond_places(panel)[0, known[-1]], 0.0)) if len(known) else 0.0


def all_in(counted: Counted | None) -> bool:
    """Whether there is a count, and all stations are in."""
    return counted is not None and counted.is_whole


def in_full(counted: Counted | None, lang: Language) -> str:
    """Say in a few words why a count is the whole: all stations are in, or it is read so."""
    assumed = counted is not None and counted.assumed > 0
    return (_STAMP_ASSUMED if assumed else _STAMP_ALL).say(lang)


def _keys(places: pd.DataFrame) -> list[tuple[object, ...]]:
    texts = places.reindex(columns=list(PLACE_COLUMNS)).astype("object")
    return list(texts.where(texts.notna(), None).itertuples(index=False, name=None))


_FAR_BELOW = Text(
    en="Are all stations in? {n:count:place:places} without word of stations ({places:list}) came "
    "in with the whole roll and less than two thirds of the lowest turnout ever. They are taken "
    "for complete, and nothing is called. Give stations_counted and stations_total to settle it.",
    id="Apakah semua TPS sudah masuk? {n:count} wilayah tanpa keterangan TPS ({places:list}) "
    "memuat DPT penuh dengan partisipasi di bawah dua pertiga dari yang terendah selama ini. "
    "Wilayah itu dianggap lengkap, dan tidak ada yang dinyatakan pasti. Isi kolom TPS masuk dan "
    "jumlah TPS agar jelas.",
)
_SHARE = Text(
    en="Count in progress: stations with {share:percent} of the registered voters are in.",
    id="Penghitungan sedang berjalan: TPS dengan {share:percent} pemilih terdaftar sudah masuk.",
)
_STATIONS = Text(
    en="Count in progress: {counted:count} of {total:count} stations are in ({share:percent}).",
    id="Penghitungan sedang berjalan: {counted:count} dari {total:count} TPS sudah masuk "
    "({share:percent}).",
)
_ALL_IN = Text(en="All stations are in.", id="Semua TPS sudah masuk.")
_APART = Text(
    en="{n:count} votes without a roll of their own (postal or the like) are counted besides: "
    "{share:points} points of turnout that this forecast lacks.",
    id="Di luar itu ada {n:count} suara tanpa DPT sendiri (suara pos dan sejenisnya): "
    "{share:points} poin partisipasi yang tidak termuat dalam prakiraan ini.",
)
_APART_IN_ALL = Text(
    en="With them turnout is {turnout:percent}.",
    id="Bila ditambahkan, partisipasinya {turnout:percent}.",
)
_NONE_BEFORE = Text(
    en="Past results have no such votes apart: if they are in the places' own figures there, the "
    "count of the places is no measure beside them.",
    id="Hasil terdahulu tidak memisahkan suara seperti itu: bila di sana suara itu termasuk angka "
    "wilayahnya, hasil hitung per wilayah tidak dapat dibandingkan dengannya.",
)
_APART_MISSING = Text(
    en="This count has no votes without a roll of their own (postal or the like); in the newest "
    "past contest they were {before:points} points of turnout. If they are still to come, this "
    "forecast lacks them.",
    id="Hasil hitung ini belum memuat suara tanpa DPT sendiri (suara pos dan sejenisnya), yang "
    "pada pemilihan terdahulu yang terbaru bernilai {before:points} poin partisipasi. Bila suara "
    "itu masih akan masuk, prakiraan ini tidak memuatnya.",
)
_ALL_PLACES = Text(
    en="The own counts of all {n:count} places are in.",
    id="Hasil hitung semua {n:count} wilayah sudah masuk.",
)
_ALL_ASSUMED = Text(
    en="Read as whole counts: {n:count:place tells:places tell} no stations. If only some of their "
    "stations are in, every figure here is wrong.",
    id="Dibaca sebagai hasil lengkap: {n:count} wilayah, tanpa keterangan TPS. Bila sebenarnya "
    "baru sebagian TPS yang masuk, semua angka di sini salah.",
)
_ASSUMED = Text(
    en="Read as whole counts: {n:count:place that tells:places that tell} no stations.",
    id="Dibaca sebagai hasil lengkap: {n:count} wilayah yang tanpa keterangan TPS.",
)
_ALL_STATIONS = Text(
    en="All stations are in ({total:count}).", id="Semua TPS sudah masuk ({total:count})."
)
_PLACES = Text(
    en="Of {all:count} places {done:count} are complete and {begun:count} partly in.",
    id="Dari {all:count} wilayah, {done:count} sudah lengkap dan {begun:count} baru masuk "
    "sebagian.",
)
_PLACES_DONE = Text(
    en="Of {all:count} places {done:count} are complete.",
    id="Dari {all:count} wilayah, {done:count} sudah lengkap.",
)
_UNTIL = Text(
    en="As of {day:day}, {clock}.",
    id="Data per {day:day} pukul {clock}.",
)
_STAMP = Text(
    en="{share:percent} of the stations are in",
    id="{share:percent} TPS sudah masuk",
)
_STAMP_VOTERS = Text(
    en="stations with {share:percent} of the registered voters are in",
    id="TPS dengan {share:percent} pemilih terdaftar sudah masuk",
)
_STAMP_ALL = Text(en="all stations are in", id="semua TPS sudah masuk")
_STAMP_UNTIL = Text(en="{told}, as of {when}", id="{told}, data sampai {when}")
_STAMP_ASSUMED = Text(
    en="read as whole counts, no stations told",
    id="dibaca sebagai hasil lengkap, tanpa keterangan TPS",
)
_ABOVE_ROLL = Text(
    en="In {n:count:place:places} more voters are registered in the count than on the roll: "
    "{places:list}. The count's figure is used; check the roll.",
    id="Di {n:count} wilayah, pemilih terdaftar dalam hasil hitung melebihi DPT: "
    "{places:list}. Yang dipakai angka hasil hitung; periksa DPT-nya.",
)
_OVER_FULL = Text(
    en="In {n:count:place:places} more voters are counted than are registered: {places:list}. They "
    "are taken as 100%, there and in the totals above: {beyond:count:voter is:voters are} left "
    "out. Add the lists of added voters (DPTb, DPK) to the registered.",
    id="Di {n:count} wilayah, pengguna hak pilih melebihi pemilih terdaftar: {places:list}. "
    "Partisipasinya dianggap 100%, di sana dan dalam jumlah di atasnya: {beyond:count} "
    "pengguna hak pilih tidak dihitung. Tambahkan DPTb dan DPK ke pemilih terdaftar.",
)
_BEFORE_THE_DAY = Text(
    en="The count is said to go up to {day:day}, {n:count:day:days} before polling day. Check the "
    "time (data_until; without it the time of the file counts) and the date of the election.",
    id="Hasil hitung disebut per {day:day}, {n:count} hari sebelum hari pemungutan suara. Periksa "
    "waktunya (kolom data_until; tanpa itu dipakai waktu berkas) dan tanggal pemilihan.",
)
_LONG_AFTER = Text(
    en="The count is said to go up to {day:day}, {n:count:day:days} after polling day. Check the "
    "time (data_until; without it the time of the file counts) and the date of the election.",
    id="Hasil hitung disebut per {day:day}, {n:count} hari setelah hari pemungutan suara. Periksa "
    "waktunya (kolom data_until; tanpa itu dipakai waktu berkas) dan tanggal pemilihan.",
)
_UNTOLD = Text(
    en="{n:count:place:places} of the count do not tell how many stations there are and hold less "
    "than 98% of the roll: {places:list}. They are taken as partly counted; give stations_counted "
    "and stations_total.",
    id="{n:count} wilayah dalam hasil hitung tidak memuat jumlah TPS dan mencakup kurang dari 98% "
    "DPT: {places:list}. Semuanya dianggap baru masuk sebagian; isi TPS masuk dan jumlah TPS.",
)
