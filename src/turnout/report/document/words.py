"""The words of a report beside its figures and answers."""

from __future__ import annotations

from turnout.language import Text

OF_A_FORECAST = (
    Text(
        en="Turnout forecast: {place}, {election}",
        id="Prakiraan tingkat partisipasi: {place}, {election}",
    ),
    Text(en="Turnout forecast", id="Prakiraan tingkat partisipasi pemilih"),
)
"""The title of a page, and what stands above the place."""
OF_A_COUNT = (
    Text(en="Turnout: {place}, {election}", id="Tingkat partisipasi: {place}, {election}"),
    Text(en="Turnout", id="Tingkat partisipasi pemilih"),
)
"""The same of a complete count."""
SKIP = Text(en="To the details", id="Langsung ke rincian")
CONTENTS = Text(en="Contents", id="Daftar isi")
AT_A_GLANCE = Text(en="At a glance", id="Ringkasan")
BAR_KEY = Text(
    en="Bar: light 90%, dark 50% interval; dot: median",
    id="Batang: rentang 90% (terang) dan 50% (gelap); titik: median",
)
GOAL = Text(en="Goal", id="Target")
DOT_KEY = Text(en="Dot: turnout", id="Titik: tingkat partisipasi")
BAR_GOAL = Text(en="dashed line: goal {goal}", id="garis putus-putus: target {goal}")
GOAL_IS = Text(en="goal {goal}", id="target {goal}")
BAR_TOLD = Text(
    en="Turnout of the whole: median {median:percent}, 90% interval {low:percent} to "
    "{high:percent}",
    id="Tingkat partisipasi keseluruhan: median {median:percent}, rentang 90% {low:percent} s.d. "
    "{high:percent}",
)

WHOLE = Text(en="The whole", id="Keseluruhan")
ALL_PLACES = Text(en="All {n:count} {scale}", id="Semua wilayah ({n:count} {scale})")
PLACES = {
    "area": Text(en="Areas", id="Kelurahan/desa"),
    "district": Text(en="Districts", id="Kecamatan"),
    "city": Text(en="Cities/counties", id="Kabupaten/kota"),
    "province": Text(en="Provinces/states", id="Provinsi"),
    "nation": Text(en="Nations", id="Negara"),
}
MISSING_FIRST = Text(
    en="Those that lack the most voters come first.",
    id="Yang paling banyak kekurangan pemilih di urutan pertama.",
)
VOTERS_FIRST = Text(
    en="Those with the most voters come first.",
    id="Yang paling banyak pemilihnya di urutan pertama.",
)
SORT = Text(en="Click a heading to sort by it.", id="Klik judul kolom untuk mengurutkan.")
HIDDEN = Text(
    en="{n:count} more places are in forecast.xlsx and forecast.csv.",
    id="{n:count} wilayah lainnya ada di forecast.xlsx dan forecast.csv.",
)
SCROLL = Text(
    en="{n:count} rows; scroll inside the table to see them all.",
    id="{n:count} baris; gulir di dalam tabel untuk melihat semuanya.",
)
FIND = Text(en="Find a place", id="Cari wilayah")
NEW_PLACE = Text(
    en="* no past result of its own; forecast from the places around it",
    id="* tanpa hasil pemilihan sebelumnya; mengikuti wilayah di sekitarnya",
)
OWN_GOAL = Text(en="its own goal: {goal}", id="target sendiri: {goal}")
ADDS_UP = Text(
    en="But for rounding, the missing voters of these places add up to those of the whole.",
    id="Bila kekurangan semua wilayah ini dijumlahkan, hasilnya sama dengan kekurangan "
    "keseluruhan; selisih kecil hanya karena pembulatan.",
)

REGISTERED = Text(en="Registered", id="Pemilih terdaftar")
MEDIAN = Text(en="Median", id="Median")
INTERVAL = Text(en="90% interval", id="Rentang 90%")
TURNOUT = Text(en="Turnout", id="Tingkat partisipasi")
CHANCE = Text(en="P(goal)", id="Peluang tercapai")
MISSING = Text(en="Voters missing", id="Kekurangan pemilih")
KNOWN = Text(en="Past contests (same type)", id="Pemilihan lalu (sejenis)")

DATA = Text(en="The data used", id="Data yang dipakai")
PAST = Text(en="Past elections of the whole", id="Pemilihan yang lalu, keseluruhan")
DATE = Text(en="Date", id="Tanggal")
TYPE = Text(en="Type", id="Jenis")
VOTERS = Text(en="Voters", id="Pengguna hak pilih")
SET_APART = Text(
    en="Votes apart (postal or the like)", id="Suara terpisah (suara pos dan sejenisnya)"
)
SOURCE = Text(en="From", id="Berasal dari")
OFFICIAL = Text(en="a total in the data", id="angka total dalam data")
SUMMED = Text(
    en="sum of places with {coverage:percent0} of the voters",
    id="jumlah wilayah dengan {coverage:percent0} pemilih",
)
SUMMED_OF = Text(
    en="sum of {n:count} of {all:count} places, with {coverage:percent0} of the voters",
    id="jumlah {n:count} dari {all:count} wilayah, dengan {coverage:percent0} pemilih",
)
SUMMED_THEN = Text(
    en="sum of the {n:count:place:places} known then, of {all:count} today",
    id="jumlah {n:count} wilayah yang dikenal waktu itu, dari {all:count} sekarang",
)
SUMMED_ALL = Text(en="sum of all its places", id="jumlah semua wilayahnya")
NO_HISTORY = Text(
    en="The forecast holds no table of past elections.",
    id="Prakiraan ini tidak memuat tabel pemilihan yang lalu.",
)
LEFT_OUT = Text(en="Not used", id="Tidak dipakai")
PROBLEMS = Text(en="What was found in the files", id="Temuan pada berkas")
NO_PROBLEMS = Text(en="No problems were found.", id="Tidak ditemukan masalah.")
ODD = Text(en="Past results beside the model", id="Hasil yang lalu dibandingkan dengan model")
NOT_CHECKED = Text(
    en="This report was made without the input files' findings.",
    id="Laporan ini dibuat tanpa temuan dari berkas masukan.",
)
WARNING = Text(en="to look at", id="perlu diperiksa")
UNDERSTOOD = Text(en="as understood", id="cara berkas dibaca")
ERROR = Text(en="left out", id="disisihkan")

BEFORE = Text(en="How the model did before", id="Kinerja model pada pemilihan yang lalu")
NO_BACKTEST = Text(
    en="No past elections were forecast for this report. The option --backtest of forecast run "
    "does it; forecast backtest tells more.",
    id="Laporan ini tidak disertai uji mundur (backtest). Tambahkan opsi --backtest pada perintah "
    "forecast run; rinciannya diberikan oleh perintah forecast backtest.",
)
SCORES = Text(
    en="Means over past elections, in points",
    id="Rata-rata dari pemilihan yang lalu, dalam poin persen",
)
SCALE = Text(en="Scale", id="Tingkat")
MODEL = Text(en="Model", id="Model")
ELECTIONS = Text(en="Elections", id="Pemilihan")
MAE = Text(en="Mean miss", id="Rata-rata meleset")
CRPS = Text(en="CRPS", id="CRPS")
HELD = Text(en="90% interval held", id="Rentang 90% memuat")
WIDTH = Text(en="Its width", id="Lebarnya")
SCORES_MEAN = Text(
    en="Mean miss: distance of the median from what happened. CRPS: the same for the "
    "forecast as a whole, lower is better. Last of its type and last turnout repeat a past "
    "result; they are the baselines to compare with.",
    id="Rata-rata meleset: jarak median dari hasil sebenarnya. CRPS: ukuran yang sama untuk "
    "seluruh prakiraan, makin kecil makin baik. Partisipasi terakhir (sejenis) hanya "
    "mengulang hasil terakhir, sebagai pembanding.",
)

UNCERTAIN = Text(en="What is uncertain, and why", id="Apa yang tidak pasti, dan mengapa")
METHOD = Text(en="Method", id="Metode")
READING = Text(en="How to read it", id="Cara membaca")
TERMS = (
    (
        Text(en="Turnout", id="Tingkat partisipasi"),
        Text(
            en="voters divided by registered voters",
            id="pengguna hak pilih dibagi pemilih terdaftar",
        ),
    ),
    (
        Text(en="Median", id="Median"),
        Text(
            en="half of the simulated elections lie below, half above",
            id="separuh simulasi berada di bawahnya, separuh di atasnya",
        ),
    ),
    (
        Text(en="90% interval", id="Rentang 90%"),
        Text(
            en="turnout falls inside nine times out of ten, if the model holds",
            id="sembilan dari sepuluh kali tingkat partisipasi jatuh di dalamnya, selama modelnya "
            "berlaku",
        ),
    ),
    (
        Text(en="P(goal)", id="Peluang tercapai"),
        Text(
            en="share of the simulations that reach the goal: likely over 80%, open 20 to 80%, "
            "unlikely under 20%, out of reach under 1%",
            id="bagian simulasi yang mencapai target: berpeluang besar di atas 80%, masih terbuka "
            "20 sampai 80%, berpeluang kecil di bawah 20%, di luar jangkauan di bawah 1%",
        ),
    ),
    (
        Text(en="Voters missing", id="Kekurangan pemilih"),
        Text(
            en="what a place lacks to its goal when the whole comes out at its median; with a "
            "minus sign it has more",
            id="kekurangan suatu wilayah terhadap target bila keseluruhan tepat di mediannya; "
            "tanda minus berarti lebih",
        ),
    ),
)

THE_COUNT = Text(en="About the count", id="Tentang hasil hitung")
NOT_FORECAST = Text(
    en="All figures of this election are counted, none is forecast: turnout is voters divided by "
    "registered voters, and the places add up to the whole.",
    id="Semua angka pemilihan ini adalah hasil hitung, bukan prakiraan: tingkat partisipasi adalah "
    "pengguna hak pilih dibagi pemilih terdaftar, dan angka keseluruhan adalah jumlah semua "
    "wilayah.",
)
REPEAT_COUNTED = Text(en="To repeat this report", id="Mengulang laporan ini")
REPEAT = Text(en="To repeat this forecast", id="Mengulang prakiraan ini")
ROLE = Text(en="Input", id="Masukan")
FILE = Text(en="File", id="Berkas")
SETTINGS = Text(en="Settings", id="Pengaturan")
INPUTS = Text(en="Input files", id="Berkas masukan")
SETTING = Text(en="Setting", id="Pengaturan")
VALUE = Text(en="Value", id="Nilai")
SEED = Text(en="Seed", id="Bilangan acak awal (seed)")
DRAWS = Text(en="Simulations (draws)", id="Simulasi")
VERSION = Text(en="Version of turnout", id="Versi turnout")
PRIOR = Text(en="Prior", id="Pengetahuan awal (prior)")
ESS = Text(en="Effective sample size", id="Ukuran sampel efektif")
NOT_SET = Text(en="not set", id="tidak ditetapkan")
ROLES = {
    "results": Text(en="past results", id="hasil pemilihan yang lalu"),
    "roll": Text(en="roll", id="daftar pemilih"),
    "crosswalk": Text(en="crosswalk of new areas", id="tabel pemekaran wilayah"),
    "outreach": Text(en="outreach log", id="catatan sosialisasi"),
    "counted": Text(en="count so far", id="hasil hitung sementara"),
    "sample": Text(en="quick count (sample of stations)", id="hitung cepat (sampel TPS)"),
    "evidence": Text(en="estimates from outside", id="perkiraan dari sumber lain"),
}
MADE_BY = Text(en="Made with turnout {version}.", id="Dibuat dengan turnout {version}.")
MADE_AT = Text(
    en="Made with turnout {version}; as of {when}.",
    id="Dibuat dengan turnout {version}; keadaan per {when}.",
)
OF_AREAS = Text(
    en="Figures are of areas, never of persons.",
    id="Angka ini tentang wilayah, bukan tentang orang.",
)
FOR_AREAS = Text(
    en="Forecasts are for areas, never for persons.",
    id="Prakiraan dibuat untuk wilayah, bukan untuk orang.",
)

SEXES = Text(en="Women and men", id="Perempuan dan laki-laki")
PLACE = Text(en="Place", id="Wilayah")
WOMEN = Text(en="Women", id="Perempuan")
MEN = Text(en="Men", id="Laki-laki")
SEX_GAP = Text(en="Women less men, points (90%)", id="Selisih P dan L, poin (90%)")
FROM_TO = Text(en="{middle} ({low} to {high})", id="{middle} ({low} s.d. {high})")
SEX_SUPPRESSED = Text(
    en="too few people of one sex to be told", id="tidak ditampilkan: terlalu sedikit orang"
)
GROUP = Text(en="Group", id="Kelompok")
GROUP_TURNOUT = Text(en="Turnout (90%)", id="Partisipasi (90%)")
GROUP_GAP = Text(en="Less all others, points (90%)", id="Selisih dengan pemilih lain, poin (90%)")
GROUP_SUPPRESSED = Text(
    en="too few people of one group to be told", id="tidak ditampilkan: terlalu sedikit orang"
)
