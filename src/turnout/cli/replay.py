"""``forecast replay``: a past election as it would have come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnout.cli.console import output, problems_told, show_findings, tell_written
from turnout.cli.options import Crosswalk, DropBadRows, Lang, ModelName, Out, Past, Prior, Seed
from turnout.cli.said import Columns, ConfigFile, DatesOf, Sheets, TypesOf, inputs
from turnout.errors import TurnoutError
from turnout.language import Language, Text

if TYPE_CHECKING:
    import pandas as pd

    from turnout.backtesting import Replay


ABOUT = Text(
    en="Play a past election as its count would have come in, and score every step.",
    id="Putar ulang pemilihan yang lalu seperti masuknya hasil hitung, dan nilai tiap langkahnya.",
)


def replay(
    results: Past = None,
    election: Annotated[
        str,
        typer.Option("--election"),
        Text(
            en="Label or polling day of the election to replay.",
            id="Nama atau hari pemungutan suara pemilihan yang diputar ulang.",
        ),
    ] = "",
    order: Annotated[
        list[str] | None,
        typer.Option("--order"),
        Text(
            en="How the places come in: random, district, smallest, largest or "
            "cities_last. May be repeated. [random]",
            id="Urutan masuknya wilayah: random, district, smallest, largest atau "
            "cities_last. Boleh diulang. [random]",
        ),
    ] = None,
    step: Annotated[
        list[str] | None,
        typer.Option("--step"),
        Text(
            en="Share counted: 10% or 0.1. May be repeated. [1, 5, 10, 25, 50, 75, 90%]",
            id="Bagian yang sudah dihitung: 10% atau 0.1. Boleh diulang. [1, 5, 10, 25, "
            "50, 75, 90%]",
        ),
    ] = None,
    model: ModelName = "hierarchical",
    prior: Prior = None,
    crosswalk: Crosswalk = None,
    column: Columns = None,
    date_of: DatesOf = None,
    type_of: TypesOf = None,
    sheet: Sheets = None,
    config: ConfigFile = None,
    draws: Annotated[
        int,
        typer.Option("--draws", min=100),
        Text(en="Joint draws per step.", id="Banyaknya simulasi per langkah."),
    ] = 2000,
    seed: Seed = 1,
    lang: Lang = "en",
    drop_bad_rows: DropBadRows = False,
    out: Out = Path("replay-out"),
) -> None:
    """Play a past election as its count would have come in, and score every step."""
    with problems_told(lang):
        from turnout.backtesting.replay_orders import check_order
        from turnout.backtesting.replay_run import STEPS, Night, ReplaySettings, able
        from turnout.cli import files
        from turnout.cli.models import make_model
        from turnout.rolling_origin import fold_of
        from turnout.runs.contents import input_records
        from turnout.runs.writing import replaced

        if not election.strip():
            raise TurnoutError(_NO_ELECTION)
        orders = [check_order(one) for one in dict.fromkeys(order or ["random"])]
        steps = sorted({_share(one) for one in step}) if step else STEPS
        made = able(make_model(model, prior))
        given = {"results": results, "crosswalk": crosswalk}
        said = inputs(given, column, date_of, type_of, sheet, config)
        said.require("results")
        with replaced(out, "replay", said.paths.values()) as stage:
            readings = (files.read_good_rows if drop_bad_rows else files.read_files)(
                said.files, hints=said.hints
            )
            cross = readings["crosswalk"].table if "crosswalk" in readings else None
            fold = fold_of(readings["results"].table, election, crosswalk=cross)
            night = Night.of(made, fold, ReplaySettings(cross, draws=draws, seed=seed))
            played = [night.played(one, steps) for one in orders]
            _write(played, files.rejected_rows(readings), stage.path, lang)
            stage.record["inputs"] = input_records(said.paths)
            written = stage.names
        show_findings([one for reading in readings.values() for one in reading.findings], lang)
        output().print("\n\n".join(one.say(lang) for one in played))
        tell_written(out, written, lang)


def _write(played: list[Replay], rejected: pd.DataFrame, folder: Path, lang: Language) -> None:
    from turnout.backtesting import join_replays
    from turnout.output.tables import write_table
    from turnout.plots.rendering import rendered
    from turnout.plots.replay import plot_replay

    write_table(join_replays(played), folder / "replay.csv")
    if len(rejected):
        write_table(rejected, folder / "rejected.csv")
    figures = folder / "figures"
    figures.mkdir()
    for one in played:
        rendered(plot_replay(one, lang=lang)).write(figures, f"replay_{one.order}")


def _share(written: str) -> float:
    """Read a share as people write it; 10 and 10% are 0.1."""
    text = written.strip()
    try:
        value = float(text.removesuffix("%").replace(",", "."))
    except ValueError:
        raise TurnoutError(_BAD_STEP, step=text) from None
    share = value / 100 if text.endswith("%") or value >= 1 else value
    if not 0 < share < 1:
        raise TurnoutError(_BAD_STEP, step=text)
    return share


_NO_ELECTION = Text(
    en="Name the election to replay: --election LABEL, or its polling day, such as --election "
    "2019-04-17.",
    id="Sebutkan pemilihan yang akan diputar ulang: --election LABEL, atau hari pemungutan "
    "suaranya, misalnya --election 2019-04-17.",
)
_BAD_STEP = Text(
    en="'{step}' is not a share of the count. Write it as 10% or 0.1, above 0% and below 100%.",
    id="'{step}' bukan bagian dari penghitungan. Tulis 10% atau 0.1, di atas 0% dan di bawah 100%.",
)
