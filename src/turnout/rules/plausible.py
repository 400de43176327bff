"""Rules on a contest whose figures are odd everywhere: one roll in all areas, turnout, its type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from turnout.elections import TYPE_GROUPS
from turnout.errors import Finding
from turnout.identity.names import each_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import are_counted, is_partial
from turnout.rules.rule import Rule
from turnout.rules.spelling import nearly_equal
from turnout.schema import SCALES

LOW_TURNOUT, HIGH_TURNOUT = 0.15, 0.97
"""Turnout (share) below, or above, which a contest nearly all of whose rows lie there deserves a
look.

Above the second one, each row does.
"""

_NEARLY_ALL = 0.9
"""Share of a contest's rows that tells it as a whole."""
_HANDFUL = 5
"""Places of one contest from which on their median tells what is usual in it."""
_FIRST = 100
"""Rows that are looked at before all others."""
_LARGE = 100
"""Registered voters from which on turnout does not go far by chance."""
_FAR = 3
"""How many times below the median of its contest a place's turnout deserves a look."""

_FEW = 3
"""Areas of one contest from which on one roll in all of them is no chance."""
_MANY = 0.2
"""Part of a contest's places in which nobody voted that is no boycott of a few."""

REPEATED_ROLL = Rule(
    "repeated_roll",
    "warning",
    Text(
        en="all {n:count} areas of {contest:contest} have {registered:count} registered voters.",
        id="{n:count} wilayah pada {contest:contest} semuanya mempunyai {registered:count} pemilih "
        "terdaftar.",
    ),
    Text(
        en="If this is the roll of the whole city, give each area its own.",
        id="Bila ini DPT seluruh kota, isikan DPT masing-masing wilayah.",
    ),
)

LOW_EVERYWHERE = Rule(
    "low_turnout",
    "warning",
    Text(
        en="turnout is below {limit:percent0} in {n:count} of {all:count:row:rows} of "
        "{contest:contest} (highest of these: {turnout:percent}).",
        id="partisipasi di bawah {limit:percent0} pada {n:count} dari {all:count} baris "
        "{contest:contest} (tertinggi di antaranya: {turnout:percent}).",
    ),
    Text(
        en="Look for a roll that is too large, missing digits, or voters of a part only.",
        id="Periksa DPT yang terlalu besar, digit yang kurang, atau pengguna hak pilih yang hanya "
        "sebagian.",
    ),
)

HIGH_EVERYWHERE = Rule(
    "high_turnout_everywhere",
    "warning",
    Text(
        en="turnout is above {limit:percent0} in {n:count} of {all:count:row:rows} of "
        "{contest:contest} (lowest of these: {turnout:percent}).",
        id="partisipasi di atas {limit:percent0} pada {n:count} dari {all:count} baris "
        "{contest:contest} (terendah di antaranya: {turnout:percent}).",
    ),
    Text(
        en="Look for the wrong column: voters must be those who voted, registered all on the roll.",
        id="Periksa kolomnya: pengguna hak pilih adalah yang memilih, pemilih terdaftar adalah "
        "seluruh pemilih dalam DPT.",
    ),
)

FAR_BELOW = Rule(
    "turnout_far_off",
    "warning",
    Text(
        en="{voters:count:voter:voters} of {registered:count} registered in {place} in "
        "{contest:contest} ({turnout:percent}); half of the places have {usual:percent} or more.",
        id="{voters:count} pengguna hak pilih dari {registered:count} pemilih terdaftar di {place} "
        "pada {contest:contest} ({turnout:percent}); separuh wilayah mencapai {usual:percent} atau "
        "lebih.",
    ),
    Text(
        en="Look for a digit too few in the voters, or one too many in the registered.",
        id="Periksa apakah angka pengguna hak pilih kurang satu digit, atau DPT lebih satu digit.",
    ),
)

PLACES_SWAPPED = Rule(
    "places_swapped",
    "warning",
    Text(
        en="every district has one area, and areas such as {area} lie in several ({n:count}): the "
        "two columns may be swapped.",
        id="setiap kecamatan hanya berisi satu kelurahan, dan kelurahan seperti {area} ada di "
        "beberapa kecamatan ({n:count}): kedua kolomnya mungkin tertukar.",
    ),
    Text(
        en="If they are, exchange their headers.",
        id="Bila ya, tukarkan judul kedua kolom itu.",
    ),
)

NOBODY = Rule(
    "nobody_voted",
    "error",
    Text(
        en="nobody voted in any place of {contest:contest}: a column of zeros is no result.",
        id="tidak seorang pun memilih di semua wilayah pada {contest:contest}: kolom berisi nol "
        "bukan "
        "hasil.",
    ),
    Text(
        en="Fill in the figures. If a spreadsheet shows some, open the file in it and save it "
        "again: formulas that were never calculated hold 0.",
        id="Isikan angkanya. Bila lembar kerja menampilkan angka, buka dan simpan lagi berkasnya: "
        "rumus yang belum pernah dihitung berisi 0.",
    ),
)

NOBODY_IN_MANY = Rule(
    "nobody_voted_in_many",
    "error",
    Text(
        en="voters are 0 in {n:count} of the {all:count} places of {contest:contest}, though the "
        "others voted: these are blanks, not results.",
        id="pengguna hak pilih 0 di {n:count} dari {all:count} wilayah pada {contest:contest}, "
        "padahal wilayah lainnya memilih: angkanya belum diisi, bukan hasil.",
    ),
    Text(
        en="Fill in the figures; where they are not known leave the cells blank, or the rows out.",
        id="Isikan angkanya; bila tidak diketahui, kosongkan selnya atau hapus barisnya.",
    ),
)

_NOTHING_IN = Text(
    en="all {n:count} rows tell 0 voters: that is no result.",
    id="pengguna hak pilih 0 di semua {n:count} baris: ini belum hasil.",
)
_LEAVE_OUT = Text(
    en="While no station is in, say 0 in a column stations_counted, or leave the count out. If a "
    "spreadsheet shows figures, open the file in it and save it again: formulas that were never "
    "calculated hold 0.",
    id="Selama belum ada TPS yang masuk, isi 0 pada kolom TPS masuk, atau jangan sertakan berkas "
    "ini. Bila lembar kerja menampilkan angka, buka dan simpan lagi berkasnya: rumus yang belum "
    "pernah dihitung berisi 0.",
)

NEAR_TYPE = Rule(
    "near_type",
    "warning",
    Text(
        en="the type '{kind}' looks like '{usual}', but is not written the same way.",
        id="jenis '{kind}' mirip '{usual}', tetapi tidak ditulis sama.",
    ),
    Text(
        en="If they are one type, write it in one way: forecasts borrow strength within a type.",
        id="Bila jenisnya sama, tulis dengan satu cara: prakiraan memakai pemilihan sejenis.",
    ),
)


def of_an_empty_count(findings: Sequence[Finding]) -> Finding | None:
    """Return one error for a count in which nobody voted anywhere, else None.

    Parameters
    ----------
    findings
        What was found in the rows of a count: what else is odd in them would only be noise.
    """
    nobody = [one for one in findings if one.rule == NOBODY.name]
    if not nobody:
        return None
    spot = replace(nobody[0].spot, row=None, value="")
    values = {"n": len(nobody)}
    return Finding(NOBODY.name, "error", _NOTHING_IN, _LEAVE_OUT, spot, values)


def check_plausible(draft: Draft) -> list[Finding]:
    """Find contests nearly all of whose rows are odd in one way; one finding each, at a row."""
    return [
        *_repeated_rolls(draft),
        *_nobody(draft),
        *_turnout(draft),
        *check_swapped_places(draft),
        *check_types(draft),
    ]


def check_swapped_places(draft: Draft) -> list[Finding]:
    """Tell of a table whose areas hold its districts instead of lying in them; at its first row."""
    names = draft.table[["district", "area"]]
    # Where the first rows tell a district of two areas, there is no need to look at all.
    for rows in (names.head(_FIRST), names):
        pairs = rows.dropna().drop_duplicates()
        if pairs["district"].duplicated().any():
            return []
    within = pairs.groupby("area")["district"].transform("size")
    if (within > 1).sum() < _FEW:
        return []
    told = pairs.assign(n=within)[within > 1].iloc[:1]
    return PLACES_SWAPPED.at(draft, told.index, "area", told)


def _nobody(draft: Draft) -> list[Finding]:
    """Find contests of several places of which every one, or a large part, has zero voters.

    A few may be a boycott, or a village that lies under a flood.
    """
    counted = draft.table["voters"].notna() & ~is_partial(draft.table)
    rows = draft.table[["contest", "scale", "registered", "voters"]][counted]
    by = rows.groupby("contest")["voters"]
    none = (by.transform("max") == 0) & (by.transform("size") >= _FEW)
    large = rows[~none & (rows["scale"] != "total") & (rows["registered"] >= _LARGE)]
    zero = large["voters"] == 0
    by_contest = zero.groupby(large["contest"])
    told = large.assign(n=by_contest.transform("sum"), all=by_contest.transform("size"))
    told = told[zero & (told["n"] >= _FEW) & (told["n"] >= _MANY * told["all"])]
    return [
        *NOBODY.at(draft, rows.index[none], "voters", rows[none]),
        *NOBODY_IN_MANY.at(draft, told.index, "voters", told),
    ]


def _repeated_rolls(draft: Draft) -> list[Finding]:
    table = draft.table[["contest", "scale", "registered", "voters"]]
    areas = table[table["scale"] != "total"]
    areas = areas[areas["registered"].notna()]
    fineness = areas["scale"].map(SCALES.index).astype("int64")
    areas = areas[fineness == fineness.groupby(areas["contest"]).transform("min")]
    by = areas.groupby("contest")
    told = areas.assign(n=by["registered"].transform("size"))
    same = (by["registered"].transform("nunique") == 1) & (by["voters"].transform("nunique") > 1)
    first = told[same & (told["n"] >= _FEW)].drop_duplicates("contest")
    return REPEATED_ROLL.at(draft, first.index, "registered", first)


_LOOKED_AT = [
    *("contest", "key", "place", "registered", "voters", "stations_counted", "stations_total")
]


def _turnout(draft: Draft) -> list[Finding]:
    table = draft.table[_LOOKED_AT]
    usable = are_counted(table, ["registered", "voters"])
    usable &= (table["voters"] <= table["registered"]).to_numpy(bool)
    every = table[usable].assign(turnout=(table["voters"] / table["registered"])[usable])
    rows = every[~is_partial(every)]
    findings: list[Finding] = []
    for rule, limit, odd, extreme in (
        (LOW_EVERYWHERE, LOW_TURNOUT, rows["turnout"] < LOW_TURNOUT, "max"),
        (HIGH_EVERYWHERE, HIGH_TURNOUT, rows["turnout"] > HIGH_TURNOUT, "min"),
    ):
        by = rows[odd].groupby("contest", sort=False)["turnout"]
        told = pd.DataFrame({"n": by.size(), "turnout": by.agg(extreme), "limit": limit})
        told["all"] = rows.groupby("contest").size()
        told = told[told["n"] >= _NEARLY_ALL * told["all"]]
        at = rows.drop(columns="turnout")[~rows["contest"].duplicated()]
        at = at.join(told, on="contest", how="inner")
        findings += rule.at(draft, at.index, "voters", at)
    far = _far_below(every)  # the registered of partial rows are those of the counted stations
    return [*findings, *FAR_BELOW.at(draft, far.index, "voters", far)]


def _far_below(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows far below their contest, and below what their place has had in others."""
    by = rows.groupby("contest")["turnout"]
    told = rows.assign(usual=by.transform("median"))
    comparable = (by.transform("size") >= _HANDFUL) & (rows["registered"] >= _LARGE)
    before = rows.groupby("key")["turnout"]
    always = (before.transform("max") < 2 * rows["turnout"]) & (before.transform("size") > 1)
    return told[comparable & (told["turnout"] < told["usual"] / _FAR) & ~always]


def _plain_kind(name: str) -> str:
    return name.strip().casefold()


def check_types(draft: Draft) -> list[Finding]:
    """Find types that differ by one letter from one that more contests have."""
    known = draft.table["election_type"].notna()
    kinds = each_name(draft.table["election_type"][known], _plain_kind)
    contests = draft.table["contest"][known].groupby(kinds).nunique()
    rows = kinds.value_counts()
    findings: list[Finding] = []
    for kind in contests.index:
        if kind in TYPE_GROUPS:
            continue
        more = [
            other for other in (*contests.index, *TYPE_GROUPS)
            if other != kind and nearly_equal(kind, other)
            and (other in TYPE_GROUPS or rows[other] > rows[kind])
        ]  # fmt: skip
        if more:
            first = kinds.index[kinds == kind][:1]
            told = pd.DataFrame({"kind": kind, "usual": more[0]}, index=first)
            findings += NEAR_TYPE.at(draft, first, "election_type", told)
    return findings
