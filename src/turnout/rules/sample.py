"""The rules on the rows of a quick count."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.identity.codes import each_code
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.row_rules import VOTERS_LIMIT
from turnout.rules.rule import Rule
from turnout.schema import PLACE_COLUMNS

_FIGURES = ("registered", "voters", "stations_total", "stations_in_stratum")


def check_sample(draft: Draft, station: str) -> list[Finding]:
    """Return what is wrong with the sampled stations.

    Parameters
    ----------
    draft
        A row per station, with every column that a sample can have.
    station
        Name of the column of the station's number.
    """
    table = draft.table
    findings: list[Finding] = []
    for column in _FIGURES:
        least = 0 if column == "voters" else 1
        lacking = table.index[~(table[column] >= least)]
        findings += _LACKING.at(draft, lacking, column)
    many = table.index[table["voters"] > VOTERS_LIMIT * table["registered"]]
    findings += _TOO_MANY.at(draft, many, "voters")
    places = [table[name].astype("object").fillna("") for name in PLACE_COLUMNS]
    places += each_code(table["area_id"])
    numbered = table[table[station].notna()]
    twice = numbered.index[
        pd.concat([*places, table[station]], axis=1).loc[numbered.index].duplicated()
    ]
    findings += _TWICE.at(draft, twice, station)
    findings += _of_one_number(draft, places, "stations_total", _PLACE_DIFFERS)
    findings += _of_one_number(draft, [table["stratum"]], "stations_in_stratum", _STRATUM_DIFFERS)
    sampled = table.groupby(places)["voters"].transform("size")
    more = table.index[sampled > table["stations_total"]]
    values = pd.DataFrame({"sampled": sampled, "all": table["stations_total"]}).loc[more]
    findings += _MORE_THAN_ALL.at(draft, more, "stations_total", values)
    return findings


def _of_one_number(draft: Draft, groups: list[pd.Series], column: str, rule: Rule) -> list[Finding]:
    """Complain of rows whose figure is not that of their group's first row."""
    told = draft.table[column]
    first = told.groupby(groups).transform("first")
    rows = told.index[told.notna() & (told != first)]
    values = pd.DataFrame({"own": told, "first": first}).loc[rows]
    return rule.at(draft, rows, column, values)


_LACKING = Rule(
    "sample_without_figure",
    "error",
    Text(en="a sampled station needs a figure here.", id="TPS sampel memerlukan angka di sini."),
    Text(
        en="Fill it in: a station that is left out for lack of figures makes the sample unfair.",
        id="Isi angkanya: TPS yang dikeluarkan karena tanpa angka membuat sampel tidak mewakili.",
    ),
)
_TOO_MANY = Rule(
    "sample_voters_over_registered",
    "error",
    Text(
        en="far more voters than registered voters.",
        id="pengguna hak pilih jauh melebihi pemilih terdaftar.",
    ),
    Text(
        en="Compare with the station's form and correct the row.",
        id="Bandingkan dengan formulir TPS lalu perbaiki barisnya.",
    ),
)
_TWICE = Rule(
    "sampled_station_twice",
    "error",
    Text(en="this station stands in the sample twice.", id="TPS ini tercantum dua kali."),
    Text(
        en="Keep the row that is right, or correct the station's number.",
        id="Sisakan baris yang benar, atau perbaiki nomor TPS-nya.",
    ),
)
_PLACE_DIFFERS = Rule(
    "sample_place_of_two_sizes",
    "error",
    Text(
        en="the area has {own:count} stations here and {first:count} in an earlier row.",
        id="wilayah ini tertulis {own:count} TPS di sini dan {first:count} di baris sebelumnya.",
    ),
    Text(
        en="Write the number of all stations of the area in each of its rows.",
        id="Tulis jumlah seluruh TPS wilayah itu pada setiap barisnya.",
    ),
)
_STRATUM_DIFFERS = Rule(
    "sample_stratum_of_two_sizes",
    "error",
    Text(
        en="the stratum has {own:count} stations here and {first:count} in an earlier row.",
        id="strata ini tertulis {own:count} TPS di sini dan {first:count} di baris sebelumnya.",
    ),
    Text(
        en="Write the number of all stations of the stratum in each of its rows; without strata, "
        "that of the whole. Where there are strata, name them in the column 'stratum'.",
        id="Tulis jumlah seluruh TPS strata itu pada setiap barisnya; tanpa strata, jumlah "
        "seluruh TPS. Bila ada strata, sebutkan pada kolom 'strata'.",
    ),
)
_MORE_THAN_ALL = Rule(
    "sample_larger_than_place",
    "error",
    Text(
        en="{sampled:count} stations of this area are in the sample, of {all:count} in all.",
        id="{sampled:count} TPS wilayah ini ada dalam sampel, dari {all:count} TPS seluruhnya.",
    ),
    Text(
        en="Correct stations_total, the number of all stations of the area.",
        id="Perbaiki jumlah TPS, yaitu seluruh TPS di wilayah itu.",
    ),
)
