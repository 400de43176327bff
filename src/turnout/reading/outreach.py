"""Activity logs: where, when and whom outreach has met."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from turnout.elections import Election
from turnout.errors import Finding, Spot
from turnout.identity.kinds import kind_of_place
from turnout.outreach_kinds import attendance_of, is_renamed, kind_of, segment_of
from turnout.reading.choosing import find_sheet
from turnout.reading.draft_file import draft_table
from turnout.reading.files.sheets import Sources, open_grids
from turnout.reading.headers.aliases import RESULTS
from turnout.reading.headers.bare_counts import tell_of_bare_counts
from turnout.reading.headers.outreach_aliases import OUTREACH
from turnout.reading.headers.wrong_role import results_as
from turnout.reading.hints import NO_HINTS, Hints
from turnout.reading.named_sheets import sheets_named
from turnout.reading.places import find_places, known_places
from turnout.reading.reading import Reading, accepted, conclude
from turnout.reading.values.complaints import UNREADABLE_NUMBER
from turnout.rules.draft import Draft
from turnout.rules.measures import blank_column
from turnout.rules.outreach import NOT_PEOPLE, check_log, check_log_days, check_log_places
from turnout.schema import OUTREACH_COLUMNS, PLACE_COLUMNS, canonical_results


def read_outreach(
    source: Sources,
    results: pd.DataFrame | None = None,
    *,
    election: Election | None = None,
    columns: Mapping[str, str] | None = None,
    sheet: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Read an activity log from a file or a DataFrame, and check it.

    Parameters
    ----------
    source
        Path of a file (delimited text, Excel, OpenDocument, Parquet) or a DataFrame, with a row
        per activity: its date, its area or district (name or code), and where known its kind,
        its segment, the people that it reached and its cost.
    results
        Past results; places are then matched to theirs, and activities outside of every
        election's window or above the roll are reported.
    election
        The coming election, which has a window of its own.
    columns
        What headers mean that are not known or not clear.
    sheet
        Names of the sheets to read; all that hold the table when not given.

    Returns
    -------
    pandas.DataFrame
        The columns of `schema.OUTREACH_COLUMNS` and ``reached_assumed``. Kinds and segments are
        the keys of `turnout.outreach_kinds`, other words as written; ``kind_written`` is what the
        log calls a kind that has another name. Where attendance is not
        given, ``reached`` is the median of the log's own activities of that kind if at least
        three are known, else what `activities.attendance_of` states.

    Raises
    ------
    DataError
        With every error at once, such as an activity without a date.

    Warns
    -----
    DataWarning
        Once, with everything that deserves a look, such as places that the results do not know.

    Examples
    --------
    >>> log = pd.DataFrame({"Tanggal": ["3 Oktober 2024"], "Kelurahan": ["Kasang"],
    ...                     "Kegiatan": ["Tatap muka"], "Sasaran": ["pemilih pemula"],
    ...                     "Peserta": [120]})
    >>> read_outreach(log)[["area", "kind", "segment", "reached"]]
         area          kind     segment  reached
    0  Kasang  face_to_face  first_time    120.0
    """
    hints = Hints.of(columns, sheet=sheet)
    return accepted(load_outreach(source, results, election=election, hints=hints))


def load_outreach(
    source: Sources,
    results: pd.DataFrame | None = None,
    *,
    election: Election | None = None,
    hints: Hints = NO_HINTS,
) -> Reading:
    """Read an activity log and return the good rows beside everything that was found.

    Parameters
    ----------
    source, results, election
        As in `read_outreach`.
    hints
        What the user says of the file.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    draft = draft_table(source, OUTREACH, hints)
    if wrong := _results_among(source, hints, draft):
        nothing = replace(draft, table=draft.table.iloc[:0], findings=(wrong,))
        return conclude(replace(nothing, table=_completed(nothing.table)), (), _ordered)
    read, log = draft, _completed(draft.table)
    told = tuple(_in_words_of_a_log(one, draft) for one in draft.findings)
    draft = replace(draft, table=log, findings=told)
    findings = [*tell_of_bare_counts(read), *check_log(draft)]
    if results is not None:
        results = canonical_results(results)
        placed = find_places(log, known_places(results))
        findings += check_log_places(draft, placed)
        draft = replace(draft, table=_named_as(log, placed))
    if results is not None or election is not None:
        findings += check_log_days(draft, _polling_days(results, election))
    unread = {finding.spot for finding in draft.findings}
    return conclude(draft, [one for one in findings if one.spot not in unread], _ordered)


def _results_among(source: Sources, hints: Hints, draft: Draft) -> Finding | None:
    """Return the error of results that were read as a log: nothing in it tells an activity."""
    if {"kind", "segment", "reached", "cost"} & set(draft.written):
        return None
    for grid in sheets_named(open_grids(source), hints.sheets, OUTREACH.role):
        sheet = find_sheet(grid, RESULTS, NO_HINTS)
        if sheet is not None and {"registered", "voters"} <= sheet.content.names:
            voters = next((h.written for h in sheet.headers if h.names[:1] == ("voters",)), "")
            return results_as("outreach", Spot(grid.file, grid.sheet), voters)
    return None


def _in_words_of_a_log(finding: Finding, draft: Draft) -> Finding:
    """Return a finding as it is of a log, whose attendance may be written as an audience."""
    of_people = finding.spot.column == draft.headers.get("reached", "reached")
    no_number = finding.rule == UNREADABLE_NUMBER.name
    return replace(finding, remedy=NOT_PEOPLE) if of_people and no_number else finding


def _completed(table: pd.DataFrame) -> pd.DataFrame:
    """Return the log with every column, kinds and segments by their keys, and attendance.

    What a kind is called in the log stands beside it where it has another name.
    """
    log = table.assign(
        **{
            name: blank_column(name, table.index)
            for name in OUTREACH_COLUMNS
            if name not in table.columns
        }
    )
    log = log.astype({"reached": "float64", "cost": "float64"})
    log["kind_written"] = _each(log["kind"], _own_name)
    log["kind"] = _each(log["kind"], kind_of)
    log["segment"] = _each(log["segment"], segment_of)
    return _with_attendance(_with_own_scales(log))


def _own_name(words: str) -> str | None:
    """Return what a log calls a kind; None where that is the name of the kind."""
    return words if is_renamed(words, kind_of(words)) else None


def _each(words: pd.Series, read: Callable[[str], str | None]) -> pd.Series:
    """Return a column of words as `read` understands them; blanks stay blank."""
    understood = {one: read(str(one)) for one in words.dropna().unique()}
    return words.map(understood).astype("object").where(words.notna(), None)


def _with_own_scales(log: pd.DataFrame) -> pd.DataFrame:
    """Move what calls itself a kecamatan or a kabupaten to the column of these.

    Of the names that a row has only the finest is moved, and only where that column is blank.
    """
    for finer in ("area", "district"):
        told = log[finer].astype("object").map(_scale_of)
        for scale in PLACE_COLUMNS[: PLACE_COLUMNS.index(finer)]:
            moved = told.eq(scale) & log[scale].isna()
            if finer == "district":
                moved &= log["area"].isna()
            if moved.any():
                named = {scale: log[scale].where(~moved, log[finer])}
                log = log.assign(**named, **{finer: log[finer].where(~moved, None)})
    return log


def _scale_of(name: object) -> str | None:
    """Return the scale that a name in a log says by itself.

    >>> _scale_of("Kec. Pasar"), _scale_of("Kabupaten Muara Hijau"), _scale_of("Kota Baru")
    ('district', 'city', None)
    """
    scale, surely = kind_of_place(name) or ("", False)
    return "district" if _DISTRICT.match(str(name)) else scale if surely else None


def _with_attendance(log: pd.DataFrame) -> pd.DataFrame:
    """Fill in the people met where the log does not tell them, and mark these rows."""
    kinds = log["kind"].fillna("")
    known = log["reached"].groupby(kinds)
    enough = known.transform("count") >= _ENOUGH
    stated = kinds.map({kind: attendance_of(kind) for kind in kinds.unique()})
    usual = known.transform("median").where(enough, stated)
    return log.assign(
        reached_assumed=log["reached"].isna(),
        reached_from_log=enough,
        reached=log["reached"].fillna(usual.round()),
    )


def _named_as(log: pd.DataFrame, placed: pd.DataFrame) -> pd.DataFrame:
    """Return the log with the places that were found named as the results name them."""
    found = placed["fits"] == 1
    names = [*PLACE_COLUMNS, "area_id"]
    return log.assign(**{name: placed[name].where(found, log[name]) for name in names})


def _polling_days(results: pd.DataFrame | None, election: Election | None) -> pd.DataFrame:
    """Return ``day`` and ``contest`` of the past elections and the coming one."""
    days: list[tuple[object, object]] = []
    if results is not None:
        past = results.dropna(subset=["date"]).drop_duplicates("date")
        days += list(zip(past["date"], past["election"], strict=True))
    if election is not None:
        days.append((pd.Timestamp(election.date), election.name))
    return pd.DataFrame(days, columns=["day", "contest"]).astype({"day": "datetime64[s]"})


def _ordered(log: pd.DataFrame) -> pd.DataFrame:
    """Return the canonical log: known columns first, by date."""
    first = [*OUTREACH_COLUMNS, "reached_assumed"]
    own = [name for name in log.columns if name not in (*first, "reached_from_log")]
    return log[first + own].sort_values("date", kind="stable").reset_index(drop=True)


_DISTRICT = re.compile(r"\s*(?:kec|kecamatan|distrik)\b[\s.:]*\S", re.IGNORECASE)

_ENOUGH = 3
"""Activities of a kind with known attendance that it takes to speak for the others."""
