"""The columns of the forms: what stands over them and what they mean."""

from __future__ import annotations

from turnout.language import Text
from turnout.report.sheets import Column, Kind
from turnout.report.workbook.columns import PLACES


def _column(key: str, en: str, local: str, meaning: Text, kind: Kind = "count") -> Column:
    return Column(key, Text(en=en, id=local), meaning, kind)


_ON_ROLL = Text(en="Registered voters.", id="Pemilih terdaftar.")
_VOTED = Text(en="People who voted.", id="Pengguna hak pilih.")
_SHARE = Text(
    en="People who voted, of the registered.", id="Pengguna hak pilih dibagi pemilih terdaftar."
)
_DISABLED = Text(en="Voters with disabilities.", id="Pemilih penyandang disabilitas.")
_BALLOTS = Text(en="Ballots as counted.", id="Surat suara hasil penghitungan.")
_GAP = Text(
    en="The total less men and women: 0 where they add up.",
    id="Jumlah dikurangi L dan P: 0 bila sesuai.",
)

PARTICIPATION = (
    *PLACES,
    _column("registered_l", "Registered men", "Pemilih terdaftar L", _ON_ROLL),
    _column("registered_p", "Registered women", "Pemilih terdaftar P", _ON_ROLL),
    _column("registered", "Registered", "Pemilih terdaftar jumlah", _ON_ROLL),
    _column("voters_l", "Men who voted", "Pengguna hak pilih L", _VOTED),
    _column("voters_p", "Women who voted", "Pengguna hak pilih P", _VOTED),
    _column("voters", "Voted", "Pengguna hak pilih jumlah", _VOTED),
    _column("turnout_l", "Turnout of men", "Partisipasi L", _SHARE, "percent"),
    _column("turnout_p", "Turnout of women", "Partisipasi P", _SHARE, "percent"),
    _column("turnout", "Turnout", "Partisipasi", _SHARE, "percent"),
    _column("registered_disabled", "Registered, disabled", "Pemilih disabilitas", _DISABLED),
    _column("voters_disabled", "Voted, disabled", "Pengguna disabilitas", _DISABLED),
    _column("valid", "Valid", "Suara sah", _BALLOTS),
    _column("invalid", "Invalid", "Suara tidak sah", _BALLOTS),
    _column("ballots", "Valid and invalid", "Sah dan tidak sah", _BALLOTS),
    _column(
        "difference",
        "Difference",
        "Selisih",
        Text(
            en="Voted less valid and invalid: 0 where they agree.",
            id="Pengguna hak pilih dikurangi sah dan tidak sah: 0 bila sesuai.",
        ),
    ),
    _column("registered_gap", "Registered: total less L + P", "Terdaftar: jumlah - (L+P)", _GAP),
    _column("voters_gap", "Voted: total less L + P", "Pengguna: jumlah - (L+P)", _GAP),
)

LKJ = (
    _column("number", "No.", "No.", Text(en="Number of the row.", id="Nomor urut.")),
    _column(
        "indicator",
        "Indicator",
        "Indikator kinerja",
        Text(en="What is measured.", id="Yang diukur."),
        "text",
    ),
    _column(
        "target",
        "Target %",
        "Target %",
        Text(en="What was to be reached.", id="Yang hendak dicapai."),
        "number",
    ),
    _column(
        "actual",
        "Outcome %",
        "Realisasi %",
        Text(en="What was reached.", id="Yang dicapai."),
        "number",
    ),
    _column(
        "achievement",
        "Achievement %",
        "Capaian %",
        Text(
            en="Outcome / target x 100; where less is better, (2 x target - outcome) / target x "
            "100.",
            id="Realisasi / target x 100; bila makin kecil makin baik, (2 x target - realisasi) / "
            "target x 100.",
        ),
        "number",
    ),
    _column(
        "remark",
        "Remark",
        "Keterangan",
        Text(en="What is missing.", id="Yang belum ada."),
        "text",
    ),
)

RANKING = (
    _column("rank", "Rank", "Peringkat", Text(en="By turnout.", id="Menurut partisipasi."), "text"),
    *PLACES[1:],
    _column("registered", "Registered", "Pemilih terdaftar", _ON_ROLL),
    _column("voters", "Voted", "Pengguna hak pilih", _VOTED),
    _column("turnout", "Turnout", "Partisipasi", _SHARE, "percent"),
    _column(
        "median",
        "Forecast",
        "Prakiraan",
        Text(en="Median that was forecast.", id="Median yang diprakirakan."),
        "percent",
    ),
)

PREVIOUS = (
    _column("election", "Election", "Pemilihan", Text(en="Contest.", id="Pemilihan."), "text"),
    _column("date", "Polling day", "Hari pemungutan suara", Text(en="Day.", id="Hari."), "date"),
    _column("registered", "Registered", "Pemilih terdaftar", _ON_ROLL),
    _column("voters", "Voted", "Pengguna hak pilih", _VOTED),
    _column("turnout", "Turnout", "Partisipasi", _SHARE, "percent"),
    _column(
        "change",
        "Change, points",
        "Perubahan, poin",
        Text(
            en="This contest less the last of its type.",
            id="Pemilihan ini dikurangi pemilihan sejenis terakhir.",
        ),
        "points",
    ),
)

ACTIVITIES = (
    _column("kind", "Activity", "Bentuk kegiatan", Text(en="Kind.", id="Bentuk."), "text"),
    _column("segment", "Segment", "Segmen", Text(en="For whom.", id="Sasaran."), "text"),
    _column("activities", "Activities", "Jumlah kegiatan", Text(en="How many.", id="Banyaknya.")),
    _column(
        "reached",
        "People reached",
        "Orang yang dijangkau",
        Text(en="As the log tells.", id="Menurut catatan kegiatan."),
    ),
)

FACTORS = (
    _column("number", "No.", "No.", Text(en="Number of the row.", id="Nomor urut.")),
    *(
        _column(key, en, local, Text(en="To fill in.", id="Untuk diisi."), "text")
        for key, en, local in (
            ("factor", "Factor", "Faktor"),
            ("effect", "Helped or hindered", "Mendukung atau menghambat"),
            ("evidence", "Evidence", "Bukti"),
            ("action", "What follows", "Tindak lanjut"),
        )
    ),
)

ORDER = (
    *PLACES[1:],
    _column(
        "rule",
        "Enough with",
        "Cukup dengan peluang",
        Text(
            en="Probability that voters are no more; 'whole roll': all who are registered.",
            id="Peluang pemilih tidak lebih dari itu; 'seluruh DPT': semua yang terdaftar.",
        ),
        "text",
    ),
    _column("registered", "Registered", "Pemilih terdaftar", _ON_ROLL),
    _column("voters", "Voters", "Pemilih", Text(en="To be ready for.", id="Yang disiapkan.")),
    _column(
        "reserve",
        "Reserve",
        "Cadangan",
        Text(en="Ballots in reserve.", id="Surat suara cadangan."),
    ),
    _column("ballots", "Ballots", "Surat suara", Text(en="Both.", id="Keduanya.")),
    _column(
        "prob_short",
        "Probability of too few",
        "Peluang kurang",
        Text(en="That ballots lack.", id="Bahwa surat suara kurang."),
        "percent",
    ),
    _column(
        "shortage",
        "Expected short",
        "Perkiraan kurang",
        Text(en="Voters without a ballot, on average.", id="Rata-rata pemilih tanpa surat suara."),
        "number",
    ),
    _column(
        "waste",
        "Expected left over",
        "Perkiraan sisa",
        Text(en="Ballots without a voter, on average.", id="Rata-rata surat suara tersisa."),
    ),
    _column("stations", "Stations", "TPS", Text(en="Polling stations.", id="Jumlah TPS.")),
    _column(
        "voters_per_station",
        "Voters per station",
        "Pemilih per TPS",
        Text(en="On average.", id="Rata-rata."),
    ),
    _column(
        "queue_minutes",
        "Longest wait, minutes",
        "Antrean terlama, menit",
        Text(
            en="At a mean station in the busiest hour, by the rule of the booths.",
            id="Di TPS rata-rata pada jam tersibuk, menurut aturan bilik suara.",
        ),
        "number",
    ),
)
