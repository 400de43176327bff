"""Lists of added voters in a count: whom they explain, and whether turnout is of them too."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Language, Text
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names
from turnout.rules.rule import Rule
from turnout.schema import PLACE_COLUMNS
from turnout.voter_lists import denominator

_FIXED, _MOVED, _OTHERS = (
    re.compile(rf"(?:(?:jumlah|pemilih|dalam|terdaftar)\s+)*(?:{lists})", re.IGNORECASE)
    for lists in ("dpt", "dptb|dpph", "dpk|dpktb")
)
_NEARLY_ALL = 0.9

ABOVE_ALL_LISTS = Rule(
    "voters_above_all_lists",
    "error",
    Text(
        en="{voters:count} voters in {place}, but {columns} hold {all:count} together: "
        "{beyond:count} more than could vote.",
        id="{voters:count} pengguna hak pilih di {place}, padahal {columns} seluruhnya "
        "{all:count}: lebih {beyond:count} dari yang dapat memilih.",
    ),
    Text(
        en="Correct the figure that is wrong by the form of the place. Until then leave the row "
        "out (--drop-bad-rows).",
        id="Perbaiki angka yang salah sesuai formulir wilayahnya. Sebelum itu, sisihkan barisnya "
        "(--drop-bad-rows).",
    ),
)


LISTS_IN_REGISTERED = Rule(
    "lists_in_registered",
    "warning",
    Text(
        en="the registered of the count are {columns} together: turnout is {all:percent}, of "
        "{fixed} alone it would be {share:percent}. The denominator of past results: {basis}.",
        id="pemilih terdaftar dalam hasil hitung adalah gabungan {columns}: partisipasi "
        "{all:percent}; bila dibagi {fixed} saja {share:percent}. Penyebut hasil terdahulu: "
        "{basis}.",
    ),
    Text(
        en="Take the same for every election. If past results are of {fixed} alone, leave the "
        "column of the sum out of the count.",
        id="Pakai penyebut yang sama untuk setiap pemilihan. Bila hasil terdahulu hanya memakai "
        "{fixed}, hapus kolom gabungan itu dari hasil hitung.",
    ),
)
_UNTOLD = Text(en="not told", id="tidak disebutkan")


def check_added_lists(draft: Draft) -> list[Finding]:
    """Find rows with more voters than registered on the fixed and all added lists together.

    Nobody votes who is on none: of those who moved (DPTb, DPPh) and of those who came with an
    identity card (DPK, DPKTb) the table must tell, else they may explain the voters.

    Parameters
    ----------
    draft
        Rows with registered and voters.

    Examples
    --------
    >>> count = pd.DataFrame({"area": ["A", "B"], "registered": [100, 100], "voters": [130, 131],
    ...                       "DPTb": [10, 10], "DPK": [20, 20]})
    >>> [one.values["place"] for one in check_added_lists(Draft.of_table(count))]
    ['B']
    >>> check_added_lists(Draft.of_table(count.drop(columns="DPK")))
    []
    """
    table = draft.table
    added = [_named(table, one) for one in (_MOVED, _OTHERS)]
    if not all(added):
        return []
    beside = [name for names in added for name in names]
    lists = table[beside].apply(pd.to_numeric, errors="coerce")
    everyone = table["registered"] + lists.sum(axis=1)
    # Of stations that were added up, columns of the user's own are not.
    told = lists.notna().all(axis=1) & draft.origin.reindex(columns=["stations"])["stations"].isna()
    wrong = table.index[(table["voters"] > everyone) & told]
    fixed = draft.headers.get("registered", "registered")
    values = pd.DataFrame(
        {
            "place": place_names(table.loc[wrong].reindex(columns=list(PLACE_COLUMNS))),
            "voters": table.loc[wrong, "voters"],
            "columns": " + ".join([fixed, *beside]),
            "all": everyone[wrong],
            "beyond": (table["voters"] - everyone)[wrong],
        }
    )
    return ABOVE_ALL_LISTS.at(draft, wrong, "voters", values)


def check_lists_in_registered(draft: Draft, past: pd.DataFrame) -> list[Finding]:
    """Find that a count is divided by all lists, where past results do not say that they are.

    Parameters
    ----------
    draft
        Rows with registered and voters.
    past
        Canonical results of past elections.

    Examples
    --------
    >>> count = pd.DataFrame({"registered": [110, 210], "voters": [55, 105], "DPT": [100, 200],
    ...                       "DPTb": [6, 6], "DPK": [4, 4]})
    >>> [told] = check_lists_in_registered(Draft.of_table(count), pd.DataFrame())
    >>> told.values["columns"], round(told.values["share"], 3)
    ('DPT + DPTb + DPK', 0.533)
    >>> check_lists_in_registered(Draft.of_table(count), count)
    []
    """
    columns, fixed = divided_by(draft.table)
    bases = past.get("registered_basis", pd.Series(dtype=object)).dropna().astype(str).unique()
    same = any(_MOVED.search(one) or _OTHERS.search(one) for one in bases)
    if not columns or same or divided_by(past)[0]:
        return []
    sums = draft.table.loc[fixed.notna(), ["registered", "voters"]].dropna()
    basis = " / ".join(bases) if len(bases) else _UNTOLD
    values: dict[str, object] = {
        "columns": " + ".join(columns),
        "fixed": columns[0],
        "basis": basis,
        "all": float(sums["voters"].sum() / sums["registered"].sum()),
        "share": float(sums["voters"].sum() / fixed[sums.index].sum()),
    }
    rule = LISTS_IN_REGISTERED
    spot = Spot(str(draft.origin["file"].iloc[0]), column=draft.headers.get("registered", ""))
    return [rule.once(spot, values)]


@dataclass(frozen=True)
class BothWays:
    """Turnout of some places by the fixed list alone and by all lists.

    Parameters
    ----------
    fixed, everyone
        Shares of those on the fixed list, and on all.
    at_most
        Whether only those on other lists who voted are known: by all it is no higher.
    """

    fixed: float
    everyone: float
    at_most: bool

    def say(self, lang: Language = "en") -> str:
        """Return it as a sentence behind another."""
        text = _AT_MOST if self.at_most else _BOTH
        gap = self.fixed - self.everyone
        return text.say(lang, fixed=self.fixed, everyone=self.everyone, gap=gap)


_BOTH = Text(
    en=" Where the lists are told, it is {fixed:percent} of the DPT alone and {everyone:percent} "
    "of all lists: {gap:points} points less.",
    id=" Di wilayah yang daftarnya tersedia, partisipasi {fixed:percent} bila dibagi DPT saja, "
    "dan {everyone:percent} bila dibagi semua daftar: {gap:points} poin lebih rendah.",
)
_AT_MOST = Text(
    en=" Where voters are told by list, it is {fixed:percent} of the DPT alone and at most "
    "{everyone:percent} of all lists: at least {gap:points} points less.",
    id=" Di wilayah yang memuat pengguna hak pilih per daftar, partisipasi {fixed:percent} bila "
    "dibagi DPT saja, dan paling tinggi {everyone:percent} bila dibagi semua daftar: "
    "setidaknya {gap:points} poin lebih rendah.",
)


def both_ways(table: pd.DataFrame) -> BothWays | str:
    """Return turnout by the fixed list and by all, of the rows that tell both; else nothing to say.

    Parameters
    ----------
    table
        Rows with registered, voters and perhaps registered_basis, and columns by list.

    Examples
    --------
    >>> table = pd.DataFrame({"registered": [100.0], "voters": [63.0], "registered_basis": ["DPT"],
    ...                       "voters_dptb": [2.0], "voters_dpk": [3.0]})
    >>> both_ways(table)
    BothWays(fixed=0.63, everyone=0.6, at_most=True)
    """
    if "voters" not in table:
        return ""
    registered, voters = table["registered"], table["voters"]
    columns, fixed = divided_by(table)
    if columns:
        told = fixed.index[fixed.notna() & voters[fixed.index].notna()]
        return _shares(voters[told], fixed[told], registered[told], at_most=False)
    basis = table["registered_basis"] if "registered_basis" in table else pd.Series(dtype=object)
    fixed_alone = [one for one in basis.dropna().unique() if denominator(str(one)) == "DPT"]
    of_fixed = basis.isin(fixed_alone).reindex(table.index, fill_value=False)
    for names, at_most in (
        ([one for some in (_MOVED, _OTHERS) for one in _named(table, some)], False),
        ([name for name in ("voters_dptb", "voters_dpk") if name in table], True),
    ):
        if len(names) < 2:
            continue
        beside = table[names].apply(pd.to_numeric, errors="coerce").sum(axis=1, skipna=False)
        told = table.index[of_fixed & beside.gt(0) & voters.notna() & registered.notna()]
        if len(told):
            more = registered[told] + beside[told]
            return _shares(voters[told], registered[told], more, at_most=at_most)
    return ""


def _shares(
    voters: pd.Series[float], fixed: pd.Series[float], everyone: pd.Series[float], *, at_most: bool
) -> BothWays:
    counted = float(voters.sum())
    return BothWays(counted / float(fixed.sum()), counted / float(everyone.sum()), at_most)


def divided_by(table: pd.DataFrame) -> tuple[list[str], pd.Series[float]]:
    """Return the lists whose sum the registered are, and the fixed one; none if they are not.

    The fixed one is blank where a row does not tell all of them, or they are not its registered.
    """
    columns = [_named(table, one) for one in (_FIXED, _MOVED, _OTHERS)]
    nothing = pd.Series(dtype=float)
    if not all(columns):
        return [], nothing
    names = [name for some in columns for name in some]
    lists = table[names].apply(pd.to_numeric, errors="coerce")
    told = lists.notna().all(axis=1) & (table["registered"] > lists[names[0]])
    same = lists.sum(axis=1, skipna=False) == table["registered"]
    if not told.any() or same[told].mean() < _NEARLY_ALL:
        return [], nothing
    return names, lists[names[0]].where(same)


def _named(table: pd.DataFrame, pattern: re.Pattern[str]) -> list[str]:
    return [str(name) for name in table if pattern.fullmatch(str(name).strip())]
