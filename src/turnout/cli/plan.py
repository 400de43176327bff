"""``forecast plan``: where to put the next activities."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from turnout.cli.console import (
    output,
    problems_told,
    progress,
    show_findings,
    tell_at_once,
    tell_written,
)
from turnout.cli.options import (
    Crosswalk,
    Draws,
    DropBadRows,
    ElectionType,
    Kind,
    Lang,
    Out,
    Past,
    PollingDay,
    Roll,
    Seed,
)
from turnout.cli.said import Columns, ConfigFile, DatesOf, Sheets, TypesOf, inputs
from turnout.errors import TurnoutError
from turnout.language import Language, Text

if TYPE_CHECKING:
    import pandas as pd

    from turnout.outreach import OutreachEffect
    from turnout.outreach.plan import Floor, Means, OutreachPlan
    from turnout.reading import Reading

File = Path | None


ABOUT = Text(
    en="Find where the next activities gain most voters, and what that is worth.",
    id="Cari tempat kegiatan berikutnya yang paling menambah pemilih, dan berapa nilainya.",
)


def plan(
    budget: Annotated[
        str,
        typer.Option(metavar="N"),
        Text(
            en="How much may be spent: 40 activities, or money as 50,000,000.",
            id="Besarnya anggaran: 40 kegiatan, atau uang seperti 50.000.000.",
        ),
    ],
    results: Past = None,
    date: PollingDay = None,
    election_type: ElectionType = None,
    kind: Kind = None,
    unit: Annotated[
        Literal["activities", "people", "money"] | None,
        typer.Option(),
        Text(
            en="Unit of the budget: activities, people (to be met) or money (as the costs of the "
            "log). [activities; must be given where costs are known]",
            id="Satuan anggaran: activities (kegiatan), people (orang yang ditemui), atau money "
            "(uang, seperti biaya dalam catatan). [activities; wajib diisi bila biaya diketahui]",
        ),
    ] = None,
    outreach: Annotated[
        File,
        typer.Option(),
        Text(
            en="Log of past activities, and of those held for this election.",
            id="Catatan kegiatan yang lalu dan kegiatan untuk pemilihan ini.",
        ),
    ] = None,
    kinds: Annotated[
        File,
        typer.Option(),
        Text(
            en="What staff can hold: kind, reach, cost, segment. [from the log]",
            id="Kegiatan yang dapat diadakan: kind, reach, cost, segment. [dari catatan kegiatan]",
        ),
    ] = None,
    areas: Annotated[
        File,
        typer.Option(),
        Text(
            en="Limits: area or area_id, minimum, maximum, reachable.",
            id="Batas: area atau area_id, minimum, maximum, reachable.",
        ),
    ] = None,
    floor: Annotated[
        list[str] | None,
        typer.Option(),
        Text(
            en="Least activities for every place or segment: district=2.",
            id="Jumlah kegiatan paling sedikit untuk tiap wilayah atau kelompok: district=2.",
        ),
    ] = None,
    roll: Roll = None,
    crosswalk: Crosswalk = None,
    column: Columns = None,
    date_of: DatesOf = None,
    type_of: TypesOf = None,
    sheet: Sheets = None,
    config: ConfigFile = None,
    goal: Annotated[
        str | None,
        typer.Option(),
        Text(en="Turnout goal: 86%, 86 or 0.86.", id="Target partisipasi: 86%, 86 atau 0.86."),
    ] = None,
    draws: Draws = 4000,
    seed: Seed = 1,
    lang: Lang = "en",
    drop_bad_rows: DropBadRows = False,
    out: Out = Path("plan-out"),
) -> None:
    """Find where the next activities gain most voters, and what that is worth."""
    with problems_told(lang):
        from turnout.cli import far_goals, files
        from turnout.cli.job import Job, coming_election, forecast_and_check
        from turnout.goals import parse_goal
        from turnout.outreach.plan import Budget, plan_outreach
        from turnout.runs.contents import input_records
        from turnout.runs.writing import replaced

        floors, amount = [_floor(written) for written in floor or ()], _amount(budget)
        if goal is not None:
            parse_goal(goal)
        given = {"results": results, "roll": roll, "crosswalk": crosswalk, "outreach": outreach}
        said = files.with_sheets_brought(inputs(given, column, date_of, type_of, sheet, config))
        job = Job(
            files=said.paths,
            election=coming_election(
                said.word("date", date),
                said.word("type", election_type),
                said.told("name", None),
                said.told("kind", kind),
            ),
            goals=(),
            levels=(0.9,),
            draws=draws,
            seed=seed,
        )
        more = (("kinds", kinds), ("areas", areas))
        paths = {**job.files, **{role: path for role, path in more if path is not None}}
        with replaced(out, "plan", paths.values()) as stage:
            read = files.read_good_rows if drop_bad_rows else files.read_files
            readings = far_goals.with_goals_held(
                read(said.files, job.election, said.hints), () if goal is None else (goal,)
            )
            tell_at_once(readings, lang)
            means = _means(readings, kinds, areas, tuple(floors))
            spent = Budget(amount, unit or _unit(amount, means))
            with progress(_PLANNING, lang):
                found = plan_outreach(
                    forecast_and_check(job, readings).forecast,
                    spent,
                    means=means,
                    effect=_effect(readings),
                    goal=goal,
                    seed=seed,
                )
            _write(found, stage.path, lang)
            stage.record["inputs"] = input_records(paths)
            names = stage.names
        show_findings([one for reading in readings.values() for one in reading.findings], lang)
        output().print(found.say(lang))
        tell_written(out, names, lang)


def _amount(written: str) -> float:
    """Read a budget as people write one, with or without its currency and marks of thousands."""
    import pandas as pd

    from turnout.reading.files.cells import Distinct
    from turnout.reading.values.money import without_currency
    from turnout.reading.values.numerals import parse_numbers

    cells = pd.Series([written], dtype="object")
    amount = float(parse_numbers(without_currency(cells, Distinct.of(cells)), whole=True).values[0])
    if not amount >= 1:
        raise TurnoutError(_BAD_BUDGET, budget=written)
    return amount


def _floor(written: str) -> Floor:
    """Read a floor such as ``district=2``."""
    from turnout.outreach.plan import Floor

    by, _, least = written.partition("=")
    try:
        return Floor(by.strip(), float(least))
    except ValueError:
        raise TurnoutError(_BAD_FLOOR, floor=written) from None


def _means(
    readings: Mapping[str, Reading], kinds: File, areas: File, floors: tuple[Floor, ...]
) -> Means:
    """Return what staff can do: of the files given, else of the log, else one kind of meeting."""
    from turnout.outreach.plan import Means, options_of_log, options_of_table

    options = Means().options
    log = readings["outreach"].table if "outreach" in readings else None
    if kinds is not None:
        options = options_of_table(_table(kinds))
    elif log is not None and len(log):
        options = options_of_log(log)
    return Means(options, None if areas is None else _table(areas), floors, log)


def _unit(budget: float, means: Means) -> Literal["activities"]:
    """Return the unit of a budget that nobody told: with costs it may as well be money."""
    if any(option.cost > 0 for option in means.options):
        raise TurnoutError(_WHICH_UNIT, budget=budget)
    return "activities"


def _table(path: Path) -> pd.DataFrame:
    """Read a small table of the user's own, with its columns in English."""
    from turnout.reading.own_table import read_own_table

    return read_own_table(path, ("area_id", "area", "district", "kind", "segment"))


def _effect(readings: Mapping[str, Reading]) -> OutreachEffect | None:
    """Estimate the effect where past activities can tell of it; None leaves it to the priors."""
    from turnout.errors import DataError
    from turnout.outreach import estimate_outreach
    from turnout.outreach.effect.words import NO_ACTIVITY

    if "outreach" not in readings:
        return None
    crosswalk = readings["crosswalk"].table if "crosswalk" in readings else None
    try:
        return estimate_outreach(
            readings["results"].table, readings["outreach"].table, crosswalk=crosswalk
        )
    except DataError as error:
        if error.text is not NO_ACTIVITY:
            raise
        return None  # every activity is for the coming election


def _write(found: OutreachPlan, out: Path, lang: Language) -> None:
    from turnout.output.files import write_text
    from turnout.outreach.plan.files import write_plan
    from turnout.plots.plan import plot_plan
    from turnout.plots.rendering import rendered

    write_plan(found, out, lang)
    write_text(f"{found.say(lang)}\n", out / "plan.txt")
    rendered(plot_plan(found, lang=lang)).write(out, "plan")


_PLANNING = Text(en="Planning ...", id="Menyusun rencana ...")
_WHICH_UNIT = Text(
    en="Costs of activities are known, so a budget of {budget:count} may be money as well as "
    "activities. Add its unit: --unit money, --unit activities, or --unit people (people to be "
    "met).",
    id="Biaya kegiatan diketahui, jadi anggaran {budget:count} bisa berarti uang atau jumlah "
    "kegiatan. Tambahkan satuannya: --unit money (uang), --unit activities (kegiatan), atau --unit "
    "people (orang yang ditemui).",
)
_BAD_BUDGET = Text(
    en="--budget must be a number of 1 or more, not '{budget}': 40, or 50,000,000.",
    id="--budget harus bilangan yang sedikitnya 1, bukan '{budget}': misalnya 40, atau 50.000.000.",
)
_BAD_FLOOR = Text(
    en="The floor '{floor}' cannot be read. Write it as district=2 or segment=5: the least "
    "activities of every district, or for every segment.",
    id="Batas merata '{floor}' tidak dapat dibaca. Tulis sebagai district=2 atau segment=5: jumlah "
    "kegiatan paling sedikit untuk setiap kecamatan atau setiap segmen.",
)
