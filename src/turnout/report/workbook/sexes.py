"""The sheet of women and men in forecast.xlsx."""

from __future__ import annotations

import pandas as pd

from turnout.groups.suppression import FEWEST
from turnout.language import Language, Text
from turnout.report.sheets import Column
from turnout.report.workbook.columns import PLACES
from turnout.sexes.forecast import GROUPS, BySex
from turnout.sexes.words import SUPPRESSED

_LEVEL = 0.9


def by_sex_rows(sexes: BySex, most: int, lang: Language) -> pd.DataFrame:
    """Return a row per place with women, men and their gap, of scales of at most `most` places."""
    scales = [scale for scale in sexes.scales if len(sexes.forecast.at(scale).places) <= most]
    top = scales.index(sexes.forecast.top)
    return pd.concat([_rows_at(sexes, scale, lang) for scale in scales[top::-1]])


def _rows_at(sexes: BySex, scale: str, lang: Language) -> pd.DataFrame:
    table = sexes.intervals(scale, _LEVEL)
    women, men, gap = (table[table["group"] == one].reset_index(drop=True) for one in GROUPS)
    figures = {
        f"{group}_{name}": rows[name] * (100 if group == "gap" else 1)
        for group, rows in zip(GROUPS, (women, men, gap), strict=True)
        for name in ("registered", "median", "lower", "upper")
    }
    word = SUPPRESSED.say(lang, n=FEWEST)
    suppressed = women["suppressed"].map({True: word, False: None})
    return women.assign(**figures, suppressed=suppressed)


_GAP_OF_SEXES = Text(
    en="Turnout of women less that of men, in points, and its 90% interval.",
    id="Partisipasi perempuan dikurangi laki-laki, dalam poin, dan rentang 90%-nya.",
)


def _of_group(group: str, head: Text) -> tuple[Column, ...]:
    """Return the columns of one sex."""
    registered = Text(
        en="Registered voters of this sex.", id="Pemilih terdaftar jenis kelamin ini."
    )
    turnout = Text(
        en="Turnout of this sex, and its 90% interval.",
        id="Partisipasi jenis kelamin ini, dan rentang 90%-nya.",
    )
    ends = (("median", "median", "median"), ("lower", "from", "dari"), ("upper", "to", "sampai"))
    return (
        Column(
            f"{group}_registered",
            Text(en=f"{head.en} registered", id=f"{head.id} terdaftar"),
            registered,
            "count",
        ),
        *(
            Column(
                f"{group}_{end}",
                Text(en=f"{head.en} {en}", id=f"{head.id} {local}"),
                turnout,
                "percent",
            )
            for end, en, local in ends
        ),
    )


BY_SEX_COLUMNS = (
    *PLACES,
    *(
        column
        for group, head in (
            ("women", Text(en="Women", id="Perempuan")),
            ("men", Text(en="Men", id="Laki-laki")),
        )
        for column in _of_group(group, head)
    ),
    *(
        Column(f"gap_{end}", Text(en=f"Gap {en}", id=f"Selisih {local}"), _GAP_OF_SEXES, "points")
        for end, en, local in (
            ("median", "median", "median"),
            ("lower", "from", "dari"),
            ("upper", "to", "sampai"),
        )
    ),
    Column(
        "estimated",
        Text(en="Roll by sex estimated", id="L/P perkiraan"),
        Text(
            en="Whether the number of registered women and men is an estimate.",
            id="Apakah jumlah pemilih terdaftar menurut jenis kelamin merupakan perkiraan.",
        ),
        "flag",
    ),
    Column(
        "suppressed",
        Text(en="Not told", id="Tidak ditampilkan"),
        Text(
            en="Why figures are blank: too few people are of one sex.",
            id="Alasan angka dikosongkan: salah satu jenis kelamin terlalu sedikit.",
        ),
    ),
)
