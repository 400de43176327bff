"""elex-model (The Washington Post) before polling day.

Its question is election night's: how many votes are still out, given the areas that have reported.
Before the day none has. So it is given a night on which areas of *past* contests have reported and
those of the coming contest have not, and its own `ModelClient` does all the rest: it sets aside
strange and outlying units, fits its quantile regression to the relative change of the votes from
the baseline, calibrates conformally, and sums to the aggregate by its own rule (its nonparametric
intervals add up; its Gaussian ones by the independent errors of the units).

* Estimand: `turnout`, which is a count of votes. Baseline: the area's last turnout of the same
  type (else of any), times the roll of the contest in question: the roll is known before the day,
  and without this a growing roll would count as a growing turnout. Votes over the roll are shares.
* Reporting: every past contest of the type whose baselines are of the type, as the coming one's
  are (else of other types, else all changes): with the *newest* such contest alone, as on an
  election night, or with *all* of them, from which it can learn how much contests differ.
* Feature: the baseline itself, centred, which lets a high last turnout be followed by a lower one.
* Aggregate: `postal_code` is "coming" for the areas of the coming contest, "past" for the others.
  No area of "coming" has reported, so the Gaussian model takes the calibration of all units.
* No S3 and no files: settings and baselines are passed in, `save_output` is empty. The id of the
  election is only the key of the settings.

Tried as well: without the feature, and with outlying units kept; docs/accuracy.md has the figures.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

import pandas as pd

from peer_task import LEVELS, Said, Task

SETTINGS = {
    "day": [
        {
            "office": "P",
            "states": ["past", "coming"],
            "geographic_unit_types": ["area"],
            "historical_election": [],
            "features": ["last"],
            "aggregates": ["postal_code", "unit"],
            "fixed_effect": [],
            "baseline_pointer": {"turnout": "turnout"},
        }
    ]
}


def ask(units: pd.DataFrame, method: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what the client says of the units, by their code, and of the wholes; see `LEVELS`."""
    from elexmodel.client import ModelClient

    for name in ("elexmodel", "py.warnings"):
        logging.getLogger(name).setLevel(logging.ERROR)
    keys = ["postal_code", "geographic_unit_fips"]
    said = ModelClient().get_estimates(
        units[[*keys, "percent_expected_vote", "results_turnout"]],
        "day",
        "P",
        ["turnout"],
        prediction_intervals=list(LEVELS),
        geographic_unit_type="area",
        raw_config=SETTINGS,
        preprocessed_data=units[[*keys, "baseline_turnout", "last"]].copy(),
        features=["last"],
        aggregates=["postal_code", "unit"],
        pi_method=method,
        save_output=[],
    )
    of_units = said["unit_data"].set_index("geographic_unit_fips")
    return of_units, said["state_data"].set_index("postal_code")


def elex_model(task: Task, method: str, contests: int) -> Said:
    """Ask its client; `contests` is how many of the newest changes have "reported"."""
    units = _units(task, contests)
    of_units, of_wholes = ask(units, method)
    columns = [f"lower_{level}_turnout" for level in LEVELS]
    columns += ["pred_turnout", *(f"upper_{level}_turnout" for level in LEVELS[::-1])]
    coming = units.loc[units["postal_code"] == "coming", "geographic_unit_fips"]
    votes = of_units.loc[coming, columns]
    whole = of_wholes.loc["coming", columns]
    registered = task.coming["registered"].to_numpy(float)
    return Said.of_intervals(
        votes.to_numpy(float).T / registered, whole.to_numpy(float) / registered.sum()
    )


def _units(task: Task, contests: int) -> pd.DataFrame:
    """Reporting and nonreporting units: votes, votes before, on the same roll."""
    changes = [
        with_baseline(rows, task.past[task.past["date"] < day])
        for (day, _), rows in task.past.groupby(["date", "election"])
    ]
    coming = with_baseline(task.coming, task.past)
    past = _like(pd.concat(changes).dropna(subset=["baseline"]), coming, task.election_type)
    newest = past["election"].drop_duplicates().iloc[-contests:]
    past = past[past["election"].isin(newest)].assign(postal_code="past", percent_expected_vote=100)
    coming = coming.assign(postal_code="coming", percent_expected_vote=0, share=0.0)
    units = pd.concat([past, coming], ignore_index=True)
    return units.assign(
        geographic_unit_fips=[f"{row:06d}" for row in range(len(units))],
        results_turnout=(units["share"] * units["registered"]).round(),
        baseline_turnout=(units["baseline"] * units["registered"]).round(),
        last=units["baseline"],
    )


def with_baseline(rows: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Add the areas' last share, and whether it is of the contest's type."""
    of_type = before[before["type"] == rows["type"].iloc[0]]
    same = rows["area"].map(of_type.groupby("area")["share"].last())
    last = rows["area"].map(before.groupby("area")["share"].last())
    return rows.assign(baseline=same.fillna(last), same=same.notna())


def _like(changes: pd.DataFrame, coming: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Choose the past changes that are most like the coming one: same type from same type."""
    same = changes["same"] == (coming["same"].mean() > 0.5)
    for chosen in (same & (changes["type"] == kind), same):
        if chosen.any():
            return changes[chosen]
    if changes.empty:
        raise ValueError("no area had been observed twice")
    return changes


ELEX: dict[str, Callable[[Task], Said]] = {
    f"elex-model {method}, {told}": partial(elex_model, method=method, contests=contests)
    for method in ("nonparametric", "gaussian")
    for told, contests in (("newest change", 1), ("all changes", 100))
}
