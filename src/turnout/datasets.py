"""The tables that are shipped: turnout in Kota Jambi, and goals and turnout in Indonesia."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from turnout.schema import canonical_results, canonical_roll

_TEXTS = {"area_id": "str", "new_id": "str", "old_id": "str"}


@dataclass(frozen=True)
class Jambi:
    """What was known about Kota Jambi before the Pilkada of 27 November 2024.

    Parameters
    ----------
    results
        Canonical results table: eight contests of the city, two of them by kelurahan as well.
    roll
        Registered voters per kelurahan for the Pilkada, an estimate.
    crosswalk
        The parents of the kelurahan that were new in 2023.
    """

    results: pd.DataFrame
    roll: pd.DataFrame
    crosswalk: pd.DataFrame


def jambi_file(name: str) -> Path:
    """Return the path of one file of the shipped example, such as ``results.csv``."""
    return _shipped("jambi", name)


def indonesia_file(name: str) -> Path:
    """Return the path of one shipped file on all of Indonesia, such as ``goals.csv``."""
    return _shipped("indonesia", name)


def _shipped(folder: str, name: str) -> Path:
    """Return the path of a shipped file.

    In an installed package the tables lie beside the code, in a checkout in its own data folder.
    """
    code = Path(__file__).resolve().parent
    installed = code / "data" / folder
    place = installed if installed.is_dir() else code.parents[1] / "data" / folder
    return place / name


def load_jambi() -> Jambi:
    """Load the public figures of Kota Jambi; the source of each is in the column ``source``.

    Returns
    -------
    Jambi
        Its results, roll and crosswalk.

    Examples
    --------
    >>> jambi = load_jambi()
    >>> totals = jambi.results[jambi.results["area"].isna()]
    >>> (totals["voters"] / totals["registered"]).round(3).tolist()
    [0.627, 0.69, 0.679, 0.689, 0.695, 0.804, 0.648, 0.803]
    >>> int(jambi.roll["registered"].sum()), len(jambi.roll)
    (455276, 68)
    """
    return Jambi(
        results=canonical_results(_read("results.csv")),
        roll=canonical_roll(_read("roll_2024-11-27.csv")),
        crosswalk=_read("crosswalk.csv"),
    )


def load_jambi_outcome() -> pd.DataFrame:
    """Load what happened in Kota Jambi on 27 November 2024, which no forecast reads.

    >>> outcome = load_jambi_outcome()
    >>> round(float(outcome["voters"].iloc[0] / outcome["registered"].iloc[0]), 4)
    0.6245
    """
    return canonical_results(_read("outcome_2024-11-27.csv"))


def load_jambi_outreach() -> pd.DataFrame:
    """Load an activity log for Kota Jambi that is invented: no public one exists.

    Its column ``simulated`` is True in every row; what is estimated or planned from it says so.
    Made by `turnout.synthetic.simulate_log` with seed 2024.

    >>> log = load_jambi_outreach()
    >>> len(log), bool(log["simulated"].all())
    (180, True)
    """
    return _read("outreach_simulated.csv")


def load_goals() -> pd.DataFrame:
    """Load stated goals for turnout in Indonesia and what came, all from before November 2024.

    They were found in reports and news, not drawn by lot: data/indonesia/README.md tells how.

    >>> goals = load_goals()
    >>> len(goals), int(goals["reached"].eq("yes").sum())
    (24, 5)
    """
    return pd.read_csv(indonesia_file("goals.csv"))


def load_indonesia() -> pd.DataFrame:
    """Load the turnout (percent) of about 500 kabupaten and kota from 2014 to February 2024.

    One row per region, one column per contest, blank where not known; the sources are in
    data/indonesia/README.md.

    >>> table = load_indonesia()
    >>> int((table["pilkada_2015"] >= 77.5).sum()), int(table["pilkada_2015"].notna().sum())
    (46, 283)
    """
    return pd.read_csv(indonesia_file("turnout.csv"))


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(jambi_file(name), dtype=_TEXTS, keep_default_na=False, na_values=[""])
