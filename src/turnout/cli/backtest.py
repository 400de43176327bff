"""``forecast backtest``: how the models would have done before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from turnout.cli.console import output, problems_told, show_findings, tell_written
from turnout.cli.options import (
    Covariates,
    Crosswalk,
    Draws,
    DropBadRows,
    Lang,
    ModelNames,
    Out,
    Past,
    Prior,
    Seed,
)
from turnout.cli.said import Columns, ConfigFile, DatesOf, Sheets, TypesOf, inputs
from turnout.language import Language, Text, number

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from turnout.backtesting import Backtest


ABOUT = Text(
    en="Forecast past elections from what was known before each, and score the forecasts.",
    id="Prakirakan pemilihan yang lalu dari yang diketahui sebelumnya, dan nilai prakiraannya.",
)


def backtest(
    results: Past = None,
    model: ModelNames = None,
    prior: Prior = None,
    covariate: Covariates = None,
    crosswalk: Crosswalk = None,
    column: Columns = None,
    date_of: DatesOf = None,
    type_of: TypesOf = None,
    sheet: Sheets = None,
    config: ConfigFile = None,
    min_history: Annotated[
        int,
        typer.Option(min=1),
        Text(
            en="Polling days that must lie before an election.",
            id="Banyaknya hari pemungutan suara yang harus ada sebelum suatu pemilihan.",
        ),
    ] = 3,
    draws: Draws = 1000,
    seed: Seed = 1,
    lang: Lang = "en",
    drop_bad_rows: DropBadRows = False,
    out: Out = Path("backtest-out"),
) -> None:
    """Forecast past elections from what was known before each, and score the forecasts."""
    with problems_told(lang):
        from turnout import backtesting
        from turnout.cli import files
        from turnout.cli.models import make_model
        from turnout.cli.notes import notes_on_backtest
        from turnout.output.tables import write_table
        from turnout.runs.contents import input_records
        from turnout.runs.writing import replaced

        made = [make_model(name, prior, covariate or ()) for name in model or ["hierarchical"]]
        models = {one.name: one for one in made}
        given = {"results": results, "crosswalk": crosswalk}
        said = inputs(given, column, date_of, type_of, sheet, config)
        panel, paths = said.require("results")[0].stem, said.paths
        with replaced(out, "backtest", paths.values()) as stage:
            readings = (files.read_good_rows if drop_bad_rows else files.read_files)(
                said.files, hints=said.hints
            )
            tested = backtesting.backtest(
                models,
                readings["results"].table,
                crosswalk=readings["crosswalk"].table if "crosswalk" in readings else None,
                min_history=min_history,
                panel=panel,
                settings=backtesting.Settings(draws=draws, seed=seed, jobs=-1),
            )
            tested.require_any(list(models))
            _write(tested, stage.path, lang)
            rejected = files.rejected_rows(readings)
            if len(rejected):
                write_table(rejected, stage.path / "rejected.csv")
            stage.record["inputs"] = input_records(paths)
            written = stage.names
        show_findings([one for reading in readings.values() for one in reading.findings], lang)
        console = output()
        console.print(tested.say(lang))
        for note in notes_on_backtest(readings["results"].table, min_history, prior):
            console.print(note.say(lang))
        console.print(_table(tested, lang), crop=False)
        tell_written(out, written, lang)


def _write(tested: Backtest, folder: Path, lang: Language) -> None:
    from turnout.plots.backtest import plot_backtest, plot_skill
    from turnout.plots.calibration import plot_calibration, plot_pit
    from turnout.plots.rendering import rendered

    tested.save(folder)
    figures = folder / "figures"
    figures.mkdir()
    drawn = {
        "backtest": plot_backtest,
        "skill": plot_skill,
        "calibration": plot_calibration,
        "pit": plot_pit,
    }
    for name, plot in drawn.items():
        rendered(plot(tested, lang=lang)).write(figures, name)


def _table(tested: Backtest, lang: Language) -> Table:
    """Return the means by scale and model as a table for the terminal."""
    from rich import box
    from rich.table import Table

    from turnout.forecast.words import model_word
    from turnout.output.terminal import uncut
    from turnout.schema import SCALE_WORDS

    table = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        collapse_padding=True,
        caption=_CAPTION.say(lang),
        caption_justify="left",
        caption_style="",
    )
    for number_of, column in enumerate(_COLUMNS):
        justify: Literal["left", "right"] = "left" if number_of < 2 else "right"
        table.add_column(column.say(lang), justify=justify)
    for row in tested.table.sort_values("scale", key=_order, kind="stable").to_dict("records"):
        held = (number(100 * row[f"coverage_{level}"], lang) for level in (50, 80, 90))
        table.add_row(
            SCALE_WORDS[row["scale"]].say(lang),
            model_word(str(row["model"]), lang, first=True),
            number(row["elections"], lang),
            *(number(row[name], lang, 2) for name in ("mae", "crps", "wis")),
            f"{' / '.join(held)}%",
            number(row["width_90"], lang, 1),
        )
    return uncut(table)


def _order(scales: pd.Series) -> pd.Series:
    """Order scales from the whole to the finest."""
    from turnout.schema import SCALE_WORDS

    return scales.map({scale: -place for place, scale in enumerate(SCALE_WORDS)})


_COLUMNS = (
    Text(en="Scale", id="Tingkat"),
    Text(en="Model", id="Model"),
    Text(en="n", id="n"),
    Text(en="MAE", id="MAE"),
    Text(en="CRPS", id="CRPS"),
    Text(en="WIS", id="WIS"),
    Text(en="50 / 80 / 90% held", id="Cakupan 50 / 80 / 90%"),
    Text(en="90% width", id="Lebar 90%"),
)
_CAPTION = Text(
    en="n: elections. MAE, CRPS, WIS and width: points; less is better. Held: share of places.",
    id="n: jumlah pemilihan. MAE, CRPS, WIS, dan lebar: poin; makin kecil makin baik. Cakupan: "
    "persentase wilayah.",
)
