"""The files of a run: what each can be, reading them all, and telling what a file is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from turnout.cli.fit import held_together
from turnout.cli.said import Inputs
from turnout.dates import refuse_doubtful
from turnout.elections import Election
from turnout.errors import DataError, Finding
from turnout.language import Text
from turnout.reading import Reading, load_counted, load_crosswalk, load_results, load_roll
from turnout.reading.choosing import find_sheet
from turnout.reading.draft_file import IN_THE_WAY, draft_table
from turnout.reading.evidence import load_evidence
from turnout.reading.figures_apart import complain_of_figures_apart
from turnout.reading.files.sheets import Grid, Sources, open_grids
from turnout.reading.headers.aliases import RESULTS, ROLL
from turnout.reading.headers.crosswalk_aliases import CROSSWALK
from turnout.reading.headers.outreach_aliases import OUTREACH
from turnout.reading.headers.roles import roles_named, tells_of_elections, tells_votes
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.hints import NO_HINTS, Hints
from turnout.reading.outreach import load_outreach
from turnout.reading.results import load_outcome
from turnout.reading.sample import load_sample
from turnout.reading.values.day_order import order_told

Files = Mapping[str, Path | Sequence[Path]]
"""Role of the files of a run (a key of `LOADERS`) and their paths."""

LOADERS: Mapping[str, Callable[..., Reading]] = {
    "crosswalk": load_crosswalk,
    "results": load_results,
    "outcome": load_outcome,
    "roll": load_roll,
    "outreach": load_outreach,
    "counted": load_counted,
    "sample": load_sample,
    "evidence": load_evidence,
}
"""What a file can be to a run, and what reads it; in the order of reading."""


def read_files(
    files: Files, election: Election | None = None, hints: Mapping[str, Hints] | None = None
) -> dict[str, Reading]:
    """Read all files of a run.

    Parameters
    ----------
    files
        The files of each role.
    election
        The coming election, which the activity log and the count are held against.
    hints
        What is said of the files of each role.

    Raises
    ------
    DataError
        If there is an error in any file; it tells the findings of all.
    """
    return _read(files, election, hints or {}, lambda reading: reading.errors)


def read_good_rows(
    files: Files, election: Election | None = None, hints: Mapping[str, Hints] | None = None
) -> dict[str, Reading]:
    """Read all files of a run without the rows that have errors.

    Parameters
    ----------
    files, election, hints
        As in `read_files`.

    Raises
    ------
    DataError
        If an error concerns a whole file, such as a missing column, or no good row is left.
    """
    kept = hints or {}
    return _read(files, election, kept, lambda one: one.errors if one.table.empty else ())


def _read(
    files: Files,
    election: Election | None,
    hints: Mapping[str, Hints],
    in_the_way: Callable[[Reading], Sequence[Finding]],
) -> dict[str, Reading]:
    readings: dict[str, Reading] = {}
    errors: list[Finding] = []
    for role in sorted(files, key=list(LOADERS).index):
        try:
            said = hints.get(role, NO_HINTS)
            readings[role] = _load(role, files[role], readings, election, said)
        except DataError as error:
            if not error.findings:
                raise
            errors += error.findings
        else:
            errors += in_the_way(readings[role])
    if election is not None:
        refuse_other_order(election.written, readings)
    if errors:
        raise DataError.of(errors)
    return held_together(readings, election)


def refuse_other_order(day: object, readings: Mapping[str, Reading]) -> None:
    """Refuse a day that is another in the order of day and month of some file.

    Raises
    ------
    DataError
        With both readings of it.
    """
    for reading in readings.values():
        refuse_doubtful(day, order_told(reading.findings))


def _load(
    role: str,
    source: Sources,
    known: Mapping[str, Reading],
    election: Election | None,
    hints: Hints,
) -> Reading:
    """Read the files of one role, held against those that were read before and are good."""
    good = {one: reading.table for one, reading in known.items() if not reading.table.empty}
    results, crosswalk = good.get("results", good.get("outcome")), good.get("crosswalk")
    if role == "outcome" and election is not None:
        return load_outcome(source, election, hints=hints)
    if role == "results":
        return load_results(source, crosswalk=crosswalk, hints=hints)
    if role == "roll":
        return load_roll(source, results, crosswalk=crosswalk, hints=hints, election=election)
    if role == "outreach":
        return load_outreach(source, results, election=election, hints=hints)
    if role == "counted":
        told = {"results": good.get("results"), "places": places_of(good)}
        return load_counted(source, election=election, hints=hints, **told)
    if role == "crosswalk":
        return load_crosswalk(source, hints=hints)
    if role == "sample":
        return load_sample(source, hints=hints)
    return LOADERS[role](source)


def places_of(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame | None:
    """Return the areas that a count may name: area, area_id, district; None where none are known.

    They are those of the roll, with its stations (stations_total), else of the past results, and
    the old and new of the crosswalk.

    Parameters
    ----------
    tables
        The checked tables by their roles.
    """
    results, roll = tables.get("results"), tables.get("roll")
    of_areas = roll is not None and roll["area"].notna().any()
    past = None if results is None else results.drop(columns="stations_total", errors="ignore")
    known = [roll if of_areas else past]
    if (crosswalk := tables.get("crosswalk")) is not None:
        for age in ("old", "new"):
            names = {f"{age}_area": "area", f"{age}_id": "area_id"}
            known.append(crosswalk[list(names)].rename(columns=names))
    named = [one.reindex(columns=_OF_AREA) for one in known if one is not None]
    areas = pd.concat(named, ignore_index=True).drop_duplicates() if named else None
    return None if areas is None or areas["area"].isna().all() else areas


_OF_AREA = ["area", "area_id", "district", "stations_total"]


def rejected_rows(readings: Mapping[str, Reading]) -> pd.DataFrame:
    """Return the errors whose rows were left out: role of the file, file, sheet, row, column, rule.

    Parameters
    ----------
    readings
        What came of reading each role's file.
    """
    tables = [one.rejected.assign(role=role) for role, one in readings.items()]
    table = pd.concat(tables, ignore_index=True)
    return table[["role", *(name for name in table.columns if name != "role")]]


def read_all(
    source: Sources,
    hints: Mapping[str, Hints] | None = None,
    election: Election | None = None,
) -> dict[str, Reading]:
    """Read all that a file holds, each part held against those before it.

    Parameters
    ----------
    source
        A file, a folder, or several.
    hints
        What is said of each role; where the file has one role alone, what is said of results is
        said of it.
    election
        The coming election, which a count in progress is of.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table, or is a count that says no election where
        none is given.
    """
    said = hints or {}
    roles = roles_in(source, said) or [role_of(source, said.get("results", NO_HINTS))]
    readings: dict[str, Reading] = {}
    for role in sorted(roles, key=list(LOADERS).index):
        told = said.get(role, said.get("results", NO_HINTS) if len(roles) == 1 else NO_HINTS)
        if role == "counted" and election is None:
            draft = draft_table(source, RESULTS, told)
            text = _OF_WHICH_ELECTION if "stations_counted" in draft.headers else _WITHOUT_VOTERS
            raise DataError(text, file=_typed_names(source))
        readings[role] = _load(role, source, readings, election, told)
    return held_together(readings, election)


def _typed_names(source: Sources) -> str:
    """Return the names of the files as they are typed: one with a space stands in quotes."""
    names = dict.fromkeys(grid.file for grid in open_grids(source))
    return " ".join(f'"{name}"' if " " in name else name for name in names)


def read_each(said: Inputs) -> dict[str, Reading]:
    """Read the files of every role, with their errors, each held against those before it.

    Raises
    ------
    DataError
        If a file cannot be opened or holds no table.
    """
    readings: dict[str, Reading] = {}
    for role in sorted(said.files, key=list(LOADERS).index):
        hints = said.hints.get(role, NO_HINTS)
        readings[role] = _load(role, said.files[role], readings, None, hints)
    return held_together(readings)


def role_of(source: Sources, hints: Hints = NO_HINTS) -> str:
    """Return the role of a file: the one of whose columns it has the most.

    Results that say nowhere of which contest they are, but how many stations are in, or that nobody
    has voted, are a count in progress.
    """
    grids = open_grids(source)
    if _results_alone(grids, hints) or any(tells_of_elections(one, hints.columns) for one in grids):
        return "results"
    role = "results"
    if not any(tells_votes(one, hints.columns) for one in grids):
        role = max(VOCABULARIES, key=lambda one: _recognised(source, VOCABULARIES[one], hints))
    return "counted" if role == "results" and _is_count(source, hints) else role


def _is_count(source: Sources, hints: Hints) -> bool:
    draft = draft_table(source, RESULTS, hints)
    headers = set(draft.headers)
    if headers & {"date", "election_type", "election"}:
        return False
    return "stations_counted" in headers or (not hints.dates and _without_voters(source, hints))


def _without_voters(source: Sources, hints: Hints) -> bool:
    """Whether every row tells 0 voters: of a past election some do not."""
    needed = tuple(one for one in RESULTS.needed if one not in (("date",), ("election_type",)))
    draft = draft_table(source, replace(RESULTS, needed=needed), hints)
    voters = draft.table.get("voters")
    return voters is not None and len(voters) > 0 and bool((voters == 0).all())


def with_sheets_brought(said: Inputs) -> Inputs:
    """Return inputs in which a workbook of results also stands for the roles of its other sheets.

    Raises
    ------
    TurnoutError
        If there are no results.
    DataError
        If the file cannot be opened or holds no table.
    """
    results = said.require("results")
    roles = roles_in(results, said.hints)
    brought = {role: results for role in roles if role not in said.files}
    return replace(said, files={**brought, **said.files})


def roles_in(source: Sources, hints: Mapping[str, Hints] | None = None) -> list[str]:
    """Return the roles that the sheets of a workbook play, where these are filled in.

    Parameters
    ----------
    source
        A file, a folder, or several.
    hints
        What is said of each role.

    Raises
    ------
    DataError
        If the file cannot be opened or holds no table.
    """
    grids = open_grids(source)
    of_results = (hints or {}).get("results", NO_HINTS)
    named = roles_named(grids, of_results.columns)
    if "results" not in named and complain_of_figures_apart(grids):
        return ["results"]  # a sheet called DPT is half of them
    said = {"results": of_results}
    return [role for role in named if _filled(source, VOCABULARIES[role], said.get(role, NO_HINTS))]


def _filled(source: Sources, vocabulary: Vocabulary, hints: Hints) -> bool:
    """Whether sheets hold rows, or something that stands in the way of reading them."""
    draft = draft_table(source, vocabulary, hints)
    return len(draft.table) > 0 or any(one.rule in IN_THE_WAY for one in draft.findings)


def _results_alone(grids: Sequence[Grid], hints: Hints) -> bool:
    """Whether results need, and know, every header of a file: no other role can know more."""
    found = [find_sheet(grid, RESULTS, hints) for grid in grids]
    return all(
        sheet is not None
        and all(header.meaning == "column" for header in sheet.headers)
        and not RESULTS.missing(sheet.content.names)
        for sheet in found
    )


def _recognised(source: Sources, vocabulary: Vocabulary, hints: Hints) -> tuple[int, float]:
    """Count the columns of a vocabulary that a file has; then the share of those it needs.

    What is said of columns that the file's table does not have is no error here.
    """
    draft = draft_table(source, vocabulary, hints)
    columns = set(draft.headers) | {
        name for finding in draft.findings for name in str(finding.values.get("name", "")).split()
    }
    needed = len(vocabulary.needed) - len(vocabulary.missing(columns))
    return len(columns & set(vocabulary.names)), needed / len(vocabulary.needed)


_OF_WHICH_ELECTION = Text(
    en="{file} is a count in progress: it tells how many stations are in and no polling day. Say "
    "which election it is of: forecast check {file} --date YYYY-MM-DD --type TYPE. To hold it "
    "against past results as well: forecast run RESULTS --counted {file} --date YYYY-MM-DD "
    "--type TYPE; write the name of their file for RESULTS.",
    id="{file} adalah hasil hitung sementara: memuat jumlah TPS masuk tanpa hari pemungutan suara. "
    "Sebutkan pemilihannya: forecast check {file} --date TTTT-BB-HH --type JENIS. Untuk sekaligus "
    "membandingkannya dengan hasil yang lalu: forecast run RESULTS --counted {file} "
    "--date TTTT-BB-HH --type JENIS; ganti RESULTS dengan nama berkas hasil yang lalu.",
)
_WITHOUT_VOTERS = Text(
    en="{file} tells 0 voters in every row and no polling day: a count in which nothing is in yet. "
    "Say which election it is of: forecast check {file} --date YYYY-MM-DD --type TYPE.",
    id="{file} memuat 0 pengguna hak pilih di semua baris tanpa hari pemungutan suara: hasil "
    "hitung yang belum ada isinya. Sebutkan pemilihannya: forecast check {file} "
    "--date TTTT-BB-HH --type JENIS.",
)

VOCABULARIES: Mapping[str, Vocabulary] = {
    "results": RESULTS,
    "roll": ROLL,
    "crosswalk": CROSSWALK,
    "outreach": OUTREACH,
}
"""The columns of each kind of file."""
