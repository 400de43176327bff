"""Rules on what a row is about: its contest and place, told once and without doubt."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from turnout.errors import Finding
from turnout.identity.codes import each_code
from turnout.identity.keys import plain_name
from turnout.identity.kinds import is_village, kind_of_place, with_word_of_total, without_total
from turnout.identity.names import each_name
from turnout.language import Text
from turnout.rules.called_totals import at_called
from turnout.rules.draft import Draft
from turnout.rules.measures import marked
from turnout.rules.parts_of_places import (
    REPEATED_PARTS,
    are_mostly_one,
    tell_of_parts,
    with_unread_parts,
)
from turnout.rules.rule import Rule
from turnout.rules.two_sources import check_two_sources
from turnout.schema import PLACE_COLUMNS

MISSING_KEY = Rule(
    "missing_key",
    "error",
    Text(
        en="blank, so it is not known which contest this row belongs to.",
        id="kosong, sehingga tidak diketahui baris ini milik pemilihan yang mana.",
    ),
    Text(en="Fill in the cell or delete the row.", id="Isi selnya atau hapus barisnya."),
)

MISSING_PLACE = Rule(
    "missing_place",
    "error",
    Text(
        en="no place is named, not even the city whose total this could be.",
        id="baris ini tidak menyebut wilayah mana pun, termasuk kota bila ini baris jumlah.",
    ),
    Text(
        en="Name the place; for a total fill in the city and leave the finer columns blank.",
        id="Isi wilayahnya; untuk baris jumlah isi kota dan kosongkan kolom yang lebih rinci.",
    ),
)

NO_DISTRICT = Rule(
    "no_district",
    "warning",
    Text(
        en="{place} has no district, while other areas have one: it counts in the sum of none.",
        id="{place} tanpa kecamatan, padahal kelurahan/desa lain punya: tidak masuk jumlah "
        "kecamatan mana pun.",
    ),
    Text(
        en="Write the district into its row.",
        id="Isi kecamatannya pada baris itu.",
    ),
)

TOTAL_ROW = Rule(
    "total_row",
    "error",
    Text(
        en="a row called a total, whose figures are not the sum of rows beside it.",
        id="baris ini disebut jumlah, tetapi angkanya bukan penjumlahan baris di sekitarnya.",
    ),
    Text(
        en="Find the figure that is wrong, here or in those rows. If the row is the total of "
        "others, leave this cell blank and name its district or city. If it is a village "
        "that is called so, write Desa Total. If it is neither, delete it.",
        id="Cari angka yang keliru, di sini atau di baris-baris itu. Bila ini jumlah wilayah lain, "
        "kosongkan sel ini dan isi kecamatan atau kotanya. Bila itu desa yang memang bernama "
        "Total, tulis Desa Total. Bila bukan keduanya, hapus barisnya.",
    ),
)

TOTAL_OF_KIND = replace(
    TOTAL_ROW,
    remedy=Text(
        en="Find the figure that is wrong, here or in those rows. If the row is the total of "
        "others, leave this cell blank and name its district or city; if not, delete it.",
        id="Cari angka yang keliru, di sini atau di baris-baris itu. Bila ini jumlah wilayah lain, "
        "kosongkan sel ini dan isi kecamatan atau kotanya; bila bukan, hapus barisnya.",
    ),
)

REPEATED_KEY = Rule(
    "repeated_key",
    "error",
    Text(
        en="{place} in {contest:contest} also stands in {other}.",
        id="{place} pada {contest:contest} juga ada di {other}.",
    ),
    Text(
        en="Keep one row per contest and place: delete the copy, or sum polling stations per "
        "place first.",
        id="Sisakan satu baris per pemilihan dan wilayah: hapus salinannya, atau jumlahkan dahulu "
        "TPS per wilayah.",
    ),
)

REPEATED_IN_ROLL = Rule(
    REPEATED_KEY.name,
    "error",
    Text(
        en="{place} also stands in {other}.",
        id="{place} juga ada di {other}.",
    ),
    Text(
        en="Keep one row per place: delete the copy, or sum polling stations per place first.",
        id="Sisakan satu baris per wilayah: hapus salinannya, atau jumlahkan dahulu TPS per "
        "wilayah.",
    ),
)

REPEATED_WHOLE = Rule(
    REPEATED_KEY.name,
    "error",
    REPEATED_KEY.message,
    Text(
        en="If they are versions of one figure, keep the right row. If each row holds a part of "
        "the voters, make one row per place: add up only the voters, and keep the registered, "
        "which are those of the whole place.",
        id="Bila salah satu baris keliru, sisakan yang benar. Bila tiap baris memuat sebagian "
        "pengguna hak pilih wilayahnya, jadikan satu baris: jumlahkan pengguna hak pilihnya saja, "
        "sebab DPT di tiap baris sudah DPT seluruh wilayah.",
    ),
)

REPEATED_ROLL_WHOLE = Rule(
    REPEATED_KEY.name,
    "error",
    REPEATED_IN_ROLL.message,
    Text(
        en="Keep one row per place and do not add them up: in most of these places every row has "
        "the same registered.",
        id="Sisakan satu baris per wilayah dan jangan dijumlahkan: pemilih terdaftar sebagian "
        "besar wilayah ini sama di setiap barisnya.",
    ),
)

EQUAL_NAMES = Rule(
    "equal_names",
    "error",
    Text(
        en="{place} is the name of several areas ({other}), and nothing tells which is meant.",
        id="{place} adalah nama beberapa wilayah ({other}), dan tidak jelas yang mana yang "
        "dimaksud.",
    ),
    Text(
        en="Add the district or the area's code to every such row; where a cell is merged over "
        "rows, part it and write each name.",
        id="Tambahkan kecamatan atau kode wilayah pada setiap baris tersebut; bila selnya "
        "digabung di atas beberapa baris, pisahkan dan tulis nama masing-masing.",
    ),
)

TWO_DATES = Rule(
    "two_dates",
    "error",
    Text(
        en="{contest:contest} has another date in its other rows, such as {other}.",
        id="{contest:contest} bertanggal lain pada baris lainnya, misalnya {other}.",
    ),
    Text(
        en="Give the contest one polling day, or a label of its own to each contest.",
        id="Beri satu tanggal pemungutan suara, atau nama tersendiri untuk tiap pemilihan.",
    ),
)

TWO_TYPES = Rule(
    "two_types",
    "error",
    Text(
        en="{contest:contest} has another type in its other rows, such as {other}.",
        id="{contest:contest} berjenis lain pada baris lainnya, misalnya {other}.",
    ),
    Text(
        en="Give the contest one type, or a label of its own to each contest.",
        id="Beri satu jenis pemilihan, atau nama tersendiri untuk tiap pemilihan.",
    ),
)

_TOTAL_NAME = re.compile(r"^(?:sub ?|grand )?(?:total|jumlah|jml)\b|\b(?:sub ?)?(?:total|jumlah)$")


def check_keys(draft: Draft) -> list[Finding]:
    """Find rows whose contest or place is missing, doubtful or told twice."""
    return [
        *_missing(draft, ("election", "date", "election_type")),
        *check_places(draft),
        *_two_of_one(draft, "date", TWO_DATES),
        *_two_of_one(draft, "election_type", TWO_TYPES),
        *check_repeats(draft),
    ]


def check_places(draft: Draft) -> list[Finding]:
    """Find rows without a place, and totals that pose as places."""
    table = draft.table
    findings: list[Finding] = []
    nowhere = (table["scale"] == "total") & ~draft.called_total()
    if table[["city", "province", "nation"]].notna().any(axis=None):
        findings += MISSING_PLACE.at(draft, table.index[nowhere])
    for column in PLACE_COLUMNS:
        names = [name for name in table[column].unique() if isinstance(name, str)]
        named = with_word_of_total(names)
        totals = [
            name for name in named if _TOTAL_NAME.search(plain_name(name)) and not is_village(name)
        ]
        coarse = [name for name in totals if kind_of_place(without_total(name))]
        for rule, called in ((TOTAL_OF_KIND, coarse), (TOTAL_ROW, {*totals} - {*coarse})):
            findings += rule.at(draft, table.index[table[column].isin(called)], column)
    return findings


def check_districts(draft: Draft) -> list[Finding]:
    """Find areas without a district, where others have one: they are in the sum of none."""
    homeless = _without_district(draft.table)
    told = draft.table[homeless]
    return NO_DISTRICT.at(draft, told.index, "district", told.assign(place=told["area"]))


def _without_district(table: pd.DataFrame) -> pd.Series[bool]:
    """Mark areas whose district no row tells, where most areas have one."""
    areas = table["area"].notna() & (table["scale"] == "area")
    known = areas & table["district"].notna()
    if 2 * known.sum() <= areas.sum() or not (areas & ~known).any():
        return areas & False
    names = each_name(table["area"])
    [codes] = each_code(table["area_id"])
    coded = (codes != "") & codes.isin(codes[known])
    return areas & ~known & ~names.isin(names[known]) & ~coded


def check_repeats(draft: Draft, repeated: Rule = REPEATED_KEY) -> list[Finding]:
    """Find places told twice in one contest, and names that several areas share.

    Parameters
    ----------
    draft
        The rows.
    repeated
        What is said of a place told twice: a roll is of one contest, and names none.
    """
    table, by = draft.table, ["contest", "key"]
    if repeated is REPEATED_KEY:  # rows whose contest is not known are told as such
        table = marked(table, table["election"].notna() | table["date"].notna())
    if not (table.duplicated(by).any() or _homeless(table).any()):
        return []
    table = table.assign(bare=each_name(table["area"]))
    shared = _shared_names(table)
    twice = table[table.duplicated(by, keep=False)]
    blamed, unsure = _to_blame(twice, by), table.index[shared]
    findings, of_these = check_two_sources(draft, table, twice, blamed, unsure)
    table, shared = table.drop(of_these), shared.drop(of_these)
    alone = table[~shared]
    copies = alone[alone.duplicated(by, keep=False)]
    if copies.empty and not shared.any():
        return findings
    roll = repeated is not REPEATED_KEY
    told = _with_other(draft, copies, by)
    alike = table[table["bare"].isin(table["bare"][shared])]
    doubtful = _with_other(draft, alike, ["bare"])[shared[alike.index]]
    parts = tell_of_parts(draft, table, told, by, roll=roll)
    levels = tell_of_parts(draft, table, _told_again(doubtful), ["contest", "bare"], roll=roll)
    return [
        *findings,
        *(_repeated(repeated, draft, table, copies, told, by) if parts is None else parts),
        *(EQUAL_NAMES.at(draft, doubtful.index, "area", doubtful) if levels is None else levels),
    ]


def _told_again(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose name their contest tells several times."""
    return rows[rows.duplicated(["contest", "bare"], keep=False)]


def _repeated(
    rule: Rule,
    draft: Draft,
    table: pd.DataFrame,
    copies: pd.DataFrame,
    told: pd.DataFrame,
    by: list[str],
) -> list[Finding]:
    """Return what is told of places that stand in several rows, which nothing tells apart."""
    blamed = _to_blame(copies, by)
    parts = with_unread_parts(draft, table, told, by)
    if parts is not None:
        return REPEATED_PARTS.at(draft, blamed, _name_column(copies), parts)
    called = draft.called_total().reindex(copies.index)
    called = called.groupby([copies[name] for name in by]).transform("any")
    if are_mostly_one(copies["registered"], copies, by):
        if rule is not REPEATED_KEY:
            rule = REPEATED_ROLL_WHOLE
        elif not are_mostly_one(copies["voters"], copies, by):
            rule = REPEATED_WHOLE
    return at_called(rule, draft, blamed, _name_column(copies), told, called)


def _to_blame(copies: pd.DataFrame, by: list[str]) -> pd.Index:
    """Return the later rows where copies agree, all of them where their figures differ."""
    figures = copies["registered"].astype("str") + "/" + copies["voters"].astype("str")
    groups = [copies[name] for name in by]
    differing = figures.groupby(groups).transform("nunique") > 1
    return copies.index[differing | copies.duplicated(by)]


def _name_column(table: pd.DataFrame) -> str:
    """Return the finest place column that is filled, to point at."""
    named = [column for column in PLACE_COLUMNS if table[column].notna().any()]
    return named[-1] if named else "area_id"


def _homeless(table: pd.DataFrame) -> pd.Series[bool]:
    """Mark areas without code and district."""
    return table["area"].notna() & table["area_id"].isna() & table["district"].isna()


def _shared_names(table: pd.DataFrame) -> pd.Series:
    """Mark areas without code and district whose name stands for several areas.

    It does, too, where a row of the same contest gives the name a district: nothing tells whether
    the two rows are of one area.
    """
    homeless = _homeless(table) & (table["bare"] != "")
    if not homeless.any():
        return homeless
    bare = table["bare"]
    for coarser in ("nation", "province", "city"):
        bare = bare + "|" + each_name(table[coarser])
    elsewhere = table[(table["bare"] != "") & table["district"].notna()]
    districts = each_name(elsewhere["district"]).groupby(bare[elsewhere.index]).nunique()
    in_two = bare.isin(districts.index[districts > 1])
    figures = table[homeless].groupby(["contest", bare[homeless]])["registered"]
    differing = (figures.transform("nunique") > 1).reindex(table.index, fill_value=False)
    in_contest = table["contest"].astype("str") + "|" + bare
    beside = in_contest.isin(in_contest[elsewhere.index])
    return homeless & (in_two | differing | beside)


def _with_other(draft: Draft, rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Add to each row where another one of its group stands (the first or last)."""
    label = pd.Series(rows.index, rows.index)
    groups = label.groupby([rows[name] for name in by])
    first, last = groups.transform("first"), groups.transform("last")
    others = first.where(first != label, last)
    return rows.assign(other=pd.Series(draft.beside(rows.index, others), rows.index))


def _missing(draft: Draft, columns: tuple[str, ...]) -> list[Finding]:
    """Find blank cells in key columns; what could not be read was told by the draft."""
    findings: list[Finding] = []
    for column in columns:
        if column in draft.written:
            written = draft.written[column][draft.table[column].isna()]
            blank = written.isna() | (written.astype("str").str.strip() == "")
            findings += MISSING_KEY.at(draft, written.index[blank], column)
    return findings


def _two_of_one(draft: Draft, column: str, rule: Rule) -> list[Finding]:
    """Find rows whose `column` differs from what most rows of their contest say."""
    known = draft.table[["contest", column]][draft.table[column].notna()]
    if column == "election_type":
        known = known.assign(election_type=each_name(known[column], plain_name))
    sizes = known.groupby(["contest", column], sort=False).size()
    if not sizes.index.get_level_values("contest").has_duplicates:
        return []
    common = sizes.sort_values(ascending=False, kind="stable").reset_index()
    usual = common.drop_duplicates("contest").set_index("contest")[column]
    odd = known[known[column] != known["contest"].map(usual)]
    agreeing = known.drop(odd.index).drop_duplicates("contest")
    label = pd.Series(agreeing.index, agreeing["contest"])
    others = draft.beside(odd.index, odd["contest"].map(label))
    return rule.at(draft, odd.index, column, odd.assign(other=pd.Series(others, odd.index)))
