"""The headers that are known for each column, in Indonesian and English.

Aliases are compared without case, spaces and punctuation. Words such as *jumlah* before a count,
*nama* before a name, and L/P/JML behind a count by sex need no alias of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["name", "code", "count", "amount", "share", "date", "flag"]
"""What a column holds: whole numbers are counts, other numbers amounts, 0-1 or percent shares."""


@dataclass(frozen=True)
class Column:
    """A column of a table and the headers that name it.

    Parameters
    ----------
    name
        Canonical name.
    kind
        What it holds.
    aliases
        Headers that name it, separated by " | ".
    weak
        Headers that name it unless a header of `aliases` stands in the same table.
    """

    name: str
    kind: Kind
    aliases: str = ""
    weak: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """The columns of one kind of table.

    Parameters
    ----------
    role
        What the table is to a run; sheets may bear its name.
    columns
        Every known column.
    needed
        Groups of columns; one of each group must be there.
    questions
        Headers that may mean several columns, and those columns: they are asked about.
    may_be_empty
        Whether a table without rows is odd only, and no error.
    """

    role: str
    columns: tuple[Column, ...]
    needed: tuple[tuple[str, ...], ...]
    questions: Mapping[str, tuple[str, ...]] = field(hash=False)
    may_be_empty: bool = False

    def kind(self, name: str) -> Kind:
        """Return what column `name` holds."""
        return next(column.kind for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """Canonical names in order."""
        return tuple(column.name for column in self.columns)


STATION = "station"
"""Number of a polling station: no column of a results table, its rows are summed per area."""

_PLACES = (
    Column("nation", "name", "negara | country"),
    Column("province", "name", "provinsi | propinsi | prov | state | provinsi nama"),
    Column(
        "city",
        "name",
        "kabupaten | kota | kabkota | kabupaten kota | kota kabupaten | kabko | kab | county"
        " | kabupaten kota nama | kabupaten nama | municipality",
    ),
    Column(
        "district",
        "name",
        "kecamatan | distrik | kec | region | kecamatan distrik | kapanewon | kemantren"
        " | kecamatan nama",
    ),
    Column(
        "area",
        "name",
        "kelurahan | desa | gampong | nagari | unit | ward | precinct | kelurahan desa"
        " | desa kelurahan | kel desa | desa kel | kel | pekon | kampung | kalurahan"
        " | kelurahan desa nama | kelurahan nama | desa nama | area name",
    ),
    Column(
        "area_id",
        "code",
        "kode wilayah | kode kelurahan | kode desa | kode kelurahan desa | kode desa kelurahan"
        " | kelurahan kode | kelurahan desa kode | desa kode | kode kel | kode area | unit id"
        " | id wilayah | id kelurahan | id desa | kode kemendagri | kode bps | area code",
        weak="kode | code | id",
    ),
)

_REGISTERED = (
    "dpt | pemilih terdaftar | pemilih tetap | daftar pemilih tetap | pemilih dpt"
    " | pemilih dalam dpt | pemilih dalam daftar pemilih tetap | daftar pemilih tetap dpt"
    " | pemilih terdaftar dpt | pemilih terdaftar dalam dpt | terdaftar | terdaftar dalam dpt"
    " | electorate | registered voters | voters registered | electors"
)

_VOTERS = (
    "pengguna hak pilih | pengguna total | total pengguna | pengguna | hadir | pemilih hadir"
    " | pemilih yang hadir | ballots | ballots cast | votes cast | turned out | voted"
    " | menggunakan hak pilih | yang menggunakan hak pilih | pemilih menggunakan hak pilih"
    " | pemilih yang menggunakan hak pilih | penggunaan hak pilih | seluruh pengguna hak pilih"
    " | pengguna hak pilih total | memilih | yang memilih | php"
)

_BASIS = Column("registered_basis", "name", "basis dpt | dasar dpt | penyebut | denominator")

_STATIONS = (
    Column(
        "stations_total",
        "count",
        "jumlah tps | tps total | total tps | jml tps | tps seluruhnya | seluruh tps"
        " | stations | polling stations | number of stations",
    ),
    Column(
        STATION,
        "code",
        "no tps | nomor tps | tps no | tps nomor | nama tps | tps nama | polling station"
        " | kode tps",
    ),
)

_NOTE = Column("note", "name", "catatan | keterangan | ket | notes | remark | remarks")

RESULTS = Vocabulary(
    role="results",
    columns=(
        Column("election", "name", "pemilihan | kontes | contest | nama pemilihan | pemilu"),
        Column(
            "date",
            "date",
            "tanggal | tgl | tanggal pemilihan | tanggal pemungutan suara | tgl pemungutan suara"
            " | hari pemungutan suara | tanggal pemilu | tanggal pencoblosan | polling day"
            " | election date | hari tanggal",
        ),
        Column(
            "election_type",
            "name",
            "jenis | jenis pemilihan | jenis pemilu | tipe | tipe pemilihan | type",
        ),
        Column("type_group", "name", "kelompok jenis | rumpun | kelompok pemilihan"),
        Column("kind", "name", "jenis jabatan | jabatan | kind of office | office"),
        *_PLACES,
        Column("registered", "count", _REGISTERED),
        Column(
            "voters",
            "count",
            _VOTERS,
            weak="surat suara digunakan | surat suara yang digunakan",
        ),
        _BASIS,
        Column(
            "voters_low",
            "count",
            "pengguna hak pilih terendah | pengguna hak pilih minimum | batas bawah pengguna hak"
            " pilih | voters lower | voters minimum",
        ),
        Column(
            "voters_high",
            "count",
            "pengguna hak pilih tertinggi | pengguna hak pilih maksimum | batas atas pengguna hak"
            " pilih | voters upper | voters maximum",
        ),
        *_STATIONS,
        Column(
            "stations_counted",
            "count",
            "tps masuk | jumlah tps masuk | tps terhitung | tps counted | tps sudah masuk"
            " | tps yang masuk | stations reported",
        ),
        Column("valid", "count", "suara sah | sah | valid votes | seluruh suara sah"),
        Column(
            "invalid",
            "count",
            "suara tidak sah | tidak sah | invalid votes | suara batal | rejected votes",
        ),
        Column("registered_l", "count"),
        Column("registered_p", "count"),
        Column("voters_l", "count"),
        Column("voters_p", "count"),
        _NOTE,
    ),
    needed=(
        ("date",),
        ("election_type",),
        ("registered",),
        ("voters",),
        ("area", "district", "city", "province", "nation", "area_id"),
    ),
    questions={
        "tps": (STATION, "stations_counted", "stations_total"),
        "pemilih": ("registered", "voters"),
        "jumlah pemilih": ("registered", "voters"),
        "total pemilih": ("registered", "voters"),
        "hak pilih": ("registered", "voters"),
        "suara": ("voters", "valid"),
        "jumlah suara": ("voters", "valid"),
        "total suara": ("voters", "valid"),
        "suara total": ("voters", "valid"),
        "suara masuk": ("voters", "valid"),
        "votes": ("voters", "valid"),
        "jumlah": ("registered", "voters"),
        "jml": ("registered", "voters"),
        "total": ("registered", "voters"),
        "l": ("registered_l", "voters_l"),
        "p": ("registered_p", "voters_p"),
        "laki laki": ("registered_l", "voters_l"),
        "perempuan": ("registered_p", "voters_p"),
    },
)

ROLL = Vocabulary(
    role="roll",
    columns=(
        *_PLACES,
        Column(
            "registered",
            "count",
            f"{_REGISTERED} | voters",
            weak="pemilih | jumlah pemilih | total pemilih | jumlah | jml | total | l p",
        ),
        Column("registered_l", "count", weak="l | lk | laki laki"),
        Column("registered_p", "count", weak="p | pr | perempuan"),
        _BASIS,
        *_STATIONS,
        Column("estimated", "flag", "estimasi | perkiraan | taksiran | is estimated | estimate"),
        _NOTE,
    ),
    needed=(
        ("registered",),
        ("area", "district", "city", "province", "nation", "area_id"),
    ),
    questions={"tps": (STATION, "stations_total")},
)
