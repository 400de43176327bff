"""The crosswalk: which old areas the voters of a new area came from."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.identity.names import each_name
from turnout.language import Text
from turnout.reading.draft_file import draft_table
from turnout.reading.files.sheets import Source
from turnout.reading.headers.aliases import Column, Vocabulary
from turnout.reading.reading import Reading, accepted, conclude
from turnout.rules.draft import Draft
from turnout.rules.measures import blank_column
from turnout.rules.rule import Rule
from turnout.schema import CROSSWALK_COLUMNS

TOLERANCE = 0.01
"""How far the weights of a new area may be from summing to 1: thirds are written 0.33."""

CROSSWALK = Vocabulary(
    role="crosswalk",
    columns=(
        Column(
            "new_id",
            "code",
            "kode baru | kode wilayah baru | kode kelurahan baru | kode desa baru | new code",
        ),
        Column(
            "new_area",
            "name",
            "wilayah baru | kelurahan baru | desa baru | nama baru | area baru | new name",
        ),
        Column(
            "old_id",
            "code",
            "kode lama | kode wilayah lama | kode kelurahan lama | kode desa lama | kode induk"
            " | old code",
        ),
        Column(
            "old_area",
            "name",
            "wilayah lama | kelurahan lama | desa lama | nama lama | area lama | induk"
            " | kelurahan induk | desa induk | wilayah induk | old name",
        ),
        Column("weight", "share", "bobot | proporsi | porsi | share"),
        Column("note", "name", "catatan | keterangan | ket | notes | remark | remarks"),
    ),
    needed=(("new_id", "new_area"), ("old_id", "old_area"), ("weight",)),
    questions={},
    may_be_empty=True,
)


def read_crosswalk(source: Source) -> pd.DataFrame:
    """Read which old areas each new area's voters came from.

    Parameters
    ----------
    source
        Path of a file (delimited text, Excel, OpenDocument, Parquet) or a DataFrame, with a row
        per new and old area: ``new_id`` or ``new_area``, ``old_id`` or ``old_area``, and
        ``weight``, the share of the new area's voters that came from the old one.

    Returns
    -------
    pandas.DataFrame
        The columns of `schema.CROSSWALK_COLUMNS`.

    Raises
    ------
    DataError
        With everything that is wrong, such as weights that do not sum to 1 per new area.

    Examples
    --------
    >>> table = pd.DataFrame({"kelurahan baru": ["Aur Kenali", "Aur Kenali"],
    ...                       "kelurahan lama": ["Kenali Besar", "Penyengat Rendah"],
    ...                       "bobot": [0.5, 0.5]})
    >>> read_crosswalk(table)[["new_area", "old_area", "weight"]]
         new_area          old_area  weight
    0  Aur Kenali      Kenali Besar     0.5
    1  Aur Kenali  Penyengat Rendah     0.5
    """
    return accepted(load_crosswalk(source))


def load_crosswalk(source: Source) -> Reading:
    """Read a crosswalk and return the good rows beside everything that was found.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    draft = draft_table(source, CROSSWALK)
    return conclude(draft, check_crosswalk(draft), canonical_crosswalk)


def check_crosswalk(draft: Draft) -> tuple[Finding, ...]:
    """Find rows without areas or weight, repeated pairs, circles, weights that do not sum to 1."""
    table = canonical_crosswalk(draft.table)
    new, old = _areas(table, "new"), _areas(table, "old")
    weight = table["weight"]
    usable = weight.between(0, 1, inclusive="right")
    repeated = pd.DataFrame({"new": new, "old": old}).duplicated() & (new != "") & (old != "")
    table = table.assign(
        place=table["new_area"].where(table["new_area"].notna(), table["new_id"]),
        parent=table["old_area"].where(table["old_area"].notna(), table["old_id"]),
        total=weight.where(usable).groupby(new).transform("sum"),
    )
    off = ((table["total"] - 1).abs() > TOLERANCE) & (new != "") & usable
    unread = {finding.spot for finding in draft.findings}
    findings = [
        *NO_AREA.at(draft, table.index[(new == "") | (old == "")]),
        *BAD_WEIGHT.at(draft, table.index[~usable], "weight"),
        *REPEATED_PAIR.at(draft, table.index[repeated], values=table),
        *WEIGHTS_OFF.at(draft, table.index[off & ~repeated], "weight", table),
        *CIRCULAR.at(draft, _circular(new, old), values=table),
    ]
    return tuple(finding for finding in findings if finding.spot not in unread)


def _areas(table: pd.DataFrame, age: str) -> pd.Series:
    """Return each row's new or old area: its code, else its plain name, else ""."""
    codes = table[f"{age}_id"].astype("object")
    return codes.where(codes.notna(), each_name(table[f"{age}_area"]))


def _circular(new: pd.Series, old: pd.Series) -> pd.Index:
    """Return the rows whose new area is, row by row, among the old areas of its own old area."""
    links = pd.DataFrame({"new": new, "old": old})[(new != old) & (new != "") & (old != "")]
    while True:
        inner = links[links["new"].isin(links["old"]) & links["old"].isin(links["new"])]
        if len(inner) == len(links):
            return links.index
        links = inner


def canonical_crosswalk(table: pd.DataFrame) -> pd.DataFrame:
    """Bring a crosswalk to its canonical form: every column of `CROSSWALK_COLUMNS`, typed."""
    whole = table.assign(
        **{
            name: blank_column(name, table.index)
            for name in CROSSWALK_COLUMNS
            if name not in table.columns
        }
    )
    own = [name for name in whole.columns if name not in CROSSWALK_COLUMNS]
    return whole[[*CROSSWALK_COLUMNS, *own]].astype({"weight": "float64"})


NO_AREA = Rule(
    "missing_area",
    "error",
    Text(
        en="the row does not name both a new and an old area.",
        id="baris ini tidak menyebut wilayah baru dan wilayah lama sekaligus.",
    ),
    Text(
        en="Fill in a code or a name for both; an area that did not change is its own old area.",
        id="Isi kode atau nama keduanya; wilayah yang tetap ditulis sama di kedua sisi.",
    ),
)

BAD_WEIGHT = Rule(
    "bad_weight",
    "error",
    Text(
        en="the weight is not a share above 0 and up to 1.",
        id="bobot bukan proporsi di atas 0 sampai 1.",
    ),
    Text(
        en="Give the share of the new area's voters that came from the old one, such as 0.5.",
        id="Isikan proporsi pemilih wilayah baru yang berasal dari wilayah lama, misalnya 0,5.",
    ),
)

REPEATED_PAIR = Rule(
    "repeated_pair",
    "error",
    Text(
        en="{place} from {parent} is told twice.",
        id="{place} dari {parent} disebut dua kali.",
    ),
    Text(en="Delete one of the rows.", id="Hapus salah satu barisnya."),
)

WEIGHTS_OFF = Rule(
    "weights_not_one",
    "error",
    Text(
        en="the weights of {place} sum to {total:percent0}, not to 100%.",
        id="bobot {place} berjumlah {total:percent0}, bukan 100%.",
    ),
    Text(
        en="Correct the weights: over all old areas of a new area they sum to 1; if nothing is "
        "known, give each of n old areas 1/n.",
        id="Perbaiki bobotnya: untuk satu wilayah baru jumlahnya 1; bila tidak diketahui, beri "
        "tiap wilayah lama 1/n.",
    ),
)

CIRCULAR = Rule(
    "circular_areas",
    "error",
    Text(
        en="{place} is told to come from {parent}, which is told to come from {place} in turn.",
        id="{place} disebut berasal dari {parent}, padahal {parent} disebut berasal dari {place}.",
    ),
    Text(
        en="Give areas that were redrawn a code of their own (new_id beside old_id), or delete the "
        "rows that turn back in time.",
        id="Beri wilayah yang batasnya berubah kode tersendiri (new_id di samping old_id), atau "
        "hapus baris yang arah waktunya terbalik.",
    ),
)
