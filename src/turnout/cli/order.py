"""``forecast order``: how many voters to be ready for, place by place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from turnout.cli.console import notices, output, problems_told
from turnout.cli.options import Lang
from turnout.errors import TurnoutError
from turnout.language import Text

ADDED = ("order.csv", "order.xlsx")
"""What it adds to the folder of a run."""

ABOUT = Text(
    en="How many voters to be ready for, place by place: ballots, queues, too few and too many.",
    id="Berapa pemilih yang perlu disiapkan tiap wilayah: surat suara, antrean, kekurangan, sisa.",
)


def order(
    folder: Annotated[
        Path,
        typer.Argument(metavar="[DIR]"),
        Text(en="Folder that a run wrote.", id="Folder hasil `forecast run`."),
    ] = Path("forecast-out"),
    reserve: Annotated[
        str,
        typer.Option(),
        Text(
            en="Ballots in reserve, of the registered. 2.5% is that of Indonesian local elections.",
            id="Surat suara cadangan dari jumlah pemilih terdaftar. 2,5% berlaku untuk Pilkada.",
        ),
    ] = "2.5%",
    roll: Annotated[
        Path | None,
        typer.Option(),
        Text(
            en="Roll that tells the number of stations of every place, for the queues.",
            id="Daftar pemilih yang memuat jumlah TPS tiap wilayah, untuk antrean.",
        ),
    ] = None,
    booths: Annotated[
        int, typer.Option(min=1), Text(en="Booths of a station.", id="Bilik suara per TPS.")
    ] = 4,
    minutes: Annotated[
        float,
        typer.Option(min=0.1),
        Text(
            en="Minutes that a voter keeps a booth.",
            id="Lama seorang pemilih di bilik suara, dalam menit.",
        ),
    ] = 3.0,
    lang: Lang = "en",
) -> None:
    """Tell how many voters to be ready for, place by place."""
    with problems_told(lang):
        from turnout.cli.files import read_files
        from turnout.forms.order import Station, order_form
        from turnout.forms.order_files import say_order, write_order
        from turnout.runs.reading import Run
        from turnout.runs.writing import extended

        share = _share(reserve)
        run = Run.at(folder).require_forecast()
        stations = None if roll is None else read_files({"roll": roll})["roll"].table
        if stations is not None and "stations_total" not in stations:
            raise TurnoutError(_NO_STATIONS, file=str(roll))
        works = Station(booths, minutes)
        form = order_form(run.forecast(), reserve=share, stations=stations, station=works)
        if stations is not None and form["stations"].isna().all():
            raise TurnoutError(_OTHER_PLACES, file=str(roll), folder=str(folder))
        with extended(folder, run.record, ADDED) as stage:
            write_order(form, stage, lang)
        output().print(say_order(form, lang))
        notices().print(_WRITTEN.say(lang, folder=folder))


def _share(written: str) -> float:
    number = written.strip().removesuffix("%").replace(",", ".")
    try:
        share = float(number) / 100
    except ValueError:
        share = -1.0
    if not written.strip().endswith("%") or not 0 <= share < 1:
        raise TurnoutError(_NO_SHARE, said=written)
    return share


_WRITTEN = Text(
    en="Written to {folder}: order.csv, order.xlsx",
    id="Ditulis ke {folder}: order.csv, order.xlsx",
)
_NO_SHARE = Text(
    en="The reserve '{said}' cannot be read. Write it as 2.5%, with a percent sign.",
    id="Cadangan '{said}' tidak dapat dibaca. Tulis sebagai 2,5%, dengan tanda persen.",
)
_OTHER_PLACES = Text(
    en="None of the places in {file} is in the forecast of {folder}. Give the roll of the same "
    "region, or leave --roll out.",
    id="Tidak satu pun wilayah di {file} ada dalam prakiraan {folder}. Berikan daftar pemilih "
    "daerah yang sama, atau jangan pakai --roll.",
)
_NO_STATIONS = Text(
    en="{file} has no column of the number of stations. Name it stations_total, or leave --roll "
    "out.",
    id="{file} tidak memuat kolom jumlah TPS. Beri judul jumlah_tps, atau jangan pakai --roll.",
)
