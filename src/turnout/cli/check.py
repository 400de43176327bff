"""``forecast check``: what is understood of files, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnout.cli.console import notices, output, problems_told, show_findings
from turnout.cli.options import Goals, Kind, Lang, WholeRolls
from turnout.cli.said import (
    Columns,
    ConfigFile,
    DatesOf,
    Inputs,
    Sheets,
    TypesOf,
    config_text,
    inputs,
    with_election,
)
from turnout.errors import TurnoutError
from turnout.language import Language, Text

if TYPE_CHECKING:
    from turnout.elections import Election
    from turnout.reading import Reading


ABOUT = Text(
    en="Tell what is understood of files and what is wrong with them; exit with 2 on errors.",
    id="Tampilkan apa yang terbaca dari berkas dan apa yang salah; kode keluar 2 bila ada "
    "kesalahan.",
)


def check(
    file: Annotated[
        list[Path] | None,
        typer.Argument(),
        Text(
            en="Results, a count, a roll, a crosswalk, an outreach log, or all in one; several "
            "files or a folder are one table.",
            id="Hasil, hasil hitung sementara, daftar pemilih, tabel pemekaran, catatan "
            "sosialisasi, atau semuanya dalam satu berkas; beberapa berkas atau satu folder "
            "dianggap satu tabel.",
        ),
    ] = None,
    column: Columns = None,
    date_of: DatesOf = None,
    type_of: TypesOf = None,
    sheet: Sheets = None,
    registered_of_all_stations: WholeRolls = False,
    config: ConfigFile = None,
    write_config: Annotated[
        Path | None,
        typer.Option(),
        Text(
            en="Keep the files and what is said of them in this file, for --config.",
            id="Simpan daftar berkas dan keterangannya di berkas ini, untuk --config.",
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date"),
        Text(
            en="Polling day to keep: 2024-11-27.",
            id="Hari pemungutan suara yang disimpan: 2024-11-27.",
        ),
    ] = None,
    election_type: Annotated[
        str | None,
        typer.Option("--type"),
        Text(
            en="Type of the election to keep: pilkada.",
            id="Jenis pemilihan yang disimpan: pilkada.",
        ),
    ] = None,
    kind: Kind = None,
    goal: Goals = None,
    lang: Lang = "en",
) -> None:
    """Tell what is understood of files and what is wrong with them; exit with 2 on errors."""
    with problems_told(lang):
        from turnout.cli.far_goals import with_goals_held
        from turnout.cli.files import read_all, read_each, refuse_other_order

        kept = inputs({"results": file}, column, date_of, type_of, sheet, config)
        kept = kept.with_whole_rolls(told=registered_of_all_stations)
        goals = kept.goals(goal)  # those of the config file, too, are held against the results
        kept = with_election(kept, date=_day(date), type=election_type, kind=_kind(kind), goal=goal)
        alone = list(kept.files) == ["results"]
        source = kept.require("results") if alone else ()
        coming = _coming(kept)
        readings = read_all(source, kept.hints, coming) if alone else read_each(kept)
        refuse_other_order(kept.told("date", date), readings)
        readings = with_goals_held(readings, goals)
        readings = _with_future_told(readings, source or kept.files.get("results", ()))
        for role, reading in readings.items():
            names = ", ".join(path.name for path in kept.files.get(role, source))
            _tell(names, role, reading, lang)
        if all(reading.table.empty and not reading.errors for reading in readings.values()):
            raise TurnoutError(_NO_ROWS, file=", ".join(path.name for path in kept.paths.values()))
        if any(reading.errors for reading in readings.values()):
            raise typer.Exit(2)
        if write_config is not None:
            _keep(kept, list(readings), write_config, lang)


def _with_future_told(readings: Mapping[str, Reading], files: Sequence[Path]) -> dict[str, Reading]:
    """Return the readings, past results with what is told of days that are yet to come."""
    from turnout.rules.future import tell_of_future

    told = dict(readings)
    if (reading := told.get("results")) is not None and len(reading.table):
        today = dt.datetime.now().astimezone().date()
        names = ", ".join(path.name for path in files)
        found = (*reading.findings, *tell_of_future(reading.table, today, names))
        told["results"] = replace(reading, findings=found)
    return told


def _coming(kept: Inputs) -> Election | None:
    """Return the election that is kept, if enough is said of it."""
    from turnout.elections import Election

    day, kind = kept.election.get("date"), kept.election.get("type")
    return Election(day, kind) if day and kind else None


def _day(date: str | None) -> str | None:
    from turnout.dates import read_day

    return None if date is None else read_day(date).isoformat()


def _kind(kind: str | None) -> str | None:
    from turnout.kinds import check_kind

    check_kind(kind)
    return kind


def _keep(kept: Inputs, roles: list[str], path: Path, lang: Language) -> None:
    """Write the config file; what was said of a file that is no results is kept under its role."""
    from turnout.output.files import write_text

    if roles != ["results"] and list(kept.files) == ["results"]:
        source, said = kept.files["results"], kept.hints
        hints = {roles[0]: said["results"]} if len(roles) == 1 and "results" in said else said
        kept = Inputs(dict.fromkeys(roles, source), hints, kept.election)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(config_text(kept, path.parent, lang), path)
    output().print(_KEPT.say(lang, file=str(path)))


def _tell(names: str, role: str, reading: Reading, lang: Language) -> None:
    """Say what was understood, then what is wrong, then how many problems there are."""
    from turnout.cli.understood import (
        columns_not_used,
        contests_read,
        headers_read,
        kinds_read,
        scales_read,
    )
    from turnout.reading.headers.roles import ROLE_WORDS
    from turnout.understood import UNDERSTOOD

    if not reading.table.empty or reading.headers:
        output().print(_UNDERSTOOD.say(lang, file=names, role=ROLE_WORDS[role].say(lang)))
    for line in (
        *headers_read(reading, lang),
        columns_not_used(reading, role, lang),
        kinds_read(reading.table, lang),
        scales_read(reading.table, lang, reading.totals_used),
    ):
        if line:
            output().print(line)
    if role == "results" and (contests := contests_read(reading.table, lang)) is not None:
        output().print(contests)
    show_findings(reading.findings, lang)
    told, console = (_BAD, notices()) if reading.errors else (_GOOD, output())
    read = [one for one in reading.warnings if one.rule in UNDERSTOOD]
    console.print(
        told.say(
            lang,
            file=names,
            role=ROLE_WORDS[role].say(lang),
            rows=len(reading.table),
            errors=len(reading.errors),
            warnings=len(reading.warnings) - len(read),
            notes=_NOTES.say(lang, n=len(read)) if read else "",
        ),
    )


_UNDERSTOOD = Text(en="{file}, read as {role}:", id="{file}, dibaca sebagai {role}:")
_KEPT = Text(
    en="Kept in {file}: give it as --config, and nothing needs to be said again.",
    id="Disimpan di {file}: berikan sebagai --config, dan tidak ada yang perlu disebutkan lagi.",
)
_GOOD = Text(
    en="{file} ({role}): {rows:count:row:rows}, no errors, {warnings:count:warning:warnings}"
    "{notes}.",
    id="{file} ({role}): {rows:count} baris, tanpa kesalahan, {warnings:count} peringatan{notes}.",
)
_NO_ROWS = Text(
    en="{file} has headers but no rows yet. Fill it in first.",
    id="{file} baru berisi judul kolom. Isi barisnya dahulu.",
)
_BAD = Text(
    en="{file} ({role}): {errors:count:error:errors}, {warnings:count:warning:warnings}{notes}.",
    id="{file} ({role}): {errors:count} kesalahan, {warnings:count} peringatan{notes}.",
)
_NOTES = Text(
    en=", {n:count:note:notes} on how it was read", id=", {n:count} catatan cara membacanya"
)
