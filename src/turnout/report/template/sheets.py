"""The sheets of an empty workbook: what each column is for, and examples of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from turnout.elections import TYPE_GROUPS
from turnout.language import Language, Text
from turnout.outreach_kinds import ACTIVITIES, SEGMENTS
from turnout.reading.headers.roles import Role
from turnout.report.sheets import NO, YES

Rule = Literal["date", "count", "code", "share", "amount", "text"]


@dataclass(frozen=True)
class Field:
    """A column to fill in.

    Parameters
    ----------
    header
        What stands over it; `turnout.reading` knows it.
    note
        What belongs into it.
    examples
        One value per row of the examples.
    rule
        What its cells accept.
    needed
        Whether it must be filled in.
    choices
        What its drop-down offers in a language; none without one.
    """

    header: Text
    note: Text
    examples: tuple[Any, ...]
    rule: Rule = "text"
    needed: bool = False
    choices: Callable[[Language], list[str]] | None = None


def _types(_: Language) -> list[str]:
    return list(TYPE_GROUPS)


def _kinds(lang: Language) -> list[str]:
    return [activity.label.say(lang) for activity in ACTIVITIES]


def _segments(lang: Language) -> list[str]:
    return [segment.label.say(lang) for segment in SEGMENTS]


def _yes_no(lang: Language) -> list[str]:
    return [YES.say(lang), NO.say(lang)]


def _bases(_: Language) -> list[str]:
    return ["DPT", "DPT+DPTb", "DPT+DPTb+DPK"]


_DAYS = (dt.date(2019, 4, 17), dt.date(2020, 12, 9), dt.date(2024, 2, 14))
_THREE: tuple[str, str, str] = ("Kota Jambi",) * 3

_CITY = Field(
    Text(en="city", id="kabupaten_kota"),
    Text(
        en="City or regency, written the same in every row.",
        id="Kabupaten atau kota, ditulis sama di setiap baris.",
    ),
    _THREE,
)
_DISTRICT = Field(
    Text(en="district", id="kecamatan"),
    Text(en="District.", id="Kecamatan."),
    ("Jambi Timur", "Jambi Timur", "Telanaipura"),
)
_AREA = Field(
    Text(en="area", id="kelurahan"),
    Text(
        en="Area. Leave it blank in a row that holds the total of a district or of the city.",
        id="Kelurahan/desa. Kosongkan pada baris yang memuat total kecamatan atau kota.",
    ),
    ("Kasang", "Budiman", "Legok"),
)
_CODE = Field(
    Text(en="area_id", id="kode_wilayah"),
    Text(
        en="Code of the area, if you have one: it joins contests when names change.",
        id="Kode wilayah, bila ada: menyambungkan pemilihan ketika nama berubah.",
    ),
    ("15.71.03.1001", "15.71.03.1002", "15.71.01.1003"),
    "code",
)
_REGISTERED = Field(
    Text(en="registered", id="dpt"),
    Text(
        en="Registered voters: a count, never a percentage.",
        id="Jumlah pemilih terdaftar: angka, bukan persentase.",
    ),
    (4512, 3008, 6127),
    "count",
    needed=True,
)
_BASIS = Field(
    Text(en="registered_basis", id="penyebut"),
    Text(
        en="Which roll the registered are of (in Indonesia DPT alone, or with DPTb and DPK).",
        id="Arti angka pemilih terdaftar: DPT saja, atau dengan DPTb dan DPK.",
    ),
    ("DPT", "DPT", "DPT"),
    choices=_bases,
)
_NOTE = Field(
    Text(en="note", id="catatan"),
    Text(en="Source or remark.", id="Sumber atau keterangan."),
    ("", "", ""),
)

TEMPLATE: Mapping[Role, tuple[Field, ...]] = {
    "results": (
        Field(
            Text(en="date", id="tanggal"),
            Text(en="Polling day.", id="Hari pemungutan suara."),
            _DAYS,
            "date",
            needed=True,
        ),
        Field(
            Text(en="election_type", id="jenis_pemilihan"),
            Text(
                en="Type: the model learns from contests of the same type above all.",
                id="Jenis pemilihan: model terutama belajar dari pemilihan yang sejenis.",
            ),
            ("pilpres", "pilkada", "pemilu"),
            needed=True,
            choices=_types,
        ),
        _CITY,
        _DISTRICT,
        _AREA,
        _CODE,
        _REGISTERED,
        Field(
            Text(en="voters", id="pengguna_hak_pilih"),
            Text(
                en="People who voted: a count, never a percentage.",
                id="Jumlah pengguna hak pilih: angka, bukan persentase.",
            ),
            (3611, 1971, 4866),
            "count",
            needed=True,
        ),
        _BASIS,
        Field(
            Text(en="stations_counted", id="tps_masuk"),
            Text(
                en="Only while a count goes on: polling stations that are in; registered and "
                "voters are then theirs.",
                id="Hanya bila penghitungan belum lengkap: jumlah TPS yang sudah masuk; DPT dan "
                "pengguna hak pilih adalah milik TPS itu.",
            ),
            (None, None, 18),
            "count",
        ),
        Field(
            Text(en="stations_total", id="jumlah_tps"),
            Text(en="All polling stations of the area.", id="Jumlah seluruh TPS di wilayah itu."),
            (None, None, 21),
            "count",
        ),
        _NOTE,
    ),
    "roll": (
        _CITY,
        _DISTRICT,
        _AREA,
        _CODE,
        _REGISTERED,
        _BASIS,
        Field(
            Text(en="estimated", id="perkiraan"),
            Text(
                en="Yes where the number is an estimate, not the official list.",
                id="Ya bila angkanya perkiraan, bukan DPT resmi.",
            ),
            (NO, NO, YES),
            choices=_yes_no,
        ),
        _NOTE,
    ),
    "crosswalk": (
        Field(
            Text(en="new_id", id="kode_baru"),
            Text(en="Code of the new area.", id="Kode wilayah baru."),
            ("15.71.08.1006", "15.71.08.1006", ""),
            "code",
        ),
        Field(
            Text(en="new_area", id="kelurahan_baru"),
            Text(
                en="The area that was made, one row per area that its voters came from.",
                id="Wilayah hasil pemekaran; satu baris per wilayah asal pemilihnya.",
            ),
            ("Aur Kenali", "Aur Kenali", ""),
            needed=True,
        ),
        Field(
            Text(en="old_id", id="kode_lama"),
            Text(en="Code of the old area.", id="Kode wilayah lama."),
            ("15.71.08.1001", "15.71.01.1009", ""),
            "code",
        ),
        Field(
            Text(en="old_area", id="kelurahan_lama"),
            Text(en="The area that its voters came from.", id="Wilayah asal pemilihnya."),
            ("Kenali Besar", "Penyengat Rendah", ""),
            needed=True,
        ),
        Field(
            Text(en="weight", id="bobot"),
            Text(
                en="Share of the new area's voters that came from there; sums to 1 per new area.",
                id="Bagian pemilih wilayah baru yang berasal dari sana; berjumlah 1 per wilayah "
                "baru.",
            ),
            (0.5, 0.5, None),
            "share",
            needed=True,
        ),
        _NOTE,
    ),
    "outreach": (
        Field(
            Text(en="date", id="tanggal"),
            Text(en="Day of the activity.", id="Tanggal kegiatan."),
            (dt.date(2024, 10, 3), dt.date(2024, 10, 8), dt.date(2024, 11, 2)),
            "date",
            needed=True,
        ),
        _CITY,
        _DISTRICT,
        Field(
            Text(en="area", id="kelurahan"),
            Text(
                en="Area where it was; blank when it was for the whole district.",
                id="Kelurahan/desa tempat kegiatan; kosong bila untuk seluruh kecamatan.",
            ),
            ("Kasang", "", "Legok"),
        ),
        Field(
            Text(en="kind", id="jenis_kegiatan"),
            Text(
                en="Kind of activity; other words are allowed.",
                id="Jenis kegiatan; kata lain juga boleh.",
            ),
            (ACTIVITIES[1].label, ACTIVITIES[10].label, ACTIVITIES[0].label),
            choices=_kinds,
        ),
        Field(
            Text(en="segment", id="sasaran"),
            Text(
                en="Voters that it was for; other words are allowed.",
                id="Kelompok sasaran; kata lain juga boleh.",
            ),
            (SEGMENTS[0].label, SEGMENTS[2].label, SEGMENTS[4].label),
            choices=_segments,
        ),
        Field(
            Text(en="reached", id="peserta"),
            Text(
                en="People who were met; blank when it is not known.",
                id="Jumlah orang yang hadir; kosong bila tidak diketahui.",
            ),
            (120, 200, None),
            "count",
        ),
        Field(
            Text(en="cost", id="biaya"),
            Text(en="Cost in rupiah.", id="Biaya dalam rupiah."),
            (2_500_000, 3_000_000, 1_750_000),
            "amount",
        ),
        _NOTE,
    ),
}
"""The sheets of the workbook and their columns, in order."""

PURPOSES: Mapping[Role, Text] = {
    "results": Text(
        en="Past results, one row per election and area. Needed. Add the official total of the "
        "city or of a district as a row without an area.",
        id="Hasil pemilihan yang lalu, satu baris per pemilihan dan kelurahan/desa. Wajib diisi. "
        "Tambahkan total resmi kota atau kecamatan sebagai baris tanpa kelurahan.",
    ),
    "roll": Text(
        en="Registered voters for the coming election. Without it the newest election's are used.",
        id="Pemilih terdaftar untuk pemilihan yang akan datang. Bila kosong, dipakai angka "
        "pemilihan terbaru.",
    ),
    "crosswalk": Text(
        en="Areas that were split or merged since the oldest results. Leave it blank if none were.",
        id="Kelurahan/desa yang dimekarkan atau digabung sejak hasil tertua. Kosongkan bila tidak "
        "ada.",
    ),
    "outreach": Text(
        en="Socialization activities. Leave it blank if they play no part.",
        id="Kegiatan sosialisasi. Kosongkan bila tidak dipakai.",
    ),
}
