"""Every reader: a table written in any of the known ways reads back to the same table."""

import datetime as dt
import io
import json
import zipfile

import pandas as pd
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.examples import each_way

from turnout.elections import Election
from turnout.reading import load_counted, load_crosswalk, load_results, load_roll
from turnout.reading.outreach import load_outreach

SIGNS = {"none": "", "point": ".", "comma": ",", "space": " "}
ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16"]
DAYS = ["2020-12-09", "09/12/2020", "9.12.2020", "9 Desember 2020", "9 December 2020"]
NAMES = ["Murni", "Légok", "Sungai Putri", "Kasang", "Handil Jaya"]
RESULTS = [
    ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"],
    ["Date", "Type", "District", "Ward", "Registered voters", "Ballots cast"],
    ["Wahltag", "Wahl", "Samtgemeinde", "Gemeinde", "Wahlberechtigte", "Wähler"],
    ["Date du scrutin", "Scrutin", "Canton", "Commune", "Inscrits", "Votants"],
    ["Fecha", "Tipo", "Distrito", "Municipio", "Censo electoral", "Votantes"],
    ["Data", "Tipo de eleição", "Distrito", "Freguesia", "Eleitores", "Votantes"],
    ["Data", "Elezione", "district", "Comune", "Elettori", "Votanti"],
    ["Tarikh", "Jenis", "DUN", "Daerah mengundi", "Pemilih berdaftar", "Keluar mengundi"],
]
COUNTS = st.lists(
    st.integers(1_000, 90_000).flatmap(
        lambda roll: st.tuples(st.just(roll), st.integers(roll // 5, roll * 9 // 10))
    ),
    min_size=2,
    max_size=len(NAMES),
    unique_by=lambda pair: pair[0],
)
WAYS = st.fixed_dictionaries(
    {
        "mark": st.sampled_from(sorted(SIGNS)),
        "encoding": st.sampled_from(ENCODINGS),
        "delimiter": st.sampled_from([";", "\t"]),
        "titles": st.integers(0, 2),
        "day": st.sampled_from(DAYS),
    }
)


def marked(count, mark):
    return f"{count:,}".replace(",", SIGNS[mark])


def text_of(rows, way):
    text = io.StringIO()
    for _ in range(way["titles"]):
        text.write("Rekapitulasi\n")
    for row in rows:
        text.write(way["delimiter"].join(map(str, row)) + "\n")
    return text.getvalue().encode(way["encoding"])


def written(folder, rows, way, name="table.csv"):
    path = folder / name
    path.write_bytes(text_of(rows, way))
    return path


def workbook(folder, rows, titles, native):
    path = folder / "table.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Lembar1")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate([["Rekapitulasi"]] * titles + rows):
        for column, cell in enumerate(row):
            if native and isinstance(cell, dt.date):
                sheet.write_datetime(number, column, dt.datetime(*cell.timetuple()[:3]), day)
            else:
                sheet.write(number, column, cell if isinstance(cell, int) else str(cell))
    book.close()
    return path


def with_total(rows, total, place):
    """Put the row of the sum above, below or among the others."""
    return [*rows[:place], total, *rows[place:]]


def agree(reading, counts, name="area"):
    assert reading.errors == (), [error.say() for error in reading.errors]
    table = reading.table[reading.table[name].notna()]
    assert sorted(table[name]) == sorted(NAMES[: len(counts)])
    own = table.set_index(name)
    for place, figures in zip(NAMES, counts, strict=False):
        for column, figure in zip(("registered", "voters"), figures, strict=False):
            assert own.loc[place, column] == figure
    return own


@each_way
@given(
    counts=COUNTS,
    headers=st.sampled_from(RESULTS),
    way=WAYS,
    native=st.booleans(),
    total=st.sampled_from([None, "JUMLAH", "Kota Jambi"]),
    place=st.integers(0, 5),
)
def test_a_workbook(folder, counts, headers, way, native, total, place):
    day = dt.date(2020, 12, 9) if native else way["day"]
    rows = [
        [day, "pilkada", "Pasar", name, *(n if native else marked(n, way["mark"]) for n in pair)]
        for name, pair in zip(NAMES, counts, strict=False)
    ]
    if total is not None:
        sums = [sum(figures) for figures in zip(*counts, strict=True)]
        shown = [n if native else marked(n, way["mark"]) for n in sums]
        own = [total, ""] if total == "Kota Jambi" else ["Pasar", total]
        rows = with_total(rows, [day, "pilkada", *own, *shown], place)
    own = agree(load_results(workbook(folder, [headers, *rows], way["titles"], native)), counts)
    assert own["date"].unique().tolist() == [pd.Timestamp("2020-12-09")]


@each_way
@given(
    counts=COUNTS,
    headers=st.sampled_from(RESULTS),
    way=WAYS,
    total=st.booleans(),
    place=st.integers(0, 5),
)
def test_a_roll(folder, counts, headers, way, total, place):
    rows = [
        ["Pasar", name, marked(roll, way["mark"])]
        for name, (roll, _) in zip(NAMES, counts, strict=False)
    ]
    if total:
        whole = marked(sum(roll for roll, _ in counts), way["mark"])
        rows = with_total(rows, ["Pasar", "JUMLAH", whole], place)
    agree(load_roll(written(folder, [headers[2:5], *rows], way)), [(r,) for r, _ in counts])


@each_way
@given(counts=COUNTS, headers=st.sampled_from(RESULTS), way=WAYS, stations=st.integers(2, 9))
def test_a_count(folder, counts, headers, way, stations):
    rows = [
        ["Pasar", name, *(marked(n, way["mark"]) for n in pair), stations - 1, stations]
        for name, pair in zip(NAMES, counts, strict=False)
    ]
    path = written(folder, [[*headers[2:], "TPS masuk", "Jumlah TPS"], *rows], way)
    own = agree(load_counted(path, election=Election("2024-11-27", "pilkada")), counts)
    assert own["stations_counted"].unique().tolist() == [stations - 1]
    assert own["date"].unique().tolist() == [pd.Timestamp("2024-11-27")]


@each_way
@given(
    parts=st.integers(1, 99),
    form=st.sampled_from(["{:.2f}", "{:.0%}", "{:.2f},"]),
    headers=st.sampled_from(
        [["Kelurahan baru", "Kelurahan lama", "Bobot"], ["new_area", "old_area", "weight"]]
    ),
    way=WAYS,
)
def test_a_crosswalk(folder, parts, form, headers, way):
    shares = [parts / 100, 1 - parts / 100]
    comma = form.endswith(",")
    told = [form.rstrip(",").format(share).replace(".", "," if comma else ".") for share in shares]
    rows = [["Baru", old, share] for old, share in zip(NAMES, told, strict=False)]
    reading = load_crosswalk(written(folder, [headers, *rows], way))
    assert reading.errors == (), [error.say() for error in reading.errors]
    assert reading.table["old_area"].tolist() == NAMES[:2]
    assert reading.table["weight"].round(6).tolist() == [round(share, 6) for share in shares]


MONEY = ["{}", "Rp {}", "Rp{},-", "IDR {}", "{} Rp", "Rp. {}"]


@each_way
@given(
    reached=st.lists(st.integers(1, 9_000), min_size=1, max_size=5),
    cost=st.integers(1_000, 9_000_000),
    money=st.sampled_from(MONEY),
    headers=st.sampled_from(
        [["Tanggal", "Kelurahan", "Kegiatan", "Jumlah peserta", "Biaya"],
         ["date", "area", "activity", "people reached", "cost"]]
    ),
    way=WAYS,
)  # fmt: skip
def test_an_activity_log(folder, reached, cost, money, headers, way):
    rows = [
        [way["day"], name, "tatap muka", marked(people, way["mark"]),
         money.format(marked(cost, way["mark"]))]
        for name, people in zip(NAMES, reached, strict=False)
    ]  # fmt: skip
    reading = load_outreach(written(folder, [headers, *rows], way))
    assert reading.errors == (), [error.say() for error in reading.errors]
    table = reading.table
    assert table["area"].tolist() == NAMES[: len(reached)]
    assert table["reached"].tolist() == reached
    assert table["cost"].tolist() == [cost] * len(reached)
    assert table["date"].unique().tolist() == [pd.Timestamp("2020-12-09")]


@each_way
@given(
    counts=COUNTS,
    headers=st.sampled_from(RESULTS),
    way=WAYS,
    form=st.sampled_from(["list", "under a name", "answer", "lines"]),
)
def test_json_records(folder, counts, headers, way, form):
    records = [
        dict(zip(headers, [way["day"], "pilkada", "Pasar", name,
                           *(n if way["mark"] == "none" else marked(n, way["mark"]) for n in pair)],
                 strict=True))
        for name, pair in zip(NAMES, counts, strict=False)
    ]  # fmt: skip
    forms = {
        "list": lambda: json.dumps(records),
        "under a name": lambda: json.dumps({"ok": True, "data": records}),
        "answer": lambda: json.dumps({"result": {"total": len(records), "records": records}}),
        "lines": lambda: "\n".join(json.dumps(record) for record in records),
    }
    path = folder / "table.json"
    path.write_text(forms[form](), encoding="utf-8")
    agree(load_results(path), counts)


@each_way
@given(counts=COUNTS, headers=st.sampled_from(RESULTS), way=WAYS, inside=st.booleans())
def test_a_zipped_csv(folder, counts, headers, way, inside):
    rows = [
        [way["day"], "pilkada", "Pasar", name, *(marked(n, way["mark"]) for n in pair)]
        for name, pair in zip(NAMES, counts, strict=False)
    ]
    path = folder / "table.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        name = "data/table.csv" if inside else "table.csv"
        archive.writestr(name, text_of([headers, *rows], way))
    agree(load_results(path), counts)
