"""The columns of the forms: what stands over them and what they mean."""

from __future__ import annotations

from turnout.groups.partitions import Group, headed
from turnout.language import Text
from turnout.report.sheets import Column, Kind
from turnout.report.workbook.columns import PLACES


def _column(key: str, header: Text, meaning: Text, kind: Kind = "count") -> Column:
    return Column(key, header, meaning, kind)


_ON_ROLL = Text(
    en="Registered voters by the results (people); of larger places the sum of "
    "their parts where no total is given.",
    id="Jumlah pemilih terdaftar menurut berkas hasil (orang); untuk wilayah di "
    "atasnya dijumlahkan bila tidak ada baris totalnya.",
)
_OF_ROLL = Text(en="Registered voters (people).", id="Jumlah pemilih terdaftar (orang).")
_VOTED = Text(
    en="People who voted, by the results; of larger places the sum of their "
    "parts where no total is given.",
    id="Jumlah pengguna hak pilih menurut berkas hasil (orang); untuk wilayah di"
    " atasnya dijumlahkan bila tidak ada baris totalnya.",
)
_SHARE = Text(
    en="People who voted divided by the registered of the same group, in percent.",
    id="Pengguna hak pilih dibagi pemilih terdaftar kelompok yang sama, dalam persen.",
)
_DISABLED = Text(
    en="Registered voters with disabilities, by the results (people).",
    id="Jumlah pemilih penyandang disabilitas yang terdaftar menurut berkas hasil (orang).",
)
_DISABLED_VOTED = Text(
    en="Voters with disabilities who voted, by the results (people).",
    id="Jumlah penyandang disabilitas yang menggunakan hak pilih menurut berkas hasil (orang).",
)
_VALID = Text(
    en="Valid ballots as counted (ballots).", id="Jumlah suara sah menurut penghitungan (lembar)."
)
_INVALID = Text(
    en="Invalid ballots as counted (ballots).",
    id="Jumlah suara tidak sah menurut penghitungan (lembar).",
)
_BALLOTS = Text(
    en="Valid ballots plus invalid ones (ballots).",
    id="Suara sah ditambah suara tidak sah (lembar).",
)
_GAP = Text(
    en="The total less the sum of men and women (people): 0 where they add up.",
    id="Jumlah seluruhnya dikurangi jumlah L dan P (orang): 0 bila sesuai.",
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
            en="People who voted less all ballots: 0 where they agree.",
            id="Pengguna hak pilih dikurangi jumlah suara sah dan tidak sah: 0 bila sesuai.",
        ),
    ),
    _column(
        "registered_gap",
        Text(en="Registered: total less men and women", id="Terdaftar: jumlah - (L+P)"),
        _GAP,
    ),
    _column(
        "voters_gap",
        Text(en="Voted: total less men and women", id="Pengguna: jumlah - (L+P)"),
        _GAP,
    ),
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
        Text(en="What is measured; of the whole region.", id="Yang diukur, untuk seluruh wilayah."),
        "text",
    ),
    _column(
        "target",
        Text(en="Target %", id="Target %"),
        Text(
            en="What was to be reached, in percent: as said by --target, else the first "
            "goal of the forecast.",
            id="Yang hendak dicapai, dalam persen: menurut --target, atau target pertama"
            " prakiraan.",
        ),
        "number",
    ),
    _column(
        "actual",
        Text(en="Outcome %", id="Realisasi %"),
        Text(
            en="What was reached, in percent: voters divided by registered; of those not"
            " on the roll DPK voters divided by all who are eligible.",
            id="Yang dicapai, dalam persen: pengguna hak pilih dibagi pemilih terdaftar;"
            " untuk pemilih tidak terdaftar: pengguna DPK dibagi semua yang berhak "
            "memilih.",
        ),
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
        Text(
            en="Median turnout that was forecast, in percent: half of the simulations "
            "lay below it.",
            id="Median partisipasi yang diprakirakan, dalam persen: separuh simulasi "
            "berada di bawahnya.",
        ),
        "percent",
    ),
)

PREVIOUS = (
    _column(
        "election",
        Text(en="Election", id="Pemilihan"),
        Text(
            en="The election, by its type and year; this one first.",
            id="Pemilihan menurut jenis dan tahunnya; baris pertama pemilihan ini.",
        ),
        "text",
    ),
    _column(
        "date",
        Text(en="Polling day", id="Hari pemungutan suara"),
        Text(en="Its polling day.", id="Hari pemungutan suara pemilihan itu."),
        "date",
    ),
    _column("registered", Text(en="Registered", id="Pemilih terdaftar"), _ON_ROLL),
    _column("voters", Text(en="Voted", id="Pengguna hak pilih"), _VOTED),
    _column("turnout", Text(en="Turnout", id="Partisipasi"), _SHARE, "percent"),
    _column(
        "change",
        Text(en="Change, points", id="Perubahan, poin"),
        Text(
            en="Turnout of this election less that of the last of its type, in percentage points.",
            id="Partisipasi pemilihan ini dikurangi pemilihan sejenis terakhir, dalam poin persen.",
        ),
        "points",
    ),
)

ACTIVITIES = (
    _column(
        "kind",
        Text(en="Activity", id="Bentuk kegiatan"),
        Text(
            en="Kind of activity, as the words of the log are read.",
            id="Bentuk kegiatan, dibaca dari catatan kegiatan.",
        ),
        "text",
    ),
    _column(
        "segment",
        Text(en="Segment", id="Segmen"),
        Text(
            en="Voters for whom it was, as the log tells.",
            id="Kelompok pemilih yang menjadi sasaran, menurut catatan kegiatan.",
        ),
        "text",
    ),
    _column(
        "activities",
        Text(en="Activities", id="Jumlah kegiatan"),
        Text(
            en="Number of activities after the polling day before and until the day "
            "before this one.",
            id="Banyaknya kegiatan sesudah pemungutan suara sebelumnya sampai sehari "
            "sebelum yang ini.",
        ),
    ),
    _column(
        "reached",
        Text(en="People reached", id="Orang yang dijangkau"),
        Text(
            en="Sum of the people whom the log tells; blank where it tells none.",
            id="Jumlah orang menurut catatan kegiatan; kosong bila tidak dicatat.",
        ),
    ),
    _column(
        "written",
        Text(en="Named in the log", id="Nama dalam catatan"),
        Text(
            en="What the log calls these activities, where it is not the name of the kind.",
            id="Sebutan kegiatan ini dalam catatan, bila berbeda dari nama bentuknya.",
        ),
        "text",
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
    _column("registered", Text(en="Registered", id="Pemilih terdaftar"), _OF_ROLL),
    _column(
        "voters",
        Text(en="Voters", id="Pemilih"),
        Text(
            en="Voters to be ready for (people), by the rule in this row.",
            id="Pemilih yang harus dapat dilayani (orang), menurut aturan di baris ini.",
        ),
    ),
    _column(
        "reserve",
        Text(en="Reserve", id="Cadangan"),
        Text(
            en="Ballots beyond one for each of these voters.",
            id="Surat suara di luar satu lembar untuk setiap pemilih itu.",
        ),
    ),
    _column(
        "ballots",
        Text(en="Ballots", id="Surat suara"),
        Text(
            en="Ballots to order: voters plus reserve.",
            id="Surat suara yang dipesan: pemilih ditambah cadangan (lembar).",
        ),
    ),
    _column(
        "prob_short",
        Text(en="Probability of too few", id="Peluang kurang"),
        Text(
            en="Probability that more voters come than there are ballots, in percent.",
            id="Peluang pemilih yang datang melebihi surat suara, dalam persen.",
        ),
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
        "stations",
        Text(en="Stations", id="TPS"),
        Text(en="Number of polling stations.", id="Banyaknya TPS."),
    ),
    _column(
        "voters_per_station",
        Text(en="Voters per station", id="Pemilih per TPS"),
        Text(en="Voters divided by stations.", id="Pemilih dibagi banyaknya TPS."),
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
