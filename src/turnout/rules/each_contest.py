"""What is wrong or odd in the rows of each contest by themselves."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.rules.contests import check_contests
from turnout.rules.days import check_days
from turnout.rules.draft import Draft
from turnout.rules.keys import check_keys
from turnout.rules.one_sex import because_one_sex
from turnout.rules.part_for_whole import because_part
from turnout.rules.percent_places import counts_alone
from turnout.rules.plausible import check_plausible
from turnout.rules.presidents import check_presidents
from turnout.rules.results_rows import RESULTS_ROWS
from turnout.rules.rows import check_rows
from turnout.rules.station_numbers import check_per_station
from turnout.rules.told_once import elsewhere, told_once
from turnout.rules.units import check_units


def check_each_contest(whole: Draft, beside: pd.DataFrame | None = None) -> list[Finding]:
    """Find what is wrong or odd in rows, their keys, days and units.

    Parameters
    ----------
    whole
        Described rows (`turnout.rules.measures.completed`).
    beside
        Of a count, its rows behind those of the past, which tell what stations usually hold.
    """
    units = check_units(whole)
    findings = [
        *check_rows(whole, RESULTS_ROWS),
        *check_keys(whole),
        *check_contests(counts_alone(whole, units)),
        *check_days(whole),
        *check_presidents(whole),
        *check_per_station(whole, beside),
    ]
    findings = because_one_sex(whole, told_once(findings, check_plausible(whole)))
    findings = because_part(whole, findings)
    return [*units, *elsewhere(findings, {spot for one in units for spot in one.spots})]
