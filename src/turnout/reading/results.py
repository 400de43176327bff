"""Results tables: from a file to the canonical table, checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from turnout.elections import Election
from turnout.errors import Finding, Spot
from turnout.identity.reports import UNTIL, latest_reports, with_times
from turnout.language import Text
from turnout.reading.counted_names import named_as_known
from turnout.reading.draft_file import draft_table
from turnout.reading.files.sheets import Sources, open_grids
from turnout.reading.headers.aliases import RESULTS
from turnout.reading.headers.complaints import DATE_IN_TITLE
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.hints import NO_HINTS, Hints
from turnout.reading.layouts.postal import APART, WITHOUT_ROLL
from turnout.reading.layouts.station_numbers import told_of_a_count
from turnout.reading.layouts.stations import STATION_ZERO
from turnout.reading.named_sheets import sheets_named
from turnout.reading.reading import Reading, accepted, conclude
from turnout.reading.told_elections import history_as_count
from turnout.reading.told_places import SpotsOfPlaces
from turnout.reading.whole_rolls import with_registered_shared
from turnout.rules import check_counted, check_outcome, check_results
from turnout.rules.draft import Draft
from turnout.rules.empty_stations import EMPTY_STATIONS
from turnout.rules.measures import place_names
from turnout.rules.offices import of_one_office
from turnout.rules.open_totals import without_open_totals
from turnout.rules.plausible import NOBODY_IN_MANY
from turnout.rules.row_rules import ZERO_REGISTERED
from turnout.rules.rule import Rule
from turnout.rules.totals import TOTAL_ABOVE_PARTS
from turnout.rules.under_another import without_numbers_of_two
from turnout.schema import LISTED, OF_STATIONS, PLACE_COLUMNS, canonical_results


def read_results(
    source: Sources,
    *,
    columns: Mapping[str, str] | None = None,
    dates: Mapping[str, object] | str | dt.date | None = None,
    types: Mapping[str, str] | str | None = None,
    sheet: str | Sequence[str] | None = None,
    crosswalk: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Read past results from a file or a DataFrame, and check them.

    Parameters
    ----------
    source
        Path of a file, or a DataFrame. CSV with comma, semicolon or tab in any common encoding;
        Excel (.xlsx, .xls) and OpenDocument with titles, merged headers, L/P/JML columns and
        several sheets; the commissions' recapitulation; Sirekap's columns, summed over the polling
        stations; Parquet; each also gzipped. Long, or wide with columns per election.
    columns
        What headers mean that are not known or not clear, such as ``{"jml": "registered"}``.
    dates
        Polling days that the file does not say: one for all of it, or one per label, such as
        ``{"2018": "2018-06-27"}``. A label is a year, the name of a sheet or a file, the label of
        an election, or several of their words (``"2014 pileg"``).
    types
        Types that the file does not say, or says in other words, likewise:
        ``{"2018": "pilkada", "PPWP": "pilpres"}``.
    sheet
        Names of the sheets to read; all that hold the table when not given.
    crosswalk
        Table of `read_crosswalk`; its areas are not reported as being without history.

    Returns
    -------
    pandas.DataFrame
        The canonical table of `turnout.schema.canonical_results`; counts, never shares.

    Raises
    ------
    DataError
        With every error of the file at once: where it is, what is wrong, what to do.

    Warns
    -----
    DataWarning
        Once, with everything that deserves a look.

    Examples
    --------
    >>> table = pd.DataFrame({"Tanggal": ["27 November 2024"] * 2, "Jenis": ["Pilkada"] * 2,
    ...                       "Kelurahan": ["Kasang", "Murni"], "DPT": ["4.512", "3.008"],
    ...                       "Pengguna Hak Pilih": ["2.900", "1.851"]})
    >>> read_results(table)[["area", "registered", "voters"]]
         area  registered  voters
    0  Kasang      4512.0  2900.0
    1   Murni      3008.0  1851.0
    """
    hints = Hints.of(columns, dates, types, sheet)
    return accepted(load_results(source, hints=hints, crosswalk=crosswalk))


def load_results(
    source: Sources,
    *,
    hints: Hints = NO_HINTS,
    crosswalk: pd.DataFrame | None = None,
) -> Reading:
    """Read past results and return the good rows beside everything that was found.

    Parameters
    ----------
    source, crosswalk
        As in `read_results`.
    hints
        What the user says of the file.

    Returns
    -------
    Reading
        `table` holds the rows without errors (none where an error concerns the whole file, such
        as a missing column), `rejected` the others.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    draft = _results_of(source, RESULTS, hints)
    findings = check_results(draft, crosswalk=crosswalk) if len(draft.table) else ()
    told, findings = without_numbers_of_two(draft.findings, findings)
    return conclude(replace(draft, findings=told), findings, canonical_results)


def _results_of(source: Sources, vocabulary: Vocabulary, hints: Hints) -> Draft:
    """Return the rows of results, without what only tells of a count."""
    draft = draft_table(source, vocabulary, hints)
    return replace(draft, table=draft.table.drop(columns=[LISTED, *OF_STATIONS], errors="ignore"))


def load_outcome(source: Sources, election: Election, *, hints: Hints = NO_HINTS) -> Reading:
    """Read the results of an election that was forecast.

    Parameters
    ----------
    source
        As in `read_results`.
    election
        The election, whose day and type count where the file has no column that tells them, nor a
        label; a year that agrees with that day tells it.
    hints
        What the user says of the file.

    Returns
    -------
    Reading
        As of `load_results`; that the day or the type was taken from `election` is a warning.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.

    Examples
    --------
    >>> table = pd.DataFrame({"Kelurahan": ["Kasang"], "DPT": [4512], "Pengguna Hak Pilih": [2900]})
    >>> load_outcome(table, Election("2024-11-27", "pilkada")).table["election"].tolist()
    ['2024-11-27-pilkada']
    """
    hints = hints.of_election(election)
    needed = tuple(one for one in RESULTS.needed if one not in _CONTEST)
    draft = _results_of(source, replace(RESULTS, needed=needed), hints)
    untold = [name for (name,) in _CONTEST if name not in draft.table]
    if untold and not len(draft.table):
        return conclude(draft, (), canonical_results)
    if not untold or {"year", "election"} & set(draft.headers):
        draft = _results_of(source, RESULTS, hints)
        findings = check_outcome(draft) if len(draft.table) else ()
        return conclude(draft, findings, canonical_results)
    draft = _of_election(draft, election)
    values = {"day": election.date, "kind": election.election_type}
    spot = Spot(str(draft.origin["file"].iloc[0]))
    message = _TAKEN if len(untold) == len(_CONTEST) else _TAKEN_ONE[untold[0]]
    taken = Finding("contest_taken", "warning", message, _SAY_OTHER, spot, values)
    return conclude(draft, (taken, *check_outcome(draft)), canonical_results)


def load_counted(
    source: Sources,
    *,
    hints: Hints = NO_HINTS,
    election: Election | None = None,
    results: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
) -> Reading:
    """Read the results of a count in progress, in which stations may be missing.

    Parameters
    ----------
    source
        As in `read_results`, with the stations counted so far and their total.
    election
        The coming election, which gives rows their date and type, and its year its day; rows of
        any other are errors.
    results
        Results of past elections. A place far below all of its own without word of stations is
        then an error, as it may be in with some of them only.
    places
        The areas to forecast and their old names: area and area_id, and district where it is
        known. Any other is an error.
    hints
        What the user says of the file.

    Returns
    -------
    Reading
        As of `load_results`.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    draft, findings = _draft_of_count(source, hints, election, results, places)
    if election is not None and any(
        one.severity == "error" for one in (*draft.findings, *findings)
    ):
        grids = sheets_named(open_grids(source), hints.sheets, "counted")
        if history := history_as_count(grids, hints, election):
            draft = replace(draft, table=draft.table.iloc[:0], findings=tuple(history))
            findings = ()
    reading = conclude(draft, findings, canonical_results)
    return replace(reading, spots=SpotsOfPlaces(draft))


def _draft_of_count(
    source: Sources,
    hints: Hints,
    election: Election | None,
    results: pd.DataFrame | None,
    places: pd.DataFrame | None,
) -> tuple[Draft, tuple[Finding, ...]]:
    """Return the rows of a count, and what was found in them."""
    count = replace(RESULTS, may_be_empty=True)
    if election is not None:
        needed = tuple(one for one in count.needed if one not in _CONTEST)
        count = replace(count, role="counted", needed=needed)
        hints = hints.of_election(election)
    draft = draft_table(source, count, hints, [results, places])
    if election is not None:
        draft = of_one_office(_of_election(draft, election), election)
    if not len(draft.table):
        return draft, ()
    if hints.whole_rolls:
        draft = with_registered_shared(draft)
    draft = without_open_totals(_with_totals_unknown(draft))
    draft = replace(draft, findings=tuple(map(_in_words_of_a_count, draft.findings)))
    if places is not None:
        draft = named_as_known(draft, places)
    told: list[Finding] = []
    if election is not None:
        draft, told = _of_latest_reports(draft, election)
    found = check_counted(draft, election=election, results=results, places=places)
    kept, found = without_numbers_of_two(draft.findings, found)
    draft = replace(draft, findings=kept)
    if any(one.rule == EMPTY_STATIONS.name for one in found):  # said of each place, not of each row
        single = [one for one in draft.findings if one.rule != STATION_ZERO.name]
        draft = replace(draft, findings=tuple(single))
    draft = replace(draft, findings=tuple(told_of_a_count(draft.findings)))
    return draft, (*told, *map(_in_words_of_a_count, found))


def _with_totals_unknown(draft: Draft) -> Draft:
    """Return a count in which stations that are in are not taken for all there are.

    Where nobody says how many stations a place has, the roll tells whether its rows are all.
    """
    if LISTED not in draft.table:
        return draft
    listed = draft.table[LISTED].notna()
    table = draft.table.assign(stations_total=draft.table["stations_total"].mask(listed))
    written = draft.written.assign(stations_total=draft.written["stations_total"].mask(listed, ""))
    return replace(draft, table=table, written=written)


def _in_words_of_a_count(finding: Finding) -> Finding:
    """Return a finding as it is of a count, where some are yet to come."""
    said = _OF_A_COUNT.get(finding.message, finding.message)
    remedy = _REMEDIES_OF_A_COUNT.get(finding.rule, finding.remedy)
    return replace(finding, message=said, remedy=remedy)


def _of_latest_reports(draft: Draft, election: Election) -> tuple[Draft, list[Finding]]:
    """Return a count without the reports that later ones of the same place replace."""
    table = with_times(draft.table, election)
    draft = replace(draft, table=table)
    kept = latest_reports(table, election).index
    gone = table.index.difference(kept)
    names = place_names(table.reindex(columns=list(dict.fromkeys([*PLACE_COLUMNS, *table]))))
    told = REPLACED.at(draft, gone, UNTIL, table.assign(place=names))
    rows = {name: getattr(draft, name).loc[kept] for name in ("table", "written", "origin")}
    return replace(draft, **rows), told


def _of_election(draft: Draft, election: Election) -> Draft:
    """Return a count whose rows are of the coming election where they say nothing else.

    A title that tells its very day needs no look.
    """
    table = draft.table.copy()
    day = pd.Timestamp(election.date)
    told = [one for one in draft.findings if not _confirms(one, election)]
    for name, value in (("date", day), ("election_type", election.election_type)):
        if name not in table:
            table[name] = value
        else:
            table[name] = table[name].where(table[name].notna(), value)
    return replace(draft, table=table, findings=tuple(told))


def _confirms(finding: Finding, election: Election) -> bool:
    """Whether all that a finding tells is that a title has the day of the coming election."""
    return finding.rule == DATE_IN_TITLE and finding.values["day"] == election.date


_OF_A_COUNT = {WITHOUT_ROLL.message: APART}
_TOTAL_OF_A_COUNT = Text(
    en="If rows are yet to come, delete the total, or give it the registered of the rows that are "
    "in; else correct the figure that is wrong.",
    id="Bila ada rincian yang belum masuk, hapus baris jumlah itu, atau isi DPT-nya hanya dari "
    "rincian yang sudah masuk; bila tidak, perbaiki angka yang keliru.",
)
_NOT_IN = Text(
    en="Where no station is in yet, leave the figures blank or say 0 in a column stations_counted; "
    "else give the registered of the stations that are in.",
    id="Bila belum ada TPS yang masuk, kosongkan angkanya atau isi 0 pada kolom TPS masuk; bila "
    "sudah, isikan DPT dari TPS yang masuk.",
)
_ZERO_IN = Text(
    en="Where a place is not in yet, leave its voters blank, or say 0 in stations_counted; else "
    "fill them in.",
    id="Bila wilayahnya belum masuk, kosongkan pengguna hak pilihnya atau isi 0 pada kolom TPS "
    "masuk; bila sudah, isikan angkanya.",
)
_REMEDIES_OF_A_COUNT = {
    TOTAL_ABOVE_PARTS.name: _TOTAL_OF_A_COUNT,
    ZERO_REGISTERED.rule.name: _NOT_IN,
    NOBODY_IN_MANY.name: _ZERO_IN,
}
_CONTEST = (("date",), ("election_type",))
_TAKEN = Text(
    en="the results do not tell their day and type in columns of their own; they are taken as "
    "those of the {kind} of {day:day}, which was forecast.",
    id="berkas hasil tidak memuat tanggal dan jenis pemilihannya; dianggap hasil {kind} {day:day} "
    "yang diprakirakan.",
)
_TAKEN_ONE = {
    "date": Text(
        en="the results do not tell their day; they are taken as those of the {kind} of {day:day}, "
        "which was forecast.",
        id="berkas hasil tidak memuat tanggal pemilihannya; dianggap hasil {kind} {day:day} yang "
        "diprakirakan.",
    ),
    "election_type": Text(
        en="the results do not tell their type; they are taken as those of the {kind} of "
        "{day:day}, which was forecast.",
        id="berkas hasil tidak memuat jenis pemilihannya; dianggap hasil {kind} {day:day} yang "
        "diprakirakan.",
    ),
}
_SAY_OTHER = Text(
    en="If they are of another election, give the right file.",
    id="Bila ini hasil pemilihan lain, berikan berkas yang benar.",
)
REPLACED = Rule(
    "report_replaced",
    "warning",
    Text(
        en="a later report of {place} replaces this one.",
        id="laporan {place} ini digantikan laporan yang lebih baru.",
    ),
    Text(
        en="Nothing needs to be done if it was corrected; else look at the times in data_until.",
        id="Tidak perlu tindakan bila memang dikoreksi; bila tidak, periksa kolom data_until.",
    ),
)
