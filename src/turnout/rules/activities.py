"""Rules on the activities of a log beside each other: what is told twice, and costs far off."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.schema import PLACE_COLUMNS

_SAME = ("date", "kind", "reached")

REPEATED_ACTIVITY = Rule(
    "repeated_activity",
    "warning",
    Text(
        en="the same as an earlier row in date, place, kind, segment, people, cost and note, as "
        "far as both tell them.",
        id="sama dengan baris sebelumnya dalam tanggal, wilayah, jenis, segmen, peserta, biaya dan "
        "catatan, sejauh diisi pada keduanya.",
    ),
    Text(
        en="Delete it if it is a copy; two activities of one day count twice.",
        id="Hapus bila salinan; dua kegiatan pada hari yang sama dihitung dua kali.",
    ),
)

COST_FAR_OFF = Rule(
    "cost_far_off",
    "warning",
    Text(
        en="a cost of more than a thousand times the median of this log ({median:count}).",
        id="biaya lebih dari seribu kali median catatan ini ({median:count}).",
    ),
    Text(
        en="Look for extra digits; leave it if it is right.",
        id="Periksa kelebihan angka; biarkan bila benar.",
    ),
)
_FAR_OFF = 1000


def repeated_activities(draft: Draft) -> list[Finding]:
    """Find activities that an earlier row tells, as far as both tell something."""
    told = [name for name in draft.table.columns if name in draft.written]
    return REPEATED_ACTIVITY.at(draft, draft.table.index[_repeated(draft.table[told])])


def costs_far_off(draft: Draft) -> list[Finding]:
    """Find costs that are far beyond those of the log's other activities."""
    costs = draft.table["cost"]
    median = costs[costs > 0].median()
    rows = costs.index[costs > _FAR_OFF * median]
    return COST_FAR_OFF.at(draft, rows, "cost", pd.DataFrame({"median": median}, index=rows))


def _repeated(log: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows tell nothing else than an earlier one of their day, place and kind."""
    within = [name for name in (*_SAME, *PLACE_COLUMNS, "area_id") if name in log]
    others = [name for name in log.columns if name not in within]
    again = log.duplicated(within)
    if not others or not again.any():
        return again
    earlier = log.groupby(within, dropna=False)[others].transform("first")
    alike = log[others].isna() | earlier.isna() | (log[others] == earlier)
    return again & alike.all(axis=1)
