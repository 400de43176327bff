"""The night: what comes in is forecast, kept and told; what is broken changes nothing."""

import datetime as dt
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from turnout import Election
from turnout.areas import build_panel
from turnout.forecast import Forecast, Note
from turnout.language import Text
from turnout.reading import load_counted
from turnout.schema import canonical_roll
from turnout.watch import night as nights
from turnout.watch.night import Night, Standing
from turnout.watch.page.page import night_page
from turnout.watch.words import say_standing

Begin = Callable[..., tuple[Night, Any]]
ELECTION = Election("2024-11-27", "pilkada")
DISTRICTS = {"Kasang": "Utara", "Murni": "Utara", "Legok": "Selatan", "Selamat": "Selatan"}

AREAS = pd.DataFrame(
    [("Kota", district, area, 1000.0) for area, district in DISTRICTS.items()],
    columns=["city", "district", "area", "registered"],
)


def count(**voters: int | None) -> str:
    """Return a count as CSV: voters of the areas that are in; None for one with no station in."""
    lines = ["district,area,registered,voters,stations_counted,stations_total"]
    for area, number in voters.items():
        figures = f"1000,{number},3,3" if number is not None else ",,0,3"
        lines.append(f"{DISTRICTS[area]},{area},{figures}")
    return "\n".join(lines) + "\n"


def looks(night: Night, *contents: str | None, path: Path) -> Standing:
    """Let the count's file hold one content after the other, with a look at each."""
    state = night.begun()
    for content in contents:
        if content is None:
            path.unlink()
        else:
            path.write_text(content, encoding="utf-8")
        state, settled = night.looked(state)
        assert settled
    return state.standing


def test_every_count_becomes_an_update_that_says_what_changed(begin: Begin, source: Path) -> None:
    night, desk = begin()
    first, second = count(Kasang=600, Murni=None), count(Kasang=600, Murni=700)
    standing = looks(night, first, first, second, path=source)
    assert len(standing.points) == len(desk.written) == len(desk.finished) == 2
    update = standing.update
    assert update is not None
    assert update.whole.counted_voters == 1300
    np.testing.assert_allclose(update.whole.counted_share, 6 / 8, atol=0.26)
    told = "\n".join(change["en"] for change in update.changes)
    assert "1 place brought new results: Murni." in told
    assert "Murni came in" in told
    assert "above expectation" in told
    told = "\n".join(change["id"] for change in update.changes)
    assert "Murni masuk" in told


def test_a_night_begins_before_the_count_is_there(begin: Begin, source: Path) -> None:
    night, desk = begin()
    state, _ = night.looked(night.begun())
    assert state.standing.waiting
    assert state.standing.update is not None
    assert state.standing.update.whole.counted_share == 0
    assert "Before the count" in state.standing.update.changes[0]["en"]
    source.write_text(count(Kasang=600), encoding="utf-8")
    state, _ = night.looked(state)
    assert not state.standing.waiting
    assert len(night.history.points()) == len(desk.written) == 2


BROKEN = {
    "empty": "",
    "half a header": "district,area,regis",
    "binary": "\x00\x01\x02" * 50,
    "an unknown area": count(Kasang=600).replace("Kasang", "Atlantis"),
    "more voters than registered": count(Kasang=99999),
    "words for figures": count(Kasang=600).replace("600", "enam ratus"),
    "a place twice": count(Kasang=600) + "Utara,Kasang,1000,650,3,3\n",
}


@pytest.mark.slow
def test_a_broken_count_keeps_the_last_good_state_and_says_so(begin: Begin, source: Path) -> None:
    """By the real gate for input, and the real panel."""
    night, desk = begin()
    results = AREAS.assign(date="2020-12-09", election_type="pilkada", voters=650)
    usual = desk.condition

    def checked(counted: pd.DataFrame) -> Forecast:
        build_panel(results, election=ELECTION, counted=counted)
        return usual(counted)

    desk.condition = checked
    desk.loads = partial(load_counted, election=ELECTION)
    source.write_text(count(Kasang=600), encoding="utf-8")
    state, _ = night.looked(night.begun())
    good = state.standing.update
    assert good is not None
    for name, content in BROKEN.items():
        source.write_text(content, encoding="utf-8")
        state, _ = night.looked(state)
        troubles = state.standing.troubles
        assert troubles, name
        assert all(trouble["en"] and trouble["id"] for trouble in troubles)
        assert state.standing.update is not None
        assert state.standing.update.whole == good.whole, name
        assert len(state.standing.points) == 1, name
    with sqlite3.connect(night.history.path) as connection:
        assert connection.execute("SELECT count(*) FROM troubles").fetchone() == (len(BROKEN),)
    source.write_text(count(Kasang=600, Legok=650), encoding="utf-8")
    state, _ = night.looked(state)
    assert state.standing.troubles == desk.shown[-1].troubles == ()
    assert len(state.standing.points) == 2


def test_a_count_that_vanishes_keeps_its_figures(begin: Begin, source: Path) -> None:
    night, _ = begin()
    standing = looks(night, count(Kasang=600), None, path=source)
    assert len(standing.points) == 1
    assert "no longer there" in standing.troubles[0]["en"]


@pytest.mark.slow
def test_a_count_cut_between_two_rows_loses_no_place(begin: Begin, source: Path) -> None:
    night, _ = begin()
    whole, cut = count(Kasang=600, Legok=650), count(Kasang=600)
    standing = looks(night, whole, cut, path=source)
    assert standing.update is not None
    assert standing.update.whole.counted_voters == 1250
    assert "Legok" in standing.troubles[0]["en"]
    # To take a place back is to say so.
    standing = looks(night, whole, count(Kasang=600, Legok=None), path=source)
    assert standing.troubles == ()
    assert standing.update is not None
    assert standing.update.whole.counted_voters == 600


def test_a_correction_replaces_the_earlier_report(begin: Begin, tmp_path: Path) -> None:
    folder = tmp_path / "counts"
    folder.mkdir()
    night, _ = begin(folder)
    (folder / "2100.csv").write_text(count(Kasang=600, Legok=650), encoding="utf-8")
    state, _ = night.looked(night.begun())
    (folder / "2130.csv").write_text(count(Kasang=610), encoding="utf-8")
    state, _ = night.looked(state)
    update = state.standing.update
    assert update is not None
    assert update.whole.counted_voters == 1260
    assert any("Kasang was corrected" in change["en"] for change in update.changes)
    # One broken report of many: the others count, and it is named.
    (folder / "2200.csv").write_text("", encoding="utf-8")
    (folder / "2230.csv").write_text(count(Murni=640), encoding="utf-8")
    state, _ = night.looked(state)
    assert state.standing.update is not None
    assert state.standing.update.whole.counted_voters == 1900
    assert "2200.csv" in state.standing.troubles[0]["en"]


@pytest.mark.slow
def test_it_goes_on_from_its_history(begin: Begin, source: Path) -> None:
    night, _ = begin()
    looks(night, count(Kasang=600), path=source)
    again, desk = begin()
    assert len(again.begun().standing.points) == 1
    looks(again, count(Kasang=600), path=source)
    assert len(desk.written) == 1
    assert len(again.history.points()) == 1
    looks(again, count(Kasang=600, Murni=640), path=source)
    last = again.history.last()
    assert last is not None
    assert "Murni" in last.changes[0]["en"]


def test_a_broken_count_after_a_restart_keeps_what_the_history_knows(
    begin: Begin, source: Path
) -> None:
    night, _ = begin()
    looks(night, count(Kasang=600), path=source)
    again, _ = begin()
    standing = looks(again, "", path=source)
    assert standing.update is not None
    assert standing.update.whole.counted_voters == 600
    assert len(standing.points) == 1


def test_what_cannot_be_written_is_told_and_tried_again(begin: Begin, source: Path) -> None:
    night, desk = begin()
    desk.fails = 1
    standing = looks(night, count(Kasang=600), path=source)
    assert "No space left" in standing.troubles[0]["en"]
    assert len(desk.written) == 0
    desk.fails = 1
    standing = looks(night, count(Kasang=600), count(Kasang=600), path=source)
    assert standing.troubles == ()
    assert len(desk.written) == 1
    assert len(night.history.points()) == 1


def test_a_clock_that_goes_back_loses_nothing(
    begin: Begin, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night, _ = begin()
    late = dt.datetime(2024, 11, 27, 21, 0, tzinfo=dt.UTC)
    state = night.begun()
    for hours, content in ((0, count(Kasang=600)), (-9, count(Kasang=600, Murni=640))):
        moment = late + dt.timedelta(hours=hours)
        monkeypatch.setattr(nights, "_now", lambda moment=moment: moment)
        source.write_text(content, encoding="utf-8")
        state, _ = night.looked(state)
    last = night.history.last()
    assert last is not None
    assert last.at < late
    assert last.whole.counted_voters == 1240
    assert [point.number for point in night.history.points()] == [1, 2]


def test_a_count_that_makes_the_program_fail_does_not_end_the_night(
    begin: Begin, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    night, desk = begin()
    state, _ = night.looked(night.begun())
    usual = desk.condition

    def fails(_: object) -> None:
        raise ZeroDivisionError("no such number")

    desk.condition = fails
    source.write_text(count(Kasang=600), encoding="utf-8")
    state, _ = night.looked(state)
    assert "ZeroDivisionError" in state.standing.troubles[0]["en"]
    assert "ZeroDivisionError" in capsys.readouterr().err
    desk.condition = usual
    source.write_text(count(Kasang=601), encoding="utf-8")
    state, _ = night.looked(state)
    assert state.standing.troubles == ()


def test_a_count_that_changes_while_it_is_read_is_read_again(begin: Begin, source: Path) -> None:
    night, desk = begin()
    source.write_text(count(Kasang=600), encoding="utf-8")
    usual = desk.loads

    def slow(path: Path) -> object:
        reading = usual(path)
        source.write_text(count(Kasang=600, Murni=640), encoding="utf-8")
        return reading

    desk.loads = slow
    state, settled = night.looked(night.begun())
    assert not settled
    assert desk.written == []
    desk.loads = usual
    state, settled = night.looked(state)
    assert settled
    assert state.standing.update is not None
    assert state.standing.update.whole.counted_voters == 1240


@pytest.mark.slow
def test_what_is_odd_in_a_count_is_told_while_it_counts(begin: Begin, source: Path) -> None:
    night, desk = begin()
    desk.loads = partial(load_counted, election=ELECTION)
    odd, right = count(Kasang=1040, Murni=None), count(Kasang=600, Murni=None)
    standing = looks(night, odd, odd, path=source)
    assert not standing.troubles
    assert any("1.040 pengguna hak pilih" in warning["id"] for warning in standing.warnings)
    assert "1.040 pengguna hak pilih" in night_page(standing, "id", ELECTION)
    assert not looks(night, right, path=source).warnings


def test_what_a_forecast_says_beside_its_headline_the_night_says_too(
    begin: Begin, source: Path
) -> None:
    night, desk = begin()
    assert looks(night, count(Kasang=600, Murni=None), path=source).provisos == ()
    usual, doubt = desk.condition, Note(Text(en="In doubt.", id="Diragukan."))

    def doubted(counted: pd.DataFrame | None) -> Forecast:
        forecast = usual(counted)
        return replace(forecast, about=replace(forecast.about, in_doubt=(doubt,)))

    desk.condition = doubted
    standing = looks(night, count(Kasang=600, Murni=610), path=source)
    assert standing.provisos == ({"en": "In doubt.", "id": "Diragukan."},)
    assert say_standing(standing, "id")[1] == "Diragukan."


def test_what_is_wrong_with_a_place_is_told_with_its_file_and_row(
    begin: Begin, source: Path
) -> None:
    night, desk = begin()
    results = AREAS.assign(date="2020-12-09", election_type="pilkada", voters=650)
    usual = desk.condition

    def checked(counted: pd.DataFrame) -> Forecast:
        build_panel(results, election=ELECTION, counted=counted, roll=canonical_roll(AREAS))
        return usual(counted)

    desk.condition, desk.loads = checked, partial(load_counted, election=ELECTION)
    wrong = count(Legok=600, Kasang=700).replace("1000,700", "9000,6300")
    [trouble] = looks(night, wrong, path=source).troubles
    assert f"{source.name}, row 3" in trouble["en"]
    assert f"{source.name}, baris 3" in trouble["id"]
    assert looks(night, count(Legok=600, Kasang=700), path=source).troubles == ()
    # A row that is wrong is not told to be odd as well.
    odd = wrong.replace("9000,6300", "9000,9300")
    assert desk.loads(source).findings == ()
    source.write_text(odd, encoding="utf-8")
    assert [one.rule for one in desk.loads(source).findings] == ["voters_above_registered"]
    standing = looks(night, odd, path=source)
    assert (len(standing.troubles), standing.warnings) == (1, ())


def test_a_watch_that_is_started_again_before_the_count_goes_on_from_there(
    begin: Begin, source: Path
) -> None:
    """What is kept of places without a count knows no stations."""
    night, _ = begin()
    night.looked(night.begun())
    standing = looks(begin()[0], count(Kasang=600), path=source)
    assert standing.update is not None
    assert standing.update.whole.counted_voters == 600
    assert "Kasang came in" in "\n".join(change["en"] for change in standing.update.changes)
