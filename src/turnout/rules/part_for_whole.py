"""A part in the column of the whole: valid ballots for voters, one sex for all."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

VALID_AND_INVALID = "valid_and_invalid"
"""The rule on a row whose valid and invalid ballots are not its voters."""

_FEW, _NEARLY_ALL = 3, 0.9
"""Rows of a contest with figures of the other part, and the share of them, that tell it."""
_MANY = 10
"""Rows of a contest from which on it is odd that no ballot of any was invalid."""

VALID_FOR_VOTERS = Rule(
    "valid_for_voters",
    "warning",
    Text(
        en="in {n:count} of {all:count} rows of {contest:contest} the voters are the valid "
        "ballots alone, yet there are {lacking:count} invalid ones. With these turnout is "
        "{rest:percent}, not {turnout:percent}.",
        id="pada {n:count} dari {all:count} baris {contest:contest}, pengguna hak pilih sama "
        "dengan suara sah, padahal ada {lacking:count} suara tidak sah. Bila ikut dihitung, "
        "partisipasinya {rest:percent}, bukan {turnout:percent}.",
    ),
    Text(
        en="Put in all who voted, or leave out the column of voters: valid and invalid ballots are "
        "added up then. If the voters are right, correct the valid ballots.",
        id="Isi dengan jumlah seluruh pengguna hak pilih, atau hapus kolomnya: program "
        "menjumlahkan suara sah dan tidak sah. Bila pengguna hak pilihnya benar, perbaiki suara "
        "sahnya.",
    ),
)

NONE_INVALID = Rule(
    "none_invalid",
    "warning",
    Text(
        en="in all {n:count} rows of {contest:contest} the voters are as many as the valid "
        "ballots: either no ballot was invalid, or turnout is too low by the invalid ones.",
        id="pada seluruh {n:count} baris {contest:contest}, pengguna hak pilih sama dengan suara "
        "sah: tidak ada satu pun suara tidak sah, atau partisipasinya terlalu rendah sebanyak "
        "suara tidak sah.",
    ),
    Text(
        en="Look in the source document whether the voters are all who voted; if they are, leave "
        "them.",
        id="Periksa di dokumen sumbernya apakah pengguna hak pilih itu semua yang memilih; bila "
        "memang ya, biarkan.",
    ),
)


ONE_SEX_FOR_ALL = Rule(
    "one_sex_for_all",
    "warning",
    Text(
        en="in {n:count} of {all:count} rows of {contest:contest} the {figure} are those of {sex} "
        "alone, yet there are {lacking:count} {other}. With these turnout is {rest:percent}, not "
        "{turnout:percent}.",
        id="pada {n:count} dari {all:count} baris {contest:contest}, {figure} hanya {sex}, padahal "
        "ada {lacking:count} {other}. Bila ikut dihitung, partisipasinya {rest:percent}, bukan "
        "{turnout:percent}.",
    ),
    Text(
        en="Put in men and women together, or delete the column: both are added up then.",
        id="Isi dengan jumlah L dan P, atau hapus kolomnya: program menjumlahkan L dan P.",
    ),
)

_WORDS = {
    "registered": Text(en="registered", id="pemilih terdaftarnya"),
    "voters": Text(en="voters", id="pengguna hak pilihnya"),
    "_l": Text(en="men (L)", id="laki-laki (L)"),
    "_p": Text(en="women (P)", id="perempuan (P)"),
}


@dataclass(frozen=True)
class _Parts:
    """A column that may hold a part of what it should, and the columns of that and of the rest.

    ``sums`` is the rule on rows whose parts are not their whole.
    """

    rule: Rule
    sums: str
    whole: str
    part: str
    rest: str


_PARTS = (
    _Parts(VALID_FOR_VOTERS, VALID_AND_INVALID, "voters", "valid", "invalid"),
    *(
        _Parts(ONE_SEX_FOR_ALL, f"{whole}_l_p", whole, f"{whole}{part}", f"{whole}{rest}")
        for whole in ("registered", "voters")
        for part, rest in (("_l", "_p"), ("_p", "_l"))
    ),
)


def because_part(draft: Draft, findings: list[Finding]) -> list[Finding]:
    """Return findings with one for each contest whose figures are a part of what they should be.

    It stands in place of what is said of the sums of its rows.

    Parameters
    ----------
    draft
        Described rows.
    findings
        What was found in them.
    """
    kept = list(findings)
    for parts in _PARTS:
        told = draft.table[[parts.whole, parts.part, parts.rest, "contest"]]
        told = told[(told[parts.whole] > 0) & (told[parts.rest] > 0)]
        same = told[parts.whole] == told[parts.part]
        rows = _mostly(same, told["contest"], _FEW, _NEARLY_ALL)
        if len(rows):
            spots = {*draft.spots(rows, parts.whole)}
            kept = [one for one in kept if one.rule != parts.sums or one.spot not in spots]
            kept += _tell(draft, parts, rows)
    table = draft.table[(draft.table["voters"] > 0) & draft.table["invalid"].isna()]
    alike = _mostly(table["voters"] == table["valid"], table["contest"], _MANY, 1.0)
    return [*kept, *_tell(draft, replace(_PARTS[0], rule=NONE_INVALID), alike)]


def _mostly(same: pd.Series, contest: pd.Series, fewest: int, share: float) -> pd.Index:
    """Return the rows that are so, of contests most of whose rows are."""
    if not same.any():
        return same.index[:0]
    by = same.groupby(contest)
    return same.index[same & (by.transform("size") >= fewest) & (by.transform("mean") >= share)]


def _tell(draft: Draft, parts: _Parts, rows: pd.Index) -> list[Finding]:
    """Return what is said of the rows of each contest."""
    findings, rule, whole = [], parts.rule, parts.whole
    for contest, told in draft.table.loc[rows].groupby("contest", sort=False):
        sums = told[[*dict.fromkeys(("registered", "voters", parts.rest))]].sum()
        with_rest = sums[whole] + sums[parts.rest]
        both = {"registered": sums["registered"], "voters": sums["voters"], whole: with_rest}
        values = {
            "n": len(told),
            "all": int((draft.table["contest"] == contest).sum()),
            "contest": contest,
            "figure": _WORDS[whole],
            "sex": _WORDS.get(parts.part.removeprefix(whole)),
            "other": _WORDS.get(parts.rest.removeprefix(whole)),
            "lacking": sums[parts.rest],
            "turnout": sums["voters"] / sums["registered"],
            "rest": both["voters"] / both["registered"],
        }
        spot = replace(draft.spot(told.index[0], whole), row=None, value="")
        findings.append(rule.once(spot, values))
    return findings
