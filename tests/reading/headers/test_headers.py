"""What headers name, and what is asked about them."""

import datetime as dt

import pandas as pd
import pytest

from turnout.reading.headers.aliases import RESULTS, ROLL
from turnout.reading.headers.match import understand, understand_all
from turnout.reading.hints import Hints
from turnout.reading.results import load_results, read_results
from turnout.reading.roll import load_roll
from turnout.surroundings import on_command_line

BASE = {"date": ["2024-11-27"], "election_type": ["pilkada"]}


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("election", "election Pemilihan KONTES"),
        ("date", "date TANGGAL tgl Tanggal_Pemungutan_Suara"),
        ("election_type", "election_type Jenis jenis_pemilihan Jenis-Pemilihan"),
        (
            "area",
            "area kelurahan DESA Gampong nagari unit ward precinct Nama_Kelurahan Desa/Kel"
            " Gemeente Gmina CAW_Name",
        ),
        ("district", "district Kecamatan distrik region KEC. nama_kecamatan kecamatan_nama"),
        ("city", "city kabupaten kota KabKota Kab/Kota county kabupaten_kota_nama"),
        ("province", "province Provinsi state prov"),
        ("nation", "nation negara country"),
        ("area_id", "area_id kode kode_wilayah Kode_Kelurahan code unit_id"),
        (
            "registered",
            "registered DPT pemilih_terdaftar Jumlah_DPT electorate pemilih_dpt_j"
            " Kiesgerechtigden Röstberättigade Voliči_v_seznamu Kayıtlı_Seçmen_Sayısı"
            " Liczba_wyborców_uprawnionych_do_głosowania",
        ),
        (
            "voters",
            "voters Pengguna_Hak_Pilih pengguna_total_j hadir ballots Jml_Pengguna_Hak_Pilih"
            " Pengg._Hak_Pilih Jmlh_Pengg._HAK_PILIH Yg_Menggunakan_Hak_Pilih Wähler_1) Wählende²",
        ),
        ("registered_l", "registered_l dpt_l DPT-LK DPT_Lk2 pemilih_dpt_l L_DPT dpt_laki-laki"),
        ("registered_p", "registered_p dpt_p DPT_(Perempuan) pemilih_dpt_p"),
        ("voters_l", "voters_l pengguna_total_l Pengguna_Hak_Pilih_LK"),
        ("voters_p", "voters_p pengguna_total_p Pengguna_Hak_Pilih_Perempuan"),
        ("registered_basis", "registered_basis basis_dpt"),
        ("stations_counted", "stations_counted tps_masuk Jumlah_TPS_Masuk"),
        ("stations_total", "stations_total jumlah_tps JML._TPS tps_total"),
        ("valid", "valid suara_sah Jumlah_Suara_Sah"),
        ("invalid", "invalid suara_tidak_sah Suara_Tdk_Sah Jml_Suara_Tdk._Sah Tak_Sah"),
        ("turnout", "Tkt._Partisipasi Tingkat_Partisipasi"),
        ("note", "note catatan keterangan Ket."),
        ("station", "no_tps Nomor_TPS"),
    ],
)
def test_every_alias_names_its_column(name, headers):
    for header in headers.split():
        found = understand(header.replace("_", " "), RESULTS)
        assert (found.meaning, found.names) == ("column", (name,)), header
        assert understand(header.upper(), RESULTS).names == (name,)


@pytest.mark.parametrize("header", ["no", "name", "Jumlah Kelurahan", "DPTb", "DPK"])
def test_other_headers_stay_the_users_own(header):
    assert understand(header, RESULTS).meaning == "own"


@pytest.mark.parametrize(
    "header",
    [
        "Pemilih",
        "Jumlah Pemilih",
        "Jml. Pemilih",
        "Jlh suara",
        "Total L",
        "TPS",
        "Suara",
        "Jlh",
        "L",
        "P",
        "Jml Pemilih L",
        "Jumlah Pemilih (P)",
        "Pemilih Laki-laki 2019",
        "pemilih 2019",
    ],
)
def test_headers_of_several_meanings_are_questions(header):
    assert understand(header, RESULTS).meaning == "question"


def test_a_roll_has_no_voters_so_pemilih_is_clear():
    assert understand("Jumlah Pemilih", ROLL).names == ("registered",)


def test_a_header_may_name_its_election():
    header = understand("DPT Pilpres 17 April 2019 LK", RESULTS)
    assert header.names == ("registered_l",)
    assert header.contest.date == dt.date(2019, 4, 17)
    assert header.contest.election_type == "pilpres"


def rules_of(reading):
    return [finding.rule for finding in reading.errors]


@pytest.mark.slow
def test_tps_beside_tps_total_is_asked_about_and_answered():
    frame = pd.DataFrame(
        BASE | {"area": "A", "dpt": [90], "hadir": [70], "tps": [3], "tps_total": [4]}
    )
    [error] = load_results(frame).errors
    assert error.rule == "ambiguous_header"
    assert error.spot.column == "tps"
    assert 'columns={"tps": "stations_counted"}' in error.say()
    table = load_results(frame, hints=Hints(columns={"TPS": "stations_counted"})).table
    assert table[["stations_counted", "stations_total"]].iloc[0].tolist() == [3, 4]
    kept = load_results(frame, hints=Hints(columns={"tps": "kotak"})).table
    assert kept["kotak"].tolist() == [3]


def test_pemilih_is_asked_about_only_where_it_matters():
    alone = pd.DataFrame(BASE | {"area": "A", "pemilih": [90]})
    [asked] = [one for one in load_results(alone).errors if one.rule == "ambiguous_header"]
    meant = "bisa berarti: pemilih terdaftar (registered), pengguna hak pilih (voters)"
    assert meant in asked.say("id")
    # Where the voters have a column of their own, pemilih can only be the registered.
    beside = load_results(alone.assign(hadir=70))
    assert beside.findings == ()
    assert beside.table["registered"].tolist() == [90]
    # Jumlah may be the sum of anything: that is told.
    total = load_results(alone.rename(columns={"pemilih": "Jumlah"}).assign(Hadir=70))
    assert total.errors == ()
    [told] = total.warnings
    assert told.rule == "answered_header"
    assert "dibaca sebagai pemilih terdaftar" in told.say("id")
    assert "untuk pengguna hak pilih sudah ada Hadir" in told.say("id")
    assert "read as the registered voters: for the voters there is Hadir" in told.say("en")
    clear = load_results(alone.assign(hadir=70, dpt=90))
    assert clear.findings == ()
    assert clear.table["pemilih"].tolist() == [90]


SEXES = {"Jml Pemilih L": [40], "Jml Pemilih P": [50]}
VOTED = {"Pengguna Hak Pilih": [70]}
REGISTERED = ("registered", "registered_l", "registered_p")


@pytest.mark.parametrize("whole", [{}, {"Jlh. Pemilih": [90]}, {"Pemilih (L+P)": [90]}])
@pytest.mark.parametrize("voters", [VOTED, {f"Pengg. Hak Pilih {sex}": [35] for sex in "LP"}])
def test_the_sexes_of_pemilih_are_answered_as_pemilih_is(whole, voters):
    table = load_results(pd.DataFrame(BASE | {"area": "A"} | SEXES | whole | voters)).table
    assert [table[name].iloc[0] for name in REGISTERED] == [90, 40, 50]
    assert table["voters"].iloc[0] == 70


def test_men_and_women_that_are_not_the_pemilih_beside_them_are_told():
    frame = pd.DataFrame(BASE | {"area": "A"} | SEXES | {"Jlh. Pemilih": [91]} | VOTED)
    [found] = load_results(frame).findings
    assert (found.rule, found.spot.column) == ("registered_l_p", "Jlh. Pemilih")
    assert not load_results(frame.assign(**{"Jlh. Pemilih": [90]})).findings


def test_the_sexes_of_pemilih_are_asked_about_where_pemilih_is_once():
    frame = pd.DataFrame(BASE | {"area": "A"} | SEXES)
    asked = [one.spot.column for one in load_results(frame).errors]
    assert asked[:2] == list(SEXES)
    whole = load_results(frame.assign(Pemilih=[90]))
    assert "Pemilih" in [one.spot.column for one in whole.errors]
    assert not set(SEXES) & {one.spot.column for one in whole.errors}
    said = load_results(frame.assign(Pemilih=[90]), hints=Hints(columns={"Pemilih": "voters"}))
    assert not set(SEXES) & {one.spot.column for one in said.errors}


def test_two_headers_for_one_column_are_an_error():
    frame = pd.DataFrame(BASE | {"desa": "A", "kelurahan": "B", "dpt": [90], "hadir": [70]})
    [error] = load_results(frame).errors
    assert error.rule == "doubled_column"
    assert "desa, kelurahan" in error.say()
    assert "berarti kolom yang sama, kelurahan/desa: desa, kelurahan" in error.say("id")
    assert load_results(frame, hints=Hints(columns={"desa": "area"})).table["area"].tolist() == [
        "A"
    ]


def test_a_canonical_header_goes_before_its_aliases():
    frame = pd.DataFrame(
        BASE | {"area": "A", "registered": [9], "voters": [7], "total_ballots": [8]}
    )
    reading = load_results(frame)
    assert reading.errors == ()
    assert reading.table["voters"].tolist() == [7]
    assert reading.table["total_ballots"].tolist() == [8]


def test_missing_columns_are_told_all_at_once_with_what_was_found():
    [error] = load_results(pd.DataFrame({"kelurahan": ["A"], "Jml Orang": [3]})).errors
    said = error.say()
    assert "missing: date; election_type; registered; voters" in said
    assert "headers that are not known: Jml Orang" in said
    assert 'columns={"HEADER": "registered"}, dates="YYYY-MM-DD", types="TYPE"' in said
    with on_command_line():
        assert "--column JUDUL=registered --date-of TTTT-BB-HH --type-of JENIS" in error.say("id")
    assert "Tanggal: 27 November 2024" in error.say("id")


def test_an_override_of_a_header_that_is_not_there_is_an_error():
    frame = pd.DataFrame(BASE | {"area": "A", "dpt": [9], "hadir": [7]})
    [error] = load_results(frame, hints=Hints(columns={"jml": "registered"})).errors
    assert error.rule == "unknown_header"


@pytest.mark.parametrize("header", ["NIK", "Nama Pemilih", "tanggal_lahir", "No. KK", "Alamat"])
def test_personal_data_are_refused_and_never_echoed(header):
    secret = "1571010101800001"
    frame = pd.DataFrame(BASE | {"area": "A", header: [secret], "dpt": ["x"], "hadir": [7]})
    reading = load_results(frame)
    assert "personal_data" in rules_of(reading)
    assert header not in reading.table
    assert secret not in " ".join(finding.say() for finding in reading.findings)


def test_identity_numbers_are_found_under_any_header():
    frame = pd.DataFrame(
        {"kelurahan": ["A", "B"], "dpt": [1, 2], "x": ["1571010101800001", "1571010101800002"]}
    )
    [error] = load_roll(frame).errors
    assert (error.rule, error.spot.column, error.spot.value) == ("personal_data", "x", "")


def test_the_users_own_columns_stand_behind_and_are_read():
    frame = pd.DataFrame(
        BASE
        | {"luas": "3,5", "area": "A", "kodepos": "03611", "dpt": [9], "hadir": [7], "calon": "2"}
    )
    table = read_results(frame)
    assert table.columns.tolist()[-3:] == ["luas", "kodepos", "calon"]
    assert table[["luas", "kodepos", "calon"]].iloc[0].tolist() == [3.5, "03611", 2]


def test_the_mark_of_a_footnote_is_no_part_of_a_header(tmp_path):
    """A sheet whose voters bear one was taken for no results, without a word."""
    path = tmp_path / "hasil.xlsx"
    with pd.ExcelWriter(path) as book:
        for year, day, voters in (
            (2013, "29 Juni 2013", "Pengguna Hak Pilih 1)"),
            (2018, "27 Juni 2018", "Pengguna Hak Pilih²"),
            (2024, "27 November 2024", "Pengguna Hak Pilih"),
        ):
            rows = [
                [f"Hasil Pilkada {day}", None, None],
                ["Kelurahan", "DPT *)", voters],
                ["Murni", 1264, 783],
                ["Legok", 3936, 2393],
            ]
            pd.DataFrame(rows).to_excel(book, sheet_name=str(year), index=False, header=False)
    table = load_results(path).table
    assert table is not None
    assert table.groupby("date")["voters"].sum().tolist() == [3176.0] * 3


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("City/Municipality", ("city",)),
        ("Ward/Village", ("area",)),
        ("Kota / Kabupaten", ("city",)),
        ("Province/City", ()),
        ("Ward/Voters", ()),
    ],
)
def test_alternatives_of_one_scale_name_it(header: str, names: tuple[str, ...]) -> None:
    assert understand(header, RESULTS).names == names


def test_what_is_said_of_a_header_holds_for_it_alone() -> None:
    found = understand_all(["Turnout", "Turnout %"], RESULTS, {"Turnout": "voters"})
    assert [one.names for one in found] == [("voters",), ("turnout",)]
