"""Which rows of which files count."""

from pathlib import Path

import pandas as pd
import pytest

from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.reading import Reading, load_counted
from turnout.watch.counts import COUNT_COLUMNS, CountSoFar, keys_of, read_count, same_count


def rows(**voters: float | None) -> pd.DataFrame:
    table = pd.DataFrame({"area": list(voters), "registered": 1000.0, "stations_total": 2.0})
    table["voters"] = [float("nan") if one is None else one for one in voters.values()]
    table["stations_counted"] = [0.0 if one is None else 2.0 for one in voters.values()]
    return table.reindex(columns=list(COUNT_COLUMNS))


def read(files: dict[str, pd.DataFrame | None], before: pd.DataFrame | None = None) -> CountSoFar:
    def load(path: Path) -> Reading:
        table = files[path.name]
        if table is None:
            raise TurnoutError(Text(en="{file} is broken.", id="{file} rusak."), file=path.name)
        return Reading(table, (), pd.DataFrame())

    return read_count([Path(name) for name in files], load, None, before)


def told(count: CountSoFar) -> dict[str, float]:
    return dict(zip(count.table["area"], count.table["voters"], strict=True))


def test_of_two_files_the_later_name_counts() -> None:
    count = read({"1.csv": rows(Kasang=600, Murni=700), "2.csv": rows(Murni=710, Legok=500)})
    assert told(count) == {"Kasang": 600, "Murni": 710, "Legok": 500}


def test_of_two_files_the_later_time_counts_whatever_their_names() -> None:
    late = rows(Murni=700, Legok=500).assign(data_until=pd.Timestamp("2024-11-27 21:30"))
    early = rows(Murni=640, Kasang=600).assign(data_until=pd.Timestamp("2024-11-27 20:10"))
    count = read({"1.csv": late, "2.csv": early})
    assert told(count) == {"Murni": 700, "Legok": 500, "Kasang": 600}
    untold = rows(Murni=650).assign(data_until=pd.NaT)
    count = read({"1.csv": late, "2.csv": untold})
    assert told(count) == {"Murni": 650, "Legok": 500}


@pytest.mark.slow
def test_a_later_report_in_a_file_replaces_the_earlier_one_and_that_is_told(
    tmp_path: Path,
) -> None:
    coming = Election("2024-11-27", "pilkada")
    told_twice = ["area,registered,voters,data_until", "Murni,1000,650,21:30"]
    (tmp_path / "1.csv").write_text(
        "\n".join([*told_twice, "Murni,1000,640,20.10", "Legok,900,500,20.10"]), encoding="utf-8"
    )
    (tmp_path / "2.csv").write_text(
        "area,registered,voters,data_until\nLegok,900,400,19.00", encoding="utf-8"
    )
    files = [tmp_path / "1.csv", tmp_path / "2.csv"]
    count = read_count(files, lambda path: load_counted(path, election=coming), None, None)
    assert count.troubles == ()
    assert told(count) == {"Murni": 650, "Legok": 500}
    assert [(one.rule, one.spot.row) for one in count.findings] == [("report_replaced", 3)]


def test_a_place_that_is_not_in_makes_no_other_count() -> None:
    """A file cut off after the places that are in told nothing new, and was kept as an update."""
    count = rows(**{"Murni": 600, "Legok": 0}).assign(stations_total=3.0)
    count["stations_counted"] = [3.0, 0.0]
    assert same_count(count, count.iloc[:1])
    assert not same_count(count, count.iloc[1:])


def test_names_are_places_however_they_are_set() -> None:
    one, other = rows(**{"Paal Merah": 600}), rows(**{"PAAL  MERAH": 600})
    assert keys_of(one) == keys_of(other)
    assert same_count(one, other)
    assert not same_count(one, rows(**{"Paal Merah": 601}))


def test_a_blank_row_takes_no_figures_away() -> None:
    blank = rows(Murni=None).assign(stations_counted=float("nan"))
    count = read({"1.csv": rows(Kasang=600, Murni=700), "2.csv": blank})
    assert told(count) == {"Kasang": 600, "Murni": 700}
    count = read({"1.csv": pd.concat([rows(Kasang=620), blank])}, rows(Kasang=600, Murni=700))
    assert told(count) == {"Kasang": 620, "Murni": 700}
    assert "Murni" in count.troubles[0]["en"]
    taken_back = read({"1.csv": rows(Kasang=620, Murni=None)}, rows(Kasang=600, Murni=700))
    assert taken_back.troubles == ()


def test_stations_that_are_all_blank_take_no_figures_away(tmp_path: Path) -> None:
    """A file that was cut off in the row of a place's only station."""
    path = tmp_path / "count.csv"
    header = "Kelurahan;TPS;DPT;Pengguna Hak Pilih"

    def count(*lines: str, before: pd.DataFrame | None = None) -> CountSoFar:
        path.write_text("\n".join([header, *lines]), encoding="utf-8")
        coming = Election("2024-11-27", "pilkada")
        return read_count([path], lambda one: load_counted(one, election=coming), None, before)

    first = count("Murni;1;500;300", "Murni;2;500;310", "Legok;1;548;345")
    assert told(first) == {"Murni": 610, "Legok": 345}
    cut = count("Murni;1;500;300", "Murni;2;500;310", "Legok;1;5", before=first.table)
    assert told(cut) == {"Murni": 610, "Legok": 345}
    assert "Legok" in cut.troubles[0]["en"]


def test_a_broken_file_keeps_the_rows_that_were_good() -> None:
    before = rows(Kasang=600, Murni=700)
    count = read({"1.csv": None, "2.csv": rows(Murni=710)}, before)
    assert told(count) == {"Kasang": 600, "Murni": 710}
    assert [one["en"] for one in count.troubles] == ["1.csv is broken."]


def test_a_place_with_no_station_in_was_not_in() -> None:
    count = read({"1.csv": rows(Kasang=600)}, rows(Kasang=600, Murni=None))
    assert count.troubles == ()


def test_a_place_that_is_gone_stays_and_is_named() -> None:
    count = read({"1.csv": rows(Kasang=600)}, rows(Kasang=590, Murni=700))
    assert told(count) == {"Kasang": 600, "Murni": 700}
    assert "Murni" in count.troubles[0]["id"]
