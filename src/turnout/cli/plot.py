"""``forecast plot``: one figure of a run, in the size, format and language that is wanted."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from turnout.cli.console import notices, problems_told
from turnout.cli.options import Goals, Lang
from turnout.errors import DataWarning, TurnoutError
from turnout.language import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from turnout.forecast import Forecast
    from turnout.goals import GoalCheck
    from turnout.plots.figures import Draw

FORMATS = (".png", ".svg", ".pdf")


ABOUT = Text(
    en="Draw one figure of a finished run.", id="Gambar satu grafik dari prakiraan yang sudah jadi."
)


def plot(
    name: Annotated[
        str,
        typer.Argument(),
        Text(
            en="total, dots, history, goal, districts, areas (areas-2 is its second page), "
            "heatmap, multiples, map or map-goal.",
            id="total, dots, history, goal, districts, areas (areas-2 halaman keduanya), "
            "heatmap, multiples, map atau map-goal.",
        ),
    ],
    folder: Annotated[
        Path,
        typer.Argument(metavar="[DIR]"),
        Text(en="Folder that a run wrote.", id="Folder hasil `forecast run`."),
    ] = Path("forecast-out"),
    goal: Goals = None,
    by: Annotated[
        str | None,
        typer.Option(),
        Text(
            en="Finest scale to draw: district, city, county ... [that of the run]",
            id="Tingkat wilayah terinci yang digambar: kecamatan, kota ... [seperti pada "
            "prakiraan]",
        ),
    ] = None,
    geometry: Annotated[
        Path | None,
        typer.Option(),
        Text(
            en="Shapes of the places for a map, such as GeoJSON.",
            id="Batas wilayah untuk peta, misalnya GeoJSON.",
        ),
    ] = None,
    width: Annotated[
        float | None,
        typer.Option(min=60, max=600),
        Text(en="Width in mm. [160]", id="Lebar dalam mm. [160]"),
    ] = None,
    height: Annotated[
        float | None,
        typer.Option(min=30, max=900),
        Text(
            en="Height in mm. [what the figure needs]",
            id="Tinggi dalam mm. [sesuai kebutuhan gambar]",
        ),
    ] = None,
    dpi: Annotated[
        int,
        typer.Option(min=50, max=1200),
        Text(en="Dots per inch of a PNG.", id="Titik per inci untuk PNG."),
    ] = 200,
    lang: Lang = "en",
    out: Annotated[
        Path | None,
        typer.Option(),
        Text(
            en="File to write; .png, .svg or .pdf tells the format. [NAME.png]",
            id="Berkas yang ditulis; .png, .svg atau .pdf menentukan formatnya. [NAMA.png]",
        ),
    ] = None,
) -> None:
    """Draw one figure of a finished run."""
    with problems_told(lang):
        from turnout.output.files import make_folder
        from turnout.plots.figures import figures_of
        from turnout.plots.rendering import save_figure
        from turnout.runs.reading import Run

        target = out or Path(f"{name}.png")
        if target.suffix.casefold() not in FORMATS:
            raise TurnoutError(_FORMAT, file=str(target), formats=", ".join(FORMATS))
        run = Run.at(folder)
        forecast, goals = _at(run.forecast(), by), run.asked_goals
        check = _check(forecast, goal or goals)
        figures = figures_of(forecast, check, lang, geometry=geometry)
        if name not in figures:
            known = list(figures)
            raise TurnoutError(_NO_FIGURE, name=name, known=known)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DataWarning)  # what it says stands in the figure
            ax = _draw(figures[name], width, height)
        make_folder(target.parent)
        save_figure(ax, target, dpi=dpi)
        notices().print(_WRITTEN.say(lang, file=str(target)))


def _at(forecast: Forecast, by: str | None) -> Forecast:
    from turnout.schema import SCALE_WORDS, scale_of

    if by is None:
        return forecast
    if scale_of(by) not in forecast.scales:
        known = [SCALE_WORDS[scale] for scale in forecast.scales]
        raise TurnoutError(_NO_SCALE, by=by, known=known)
    return forecast.at(by)


def _check(forecast: Forecast, goals: Sequence[str | float]) -> GoalCheck | None:
    from turnout.goals import check_goal, written_goal

    told = [goal if isinstance(goal, str) else written_goal(goal) for goal in goals]
    return check_goal(forecast, told) if told else None


def _draw(draw: Draw, width: float | None, height: float | None) -> Axes:
    """Draw a figure on a sheet of so many millimetres, or of the size that it needs by itself."""
    from turnout.plots.style.style import WIDTH, sheet_axes

    inches = None if height is None else height / 25.4
    return draw(ax=sheet_axes(WIDTH if width is None else width / 25.4, inches))


_WRITTEN = Text(en="Written to {file}", id="Ditulis ke {file}")
_FORMAT = Text(
    en="{file} ends with none of {formats}, which tell the format of the figure.",
    id="Nama berkas {file} tidak berakhiran {formats}, yang menentukan format gambar.",
)
_NO_SCALE = Text(
    en="The forecast has no scale '{by}'. Choose one of: {known:list6}.",
    id="Prakiraan ini tidak memiliki tingkat '{by}'. Pilih salah satu: {known:list6}.",
)
_NO_FIGURE = Text(
    en="This forecast has no figure '{name}'. Choose one of: {known:list40}. (Figures about a "
    "goal need one: --goal 86%.)",
    id="Prakiraan ini tidak memiliki gambar '{name}'. Pilih salah satu: {known:list40}. (Gambar "
    "tentang target memerlukan target: --goal 86%.)",
)
