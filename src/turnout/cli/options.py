"""The options that commands share, and what is written in them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Literal

import typer

from turnout.cli.models import MODELS
from turnout.errors import TurnoutError
from turnout.language import Text

Lang = Annotated[
    Literal["en", "id"],
    typer.Option("--lang"),
    Text(en="Language of all that is written.", id="Bahasa semua yang ditulis."),
]
Past = Annotated[
    list[Path] | None,
    typer.Argument(),
    Text(
        en="Past results: CSV, Excel, ODS, Parquet; several, or a folder.",
        id="Hasil pemilihan yang lalu: CSV, Excel, ODS, Parquet; boleh beberapa berkas atau satu "
        "folder.",
    ),
]
PollingDay = Annotated[
    str | None,
    typer.Option("--date"),
    Text(en="Polling day: 2024-11-27.", id="Hari pemungutan suara: 2024-11-27."),
]
ElectionType = Annotated[
    str | None,
    typer.Option("--type"),
    Text(en="Type of the election: pilkada.", id="Jenis pemilihan: pilkada."),
]
Roll = Annotated[
    Path | None,
    typer.Option(),
    Text(en="Registered voters per area.", id="Pemilih terdaftar per wilayah."),
]
Crosswalk = Annotated[
    Path | None,
    typer.Option(),
    Text(en="New areas and their parents.", id="Wilayah baru dan wilayah asalnya."),
]
Outreach = Annotated[
    Path | None,
    typer.Option(),
    Text(en="Log of outreach activities.", id="Catatan kegiatan sosialisasi."),
]
Evidence = Annotated[
    Path | None,
    typer.Option(),
    Text(en="Estimates of turnout from outside.", id="Perkiraan partisipasi dari sumber lain."),
]
Sample = Annotated[
    Path | None,
    typer.Option(),
    Text(
        en="Quick count: a probability sample of stations, a row per station.",
        id="Hitung cepat: sampel acak TPS, satu baris per TPS.",
    ),
]
Label = Annotated[
    str | None, typer.Option("--name"), Text(en="Label of the election.", id="Nama pemilihan.")
]
Out = Annotated[
    Path,
    typer.Option("--out"),
    Text(en="Folder for what is written.", id="Folder untuk menyimpan hasil."),
]
Goals = Annotated[
    list[str] | None,
    typer.Option("--goal"),
    Text(
        en="Turnout goal: 86%, 86, 0.86 or 86,0%. May be repeated.",
        id="Target partisipasi: 86%, 86, 0.86 atau 86,0%. Boleh diulang.",
    ),
]
Levels = Annotated[
    list[str] | None,
    typer.Option("--level"),
    Text(
        en="Level of the intervals: 0.9 or 90%. May be repeated. [0.9]",
        id="Tingkat kepercayaan rentang: 0.9 atau 90%. Boleh diulang. [0.9]",
    ),
]
ModelName = Annotated[
    str,
    typer.Option("--model"),
    Text(
        en=f"One of: {', '.join(MODELS)}; or your own as module:Name.",
        id=f"Salah satu dari: {', '.join(MODELS)}; atau model sendiri sebagai modul:Nama.",
    ),
]
ModelNames = Annotated[
    list[str] | None,
    typer.Option("--model"),
    Text(
        en=f"One of: {', '.join(MODELS)}; or your own as module:Name. May be repeated; "
        "the naive ones always run along. [hierarchical]",
        id=f"Salah satu dari: {', '.join(MODELS)}; atau model sendiri sebagai "
        "modul:Nama. Boleh diulang; model naif selalu ikut dijalankan. "
        "[hierarchical]",
    ),
]
Kind = Annotated[
    str | None,
    typer.Option("--kind"),
    Text(
        en="Offices that are filled on the day, 'president + national parliament', or a score "
        "from 0 to 1. [of the type]",
        id="Jabatan yang dipilih pada hari itu, 'president + national parliament', atau skor 0 "
        "sampai 1. [menurut jenisnya]",
    ),
]
Prior = Annotated[
    str | None,
    typer.Option(),
    Text(
        en="Prior of the hierarchical model: default or indonesia.",
        id="Pengetahuan awal (prior) model hierarkis: default atau indonesia.",
    ),
]
Covariates = Annotated[
    list[str] | None,
    typer.Option("--covariate"),
    Text(
        en="Column of results and roll that the model reads. May be repeated.",
        id="Kolom pada hasil dan daftar pemilih yang dibaca model. Boleh diulang.",
    ),
]
Draws = Annotated[
    int,
    typer.Option("--draws", min=100),
    Text(en="Number of joint draws.", id="Banyaknya simulasi."),
]
Seed = Annotated[
    int,
    typer.Option("--seed", min=0),
    Text(
        en="The same seed gives the same forecast.",
        id="Bilangan acak awal (seed); yang sama menghasilkan prakiraan yang sama.",
    ),
]
Docx = Annotated[
    bool,
    typer.Option("--docx"),
    Text(
        en="Also write report.docx, for Word (extra docx).",
        id="Tulis juga report.docx, untuk Word (ekstra docx).",
    ),
]
Pdf = Annotated[
    bool,
    typer.Option("--pdf"),
    Text(
        en="Also write report.pdf, to print and to file (extra pdf).",
        id="Tulis juga report.pdf, untuk dicetak dan diarsipkan (ekstra pdf).",
    ),
]
MadeAt = Annotated[
    str | None,
    typer.Option("--made-at"),
    Text(
        en="Time that the report shows: '2024-11-26 14:00'. [none; during a count its own]",
        id="Waktu yang ditampilkan laporan: '2024-11-26 14:00'. [tanpa waktu; saat penghitungan "
        "waktu data]",
    ),
]
Source = Annotated[
    str | None,
    typer.Option(),
    Text(
        en="Line below every figure: where the data come from and who made the forecast, 'KPU Kota "
        "Jambi; forecast by Bawaslu'.",
        id="Baris di bawah setiap gambar: asal data dan pembuat prakiraan, 'KPU Kota Jambi; "
        "prakiraan oleh Bawaslu'.",
    ),
]
WholeRolls = Annotated[
    bool,
    typer.Option("--registered-of-all-stations"),
    Text(
        en="The registered in the count are those of all stations, also of places partly in.",
        id="Pemilih terdaftar dalam hasil hitung adalah milik seluruh TPS, juga di wilayah yang "
        "baru masuk sebagian.",
    ),
]
DropBadRows = Annotated[
    bool,
    typer.Option("--drop-bad-rows"),
    Text(
        en="Leave rows with errors out and list them apart.",
        id="Jangan pakai baris yang bermasalah; catat dalam daftar tersendiri.",
    ),
]


def parse_levels(levels: list[str] | None) -> tuple[float, ...]:
    """Read interval levels as people write them; 0.9 when none is given.

    Raises
    ------
    TurnoutError
        If one is not a number, or not between 1% and 99.9%.

    Examples
    --------
    >>> parse_levels(["0.9", "50%", "80"]), parse_levels(None)
    ((0.5, 0.8, 0.9), (0.9,))
    """
    return tuple(sorted({_level(written) for written in levels or ["0.9"]}))


def documents_asked(*, docx: bool, pdf: bool) -> tuple[str, ...]:
    """Return the endings of the documents that are asked for beside report.html.

    Raises
    ------
    TurnoutError
        If the library that writes one is not installed; said before anything is computed.
    """
    from turnout.report.printed.kinds import check_installed  # pandas is slow to import

    endings = tuple(ending for ending, wanted in ((".docx", docx), (".pdf", pdf)) if wanted)
    check_installed(endings)
    return endings


def parse_time(written: str | None) -> dt.datetime | None:
    """Read a day, and a time of day where one is given, as people write them.

    Raises
    ------
    TurnoutError
        If it is no full day, or what follows the day is no time.

    Examples
    --------
    >>> parse_time("26 November 2024 14.00"), parse_time("2024-11-26")
    (datetime.datetime(2024, 11, 26, 14, 0), datetime.datetime(2024, 11, 26, 0, 0))
    """
    if written is None:
        return None
    found = _CLOCK.fullmatch(written.strip())
    day, hour, minute = found.groups(default="0") if found else (written, "0", "0")
    from turnout.dates import read_day  # pandas is slow to import

    if int(hour) > 23 or int(minute) > 59:
        raise TurnoutError(_BAD_TIME, written=written)
    return dt.datetime.combine(read_day(day.strip(" ,")), dt.time(int(hour), int(minute)))


# A day, then perhaps T or a space, and 14:00, 14.00 or 14:00:00, with a time zone's name or none.
_CLOCK = re.compile(
    r"(.*?[^\s,T])(?:[\sT,]+(?:pukul\s+)?(\d{1,2})[:.](\d{2})(?::\d{2})?(?:\s*WIB|\s*WITA|\s*WIT)?)?"
)


def _level(written: str) -> float:
    try:
        value = float(written.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        raise TurnoutError(_BAD_LEVEL, level=written) from None
    # Between 1 and 10 nobody means a percentage; 1.5 is a slip, as it is to the library.
    level = value / 100 if value >= 10 or written.strip().endswith("%") else value
    if not 0.01 <= level <= 0.999:
        raise TurnoutError(_BAD_LEVEL, level=written)
    return level


_BAD_LEVEL = Text(
    en="The level '{level}' does not lie between 1% and 99.9%. Write it as 0.9 or 90%.",
    id="Tingkat kepercayaan '{level}' tidak berada antara 1% dan 99,9%. Tulis sebagai 0,9 atau "
    "90%.",
)
_BAD_TIME = Text(
    en="'{written}' is no time. Write it as '2024-11-26 14:00'.",
    id="'{written}' bukan waktu. Tulis seperti '2024-11-26 14:00'.",
)
