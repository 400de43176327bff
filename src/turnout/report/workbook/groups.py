"""The sheets of disabled voters and of age groups in forecast.xlsx."""

from __future__ import annotations

import pandas as pd

from turnout.groups.forecast import ByGroup
from turnout.groups.partitions import Partition, headed
from turnout.groups.suppression import FEWEST
from turnout.groups.words import SUPPRESSED
from turnout.language import Language, Text
from turnout.report.sheets import Column
from turnout.report.workbook.columns import PLACES

_LEVEL = 0.9
_ENDS = ("median", "lower", "upper")


def by_group_rows(groups: ByGroup, most: int, lang: Language) -> pd.DataFrame:
    """Return a row per place with each group and its gap, of scales of at most `most` places."""
    scales = [scale for scale in groups.scales if len(groups.forecast.at(scale).places) <= most]
    top = scales.index(groups.forecast.top)
    return pd.concat([_rows_at(groups, scale, lang) for scale in scales[top::-1]])


def _rows_at(groups: ByGroup, scale: str, lang: Language) -> pd.DataFrame:
    table = groups.intervals(scale, _LEVEL)
    parts = {
        key: rows.reset_index(drop=True)
        for key, rows in table.groupby(["group", "figure"], sort=False)
    }
    figures = {
        f"{group}_{figure}_{name}": rows[name] * (100 if figure == "gap" else 1)
        for (group, figure), rows in parts.items()
        for name in _ENDS
    }
    figures |= {
        f"{group}_registered": rows["registered"]
        for (group, figure), rows in parts.items()
        if figure == "turnout"
    }
    first = next(iter(parts.values()))
    word = SUPPRESSED.say(lang, n=FEWEST)
    return first.assign(**figures, suppressed=first["suppressed"].map({True: word, False: None}))


def by_group_columns(partition: Partition) -> tuple[Column, ...]:
    """Return the columns of a partition's sheet."""
    return (
        *PLACES,
        *(
            column
            for group in partition.groups
            for column in (
                Column(
                    f"{group.key}_registered",
                    _headed(_REGISTERED, group.short),
                    _REGISTERED_MEANT,
                    "count",
                ),
                *(
                    Column(
                        f"{group.key}_turnout_{end}",
                        _headed(_HEADS[end], group.short),
                        _TURNOUT_MEANT,
                        "percent",
                    )
                    for end in _ENDS
                ),
            )
        ),
        *(
            Column(
                f"{group.key}_gap_{end}",
                _headed(_GAP_HEADS[end], group.short),
                _GAP_MEANT,
                "points",
            )
            for group in partition.gaps
            for end in _ENDS
        ),
        _ESTIMATED,
        _NOT_TOLD,
    )


def _headed(head: Text, group: Text) -> Text:
    """Return a header: the group, then what is told of it."""
    name = headed(group)
    return Text(en=f"{name.en}: {head.en}", id=f"{name.id}: {head.id}")


_REGISTERED = Text(en="registered", id="terdaftar")
_HEADS = {
    "median": Text(en="median", id="median"),
    "lower": Text(en="from", id="dari"),
    "upper": Text(en="to", id="sampai"),
}
_GAP_HEADS = {
    "median": Text(en="gap, points", id="selisih, poin"),
    "lower": Text(en="gap from", id="selisih dari"),
    "upper": Text(en="gap to", id="selisih sampai"),
}
_REGISTERED_MEANT = Text(
    en="Registered voters of this group.", id="Pemilih terdaftar kelompok ini."
)
_TURNOUT_MEANT = Text(
    en="Turnout of this group, and its 90% interval.",
    id="Partisipasi kelompok ini, dan rentang 90%-nya.",
)
_GAP_MEANT = Text(
    en="Turnout of this group less that of all other voters, in points, and its 90% interval.",
    id="Partisipasi kelompok ini dikurangi partisipasi pemilih lain, dalam poin, dan rentang "
    "90%-nya.",
)
_ESTIMATED = Column(
    "estimated",
    Text(en="Roll by group estimated", id="Jumlah kelompok perkiraan"),
    Text(
        en="Whether the number of registered voters of each group is an estimate.",
        id="Apakah jumlah pemilih terdaftar setiap kelompok merupakan perkiraan.",
    ),
    "flag",
)
_NOT_TOLD = Column(
    "suppressed",
    Text(en="Not told", id="Tidak ditampilkan"),
    Text(
        en="Why figures are blank: too few people are of one group.",
        id="Alasan angka dikosongkan: anggota salah satu kelompok terlalu sedikit.",
    ),
)
