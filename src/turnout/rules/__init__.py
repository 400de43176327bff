"""Rules on the data: everything wrong or odd in a table is found at once.

A finding with severity ``error`` that names a row can be mended by leaving that row out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from turnout.elections import Election
from turnout.errors import Finding
from turnout.identity.spelling import spelled_quietly
from turnout.own_rolls import TOLD_APART
from turnout.rules.abstainers import check_abstainers
from turnout.rules.added_lists import check_added_lists
from turnout.rules.coming import check_election, check_single, check_type
from turnout.rules.contests import check_partial
from turnout.rules.copied import check_copied, check_copied_roll, check_same_figures, lists_of
from turnout.rules.copied_blocks import check_blocks_copied, check_roll_blocks
from turnout.rules.copied_districts import (
    LOOKED_AT,
    Copy,
    because_copied,
    check_districts_copied,
)
from turnout.rules.copied_places import alike_throughout, check_places_copied
from turnout.rules.denominators import check_basis_of_coming
from turnout.rules.draft import Draft
from turnout.rules.each_contest import check_each_contest
from turnout.rules.empty_stations import check_empty_stations
from turnout.rules.exchanged_elections import check_exchanged_elections
from turnout.rules.history import FAR_JUMP, check_history, check_sizes
from turnout.rules.keys import (
    REPEATED_IN_ROLL,
    check_districts,
    check_places,
    check_repeats,
)
from turnout.rules.like_another_type import because_of_type
from turnout.rules.lineages import lineages
from turnout.rules.measures import completed, described, finest_places
from turnout.rules.misplaced import because_misplaced
from turnout.rules.missing_between import check_missing_between, told_by_totals, totals_lacking
from turnout.rules.multiplied import check_multiplied
from turnout.rules.not_in import not_in_told_once
from turnout.rules.one_sex import because_one_sex
from turnout.rules.other_district import check_district
from turnout.rules.other_rolls import check_other_rolls
from turnout.rules.percent_places import check_percent_places, in_percent, without_percents
from turnout.rules.plausible import check_swapped_places, of_an_empty_count
from turnout.rules.reordered import check_reordered
from turnout.rules.reordered_voters import check_misplaced
from turnout.rules.results_rows import RESULTS_ROWS
from turnout.rules.roll_sexes import check_roll_sexes
from turnout.rules.row_rules import ROLL_ROWS, RowRule
from turnout.rules.rows import check_rows
from turnout.rules.station_numbers import FAR_ON_ROLL, check_per_station
from turnout.rules.stations_above import check_stations_above
from turnout.rules.stations_as_voters import because_stations
from turnout.rules.status import with_stations_asked
from turnout.rules.swapped import (
    because_swapped_columns,
    because_swapped_stations,
    check_swapped,
    check_swapped_columns,
)
from turnout.rules.swapped_sexes import check_swapped_sexes
from turnout.rules.told_once import elsewhere, told_once
from turnout.rules.totals import IN_ROLL, check_totals
from turnout.rules.totals_of_wrong import with_totals_of_wrong
from turnout.rules.under_another import (
    UnderAnother,
    because_under_another,
    check_under_another,
    rows_of,
)
from turnout.rules.units import FRACTIONAL, check_units, without_thousands
from turnout.rules.unknown_places import check_known
from turnout.rules.unnamed_places import because_unnamed
from turnout.schema import COUNT_COLUMNS, PLACE_COLUMNS, RESULTS_COLUMNS, ROLL_COLUMNS

__all__ = [
    "check_counted",
    "check_figures",
    "check_outcome",
    "check_results",
    "check_roll",
    "check_roll_figures",
    "check_roll_history",
]

_COLUMNS = tuple(dict.fromkeys((*RESULTS_COLUMNS, *ROLL_COLUMNS)))
_OTHER_COUNTS = tuple(name for name in COUNT_COLUMNS if name not in ("registered", "voters"))
_ROLL = "roll"


def check_results(draft: Draft, *, crosswalk: pd.DataFrame | None = None) -> tuple[Finding, ...]:
    """Find everything wrong or odd in a results table.

    Parameters
    ----------
    draft
        The file's rows; what reading itself found is left out here.
    crosswalk
        Table of `read_crosswalk`; its areas are not reported as without history.

    Returns
    -------
    tuple of Finding
        Errors and warnings, at least one finding for every offending row of an error.
    """
    whole = completed(draft, *_COLUMNS)
    return _beside(whole, draft, [*_check_results(whole, crosswalk), *check_districts(whole)])


def check_outcome(draft: Draft) -> tuple[Finding, ...]:
    """Find everything wrong or odd in the results of an election that was forecast.

    Its areas need no district: the forecast knows it.
    """
    whole = completed(draft, *_COLUMNS)
    return _beside(whole, draft, _check_results(whole, None))


def _check_results(whole: Draft, crosswalk: pd.DataFrame | None) -> list[Finding]:
    swapped = check_swapped(whole, whole.table)
    columns = check_swapped_columns(whole)
    doubted = whole.rows_at(one.spot for one in swapped).union(columns[1]).union(in_percent(whole))
    copies = _copies(whole, whole.table)
    multiplied, of_these = check_multiplied(whole, whole.table)
    doubted = doubted.union([row for copy in copies for row in copy.rows]).union(of_these)
    sure = whole.doubting(doubted) if len(doubted) else whole
    under = _under_another(sure, whole.table, crosswalk)
    sure = sure.doubting(rows_of(under)) if under else sure
    lists, of_these = check_reordered(sure, sure.table)
    lists = lists or check_exchanged_elections(sure, sure.table)
    if not lists:
        lists, of_these = check_other_rolls(sure, sure.table)
    sure = sure.doubting(of_these) if len(of_these) else sure
    each = because_copied(sure, sure.table, check_each_contest(sure), copies)
    wrong = {one.spot for one in each if one.severity == "error"}
    missing = check_missing_between(sure, under)
    of_part = totals_lacking(sure, missing)
    sized = sure.doubting(of_part) if len(of_part) else sure
    findings = [
        *each,
        *check_partial(sure),
        *check_stations_above(sure),
        *multiplied,
        *lists,
        *check_same_figures(sure),
        *check_swapped_sexes(sure, sure.table),
        *elsewhere(check_history(sized, sized.table, crosswalk), wrong),
        *told_by_totals(missing, each),
    ]
    findings = because_under_another(whole, told_once(findings, swapped), under)
    abstainers, of_these = check_abstainers(sure, sure.table)
    findings = [*elsewhere(findings, {*whole.spots(of_these, "voters")}), *abstainers]
    findings = because_misplaced(whole, findings, check_misplaced(whole))
    findings = because_swapped_stations(whole, because_swapped_columns(whole, findings, columns))
    return because_stations(whole, because_of_type(sure, because_unnamed(whole, findings)))


def _under_another(
    whole: Draft, rows: pd.DataFrame, crosswalk: pd.DataFrame | None
) -> list[UnderAnother]:
    """Return areas whose figures stand under another, but those that a crosswalk ties to others."""
    tied = lineages(rows, crosswalk)
    return check_under_another(whole, rows, tied.index[tied["lineage"] >= 0])


def check_counted(
    draft: Draft,
    *,
    election: Election | None = None,
    results: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
) -> tuple[Finding, ...]:
    """Find everything wrong or odd in the results of a count in progress.

    Stations still missing are in its nature and not reported.

    Parameters
    ----------
    draft
        The file's rows.
    election
        The coming election, which is counted.
    results
        Canonical results of past elections, if they are known.
    places
        The areas to forecast and their old names, if they are known: area, area_id, and district
        where it is known.
    """
    whole = completed(draft, *_COLUMNS)
    before = results
    if results is not None and election is not None:
        before = results[results["date"] < str(election.date)]
    beside = None if before is None else _beside_the_past(whole.table, before)
    rows = whole.table if beside is None else beside
    copies = _copies(whole, rows)
    whole = whole.doubting(in_percent(whole).union([at for one in copies for at in one.rows]))
    under = [] if beside is None else _not_in(whole, _under_another(whole, beside, None))
    whole = whole.doubting(rows_of(under)) if under else whole
    findings = because_copied(whole, rows, check_each_contest(whole, beside), copies)
    findings = because_under_another(whole, findings, under)
    findings += check_swapped_sexes(whole, rows)
    findings = told_once(findings, check_added_lists(whole)) + check_stations_above(whole, places)
    if places is not None:
        findings += [*check_known(whole, places), *check_district(whole, places)]
    if election is not None:
        findings += [*check_election(whole, election), *check_single(whole, election)]
    findings = because_misplaced(whole, findings, check_misplaced(whole))
    findings = because_swapped_stations(
        whole, because_swapped_columns(whole, findings, check_swapped_columns(whole))
    )
    if nothing := of_an_empty_count(findings):
        return (nothing,)
    if beside is not None and (copied := check_copied(whole, beside)):
        return tuple(copied)  # all else would be said of another election
    if before is not None and beside is not None and results is not None:
        findings += [*check_sizes(whole, beside), *check_basis_of_coming(whole, before)]
        findings = told_once(findings, check_swapped(whole, beside))
        findings = with_stations_asked(whole, beside, findings)
        findings += [] if election is None else check_type(whole, election, results)
    return _beside(whole, draft, not_in_told_once(told_once(findings, check_empty_stations(whole))))


def _not_in(whole: Draft, under: list[UnderAnother]) -> list[UnderAnother]:
    """Return what may stand under another in a count, where a place that is not in is no sign.

    That is where its stations stand twice under the other, or this one has more than doubled.
    """
    wrong = whole.part_wrong()
    return [one for one in under if wrong[one.rows].any() or one.times > FAR_JUMP]


def check_roll(draft: Draft, results: pd.DataFrame | None = None) -> tuple[Finding, ...]:
    """Find everything wrong or odd in a roll by itself.

    Parameters
    ----------
    draft
        The roll's rows.
    results
        Canonical results, if they are known: a place that was so before is not odd.
    """
    whole = completed(draft, *_COLUMNS)
    sexes = check_roll_sexes(whole)
    sure = whole.doubting(whole.rows_at(one.spot for one in sexes)) if sexes else whole
    findings = [
        *check_units(whole),
        *check_rows(whole, ROLL_ROWS),
        *check_places(whole),
        *check_districts(whole),
        *check_repeats(whole, REPEATED_IN_ROLL),
        *check_totals(whole, IN_ROLL),
        *check_swapped_places(whole),
        *_per_station(sure, results),
    ]
    findings = because_one_sex(whole, told_once(findings, sexes))
    findings = because_unnamed(whole, because_swapped_stations(whole, findings))
    return _beside(whole, draft, findings)


def _per_station(roll: Draft, results: pd.DataFrame | None) -> list[Finding]:
    """Return what is odd in the stations of a roll; only then the past needs to be looked at."""
    found = check_per_station(roll, rule=FAR_ON_ROLL)
    if results is None or not found:
        return found
    return check_per_station(roll, _beside_the_past(roll.table, results), FAR_ON_ROLL)


def check_roll_history(
    draft: Draft, results: pd.DataFrame, *, crosswalk: pd.DataFrame | None = None
) -> tuple[Finding, ...]:
    """Find what is odd in a roll when it is held against past results.

    Parameters
    ----------
    draft
        The roll's rows.
    results
        Canonical results table.
    crosswalk
        Table of `read_crosswalk`.

    Returns
    -------
    tuple of Finding
        Warnings: areas without history, jumps of the roll, near spellings, changed districts.
    """
    whole = completed(draft, *_COLUMNS)
    day = results["date"].max() + pd.Timedelta(days=1)
    # What lies above the areas is found by its spelling, as the forecast finds it.
    above = list(PLACE_COLUMNS[:-1])
    named = spelled_quietly(whole.table[above], results[above])
    coming = whole.table.assign(date=day, election=_ROLL, **named)
    beside = _beside_the_past(coming, results)
    copied = check_copied_roll(whole, beside)
    for name in () if copied else lists_of(results):
        of_list = _beside_the_past(coming, results.assign(registered=results[name]))
        copied = copied or check_copied_roll(whole, of_list, name)
    for copy in () if copied else check_roll_blocks(whole, beside):
        copied.append(copy.finding)
        whole = whole.doubting(copy.rows)
    whole = whole.doubting(_copied_in_past(whole, beside))
    multiplied, of_these = check_multiplied(whole, beside)
    whole = whole.doubting(of_these) if multiplied else whole
    copied += multiplied
    under = _under_another(whole, beside, crosswalk)
    whole = whole.doubting(rows_of(under)) if under else whole
    lists, of_these = ([], beside.index[:0]) if copied else check_other_rolls(whole, beside)
    beside = beside.drop(of_these)
    findings = [*copied, *lists, *check_history(whole, beside, crosswalk)]
    findings += check_basis_of_coming(whole, results)
    return _beside(whole, draft, because_under_another(whole, findings, under))


def _copied_in_past(whole: Draft, beside: pd.DataFrame) -> pd.Index:
    """Return the rows of places one of which is a copy in the past: a roll is not off for that."""
    alike = alike_throughout(finest_places(beside[beside.index < 0], LOOKED_AT))
    keys = pd.unique(alike[["key", "key_other"]].to_numpy().ravel())
    return whole.table.index[beside["key"].reindex(whole.table.index).isin(keys)]


def _beside_the_past(coming: pd.DataFrame, results: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a table behind those of the past, described; the past's labels are < 0."""
    told = [TOLD_APART] if TOLD_APART in results or TOLD_APART in coming else []
    columns = [*RESULTS_COLUMNS, *told]
    past = results.reindex(columns=columns).set_axis(pd.RangeIndex(-len(results), 0))
    return described(pd.concat([past, coming.reindex(columns=columns)]))


def check_figures(draft: Draft) -> tuple[Finding, ...]:
    """Find the rows of a canonical results table whose figures cannot be counts of people.

    These are the errors of `check_results` that a table made by hand can have row by row; an
    estimate may be fractional.
    """
    people = replace(draft, table=draft.table.assign(**dict.fromkeys(_OTHER_COUNTS, float("nan"))))
    units = [one for one in check_units(people) if one.rule != FRACTIONAL.name]
    told = _of_contests(draft)
    units = units or check_percent_places(told)
    return (*units, *check_rows(told, _errors(RESULTS_ROWS)))


def check_roll_figures(draft: Draft) -> tuple[Finding, ...]:
    """Find the rows of a canonical roll that do not tell how many are registered."""
    columns = list(dict.fromkeys((*_COLUMNS, *draft.table.columns)))
    whole = replace(draft, table=draft.table.reindex(columns=columns))
    return tuple(check_rows(_of_contests(whole), _errors(ROLL_ROWS)))


def _errors(rules: Iterable[RowRule]) -> list[RowRule]:
    return [one for one in rules if one.rule.severity == "error"]


def _copies(whole: Draft, rows: pd.DataFrame) -> list[Copy]:
    """Return what is told of copied blocks; other things in them are odd because of the copy.

    Rows whose stations are told to be copies, or of a wrong size, are left out.
    """
    alone = rows is whole.table
    doubted = whole.table.index[whole.size_doubted()]
    if len(doubted):
        whole = replace(whole, table=whole.table.drop(doubted))
        rows = whole.table if alone else rows.drop(doubted)
    places = finest_places(rows, LOOKED_AT)
    own = places if alone else finest_places(whole.table, LOOKED_AT)
    districts = check_districts_copied(whole, own)
    blocks = [*districts, *check_blocks_copied(whole, places, districts)]
    return [*blocks, *check_places_copied(whole, places, blocks)]


def _of_contests(draft: Draft) -> Draft:
    """Return a canonical draft with the names of its contests, which the rules' texts mention."""
    return replace(draft, table=draft.table.assign(contest=draft.table["election"]))


def _beside(whole: Draft, draft: Draft, findings: list[Finding]) -> tuple[Finding, ...]:
    """Leave out findings at cells, or at sums of such, that reading itself has already reported.

    An error at a figure has the rows of totals that hold it.
    """
    told = {finding.spot for finding in draft.findings}
    sums = draft.table.index[draft.unit_wrong()]
    told |= {spot for name in COUNT_COLUMNS for spot in draft.spots(sums, name) if len(sums)}
    findings = with_totals_of_wrong(whole, without_percents(draft, elsewhere(findings, told)))
    return tuple(without_thousands(draft, without_percents(draft, findings)))
