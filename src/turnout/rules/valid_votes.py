"""Valid ballots in the column of voters: turnout is then too low by the invalid ones."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

VALID_AND_INVALID = "valid_and_invalid"
"""The rule on a row whose valid and invalid ballots are not its voters."""

_FEW, _NEARLY_ALL = 3, 0.9
"""Rows of a contest with invalid ballots, and the share of them, that tell it."""
_MANY = 10
"""Rows of a contest from which on it is odd that no ballot of any was invalid."""

VALID_FOR_VOTERS = Rule(
    "valid_for_voters",
    "warning",
    Text(
        en="in {n:count} of {all:count} rows of {contest:contest} the voters are the valid "
        "ballots alone, yet there are {invalid:count} invalid ones. With these turnout is "
        "{rest:percent}, not {turnout:percent}.",
        id="pada {n:count} dari {all:count} baris {contest:contest}, pengguna hak pilih sama "
        "dengan suara sah, padahal ada {invalid:count} suara tidak sah. Bila dihitung juga, "
        "partisipasinya {rest:percent}, bukan {turnout:percent}.",
    ),
    Text(
        en="Put in all who voted, or leave out the column of voters: valid and invalid ballots are "
        "added up then. If the voters are right, correct the valid ballots.",
        id="Isi dengan semua yang memilih, atau hapus kolom pengguna hak pilih: suara sah dan "
        "tidak sah lalu dijumlahkan. Bila pengguna hak pilihnya benar, perbaiki suara sahnya.",
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


def because_valid(draft: Draft, findings: list[Finding]) -> list[Finding]:
    """Return findings with one for contests whose voters are the valid ballots.

    It stands in place of what is said of the sum of the ballots of each row.

    Parameters
    ----------
    draft
        Described rows.
    findings
        What was found in them.
    """
    table = draft.table
    rows = table[(table["voters"] > 0) & table["valid"].notna()]
    same, contest = rows["voters"] == rows["valid"], rows["contest"]
    invalid = rows["invalid"] > 0
    told = _mostly(same[invalid], contest[invalid], _FEW, _NEARLY_ALL)
    untold = rows["invalid"].isna()
    alike = _mostly(same[untold], contest[untold], _MANY, 1.0)
    if told.empty and alike.empty:
        return findings
    spots = {*draft.spots(told, "voters")} if len(told) else set()
    kept = [one for one in findings if one.rule != VALID_AND_INVALID or one.spot not in spots]
    return [*kept, *_tell(draft, VALID_FOR_VOTERS, told), *_tell(draft, NONE_INVALID, alike)]


def _mostly(same: pd.Series, contest: pd.Series, fewest: int, share: float) -> pd.Index:
    """Return the rows that are so, of contests most of whose rows are."""
    by = same.groupby(contest)
    return same.index[same & (by.transform("size") >= fewest) & (by.transform("mean") >= share)]


def _tell(draft: Draft, rule: Rule, rows: pd.Index) -> list[Finding]:
    """Return what is said of the rows of each contest."""
    findings = []
    for contest, told in draft.table.loc[rows].groupby("contest", sort=False):
        sums = told[["registered", "voters", "invalid"]].sum()
        values = {
            "n": len(told),
            "all": int((draft.table["contest"] == contest).sum()),
            "contest": contest,
            "invalid": sums["invalid"],
            "turnout": sums["voters"] / sums["registered"],
            "rest": (sums["voters"] + sums["invalid"]) / sums["registered"],
        }
        spot = replace(draft.spot(told.index[0], "voters"), row=None, value="")
        findings.append(Finding(rule.name, rule.severity, rule.message, rule.remedy, spot, values))
    return findings
