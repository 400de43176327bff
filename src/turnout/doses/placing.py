"""Where on the tree each activity of a log took place, and what a log leaves open."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.areas import Panel
from turnout.errors import DataError, Finding, Spot
from turnout.identity.match import Match, PlaceNames
from turnout.language import Text
from turnout.outreach_kinds import attendance_of, kind_of, label_of, segment_of
from turnout.rules.outreach import MEETS_NOBODY, meets_nobody
from turnout.schema import OUTREACH_COLUMNS, PLACE_COLUMNS, SCALES

UNNAMED_KIND = "sosialisasi"
"""The kind of an activity whose kind is blank."""


@dataclass(frozen=True)
class PlacedLog:
    """Activities with the places of a panel that they were in.

    Parameters
    ----------
    table
        The log's rows that could be placed, in the columns of `schema.OUTREACH_COLUMNS` with
        `reached` filled in, and `node` (row number in the panel's nodes).
    findings
        Activities that could not be placed (left out), and attendance that was assumed.
    """

    table: pd.DataFrame
    findings: tuple[Finding, ...]


def canonical_log(outreach: pd.DataFrame) -> pd.DataFrame:
    """Bring a log to its canonical form: every column of `schema.OUTREACH_COLUMNS`, typed.

    Raises
    ------
    DataError
        If the date, or every column that names a place, is missing.
    """
    places = [*PLACE_COLUMNS, "area_id"]
    if "date" not in outreach or not any(name in outreach for name in places):
        raise DataError(_NO_COLUMNS, found=", ".join(map(str, outreach.columns)))
    table = outreach.copy()
    for name in OUTREACH_COLUMNS:
        if name not in table:
            table[name] = None
    for name in (*places, "kind", "segment", "note"):
        texts = table[name].astype("object")
        table[name] = texts.where(texts.notna(), None)
    table["date"] = pd.to_datetime(table["date"]).astype("datetime64[s]")
    for name in ("reached", "cost"):
        table[name] = pd.to_numeric(table[name]).astype("float64")
    table["kind"] = table["kind"].where(table["kind"].notna(), UNNAMED_KIND).map(kind_of)
    told = table["segment"].notna()
    table.loc[told, "segment"] = table.loc[told, "segment"].map(segment_of)
    return table


def place_log(panel: Panel, outreach: pd.DataFrame) -> PlacedLog:
    """Find the node of every activity, by its code or by its names without case and spaces.

    An activity belongs to the finest place that its row names and the panel knows scales of:
    one of a kecamatan counts for the kecamatan. Attendance that is not given is the median of the
    log's own activities of that kind where three are known, else what
    `turnout.outreach_kinds.attendance_of` states.

    Parameters
    ----------
    panel
        Places by contests.
    outreach
        An activity log.

    Returns
    -------
    PlacedLog
    """
    log = canonical_log(outreach)
    names = PlaceNames(panel.nodes)
    matches = _matches(panel, names, log)
    nodes = np.array([m.rows[0] if len(m.rows) == 1 else -1 for m in matches], dtype=np.intp)
    nowhere = log[[*PLACE_COLUMNS, "area_id"]].isna().all(axis=1)
    idle = (meets_nobody(log) & nowhere).tolist()
    findings = [
        _unplaced(label, row, names, match)
        for (label, row), match, nobody in zip(log.iterrows(), matches, idle, strict=True)
        if len(match.rows) != 1 and not nobody
    ]
    findings += _spelled(log, names, matches)
    placed = log[nodes >= 0].assign(node=nodes[nodes >= 0])
    unknown = placed["reached"].isna()
    placed["reached"] = placed["reached"].fillna(_usual_attendance(placed))
    findings += list(_assumptions(placed[unknown]))
    return PlacedLog(placed.reset_index(drop=True), tuple(findings))


def _matches(panel: Panel, names: PlaceNames, log: pd.DataFrame) -> list[Match]:
    """Return what every row's place means among the panel's nodes."""
    known = [scale for scale in SCALES if scale in set(panel.nodes["scale"])]

    def find(place: tuple[object, ...]) -> Match:
        *parts, code = place
        told = dict(zip(PLACE_COLUMNS, parts, strict=True))
        finest = next((scale for scale in known if isinstance(told[scale], str)), None)
        if finest is None and code is None and any(isinstance(one, str) for one in parts):
            return Match((0,))  # it names what lies around all places, such as their city
        # Names of scales that the panel does not know say nothing here.
        above = PLACE_COLUMNS[: PLACE_COLUMNS.index(finest) + 1] if finest else ()
        return names.find_row({scale: told[scale] for scale in above}, code)

    places = log[[*PLACE_COLUMNS, "area_id"]]
    distinct = list(places.itertuples(index=False, name=None))
    found = {place: find(place) for place in set(distinct)}
    return [found[place] for place in distinct]


def _unplaced(label: Hashable, row: pd.Series, names: PlaceNames, match: Match) -> Finding:
    spot = Spot(row=label if isinstance(label, int) else str(label))
    if match.rows:
        values = {"place": _said(row), "n": len(match.rows), "meant": names.listed(match.rows)}
        return Finding(
            "activity_place_unclear", "warning", _UNCLEAR, _UNPLACED_REMEDY, spot, values
        )
    return Finding(
        "activity_without_place",
        "warning",
        _UNPLACED,
        _UNPLACED_REMEDY,
        spot,
        {"place": _said(row)},
    )


def _said(row: pd.Series) -> str:
    told = [str(row[name]) for name in (*PLACE_COLUMNS, "area_id") if isinstance(row[name], str)]
    return ", ".join(told) or "-"


def _spelled(log: pd.DataFrame, names: PlaceNames, matches: list[Match]) -> list[Finding]:
    """Tell the places that are written in another way than the panel writes them, each once."""
    pairs = {
        _said(row): names.name(match.rows[0])
        for (_, row), match in zip(log.iterrows(), matches, strict=True)
        if match.by_spelling and len(match.rows) == 1
    }
    return [
        Finding(
            "activity_place_spelled",
            "warning",
            _SPELLED,
            _SPELLED_REMEDY,
            values={"place": said, "meant": meant},
        )
        for said, meant in pairs.items()
    ]


def _usual_attendance(placed: pd.DataFrame) -> pd.Series:
    known = placed.groupby("kind")["reached"]
    stated = placed["kind"].map(attendance_of).astype("float64")
    return known.transform("median").where(known.transform("count") >= 3, stated)


def _assumptions(assumed: pd.DataFrame) -> Iterator[Finding]:
    for kind, rows in assumed.groupby("kind"):
        people, words = rows["reached"].iloc[0], label_of(str(kind))
        values = {"n": len(rows), "kind": words, "words": words, "people": people}
        told = (_ASSUMED, _ASSUMED_REMEDY)
        if people == 0:
            told = (MEETS_NOBODY.message, MEETS_NOBODY.remedy)
        yield Finding(MEETS_NOBODY.name, "warning", *told, values=values)


_NO_COLUMNS = Text(
    en="An activity log needs the column 'date' and at least one of area, district, city or "
    "area_id (found: {found}). Rename the columns, or read the file with turnout.read_outreach.",
    id="Catatan kegiatan memerlukan kolom 'date' dan sedikitnya satu dari area, district, city "
    "atau area_id (yang ada: {found}). Ganti nama kolomnya, atau baca berkas dengan "
    "turnout.read_outreach.",
)
_UNPLACED = Text(
    en="no place of the results fits '{place}'; the activity is left out.",
    id="tidak ada wilayah pada tabel hasil yang cocok dengan '{place}'; kegiatan ini tidak "
    "dihitung.",
)
_UNCLEAR = Text(
    en="'{place}' fits {n:count} places of the results ({meant}); the activity is left out.",
    id="'{place}' cocok dengan {n:count} wilayah pada tabel hasil ({meant}); kegiatan ini tidak "
    "dihitung.",
)
_SPELLED = Text(
    en="'{place}' is written in another way than in the results, and taken for {meant}.",
    id="'{place}' ditulis berbeda dari tabel hasil dan dianggap sebagai {meant}.",
)
_SPELLED_REMEDY = Text(
    en="If that is wrong, write the names alike or give the area's code.",
    id="Bila keliru, samakan penulisannya atau isi kode wilayahnya.",
)
_UNPLACED_REMEDY = Text(
    en="Write the names as in the results, with the district, or give the area's code.",
    id="Tulis nama seperti pada tabel hasil beserta kecamatannya, atau isi kode wilayahnya.",
)
_ASSUMED = Text(
    en="{n:count} activities of the kind '{kind}' give no attendance; {people:count} people "
    "each are assumed.",
    id="{n:count} kegiatan jenis '{kind}' tidak mencatat jumlah peserta; diasumsikan masing-masing "
    "{people:count} orang.",
)
_ASSUMED_REMEDY = Text(
    en="Fill in how many people were met: people count, not events.",
    id="Isi jumlah orang yang ditemui: yang dihitung adalah orang, bukan acara.",
)
