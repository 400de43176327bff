"""The count of a forecast: how far it is, the words for it, and that it is kept whole on disk."""

import datetime as dt
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from turnout import Election
from turnout.areas import build_panel
from turnout.areas.doubts import Doubts
from turnout.forecast import About, Counted, Forecast, make_forecast
from turnout.language import clock
from turnout.schema import PLACE_COLUMNS

NIGHT = dt.datetime(2030, 11, 27, 21, 5)
FIGURES = ["registered", "voters", "stations_counted", "stations_total", "counted_share"]


def count(*areas: tuple[str, int, int], stations: bool = True) -> Counted:
    """Return the count of areas of 100 voters per station: name, stations that are in, and all."""
    rows = [("area", name, 100.0 * some, 60.0 * some, some, all_) for name, some, all_ in areas]
    sums = [float(sum(figures)) for figures in zip(*(row[2:] for row in rows), strict=True)]
    columns = ["scale", "area", *FIGURES[:4]]
    table = pd.DataFrame([("city", None, *sums), *rows], columns=columns)
    table["counted_share"] = table["stations_counted"] / table["stations_total"]
    table["complete"] = table["counted_share"] == 1
    table.loc[table["stations_counted"] == 0, ["registered", "voters"]] = np.nan
    if not stations:
        table = table.assign(stations_counted=np.nan, stations_total=np.nan)
    table = table.assign(city="Kota", area_id=None)
    table = table.reindex(columns=["scale", *PLACE_COLUMNS, "area_id", *FIGURES, "complete"])
    table["doubtful"] = False
    table["lacks_votes"] = False
    table["in_doubt"] = 0.0
    names = table[list(PLACE_COLUMNS)].astype(object)
    return Counted(table.assign(**names.where(names.notna(), None)), NIGHT)


def doubted(counted: Counted, *, whole: bool = True, **doubts: Any) -> Counted:
    """Return a count with doubts, the whole's too or those of its places alone."""
    places = counted.places.assign(doubtful=whole)
    return replace(counted, places=places, doubts=Doubts(**doubts))


PARTLY = count(("A", 4, 4), ("B", 1, 4), ("C", 0, 2))
WHOLE = count(("A", 4, 4), ("B", 4, 4))
NOTHING = count(("A", 0, 4), ("B", 0, 4))


@pytest.mark.parametrize("counted", [PARTLY, WHOLE, NOTHING])
def test_what_is_counted_is_saved_with_the_forecast(tmp_path: Path, counted: Counted) -> None:
    places = pd.DataFrame({"city": "Kota", "area": list("ABC"), "registered": 100.0})
    told = doubted(
        counted,
        far_below=("A",),
        short_of_roll=("B",),
        lacking=40.0,
        below_past=("C",),
        copied=("A", "B"),
        others_figures=("B",),
        low_so_far=("A",),
        at_stations=("B",),
        stations_copied=("C",),
        stations_above=("A", "C"),
    )
    draws = np.full((2, 3), 0.5)
    night = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area", counted=told)
    night.save(tmp_path / "night")
    back = Forecast.load(tmp_path / "night").counted
    assert back is not None
    kept, loaded = asdict(told), asdict(back)
    table = kept.pop("places").astype(dict.fromkeys(FIGURES, float))
    pd.testing.assert_frame_equal(loaded.pop("places"), table)
    assert loaded == kept


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        (
            PARTLY,
            "Count in progress: 5 of 10 stations are in (50.0%). Of 3 places 1 is complete and 1 "
            "partly in. 1 place is not in yet. As of 27 November 2030, 21:05.",
        ),
        (WHOLE, "All stations are in (8). As of 27 November 2030, 21:05."),
        (
            count(("A", 4, 4), ("B", 0, 4), stations=False),
            "Count in progress: stations with 50.0% of the registered voters are in. Of 2 places 1 "
            "is complete. Read as whole counts: 1 place that tells no stations. "
            "As of 27 November 2030, 21:05.",
        ),
        (
            count(("A", 4, 4), stations=False),
            "Read as whole counts: 1 place tells no stations. If only some of their stations are "
            "in, every figure here is wrong. As of 27 November 2030, 21:05.",
        ),
        (
            count(("A", 1, 4)),
            "Count in progress: 1 of 4 stations are in (25.0%). As of 27 November 2030, 21:05.",
        ),
    ],
)
def test_it_is_told_how_far_a_count_is(counted: Counted, said: str) -> None:
    assert counted.say() == said
    assert replace(counted, until=None).say() == said.split(" As of")[0]
    by_file = replace(counted, of_file=True)
    here = clock(NIGHT.astimezone(), "en")  # of the file's time, and of no other, the zone is known
    told = said.removesuffix(".").replace("21:05", here)
    assert by_file.say() == f"{told}, by the time of the file."


def test_a_stamp_tells_how_far_and_up_to_when() -> None:
    assert PARTLY.stamp() == "50.0% of the stations are in, as of 27 November 2030, 21:05"
    assert PARTLY.stamp("id") == "50,0% TPS sudah masuk, data sampai 27 November 2030, pukul 21.05"
    beside = dt.date(2030, 11, 27)
    assert PARTLY.stamp("id", beside) == "50,0% TPS sudah masuk, data sampai pukul 21.05"
    assert WHOLE.stamp("en", beside) == "all stations are in, as of 21:05"
    assert PARTLY.stamp("en", dt.date(2030, 11, 26)) == PARTLY.stamp("en")
    assert replace(PARTLY, until=None).stamp() == "50.0% of the stations are in"
    voters = replace(PARTLY, until=None, places=PARTLY.places.assign(stations_total=0.0))
    assert voters.stamp("id") == "TPS dengan 50,0% pemilih terdaftar sudah masuk"
    untold = count(("A", 4, 4), stations=False)
    assert replace(untold, until=None).stamp() == "read as whole counts, no stations told"
    assert replace(WHOLE, until=None).stamp() == "all stations are in"


def test_the_whole_is_in_when_it_says_so_or_all_its_places_do_and_none_is_doubted() -> None:
    assert WHOLE.is_whole
    assert not PARTLY.is_whole
    of_places = WHOLE.places.assign(complete=WHOLE.places["scale"] == "area")
    assert replace(WHOLE, places=of_places).is_whole
    of_the_whole = WHOLE.places.assign(complete=WHOLE.places["scale"] == "city")
    assert replace(WHOLE, places=of_the_whole).is_whole
    one = WHOLE.places.assign(complete=WHOLE.places["area"] == "A")
    assert not replace(WHOLE, places=one).is_whole
    assert not doubted(WHOLE, far_below=("B",)).is_whole
    assert doubted(WHOLE, far_below=("B",)).is_complete


def test_stations_said_to_be_in_are_doubted_where_much_of_the_roll_is_lacking() -> None:
    short = doubted(WHOLE, short_of_roll=("B",), lacking=5.0)
    assert not short.is_whole
    assert "All 8 stations are recorded as in. In 1 place with all stations recorded" in short.say()
    assert "5 registered voters of the roll are missing" in short.say()
    assert "Until then nothing is called." in short.say()
    assert "bila" not in short.stamp("id")
    assert "belum jelas apakah semua TPS sudah masuk" in short.stamp("id")
    # A lack that changes nothing of the whole is told, and calls wait for nothing; nor is it all.
    few = doubted(short, whole=False, short_of_roll=("B",), lacking=5.0)
    assert not few.is_whole
    assert "5 registered voters of the roll are missing" in few.say()
    assert "nothing is called" not in few.say()
    low = doubted(WHOLE, below_past=("B",))
    assert not low.is_whole
    assert "below two thirds of the lowest ever, or of what" in low.say()
    copy = doubted(WHOLE, copied=("A", "B"))
    assert "2 places have exactly the registered and voters of another (A, B)" in copy.say()
    assert "hak pilih 2 wilayah persis sama dengan wilayah lain (A, B): salah" in copy.say("id")
    assert not copy.is_whole
    # Before the first station nothing is in doubt.
    assert not NOTHING.is_doubtful


@pytest.mark.parametrize(
    "doubts",
    [{"far_above": ("B",)}, {"all_high": (0.6, 0.4)}, {"all_low": (0.2, 0.4)}, {"below_past": "B"}],
)
def test_where_figures_are_in_doubt_it_is_not_stations_that_may_be_out(
    doubts: dict[str, Any],
) -> None:
    off = replace(doubted(WHOLE, **doubts), until=None)
    assert off.say("id").startswith("Semua 8 TPS tercatat sudah masuk.")
    assert off.stamp("en") == "all stations are in, but figures are in doubt"
    assert off.stamp("id") == "semua TPS sudah masuk, tetapi ada angka yang diragukan"
    untold = replace(doubted(count(("A", 4, 4), stations=False), **doubts), until=None)
    assert untold.stamp("id") == "ada angka masuk yang diragukan"
    assert "Penghitungan sedang berjalan" not in untold.say("id")


def test_a_place_that_the_count_does_not_have_is_not_counted() -> None:
    places = pd.DataFrame({"city": "Kota", "area": ["B", "new", "A"], "area_id": None})
    found = PARTLY.at(places, "area")
    np.testing.assert_allclose(found["registered"], [100, np.nan, 400])
    np.testing.assert_allclose(found["stations_total"], [4, np.nan, 4])
    np.testing.assert_allclose(found["counted_share"], [0.25, 0, 1])
    assert found["complete"].tolist() == [False, False, True]
    wider = PARTLY.at(pd.DataFrame({"nation": ["Indonesia"]}), "nation")
    np.testing.assert_allclose(wider["counted_share"], [0.5])


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2030-11-26", "go up to 26 November 2030, 1 day before polling day"),
        ("2030-11-27", None),
        ("2031-01-26", None),
        ("2031-01-27", "go up to 27 January 2031, 61 days after polling day"),
    ],
)
def test_a_count_of_another_time_is_told(day: str, said: str | None) -> None:
    past = pd.DataFrame(
        {
            "city": "Kota",
            "area": ["A", "B"],
            "registered": [1000.0, 500.0],
            "voters": [700.0, 300.0],
            "date": "2025-11-27",
            "election_type": "pilkada",
        }
    )
    told = past.drop(columns=["date", "election_type"]).head(1)
    election = Election("2030-11-27", "pilkada")
    panel = build_panel(
        past,
        roll=past[["city", "area", "registered"]],
        election=election,
        counted=told.assign(registered=250, voters=160, stations_counted=1, stations_total=4),
    )
    until = dt.datetime.fromisoformat(f"{day} 12:00")
    found = make_forecast(panel, election, np.full((2, 2), 0.6), About("by hand"), until)
    assert found.counted is not None
    assert found.counted.places["area"].tolist() == [None, "A", "B"]
    assert list(found.counted.places.columns[:2]) == ["scale", "nation"]
    notes = [note.say() for note in found.about.notes[1:]]
    assert (said is None and not notes) or (len(notes) == 1 and str(said) in notes[0])


POSTAL = replace(WHOLE, apart=80.0, apart_before=0.1)


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        (POSTAL, "80 votes without a roll of their own (postal or the like) are counted besides"),
        (POSTAL, "10.0 points of turnout that this forecast lacks. With them turnout is 70.0%."),
        (replace(WHOLE, apart=80.0), "Past results have no such votes apart"),
        (replace(WHOLE, apart_before=0.1), "newest past contest they were 10.0 points of turnout"),
    ],
)
def test_votes_that_no_place_has_are_told_and_keep_a_count_from_being_the_whole(counted, said):
    assert said in counted.say("en")
    assert "suara di luar DPT" in counted.say("id")
    assert counted.lacks_votes
    assert not counted.is_whole
    assert not WHOLE.lacks_votes
    assert "without a roll" not in replace(WHOLE, apart=1.0, apart_before=0.001).say("en")


@pytest.mark.parametrize("before", [0, 200])
@pytest.mark.parametrize("now", [0, 240])
def test_votes_that_no_place_has_are_found_in_the_past_and_in_the_count(before, now):
    def contest(votes: int) -> pd.DataFrame:
        places = {"district": ["N", "N", "N"], "area": ["A", "B", None]}
        table = pd.DataFrame({**places, "registered": [1000, 1000, 2000]})
        without = [0, 0, votes]
        return table.assign(voters=[600, 600, 1200 + votes], voters_without_roll=without)

    past = contest(before).assign(date="2025-11-27", election_type="pilkada")
    coming = Election("2030-11-27", "pilkada")
    panel = build_panel(past, election=coming, counted=contest(now))
    counted = Counted.of(panel, panel.contest_of(coming), None)
    assert counted is not None
    assert counted.apart == now
    np.testing.assert_allclose(counted.apart_before, before / 2000)
    assert counted.is_whole is (before == now == 0)


def test_what_is_counted_apart_is_saved(tmp_path: Path) -> None:
    test_what_is_counted_is_saved_with_the_forecast(tmp_path, POSTAL)
