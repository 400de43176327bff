"""Data of persons: refused in every kind of table, under any header, never told."""

import csv

import pandas as pd
import pytest

from turnout.errors import DataError, Finding, Spot, TurnoutError
from turnout.language import Text
from turnout.privacy.headers import is_personal_header
from turnout.privacy.numbers import HIDDEN, masked, personal_parts
from turnout.reading.crosswalk import load_crosswalk
from turnout.reading.outreach import load_outreach
from turnout.reading.results import load_counted, load_results, read_results
from turnout.reading.roll import load_roll

PERSONAL = """
NIK|NIK Pemilih|N.I.K.|N I K|nik_pemilih|NIKPemilih|No NIK|NKK|No. KK|Nomor KK|NoKK
Nomor Induk Kependudukan (NIK)|Nomor Induk|No KTP|Nomor KTP|KTP NIK|Paspor|No. Paspor|passport
Passport number|National ID|ID card|Identity number|Voter ID|id_pemilih|Nomor Pemilih|NPWP|SSN
Nama Pemilih|nama pemilih (sesuai KTP)|namapemilih|Nama Lengkap|full name|Full_Name|FullName
First name|last_name|surname|family name|Nama Kepala Keluarga|Kepala Keluarga|Nama Ibu Kandung
Nama Warga|Nama Ketua KPPS|Nama Petugas|Nama Responden|Voter name|Name of voter|Nama Penduduk
Tgl Lahir|Tanggal Lahir|tanggal_lahir|Tempat/Tgl. Lahir|TTL|Tahun Lahir|date of birth|DOB
birth date|Birthdate|Geburtsdatum|date de naissance|fecha de nacimiento|Status Perkawinan
No HP|No. HP|NoHP|HP|Nomor HP/WA|No WA|No WhatsApp|whatsapp|No. Telp.|Telepon|nomor telepon
phone|Phone number|mobile phone|Telephone|Handphone|e-mail|Email|alamat email|Surel
Alamat|Alamat Lengkap|alamat_rumah|Alamat (RT/RW)|address|Home address|Vorname|Nachname|Cognome
codice fiscale|Kad Pengenalan|Kontak|Contact person|Tanda Tangan
"""
PLACES = """
Nama Kelurahan|Nama Desa|nama_kecamatan|Nama Kabupaten/Kota|Nama|name|Nama Wilayah|Nama TPS|No
No.|No. TPS|Nomor TPS|Kode|id|Kode Wilayah|Pemilih|Jumlah Pemilih|Pemilih L|Pemilih P|DPT|DPTb
Pengguna Hak Pilih|number of voters|registered voters|voters|Jumlah KK|Jumlah NIK ganda|KTP
Pengguna KTP|DPK (KTP-el)|Alamat TPS|alamat kantor|phone_calls|emails sent|Telepon terkirim
mobile stations|TPS mobile|Jenis Kelamin|Usia|Kelahiran|birth rate|note|Catatan|City|County name
personal_message|Nama Calon|Jumlah Kepala Keluarga|RT|RW|Keterangan|Total|Partisipasi
"""


def listed(text):
    return [word.strip() for line in text.strip().splitlines() for word in line.split("|")]


@pytest.mark.parametrize("header", listed(PERSONAL))
def test_headers_of_persons(header):
    assert is_personal_header(header)


@pytest.mark.parametrize("header", listed(PLACES))
def test_headers_of_places_and_counts(header):
    assert not is_personal_header(header)


NUMBERS = [
    "1571010101800001",
    "15.71.01.010180.0001",
    "157101 410180 0001",
    "1571-0101-0180-0001",
    "1571 0101 0180 0001",
    "'1571010101800001",
    "NIK: 1571010101800001 (Budi)",
    "no 7 / 1571010101800001",
    "1571010101800001.0",
    "9271015512990002",
    "081234567890",
    "0812-3456-7890",
    "0812 3456 7890",
    "+62 812-3456-7890",
    "+6281234567890",
    "6281234567890",
    "(0812) 3456 7890",
    "hub. Siti 08987654321",
    "siti.aminah@example.org",
    "surel: a.b+c@mail.example.co.id!",
]
OTHERS = [
    "1571011001",
    "15.71.01.1001",
    "1571011001001",
    "15.71.01.1001.001",
    "0.8123456789012",
    "0,8123456789012345",
    "62.8123456789012",
    "-1.6101234567890123",
    "103.6101234567890123",
    "62.812.345.678",
    "1.000.000.000.000.000",
    "9999999999999999",
    "27/11/2024",
    "2024-11-27 17:00:00",
    "0741 12345",
    "E06000001",
    "08111000",
    "TPS 001 - 012",
    "4.512",
    "1571 4512 2900",
    "@kpujambi",
    "https://example.org/a",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_of_persons_are_hidden(text):
    said = masked(f"nilai '{text}' bukan angka")
    assert HIDDEN in said
    digits = "".join(sign for sign in said if sign.isdigit())
    assert len(digits) < 3
    assert "@" not in said


@pytest.mark.parametrize("text", OTHERS)
def test_codes_sums_and_decimals_are_told(text):
    assert personal_parts(text) == []
    assert masked(text) == text


def test_whatever_carries_a_message_hides_them():
    secret = "1571010101800001"
    text = Text(en="{x} is wrong", id="{x} salah")
    spot = Spot("a.csv", row=secret, column=f"kolom {secret}", value=secret)
    told = [
        spot.say(),
        repr(spot),
        Finding("r", "error", text, text, spot, {"x": secret}).say("id"),
        str(TurnoutError(text, x=f"a {secret} b")),
        str(DataError(text, x=secret)),
        repr(DataError(text, x=secret).values),
    ]
    assert not any(secret in one for one in told)


def slowly(*cases):
    return [pytest.param(case, marks=pytest.mark.slow) for case in cases]


RESULTS = {
    "tanggal": ["2024-11-27"] * 3,
    "jenis": ["pilkada"] * 3,
    "kelurahan": ["Kasang", "Murni", "Legok"],
    "dpt": [900, 800, 700],
    "hadir": [600, 500, 400],
}
ROLES = {
    "results": (load_results, RESULTS),
    "counts": (load_counted, {**RESULTS, "tps_masuk": [1, 2, 3], "jumlah_tps": [3, 3, 3]}),
    "roll": (load_roll, {"kelurahan": RESULTS["kelurahan"], "dpt": [900, 800, 700]}),
    "outreach": (
        load_outreach,
        {"tanggal": ["2024-10-01"] * 3, "kelurahan": RESULTS["kelurahan"], "jenis": ["rumah"] * 3,
         "peserta": [10, 20, 30]},
    ),
    "crosswalk": (
        load_crosswalk,
        {"new_area": ["A", "B", "C"], "old_area": ["D", "E", "F"], "weight": [1, 1, 1]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("number", [NUMBERS[0], *slowly(NUMBERS[1], NUMBERS[11], NUMBERS[18])])
@pytest.mark.parametrize("kind", ["csv", *slowly("frame", "xlsx")])
def test_one_number_in_any_table_is_refused_and_not_told(role, number, kind, tmp_path):
    load, columns = ROLES[role]
    table = pd.DataFrame(columns).assign(catatan=["", "", number])
    source = table
    if kind == "csv":
        source = tmp_path / "a.csv"
        table.to_csv(source, index=False, quoting=csv.QUOTE_ALL)
    elif kind == "xlsx":
        source = tmp_path / "a.xlsx"
        table.to_excel(source, index=False)
    reading = load(source)
    refused = [error for error in reading.errors if error.rule == "personal_data"]
    assert len(refused) == 1
    assert (refused[0].spot.column, refused[0].spot.row) == ("catatan", None)
    assert reading.table.empty
    told = " ".join(one.say(lang) for one in reading.findings for lang in ("en", "id"))
    assert number not in told + repr(reading.findings) + reading.rejected.to_csv()


@pytest.mark.parametrize("column", ["dpt", "hadir", "kelurahan", "tanggal", "jenis"])
@pytest.mark.parametrize("number", [1571010101800001, 1571010101800001.0, "1571010101800001"])
def test_numbers_under_the_headers_of_counts_and_names(column, number):
    cells = [*RESULTS[column][:2], number]
    reading = load_results(pd.DataFrame({**RESULTS, column: pd.Series(cells, dtype="object")}))
    assert "personal_data" in {error.rule for error in reading.errors}
    told = "\n".join(finding.say() for finding in reading.findings)
    assert "1571010101800001" not in told


def test_telephone_numbers_that_a_spreadsheet_took_for_numbers():
    table = pd.DataFrame({**RESULTS, "x": [81234567890, 85712345678, 89512345678]})
    assert "personal_data" in {error.rule for error in load_results(table).errors}


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("Regionalschlüssel", ["081110000000", "081150001001", "083110000000"]),
        ("GEOID", ["08113012101", "08115012102", "08117012103"]),
        ("kode", [8101011001, 8101011002, 8171011003]),
        ("biaya", [8_500_000_000, 8_123_000_000, 8_710_000_000]),
    ],
)
def test_codes_and_sums_that_look_like_telephone_numbers(header, codes):
    table = pd.DataFrame({**RESULTS, header: codes})
    assert "personal_data" not in {error.rule for error in load_results(table).errors}


@pytest.mark.slow
def test_numbers_above_the_table_and_in_rows_far_down(tmp_path):
    lines = [",".join(map(str, row)) for row in zip(*RESULTS.values(), strict=True)]
    header = ",".join(RESULTS)
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["Hubungi Budi 0812-3456-7890", header, *lines]))
    [error] = [one for one in load_results(path).errors if one.rule == "personal_data"]
    assert error.say() == (
        "a.csv: 1 cell holds a number of a person (identity card, telephone or e-mail); rows: 1. "
        "Delete them: counts per area are all that is needed."
    )
    many = "\n".join(f"2024-11-27,pilkada,Desa {n},900,600" for n in range(3000))
    path.write_text(f"{header},x\n{many}\n2024-11-27,pilkada,Z,900,600,1571010101800001\n")
    assert "personal_data" in {error.rule for error in load_results(path).errors}


def test_a_number_in_a_sheet_that_is_not_chosen(tmp_path):
    path = tmp_path / "a.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame(RESULTS).to_excel(book, sheet_name="Data", index=False)
        pd.DataFrame({"Panitia": ["Budi"], "x": ["0812-3456-7890"]}).to_excel(
            book, sheet_name="Lain", index=False
        )
    [error] = [one for one in load_results(path).errors if one.rule == "personal_data"]
    assert error.spot.sheet == "Lain"


def test_the_users_word_makes_no_personal_number_a_count():
    table = pd.DataFrame({**RESULTS, "NIK": ["1571010101800001"] * 3})
    with pytest.raises(DataError, match="personal data"):
        read_results(table, columns={"NIK": "note"})
