"""Rules on a contest as a whole: denominators, stations still missing, totals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.denominators import check_bases
from turnout.rules.draft import Draft
from turnout.rules.measures import is_partial
from turnout.rules.rule import Rule
from turnout.rules.same_contest import check_same_contest
from turnout.rules.totals import check_totals
from turnout.schema import SCALES

PARTIAL_COUNT = Rule(
    "partial_count",
    "warning",
    Text(
        en="{n:count} of {rows:count:row:rows} of {contest:contest} without all stations: in all "
        "{counted:count} of {total:count} stations are in.",
        id="{n:count} dari {rows:count} baris {contest:contest} belum lengkap: seluruhnya "
        "{counted:count} dari {total:count} TPS sudah masuk.",
    ),
    Text(
        en="Registered and voters must be those of the counted stations; replace by the final "
        "figures when they exist.",
        id="Pemilih terdaftar dan pengguna hak pilih harus dari TPS yang sudah masuk; ganti dengan "
        "angka akhir bila sudah ada.",
    ),
)


def check_contests(draft: Draft) -> list[Finding]:
    """Find contests in two parts, mixed denominators, and totals that contradict their parts."""
    return [*check_same_contest(draft), *check_bases(draft), *check_totals(draft)]


def check_partial(draft: Draft) -> list[Finding]:
    """Find contests with stations still missing: one finding each, at its first such row.

    Their stations are those of all the finest rows: totals hold them once more.
    """
    table = draft.table
    absent = [one.spot for one in draft.findings if one.rule == "absent_stations"]
    lacking = is_partial(table).to_numpy(bool) & ~table.index.isin(draft.rows_at(absent))
    if not lacking.any():
        return []
    number, names = pd.factorize(table["contest"])
    scale, scales = pd.factorize(table["scale"])
    depth = np.array([[*SCALES, "total"].index(one) for one in scales])[scale]
    finest = np.full(len(names), len(SCALES) + 1)
    np.minimum.at(finest, number[lacking], depth[lacking])
    held = depth == finest[number]
    figures = table[["stations_counted", "stations_total"]].to_numpy(float)
    told = held & ~np.isnan(figures).any(axis=1)
    counts = {
        "n": np.bincount(number[held & lacking], minlength=len(names)),
        "rows": np.bincount(number[held], minlength=len(names)),
        "counted": np.bincount(number[told], figures[told, 0], minlength=len(names)),
        "total": np.bincount(number[told], figures[told, 1], minlength=len(names)),
    }
    of_contest = pd.Series(number, table.index)[held & lacking]
    first = table.loc[of_contest.index[~of_contest.duplicated()]]
    of_first = pd.DataFrame(counts, index=names).loc[first["contest"]].set_axis(first.index)
    return PARTIAL_COUNT.at(draft, first.index, "stations_counted", first.join(of_first))
