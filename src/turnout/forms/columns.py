"""The columns of the forms: what stands over them and what they mean."""

from __future__ import annotations

from turnout.groups.partitions import Group, headed
from turnout.language import Text
from turnout.report.sheets import Column, Kind
from turnout.report.workbook.columns import PLACES


def _column(key: str, header: Text, meaning: Text, kind: Kind = "count") -> Column:
    return Column(key, header, meaning, kind)


_ON_ROLL = Text(en="Registered voters.", id="Pemilih terdaftar.")
_VOTED = Text(en="People who voted.", id="Pengguna hak pilih.")
_SHARE = Text(
    en="People who voted, of the registered.", id="Pengguna hak pilih dibagi pemilih terdaftar."
)
_DISABLED = Text(
    en="Registered voters with disabilities.", id="Pemilih penyandang disabilitas yang terdaftar."
)
_DISABLED_VOTED = Text(
    en="Voters with disabilities who voted.",
    id="Penyandang disabilitas yang menggunakan hak pilih.",
)
_VALID = Text(en="Valid ballots as counted.", id="Suara sah menurut penghitungan.")
_INVALID = Text(en="Invalid ballots as counted.", id="Suara tidak sah menurut penghitungan.")
_BALLOTS = Text(en="Valid and invalid ballots together.", id="Suara sah ditambah tidak sah.")
_GAP = Text(
    en="The total less men and women: 0 where they add up.",
    id="Jumlah dikurangi L dan P: 0 bila sesuai.",
)

PARTICIPATION = (
    *PLACES,
    _column("registered_l", Text(en="Registered men", id="Pemilih terdaftar L"), _ON_ROLL),
    _column("registered_p", Text(en="Registered women", id="Pemilih terdaftar P"), _ON_ROLL),
    _column("registered", Text(en="Registered", id="Pemilih terdaftar jumlah"), _ON_ROLL),
    _column("voters_l", Text(en="Men who voted", id="Pengguna hak pilih L"), _VOTED),
    _column("voters_p", Text(en="Women who voted", id="Pengguna hak pilih P"), _VOTED),
    _column("voters", Text(en="Voted", id="Pengguna hak pilih jumlah"), _VOTED),
    _column("turnout_l", Text(en="Turnout of men", id="Partisipasi L"), _SHARE, "percent"),
    _column("turnout_p", Text(en="Turnout of women", id="Partisipasi P"), _SHARE, "percent"),
    _column("turnout", Text(en="Turnout", id="Partisipasi"), _SHARE, "percent"),
    _column(
        "registered_disabled", Text(en="Registered, disabled", id="Pemilih disabilitas"), _DISABLED
    ),
    _column(
        "voters_disabled", Text(en="Voted, disabled", id="Pengguna disabilitas"), _DISABLED_VOTED
    ),
    _column(
        "turnout_disabled",
        Text(en="Turnout, disabled", id="Partisipasi disabilitas"),
        _SHARE,
        "percent",
    ),
    _column("valid", Text(en="Valid", id="Suara sah"), _VALID),
    _column("invalid", Text(en="Invalid", id="Suara tidak sah"), _INVALID),
    _column("ballots", Text(en="Valid and invalid", id="Sah dan tidak sah"), _BALLOTS),
    _column(
        "difference",
        Text(en="Voted less valid and invalid", id="Pengguna - (sah + tidak sah)"),
        Text(
            en="Voted less valid and invalid: 0 where they agree.",
            id="Pengguna hak pilih dikurangi sah dan tidak sah: 0 bila sesuai.",
        ),
    ),
    _column(
        "registered_gap",
        Text(en="Registered: total less L + P", id="Terdaftar: jumlah - (L+P)"),
        _GAP,
    ),
    _column("voters_gap", Text(en="Voted: total less L + P", id="Pengguna: jumlah - (L+P)"), _GAP),
    _column(
        "partial",
        Text(en="Stations missing", id="TPS belum lengkap"),
        Text(
            en="Stations of this place are still missing: not its final figures.",
            id="Masih ada TPS di wilayah ini yang belum masuk: bukan angka akhir.",
        ),
        "flag",
    ),
)


def age_columns(group: Group) -> tuple[Column, ...]:
    """Return the columns of an age group in the table of participation."""
    name = headed(group.name)
    return (
        _column(
            f"registered_{group.ending}",
            Text(en=f"{name.en}, registered", id=f"{name.id}, terdaftar"),
            _ON_ROLL,
        ),
        _column(
            f"voters_{group.ending}",
            Text(en=f"{name.en}, voted", id=f"{name.id}, pengguna hak pilih"),
            _VOTED,
        ),
        _column(
            f"turnout_{group.ending}",
            Text(en=f"{name.en}, turnout", id=f"{name.id}, partisipasi"),
            _SHARE,
            "percent",
        ),
    )


LKJ = (
    _column(
        "number", Text(en="Number", id="Nomor"), Text(en="Number of the row.", id="Nomor urut.")
    ),
    _column(
        "indicator",
        Text(en="Indicator", id="Indikator kinerja"),
        Text(en="What is measured.", id="Yang diukur."),
        "text",
    ),
    _column(
        "target",
        Text(en="Target %", id="Target %"),
        Text(en="What was to be reached.", id="Yang hendak dicapai."),
        "number",
    ),
    _column(
        "actual",
        Text(en="Outcome %", id="Realisasi %"),
        Text(en="What was reached.", id="Yang dicapai."),
        "number",
    ),
    _column(
        "achievement",
        Text(en="Achievement %", id="Capaian %"),
        Text(
            en="Outcome / target x 100; where less is better, (2 x target - outcome) / target x "
            "100, at least 0.",
            id="Realisasi / target x 100; bila makin kecil makin baik, (2 x target - realisasi) / "
            "target x 100, paling sedikit 0.",
        ),
        "number",
    ),
    _column(
        "remark",
        Text(en="Remark", id="Keterangan"),
        Text(
            en="What is missing, and what keeps the outcome from being final.",
            id="Yang belum ada, dan mengapa realisasi belum final.",
        ),
        "text",
    ),
)

RANKING = (
    _column(
        "rank",
        Text(en="Rank", id="Peringkat"),
        Text(
            en="By turnout; blank where the place has no result yet, or not of all its stations.",
            id="Menurut partisipasi; kosong bila hasil wilayah itu belum ada atau belum lengkap.",
        ),
    ),
    *PLACES[1:],
    _column("registered", Text(en="Registered", id="Pemilih terdaftar"), _ON_ROLL),
    _column("voters", Text(en="Voted", id="Pengguna hak pilih"), _VOTED),
    _column("turnout", Text(en="Turnout", id="Partisipasi"), _SHARE, "percent"),
    _column(
        "median",
        Text(en="Forecast", id="Prakiraan"),
        Text(en="Median that was forecast.", id="Median yang diprakirakan."),
        "percent",
    ),
)

PREVIOUS = (
    _column(
        "election",
        Text(en="Election", id="Pemilihan"),
        Text(en="Contest.", id="Pemilihan."),
        "text",
    ),
    _column(
        "date",
        Text(en="Polling day", id="Hari pemungutan suara"),
        Text(en="Day.", id="Hari."),
        "date",
    ),
    _column("registered", Text(en="Registered", id="Pemilih terdaftar"), _ON_ROLL),
    _column("voters", Text(en="Voted", id="Pengguna hak pilih"), _VOTED),
    _column("turnout", Text(en="Turnout", id="Partisipasi"), _SHARE, "percent"),
    _column(
        "change",
        Text(en="Change, points", id="Perubahan, poin"),
        Text(
            en="This contest less the last of its type.",
            id="Pemilihan ini dikurangi pemilihan sejenis terakhir.",
        ),
        "points",
    ),
)

ACTIVITIES = (
    _column(
        "kind", Text(en="Activity", id="Bentuk kegiatan"), Text(en="Kind.", id="Bentuk."), "text"
    ),
    _column(
        "segment", Text(en="Segment", id="Segmen"), Text(en="For whom.", id="Sasaran."), "text"
    ),
    _column(
        "activities",
        Text(en="Activities", id="Jumlah kegiatan"),
        Text(
            en="Those after the polling day before and until the day before this one.",
            id="Kegiatan sesudah pemungutan suara sebelumnya sampai sehari sebelum yang ini.",
        ),
    ),
    _column(
        "reached",
        Text(en="People reached", id="Orang yang dijangkau"),
        Text(en="As the log tells.", id="Menurut catatan kegiatan."),
    ),
)

FACTORS = (
    _column(
        "number", Text(en="Number", id="Nomor"), Text(en="Number of the row.", id="Nomor urut.")
    ),
    *(
        _column(key, header, Text(en="To fill in.", id="Untuk diisi."), "text")
        for key, header in (
            ("factor", Text(en="Factor", id="Faktor")),
            ("effect", Text(en="Helped or hindered", id="Mendukung atau menghambat")),
            ("evidence", Text(en="Evidence", id="Bukti")),
            ("action", Text(en="What follows", id="Tindak lanjut")),
        )
    ),
)

ORDER = (
    *PLACES[1:],
    _column(
        "rule",
        Text(en="Enough with", id="Cukup dengan peluang"),
        Text(
            en="Probability that voters are no more; 'whole roll': all who are registered.",
            id="Peluang pemilih tidak lebih dari itu; 'seluruh DPT': semua yang terdaftar.",
        ),
        "text",
    ),
    _column("registered", Text(en="Registered", id="Pemilih terdaftar"), _ON_ROLL),
    _column(
        "voters", Text(en="Voters", id="Pemilih"), Text(en="To be ready for.", id="Yang disiapkan.")
    ),
    _column(
        "reserve",
        Text(en="Reserve", id="Cadangan"),
        Text(en="Ballots in reserve.", id="Surat suara cadangan."),
    ),
    _column("ballots", Text(en="Ballots", id="Surat suara"), Text(en="Both.", id="Keduanya.")),
    _column(
        "prob_short",
        Text(en="Probability of too few", id="Peluang kurang"),
        Text(en="That ballots lack.", id="Bahwa surat suara kurang."),
        "percent",
    ),
    _column(
        "shortage",
        Text(en="Expected short", id="Perkiraan kurang"),
        Text(en="Voters without a ballot, on average.", id="Rata-rata pemilih tanpa surat suara."),
        "number",
    ),
    _column(
        "waste",
        Text(en="Expected left over", id="Perkiraan sisa"),
        Text(en="Ballots without a voter, on average.", id="Rata-rata surat suara tersisa."),
    ),
    _column(
        "stations", Text(en="Stations", id="TPS"), Text(en="Polling stations.", id="Jumlah TPS.")
    ),
    _column(
        "voters_per_station",
        Text(en="Voters per station", id="Pemilih per TPS"),
        Text(en="On average.", id="Rata-rata."),
    ),
    _column(
        "queue_minutes",
        Text(en="Longest wait, minutes", id="Antrean terlama, menit"),
        Text(
            en="At a mean station in the busiest hour, by the rule of the booths.",
            id="Di TPS rata-rata pada jam tersibuk, menurut aturan bilik suara.",
        ),
        "number",
    ),
)
