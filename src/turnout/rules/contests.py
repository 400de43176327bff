"""Rules on a contest as a whole: denominators, stations still missing, totals and their parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from turnout.errors import Finding
from turnout.identity.keys import name_codes, path_codes
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import is_partial
from turnout.rules.rule import Rule
from turnout.schema import PLACE_COLUMNS

MIXED_BASIS = Rule(
    "mixed_basis",
    "warning",
    Text(
        en="the rows of {contest} count the registered in {n:count} ways: {bases}.",
        id="baris-baris {contest} menghitung pemilih terdaftar dengan {n:count} cara: {bases}.",
    ),
    Text(
        en="Use one denominator per contest if you can; the model allows for the difference.",
        id="Gunakan satu penyebut per pemilihan bila bisa; model memperhitungkan selisihnya.",
    ),
)

CHANGED_BASIS = Rule(
    "changed_basis",
    "warning",
    Text(
        en="contests count the registered in {n:count} ways ({bases}), so their turnouts are not "
        "quite comparable.",
        id="pemilihan-pemilihan menghitung pemilih terdaftar dengan {n:count} cara ({bases}), "
        "sehingga tingkat partisipasinya tidak sepenuhnya sebanding.",
    ),
    Text(
        en="Use the same denominator for all contests if you can; the model allows for the "
        "difference.",
        id="Gunakan penyebut yang sama untuk semua pemilihan bila bisa; model memperhitungkan "
        "selisihnya.",
    ),
)

PARTIAL_COUNT = Rule(
    "partial_count",
    "warning",
    Text(
        en="{n:count:row:rows} of {contest} without all stations ({counted:count} of "
        "{total:count} stations are in).",
        id="{n:count} baris {contest} belum lengkap ({counted:count} dari {total:count} TPS "
        "sudah masuk).",
    ),
    Text(
        en="Registered and voters must be those of the counted stations; replace by the final "
        "figures when they exist.",
        id="Pemilih terdaftar dan pengguna hak pilih harus dari TPS yang sudah masuk; ganti dengan "
        "angka akhir bila sudah ada.",
    ),
)

TOTAL_BELOW_PARTS = Rule(
    "total_below_parts",
    "error",
    Text(
        en="the total of {place}, {given:count}, is below the {parts:count} that its "
        "{n:count} finer rows of {contest} add up to.",
        id="jumlah {place}, {given:count}, lebih kecil daripada {parts:count}, yaitu hasil "
        "penjumlahan {n:count} baris rinciannya pada {contest}.",
    ),
    Text(
        en="Correct the total or its parts; or delete the total, which the parts make needless.",
        id="Perbaiki jumlah atau rinciannya; atau hapus baris jumlah karena rinciannya sudah ada.",
    ),
)


def check_contests(draft: Draft) -> list[Finding]:
    """Find contests with mixed denominators, and totals below their parts."""
    return [*_bases(draft), *check_totals(draft)]


def check_partial(draft: Draft) -> list[Finding]:
    """Find contests with stations still missing: one finding each, at its first such row."""
    table = draft.table
    partial = table[is_partial(table)]
    sums = partial.groupby("contest").agg(
        n=("contest", "size"), counted=("stations_counted", "sum"), total=("stations_total", "sum")
    )
    first = partial.drop_duplicates("contest")
    return PARTIAL_COUNT.at(draft, first.index, "stations_counted", first.join(sums, on="contest"))


def check_totals(draft: Draft) -> list[Finding]:
    """Find totals that are smaller than the sum of the rows below them."""
    table = draft.table.assign(basis=draft.table["registered_basis"].fillna(""))
    complete = table[~is_partial(table)]
    findings: list[Finding] = []
    for column in ("registered", "voters"):
        told: list[pd.DataFrame] = []
        for totals, parts in _wholes_and_parts(complete):
            sums = parts.groupby(["contest", "basis", "within"])[column].agg(["sum", "count"])
            joined = totals.join(sums, on=["contest", "basis", "within"])
            joined = joined.rename(columns={"sum": "parts", "count": "n"})
            joined["given"] = joined[column]
            told.append(joined[joined["given"] < joined["parts"]])
        below = pd.concat(told) if told else complete.iloc[:0].assign(parts=0, n=0, given=0)
        below = below[~below.index.duplicated()]
        findings += TOTAL_BELOW_PARTS.at(draft, below.index, column, below)
    return findings


def _wholes_and_parts(table: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield the totals of each scale with the rows of each finer scale, matched by ``within``."""
    mixed = table.groupby("contest")["scale"].transform("nunique") > 1
    table = table[mixed]
    codes = name_codes(table)
    present = [scale for scale in ("total", *PLACE_COLUMNS) if (table["scale"] == scale).any()]
    for position, scale in enumerate(present[:-1]):
        prefix = PLACE_COLUMNS[: PLACE_COLUMNS.index(scale) + 1] if scale != "total" else ()
        rows = table.assign(within=path_codes(codes, prefix))
        totals = rows[rows["scale"] == scale]
        for finer in present[position + 1 :]:
            yield totals, rows[rows["scale"] == finer]


def _bases(draft: Draft) -> list[Finding]:
    table = draft.table
    known = table[table["registered_basis"].notna()]
    bases = known.groupby("contest")["registered_basis"].unique()
    first = known.drop_duplicates("contest")
    first = first.assign(
        n=first["contest"].map(bases.str.len()), bases=first["contest"].map(bases.map(_joined))
    )
    mixed = first[first["n"] > 1]
    findings = MIXED_BASIS.at(draft, mixed.index, "registered_basis", mixed)
    usual = known.drop_duplicates("registered_basis")
    if mixed.empty and len(usual) > 1:
        late = usual.iloc[[1]].assign(n=len(usual), bases=_joined(usual["registered_basis"]))
        findings += CHANGED_BASIS.at(draft, late.index, "registered_basis", late)
    return findings


def _joined(bases: Iterable[object]) -> str:
    return " / ".join(str(basis) for basis in bases)
