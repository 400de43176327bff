"""What turnout is divided by: told by the file, the same in all contests, and in what is to come.

A column of its own tells it (registered_basis), else the header of the registered (*DPT*, *DPT +
DPTb + DPK*), or columns of the lists that add up to them. Where nothing tells, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.rules.added_lists import both_ways, check_lists_in_registered, divided_by
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.voter_lists import denominator, lists_named

_BASIS = "registered_basis"
_KEYS = ("election", "date", "election_type")
_SEVERAL = 2

MIXED_BASIS = Rule(
    "mixed_basis",
    "warning",
    Text(
        en="the rows of {contest:contest} count the registered in {n:count} ways: {bases}.{effect}",
        id="baris-baris {contest:contest} menghitung pemilih terdaftar dengan {n:count} "
        "cara: {bases}.{effect}",
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
        "quite comparable.{effect}",
        id="pemilihan-pemilihan menghitung pemilih terdaftar dengan {n:count} cara ({bases}), "
        "sehingga tingkat partisipasinya tidak sepenuhnya sebanding.{effect}",
    ),
    Text(
        en="Use the same denominator for all contests if you can; the model allows for the "
        "difference.",
        id="Gunakan penyebut yang sama untuk semua pemilihan bila bisa; model memperhitungkan "
        "selisihnya.",
    ),
)

OTHER_BASIS = Rule(
    "other_basis",
    "warning",
    Text(
        en="the registered here are {own}, those of past results {others}: turnout of the past "
        "is not of the same voters.{effect}",
        id="pemilih terdaftar di sini {own}, sedangkan dalam hasil terdahulu {others}: partisipasi "
        "terdahulu tidak dihitung dari pemilih yang sama.{effect}",
    ),
    Text(
        en="Use the same denominator for both if you can; the model allows for the difference, "
        "and its interval is wider for it.",
        id="Gunakan penyebut yang sama untuk keduanya bila bisa; model memperhitungkan selisihnya, "
        "sehingga rentangnya lebih lebar.",
    ),
)


def with_bases(draft: Draft) -> Draft:
    """Return a draft with the denominator of the contests whose column does not tell it.

    Where the rows of a contest that tell it all tell the same, it is that of all of its rows.

    Parameters
    ----------
    draft
        Rows of results, a count or a roll.

    Examples
    --------
    >>> results = pd.DataFrame({"area": ["A", "B"], "registered": [100, 200]})
    >>> draft = replace(Draft.of_table(results), headers={"registered": "Jumlah DPT"})
    >>> with_bases(draft).table["registered_basis"].tolist()
    ['DPT', 'DPT']
    """
    told = _bases_told(draft)
    if told.isna().all():
        return draft
    table = draft.table
    own = table[_BASIS] if _BASIS in table else pd.Series(None, table.index, dtype=object)
    if own.isna().all() and told.notna().all() and told.nunique() == 1:
        return replace(draft, table=_with(table, told))
    keys = [table[name] for name in _KEYS if name in table]
    contest = pd.Series(0, table.index)
    if keys:
        contest = pd.concat(keys, axis=1).groupby([one.name for one in keys], dropna=False).ngroup()
    of_contest = told.groupby(contest)
    told = told.where(of_contest.transform("nunique") != 1, of_contest.transform("first"))
    said = own.notna().groupby(contest).transform("any")
    return replace(draft, table=_with(table, own.where(said, told)))


def _with(table: pd.DataFrame, bases: pd.Series) -> pd.DataFrame:
    """Return a table with these denominators."""
    # Of hundreds of columns, one more that is put in is told as a waste of time.
    others = table.drop(columns=_BASIS, errors="ignore")
    return pd.concat([others, bases.rename(_BASIS)], axis=1)


def _bases_told(draft: Draft) -> pd.Series:
    """Return the denominator that header or lists of each row tell; None where they do not."""
    table, usual = draft.table, draft.headers.get("registered", "")
    none = pd.Series(None, table.index, dtype=object)
    if "registered" not in table:
        return none
    told = pd.Series("+".join(lists_named(usual)) or None, table.index, dtype=object)
    if "header:registered" in draft.origin:
        headers = draft.origin["header:registered"].fillna(usual)
        named = {one: "+".join(lists_named(str(one))) or None for one in headers.unique()}
        told = headers.map(named).astype(object)
    columns, fixed = divided_by(table)
    of_all = fixed.notna().reindex(table.index, fill_value=False)
    told = told.mask(of_all, "+".join(lists_named(" ".join(columns))))
    return told.where(table["registered"].notna(), None)


def check_bases(draft: Draft) -> list[Finding]:
    """Find contests whose rows, or that among each other, are divided by different lists.

    Parameters
    ----------
    draft
        Rows of results with their contests.
    """
    table = with_bases(draft).table
    called = table[_BASIS].map(
        {one: denominator(str(one)) for one in table[_BASIS].dropna().unique()}
    )
    if called.nunique() < _SEVERAL:
        return []
    column = _BASIS if draft.table[_BASIS].notna().any() else "registered"
    known = table.assign(called=called)[called.notna()]
    first, usual = known.drop_duplicates("contest"), known.drop_duplicates("called")
    bases = known.drop_duplicates(["contest", "called"]).groupby("contest", observed=True)[_BASIS]
    first = first.assign(
        n=first["contest"].map(bases.size()), bases=first["contest"].map(bases.agg(_joined))
    )
    first["effect"] = pd.Series([both_ways(known)] * len(first), first.index, dtype="object")
    mixed = first[first["n"] > 1]
    findings = MIXED_BASIS.at(draft, mixed.index, column, mixed)
    if mixed.empty:
        late = first.loc[usual.index[[1]]]
        late = late.assign(n=len(usual), bases=_joined(usual[_BASIS]))
        findings += CHANGED_BASIS.at(draft, late.index, column, late)
    return findings


def check_basis_of_coming(draft: Draft, past: pd.DataFrame) -> list[Finding]:
    """Find that a count or a roll is of other lists than all past results that tell theirs.

    Parameters
    ----------
    draft
        Rows of the count or the roll.
    past
        Canonical results of past elections.
    """
    if held := check_lists_in_registered(draft, past):
        return held
    own = with_bases(draft).table.get(_BASIS, pd.Series(dtype=object)).dropna().astype(str)
    others = past.get(_BASIS, pd.Series(dtype=object)).dropna().astype(str).unique()
    if own.empty or not len(others):
        return []
    if {denominator(one) for one in own.unique()} & {denominator(one) for one in others}:
        return []
    values: dict[str, object] = {
        "own": _joined(own.unique()),
        "others": _joined(others),
        "effect": both_ways(draft.table) or both_ways(past),
    }
    rule = OTHER_BASIS
    spot = Spot(str(draft.origin["file"].iloc[0]), column=draft.headers.get("registered", ""))
    return [rule.once(spot, values)]


def _joined(bases: Iterable[object]) -> str:
    return " / ".join(dict.fromkeys(str(basis) for basis in bases))
