"""What evidence cannot be: nobody or all, without a figure, or falling over a day."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding, TurnoutError
from turnout.language import Text
from turnout.part_day import read_clock
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule


def as_shares(values: pd.Series, most: float = 1.0) -> pd.Series[float]:
    """Return figures of which those above `most` are percentages, as shares."""
    numbers = values.astype("float64")
    return numbers.where(~(numbers > most), numbers / 100)


def check_evidence(draft: Draft) -> list[Finding]:
    """Find figures that evidence lacks, or cannot have.

    Parameters
    ----------
    draft
        The rows as they were read: 48% is 0.48 or 48.
    """
    table = draft.table
    findings = [*_lacking(draft)]
    for column in ("said", "actual"):
        if column in table:
            marked = draft.written[column].astype(str).str.contains("%", regex=False)
            share = as_shares(table[column])
            beyond = (share <= 0) | (share >= 1) | (marked & (table[column] > 1))
            findings += NO_SHARE.at(draft, table.index[beyond], column)
    if findings or "time" not in table:
        return findings
    return _by_the_hour(draft)


def _lacking(draft: Draft) -> list[Finding]:
    table = draft.table
    findings: list[Finding] = []
    for column in ("said", "error"):
        if column in table:
            lacking = table.index[table[column].isna()]
            if column == "error":
                for excused in ("actual", "time"):
                    if excused in table:
                        lacking = lacking[table.loc[lacking, excused].isna()]
            findings += LACKING.at(draft, lacking, column)
    return findings


def _by_the_hour(draft: Draft) -> list[Finding]:
    """Find turnout that falls over a day, or is above what the day ended with."""
    rows = draft.table.reindex(columns=["time", "election", "scale", "place", "said", "actual"])
    rows = rows[rows["time"].notna()].assign(clock=lambda table: table["time"].map(_clock))
    rows = rows[rows["clock"].notna()].sort_values("clock", kind="stable")
    said, came = as_shares(rows["said"]), as_shares(rows["actual"])
    past = came.notna()
    above = rows.assign(said=said, came=came)[past & (said > came)]
    whose = [rows[name].astype("str").fillna("") for name in ("election", "scale", "place")]
    by_place = said.groupby([past, *whose], sort=False)
    before = by_place.cummax().groupby([past, *whose], sort=False).shift()
    fallen = rows.assign(said=said, before=before)[said < before]
    return [
        *ABOVE_OUTCOME.at(draft, above.index, "said", above),
        *FALLING.at(draft, fallen.index, "said", fallen),
    ]


def _clock(written: object) -> object:
    """Return an hour; None where it cannot be read, which is told where it is used."""
    try:
        return read_clock(str(written))
    except TurnoutError:
        return None


LACKING = Rule(
    "evidence_without_figure",
    "error",
    Text(en="evidence needs a figure here.", id="bukti luar memerlukan angka di sini."),
    Text(
        en="Write turnout as 70% or 0.70 and its standard error as 4% or 0.04, or delete the row.",
        id="Tulis tingkat partisipasi sebagai 70% atau 0,70 dan galat bakunya sebagai 4% atau "
        "0,04, atau hapus barisnya.",
    ),
)
NO_SHARE = Rule(
    "evidence_no_share",
    "error",
    Text(
        en="turnout must lie above 0% and below 100%.",
        id="tingkat partisipasi harus di atas 0% dan di bawah 100%.",
    ),
    Text(
        en="Write it as 70% or 0.70, or delete the row.",
        id="Tulis sebagai 70% atau 0,70, atau hapus barisnya.",
    ),
)
ABOVE_OUTCOME = Rule(
    "evidence_above_outcome",
    "error",
    Text(
        en="{said:percent} had voted by {time}, but only {came:percent} by the end of that day.",
        id="{said:percent} sudah memilih sampai pukul {time}, padahal sampai akhir hari itu hanya "
        "{came:percent}.",
    ),
    Text(
        en="Correct one of the two, or delete the row.",
        id="Perbaiki salah satunya, atau hapus barisnya.",
    ),
)
FALLING = Rule(
    "falling_turnout",
    "error",
    Text(
        en="{said:percent} had voted by {time}, but {before:percent} at an earlier hour of the "
        "same day: turnout cannot fall.",
        id="{said:percent} sudah memilih sampai pukul {time}, padahal {before:percent} pada jam "
        "sebelumnya di hari yang sama: angka ini tidak mungkin turun.",
    ),
    Text(
        en="Correct one of the two, or delete the row.",
        id="Perbaiki salah satunya, atau hapus barisnya.",
    ),
)
