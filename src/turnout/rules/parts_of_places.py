"""Rows of one place that a column which is not read tells apart: parts of its voters, or a level.

Exports give a row per way of voting, or per party; others name a town in a column whose header
nobody knows. Which of them it is, its values tell: parts come again in nearly every place.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from turnout.errors import Finding
from turnout.identity.keys import plain_name
from turnout.identity.kinds import says_total
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.schema import RESULTS_COLUMNS, ROLL_COLUMNS
from turnout.surroundings import A_HEADER, Setting

_DESCRIBED = ("contest", "scale", "key", "place", "within", "bare", "data_until")
_KNOWN = frozenset((*RESULTS_COLUMNS, *ROLL_COLUMNS, *_DESCRIBED))
_USUAL = 0.5
"""Share of the rows that lie beside others of their place, from which on these are its parts; and
of the places whose rows have one figure, from which on it is that of the whole place."""

_MESSAGE = Text(
    en="{place} has several rows (another: {other}); only the column {header}, which is not "
    "read, tells them apart ({values:list}).",
    id="{place} ada pada beberapa baris (yang lain: {other}); pembedanya hanya kolom "
    "{header}, yang tidak dibaca ({values:list}).",
)

PARTS_OF_VOTERS = Rule(
    "parts_of_voters",
    "error",
    _MESSAGE,
    Text(
        en="If these are parts of the voters: make one row per place, add up only the voters, "
        "and keep the registered once; in most places they are the same in each row.",
        id="Bila baris-baris itu bagian dari pengguna hak pilih: jadikan satu baris per wilayah, "
        "jumlahkan hanya pengguna hak pilihnya, dan tulis DPT-nya satu kali; di sebagian besar "
        "wilayah DPT-nya sama di setiap barisnya.",
    ),
)

PARTS_AND_TOTAL = Rule(
    PARTS_OF_VOTERS.name,
    "error",
    _MESSAGE,
    Text(
        en="Keep one row per place: that of {total}, which holds the others.",
        id="Sisakan satu baris per wilayah: baris {total}, yang memuat baris lainnya.",
    ),
)

PARTS_ABOVE_TOTAL = Rule(
    PARTS_OF_VOTERS.name,
    "error",
    _MESSAGE,
    Text(
        en="Make one row per place. In {short:count} of {places:count} places {total} is less than "
        "the others together, by {points:points} points of turnout: if it lacks some of them, add "
        "up the voters of the others, and keep the registered once.",
        id="Jadikan satu baris per wilayah. Di {short:count} dari {places:count} wilayah, {total} "
        "lebih kecil daripada jumlah baris lainnya, sebesar {points:points} poin partisipasi: bila "
        "sebagian tidak termuat di dalamnya, jumlahkan pengguna hak pilih baris lainnya, dan tulis "
        "DPT-nya satu kali.",
    ),
)

PARTS_OF_REGISTERED = Rule(
    "parts_of_registered",
    "error",
    _MESSAGE,
    Text(
        en="If these are parts of each place: make one row per place, and add up both the "
        "registered and the voters. If {header} names places, say so: {setting}.",
        id="Bila baris-baris itu bagian dari setiap wilayah: jadikan satu baris per wilayah, dan "
        "jumlahkan baik DPT maupun pengguna hak pilihnya. Bila {header} memuat nama wilayah, "
        "sebutkan: {setting}.",
    ),
)

PARTS_OF_ROLL = Rule(
    PARTS_OF_REGISTERED.name,
    "error",
    _MESSAGE,
    Text(
        en="If these are parts of each place: make one row per place, and add up the registered. "
        "If {header} names places, say so: {setting}.",
        id="Bila baris-baris itu bagian dari setiap wilayah: jadikan satu baris per wilayah, dan "
        "jumlahkan DPT-nya. Bila {header} memuat nama wilayah, sebutkan: {setting}.",
    ),
)

COPIES_IN_ROLL = Rule(
    PARTS_OF_REGISTERED.name,
    "error",
    _MESSAGE,
    Text(
        en="In most places every row has the same registered: keep one row per place, and do not "
        "add them up. If {header} names places, say so: {setting}.",
        id="Di sebagian besar wilayah pemilih terdaftarnya sama di setiap baris: sisakan satu "
        "baris per wilayah, jangan dijumlahkan. Bila {header} memuat nama wilayah, sebutkan: "
        "{setting}.",
    ),
)

UNREAD_LEVEL = Rule(
    "unread_level",
    "error",
    Text(
        en="{place} is the name of several areas ({other}); only the column {header}, which "
        "is not read, tells them apart ({values:list}).",
        id="{place} adalah nama beberapa wilayah ({other}); pembedanya hanya kolom {header}, "
        "yang tidak dibaca ({values:list}).",
    ),
    Text(
        en="If {header} names what they lie in, say so: {setting}; else add the district or the "
        "area's code to every such row.",
        id="Bila {header} memuat nama wilayah di atasnya, sebutkan: {setting}; bila tidak, "
        "tambahkan kecamatan atau kode wilayah pada setiap baris tersebut.",
    ),
)


REPEATED_PARTS = Rule(
    "repeated_key",
    "error",
    Text(
        en="{place} also stands in {other}, with other figures.",
        id="{place} juga ada di {other}, dengan angka lain.",
    ),
    Text(
        en="If each row is a smaller place or a polling station, say which column tells it: "
        "{setting}; without such a column, add up the rows of each place. If a row is a copy, "
        "delete it.",
        id="Bila tiap baris adalah wilayah yang lebih kecil atau TPS, sebutkan kolom yang "
        "memuatnya: {setting}; bila tidak ada kolomnya, jumlahkan baris-baris tiap wilayah. Bila "
        "salah satunya salinan, hapus baris itu.",
    ),
)


def dividing_column(rows: pd.DataFrame, by: Sequence[str]) -> str | None:
    """Return the column of the user's own that tells rows of one place apart; None without one.

    It holds texts, and no two rows of a place have the same. Other places have them again, as men
    and women, or each row has its own, as names of finer places are.

    Parameters
    ----------
    rows
        The rows of places that are told several times.
    by
        What is the same in the rows of one place.
    """
    groups = rows.groupby([rows[name] for name in by], sort=False).ngroup()
    for name in rows:
        if name in (*_KNOWN, "other") or not _holds_texts(rows[name]):
            continue
        alike = rows[name].astype("object").map(plain_name, na_action="ignore")
        # Areas of one name lie in different districts, and so do others of each district.
        repeated = groups.nunique() == 1 or alike.nunique() < len(rows) or "bare" not in by
        if repeated and not pd.DataFrame({"group": groups, "own": alike}).duplicated().any():
            return str(name)
    return None


def _holds_texts(column: pd.Series) -> bool:
    """Whether a column holds texts in every row, not numbers alone: 01A beside 01 is a text."""
    if not (pd.api.types.is_object_dtype(column) or pd.api.types.is_string_dtype(column)):
        return False
    if column.isna().any():
        return False
    texts = pd.Series(column.unique(), dtype="object").astype("str")
    return bool(texts.str.contains(r"[^\W\d_]", regex=True).any())


def tell_of_parts(
    draft: Draft, table: pd.DataFrame, told: pd.DataFrame, by: Sequence[str], *, roll: bool
) -> list[Finding] | None:
    """Return what is told of places with several rows that one column tells apart.

    Parameters
    ----------
    draft
        The rows.
    table
        All rows that tell a place.
    told
        Those of places that are told several times, with ``other``: where another one stands.
    by
        What is the same in the rows of one place.
    roll
        Whether the rows are a roll, which holds no voters.

    Returns
    -------
    list of Finding or None
        None where no column tells them apart.
    """
    column = None if told.empty else dividing_column(told, by)
    rule = _rule(table, told, by, roll=roll) if column is not None else None
    if column is None or rule is None:
        return None
    header = draft.headers.get(column, column)
    level = _unread_scale(told)
    values = told[column].drop_duplicates().head(_SHOWN).astype("str").tolist()
    said = told.assign(
        header=header,
        values=pd.Series([values] * len(told), index=told.index),
        setting=pd.Series(
            [Setting("columns", header, level, draft.role)] * len(told), index=told.index
        ),
    )
    whole = told[column].map(says_total).astype(bool)
    if not roll and rule is not UNREAD_LEVEL and whole.any():
        said = said.assign(total=told.loc[whole, column].iloc[0], **_short(told, whole, by))
        rule = PARTS_ABOVE_TOTAL if said["short"].any() else PARTS_AND_TOTAL
    return rule.at(draft, said.index, column, said)


_SHOWN = 4


def with_unread_parts(
    draft: Draft, table: pd.DataFrame, told: pd.DataFrame, by: Sequence[str]
) -> pd.DataFrame | None:
    """Return the rows of places told several times with the ``setting`` that may tell them apart.

    None where few places are told again, most of them with the same figures, or where the file has
    no other column: `REPEATED_PARTS` is said of the others.
    """
    own = [name for name in draft.table if name not in (*_KNOWN, "other")]
    places = told.groupby([told[name] for name in by])["registered"]
    differ = (places.nunique() == places.size()).mean() > _USUAL
    of_scale = table["scale"].isin(told["scale"].unique()).sum()
    if not own or not differ or len(told) < _USUAL * of_scale:
        return None
    finer = "station" if told["area"].notna().any() else "area"
    setting = Setting("columns", A_HEADER, finer, draft.role)
    return told.assign(setting=pd.Series([setting] * len(told), index=told.index))


def _short(told: pd.DataFrame, whole: pd.Series[bool], by: Sequence[str]) -> dict[str, float]:
    """Return in how many places the total is less than the others, and by how much of turnout."""
    place = told.groupby([told[name] for name in by], sort=False).ngroup()
    total = told["voters"].where(whole).groupby(place).sum(min_count=1)
    others = told["voters"].mask(whole).groupby(place).sum(min_count=1)
    registered = told["registered"].groupby(place).max()
    short = others > total
    points = (others - total)[short].sum() / registered[short].sum() if short.any() else 0.0
    return {"short": short.sum(), "places": len(total), "points": points}


def _unread_scale(told: pd.DataFrame) -> str:
    """Return the scale of the places that an unread column may name.

    It lies in the districts where these are the finest that is told, else around the areas.
    """
    if told["district"].notna().all() and told["area"].isna().all():
        return "area"
    return "district" if told["city"].notna().any() else "city"


def _rule(table: pd.DataFrame, told: pd.DataFrame, by: Sequence[str], *, roll: bool) -> Rule | None:
    """Return what is said: parts come in most places, and only some names are doubled.

    None where few places are told again: a copy has other remarks, too.
    """
    of_scale = table[table["scale"].isin(told["scale"].unique())]
    if len(told) < _USUAL * len(of_scale):
        return UNREAD_LEVEL if "bare" in by else None
    once = are_mostly_one(told["registered"], told, by)
    if roll:
        return COPIES_IN_ROLL if once else PARTS_OF_ROLL
    return PARTS_OF_VOTERS if once else PARTS_OF_REGISTERED


def are_mostly_one(figure: pd.Series, rows: pd.DataFrame, by: Sequence[str]) -> bool:
    """Whether the rows of most places have one and the same figure.

    Parameters
    ----------
    figure
        A figure of every row.
    rows
        Those of places that are told several times.
    by
        What is the same in the rows of one place.
    """
    figures = figure.groupby([rows[name] for name in by]).nunique(dropna=False)
    return bool((figures == 1).mean() > _USUAL)
