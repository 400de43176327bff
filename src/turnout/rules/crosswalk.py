"""Rules on a crosswalk: every link tells both areas and a weight, and none turns back in time."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.identity.codes import each_code
from turnout.identity.names import each_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.schema import canonical_crosswalk

TOLERANCE = 0.01
"""How far the weights of a new area may be from summing to 1: thirds are written 0.33."""

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
        en="{place} from {parent} is given twice.",
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
        en="{place} is said to come from {parent}, which is said to come from {place}.",
        id="{place} disebut berasal dari {parent}, padahal {parent} disebut berasal dari {place}.",
    ),
    Text(
        en="Give areas that were redrawn a code of their own (new_id beside old_id), or delete the "
        "rows that turn back in time.",
        id="Beri wilayah yang batasnya berubah kode tersendiri (kode_baru di samping kode_lama), "
        "atau hapus baris yang arah waktunya terbalik.",
    ),
)


def check_crosswalk(draft: Draft) -> tuple[Finding, ...]:
    """Find rows without areas or weight, repeated pairs, circles, weights that do not sum to 1."""
    table = canonical_crosswalk(draft.table)
    new, old = _areas(table)
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


def _areas(table: pd.DataFrame) -> list[pd.Series]:
    """Return each row's new and old area: its code, else its plain name, else ""."""
    columns = ("new_area", "old_area")
    coded = each_code(table["new_id"], table["old_id"])
    return [
        codes.where(codes != "", each_name(table[name]))
        for codes, name in zip(coded, columns, strict=True)
    ]


def _circular(new: pd.Series, old: pd.Series) -> pd.Index:
    """Return the rows whose new area is, row by row, among the old areas of its own old area."""
    links = pd.DataFrame({"new": new, "old": old})[(new != old) & (new != "") & (old != "")]
    while True:
        inner = links[links["new"].isin(links["old"]) & links["old"].isin(links["new"])]
        if len(inner) == len(links):
            return links.index
        links = inner
