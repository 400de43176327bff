"""Names in any letters: a font of the machine that has them, else one warning with the remedy."""

import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib import font_manager

from turnout import Forecast
from turnout.cli.console import problems_told
from turnout.errors import ToldWarning
from turnout.plots import plot_districts, save_figure
from turnout.plots.style import fonts, style

HANGUL = "부산광역시"


@pytest.fixture
def one_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine have no font but the package's own."""
    monkeypatch.setattr(style, "families", lambda: (fonts.FIRST,))


@pytest.fixture
def korean(city: Forecast) -> Forecast:
    """Return a forecast of a district whose name our font has no letters for."""
    named = city.places["district"].replace(city.places["district"].iloc[0], HANGUL)
    return replace(city, places=city.places.assign(district=named))


def test_figures_are_set_in_the_fonts_that_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = font_manager.FontEntry(name="Malgun Gothic")
    known = [*font_manager.fontManager.ttflist, entry]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", known)
    found = fonts.families.__wrapped__()
    assert found[:2] == ("Turnout Sans", "DejaVu Sans")
    assert "Malgun Gothic" in found
    assert set(found) <= {font.name for font in known}


@pytest.mark.usefixtures("one_font")
def test_letters_that_no_font_has_are_told_once(korean: Forecast, tmp_path: Path) -> None:
    with pytest.warns(ToldWarning, match="Install a font") as told:
        save_figure(plot_districts(korean), tmp_path / "figure.png")
    assert {one.category for one in told} == {ToldWarning}


@pytest.mark.slow
@pytest.mark.usefixtures("one_font")
def test_the_command_line_says_it_in_the_language_of_the_reader(
    korean: Forecast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with warnings.catch_warnings(), problems_told("id"):
        for name in ("one.png", "two.png"):
            save_figure(plot_districts(korean), tmp_path / name)
    assert capsys.readouterr().err.count("Pasang fon yang memilikinya") == 1


def test_other_warnings_come_through() -> None:
    with pytest.warns(RuntimeWarning, match="other"), fonts.boxes_told():
        warnings.warn("other", RuntimeWarning, stacklevel=1)
