"""What was understood of a file: how many places it names."""

import io
from collections.abc import Callable

import pandas as pd
import pytest
from rich.console import Console

from turnout.cli.understood import (
    columns_not_used,
    contests_read,
    headers_read,
    kinds_read,
    scales_read,
)
from turnout.reading import Reading, load_outreach, load_results


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ({"district": ["Kec. Pasar", None, "PASAR"], "area": ["Murni", "murni", "Legok"]}, (2, 1)),
        ({"district": ["Pasar", "Utara", "Utara"], "area": ["Murni", "Legok", "Murni"]}, (3, 2)),
        ({"district": ["Pasar"] * 3, "area": ["Murni", "Murni", None]}, (1, 1)),
    ],
)
def test_places_are_counted_as_they_are_matched(
    places: dict[str, list[str | None]], told: tuple[int, int]
) -> None:
    contests = ["2019", "2020", "2019"]
    table = pd.DataFrame({**places, "area_id": None, "election": contests}, dtype="object")
    said = scales_read(table, "en")
    assert said.startswith(f"Places: area {told[0]}, district {told[1]}.")


def test_columns_titles_and_names_of_sheets_are_told_apart_file_by_file(tmp_path) -> None:
    files = {
        "2018.csv": "REKAP PILKADA 27 JUNI 2018;;\nDesa/Kel;Jml DPT;Hadir\nMurni;900;600\n",
        "2020.csv": "tanggal;Jenis;area;registered;Pengguna\n2020-12-09;pilkada;Murni;910;640\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    reading = load_results([tmp_path / name for name in files])
    title = "REKAP PILKADA 27 JUNI 2018 → date, election_type"
    assert headers_read(reading, "en") == [
        "Columns understood (2018.csv): Desa/Kel → area; Jml DPT → registered; Hadir → voters.",
        f"Titles understood (2018.csv): {title}.",
        "Columns understood (2020.csv): tanggal → date; Jenis → election_type; Pengguna → voters.",
    ]
    alone = load_results(tmp_path / "2020.csv")
    assert headers_read(alone, "id") == [
        "Kolom yang dipahami: tanggal → tanggal (date); Jenis → jenis pemilihan (election_type); "
        "Pengguna → pengguna hak pilih (voters)."
    ]


def test_a_count_and_what_it_counts_stay_on_one_line() -> None:
    days = pd.to_datetime(["2019-04-17", "2019-04-17", "2024-02-14"])
    places = {
        "city": "Kota",
        "district": ["Pasar", "Utara", None],
        "area": ["Murni", "Legok", None],
    }
    table = pd.DataFrame({**places, "date": days, "election_type": "pemilihan presiden"})
    table = table.assign(election=["2019"] * 2 + ["2024"], registered=900_000.0, voters=700_000.0)
    shown = contests_read(table.assign(area_id=None), "id")
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(shown)
    told = console.export_text()
    assert "2 kelurahan/desa" in told
    assert "1 kabupaten/kota" in told


@pytest.mark.parametrize(
    ("city", "told"), [(None, "district 2, of all 1"), ("Kota Jambi", "district 2, city/county 1")]
)
def test_totals_are_told_up_to_that_of_all(city: str | None, told: str) -> None:
    names = {"Kecamatan": [*"UUSS"], "Kelurahan": [*"ABCD"]}
    areas = pd.DataFrame(
        {**names, "DPT": [1000, 1007, 1014, 1021], "Pengguna": [700, 707, 714, 721]}
    )
    sums = areas.groupby("Kecamatan", as_index=False)[["DPT", "Pengguna"]].sum()
    whole = areas[["DPT", "Pengguna"]].sum().to_frame().T.assign(Kelurahan="TOTAL")
    table = pd.concat([areas, sums.assign(Kelurahan="JUMLAH"), whole], ignore_index=True)
    table = table.assign(Tanggal="9 Desember 2020", Jenis="pilkada")
    reading = load_results(table if city is None else table.assign(Kota=city))
    assert not reading.errors
    assert scales_read(reading.table, "en", reading.totals_used).endswith(f"totals: {told}.")


def test_activities_of_another_name_than_their_kind_are_told() -> None:
    kinds = ["Sosialisasi Tatap Muka", "tatap muka", "Jalan Sehat", "Bagi takjil"]
    log = {"Tanggal": ["9 Desember 2020"] * 4, "Kelurahan": ["Murni"] * 4, "Kegiatan": kinds}
    table = load_outreach(pd.DataFrame(log)).table
    told = "Kegiatan: Sosialisasi Tatap Muka → tatap muka; Jalan Sehat → acara massal"
    assert kinds_read(table, "id") == told
    assert kinds_read(table[table["kind_written"].isna()], "en") == ""


@pytest.mark.parametrize(
    ("role", "load", "rows", "used"),
    [
        ("outreach", load_outreach, {"Kegiatan": ["tatap muka"] * 2, "Peserta": [40, 60]}, "Biaya"),
        ("results", load_results, {"Jenis": ["pilkada"] * 2, "DPT": [900, 800]}, "Pengguna"),
    ],
)
def test_columns_that_nothing_is_read_from_are_named(
    role: str, load: Callable[[pd.DataFrame], Reading], rows: dict[str, list[object]], used: str
) -> None:
    places = {"Tanggal": ["9 Desember 2020"] * 2, "Kelurahan": ["Murni", "Legok"]}
    table = pd.DataFrame({**places, **rows, used: [500, 400]})
    assert columns_not_used(load(table), role, "en") == ""
    more = table.assign(Brosur=[100, 250], Spanduk=["ada", "tidak"])
    assert columns_not_used(load(more), role, "en") == "Columns not used: Brosur, Spanduk."
    assert columns_not_used(load(more), role, "id") == "Kolom tidak dipakai: Brosur, Spanduk."
