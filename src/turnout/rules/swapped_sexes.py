"""Rules on men and women who stand in each other's columns in a whole election."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.arrays import Floats
from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

_FEW = 8
"""Places that two columns must have in common."""

_CERTAIN = 4.4
"""Standard errors (of Fisher's z) beyond which two columns are related.

Places keep their ratio of men to women, among voters as among registered, so two columns go along;
unrelated ones go against each other as far as this once in 200,000 pairs, and ten elections have
190 pairs: once in a thousand such files.
"""

_COLUMNS = ("registered", "voters")
_LOOKED_AT = [*("contest", "scale", "key", "registered_l", "registered_p", "voters_l", "voters_p")]

SWAPPED_SEXES = Rule(
    "swapped_sexes",
    "warning",
    Text(
        en="where {own} of {contest:contest} are men more often than elsewhere, {others} of "
        "{other:contest} are women more often, as {n:count:place:places} show: men and women are "
        "swapped in one of the two.",
        id="Di {n:count} wilayah, {own} {contest:contest} lebih banyak laki-laki tetapi {others} "
        "{other:contest} lebih banyak perempuan: kolom L dan P tertukar pada salah satunya.",
    ),
    Text(
        en="Compare both with the official forms and exchange the headers of the two columns, or "
        "their figures.",
        id="Bandingkan keduanya dengan formulir resmi, lalu tukarkan judul kolom L dan P, atau "
        "angkanya.",
    ),
)

_CALLED = {
    "registered": Text(en="the registered", id="pemilih terdaftar"),
    "voters": Text(en="the voters", id="pengguna hak pilih"),
}


def check_swapped_sexes(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    """Find elections in which men and women stand in each other's columns.

    A place with more men than others has them in every election, on the roll and among voters.
    Columns that go against the others in this are told; two that have no third are told together.

    Parameters
    ----------
    draft
        The rows that findings point at.
    rows
        Those rows, described, perhaps with those of other tables, whose labels are below zero.
    """
    looked_at = rows[_LOOKED_AT]
    if looked_at["registered_l"].isna().all() and looked_at["voters_l"].isna().all():
        return []
    ratios = _ratios(looked_at)
    findings: list[Finding] = []
    related = _related(ratios.to_numpy(np.float64))
    for _ in range(len(related)):
        against = (related < 0).sum(axis=1)
        if not against.any():
            break
        share = np.where(against > 0, against - (related > 0).sum(axis=1), -len(related))
        one = int(np.flatnonzero(share == share.max())[-1])  # of two alike the later one
        findings += _told(draft, rows, ratios, one, int(np.argmin(related[one])))
        related[one] *= -1
        related[:, one] *= -1
    return findings


def _ratios(rows: pd.DataFrame) -> pd.DataFrame:
    """Return log men per woman by place, a column for each election and kind of count."""
    parts = {}
    areas = rows[rows["scale"] == "area"]
    areas = areas if len(areas) else rows[rows["scale"] == "district"]
    for contest, of_contest in areas.groupby("contest", sort=False):
        once = of_contest.drop_duplicates("key").set_index("key")
        for name in _COLUMNS:
            men, women = (once[f"{name}_{sex}"] for sex in ("l", "p"))
            both = (men > 0) & (women > 0)
            if both.sum() >= _FEW:
                parts[contest, name] = np.log((men / women)[both].astype(float))
    return pd.DataFrame(parts)


def _related(ratios: Floats) -> Floats:
    """Return (columns, columns) by how many standard errors the order of places goes along.

    Zero where that is not certain.
    """
    n = ratios.shape[1]
    related = np.zeros((n, n))
    for one in range(n):
        for other in range(one):
            both = ratios[:, [one, other]]
            both = both[~np.isnan(both).any(axis=1)]
            if len(both) < _FEW:
                continue
            ranks = pd.DataFrame(both).rank()
            if (ranks.std() == 0).any():
                continue
            along = float(np.clip(ranks[0].corr(ranks[1]), -0.999, 0.999))
            errors = np.arctanh(along) * np.sqrt(len(both) - 3)
            if abs(errors) > _CERTAIN:
                related[one, other] = related[other, one] = errors
    return related


def _told(
    draft: Draft, rows: pd.DataFrame, ratios: pd.DataFrame, one: int, other: int
) -> list[Finding]:
    """Return the finding on one column, or on the other where that alone is of this table."""
    named: list[tuple[str, str]] = [(one[0], one[1]) for one in ratios.columns]
    for at, beside in ((one, other), (other, one)):
        contest, name = named[at]
        own = rows.index[(rows["contest"] == contest) & (rows.index >= 0)]
        if len(own):
            beside_contest, beside_name = named[beside]
            values = {
                "contest": contest,
                "own": _CALLED[name],
                "other": beside_contest,
                "others": _CALLED[beside_name],
                "n": int(ratios.iloc[:, [at, beside]].notna().all(axis=1).sum()),
            }
            told = pd.DataFrame([values], index=own[:1])
            return SWAPPED_SEXES.at(draft, own[:1], f"{name}_l", told)
    return []
