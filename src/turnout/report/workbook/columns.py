"""The columns of forecast.xlsx: what stands over them and what they mean."""

from __future__ import annotations

from turnout.language import Text
from turnout.report.sheets import Column

_BLUE, _ORANGE, _GREEN = "82B2D8", "E9B384", "8CC5B4"

PLACES = (
    Column(
        "scale",
        Text(en="Scale", id="Tingkat"),
        Text(en="What kind of place the row is.", id="Jenis wilayah pada baris ini."),
    ),
    Column("nation", Text(en="Nation", id="Negara"), Text(en="Nation.", id="Negara.")),
    Column(
        "province",
        Text(en="Province/state", id="Provinsi"),
        Text(en="Province or state.", id="Provinsi."),
    ),
    Column(
        "city",
        Text(en="City/county", id="Kabupaten/kota"),
        Text(en="City, county or regency.", id="Kabupaten atau kota."),
    ),
    Column("district", Text(en="District", id="Kecamatan"), Text(en="District.", id="Kecamatan.")),
    Column(
        "area",
        Text(en="Area", id="Kelurahan/desa"),
        Text(en="The finest place.", id="Wilayah terkecil."),
    ),
    Column(
        "area_id",
        Text(en="Code", id="Kode"),
        Text(en="Code of the place as in the files.", id="Kode wilayah seperti dalam berkas."),
    ),
)
_REGISTERED = Column(
    "registered",
    Text(en="Registered voters", id="Pemilih terdaftar"),
    Text(
        en="Voters on the roll for the coming election (or on the newest known one).",
        id="Pemilih dalam daftar untuk pemilihan ini (atau daftar terbaru yang diketahui).",
    ),
    "count",
)
_MEDIAN = Column(
    "median",
    Text(en="Median turnout", id="Median tingkat partisipasi"),
    Text(
        en="Half of the simulated elections lie below, half above. Turnout is voters divided by "
        "registered voters.",
        id="Separuh simulasi di bawahnya, separuh di atasnya. Tingkat partisipasi adalah pengguna "
        "hak pilih dibagi pemilih terdaftar.",
    ),
    "percent",
    _BLUE,
)
_PROBABILITY = Column(
    "probability",
    Text(en="P(goal)", id="Peluang tercapai"),
    Text(
        en="Share of the simulations in which the place reaches the goal; <1% and >99% where "
        "hardly any or nearly all did, as no forecast is certain.",
        id="Bagian simulasi yang mencapai target; <1% dan >99% bila hampir tidak ada atau hampir "
        "semua simulasi mencapainya, sebab prakiraan tidak pernah pasti.",
    ),
    "probability",
    _GREEN,
)
_VERDICT = Column(
    "verdict",
    Text(en="In words", id="Keterangan"),
    Text(
        en="Likely over 80%, open 20 to 80%, unlikely under 20%, out of reach under 1%; reached or "
        "missed where all is in; not clear yet where figures that are in are in doubt, or postal "
        "votes may come on top.",
        id="Berpeluang besar di atas 80%, masih terbuka 20 sampai 80%, berpeluang kecil di bawah "
        "20%, di luar jangkauan di bawah 1%; tercapai atau tidak tercapai bila semuanya sudah "
        "masuk; belum jelas bila ada angka yang diragukan, atau suara pos mungkin belum masuk.",
    ),
)
_MISSING = Column(
    "missing_voters",
    Text(en="Voters missing", id="Kekurangan pemilih"),
    Text(
        en="What the place lacks to its goal when the whole comes out at its median; but for "
        "rounding, adds up to the gap of the whole. Negative where it has more.",
        id="Kekurangan terhadap target bila keseluruhan tepat di mediannya; selain karena "
        "pembulatan, jumlahnya sama dengan kekurangan keseluruhan. Negatif bila lebih.",
    ),
    "count",
    _ORANGE,
)
_GOAL = Column(
    "goal",
    Text(en="Goal", id="Target"),
    Text(
        en="The goal that the row is about: the common one or the place's own.",
        id="Target pada baris ini: target bersama atau target wilayah itu sendiri.",
    ),
    "percent",
)
_GAP_POINTS = Column(
    "gap_points",
    Text(en="Short by (points)", id="Kurang (poin)"),
    Text(
        en="Goal less median, in percentage points; negative when the median lies above.",
        id="Target dikurangi median, dalam poin persen; negatif bila median di atas target.",
    ),
    "points",
)
_GAP_VOTERS = Column(
    "gap_voters",
    Text(en="Goal less median (voters)", id="Target dikurangi median (pemilih)"),
    Text(
        en="The gap in points as voters of this place. It does not add up over places, since "
        "medians do not; voters missing do.",
        id="Kekurangan poin dalam jumlah pemilih wilayah ini. Tidak dapat dijumlahkan "
        "antarwilayah karena median tidak dapat dijumlahkan; kekurangan pemilih dapat.",
    ),
    "count",
)


def interval_columns(levels: tuple[float, ...]) -> tuple[Column, ...]:
    """Return the two columns of each interval."""
    columns = []
    for level in levels:
        en, local = f"{100 * level:g}%", f"{100 * level:g}%".replace(".", ",")
        meaning = Text(
            en=f"End of the {en} interval: turnout falls inside with a probability of {en}.",
            id=f"Ujung rentang {local}: tingkat partisipasi jatuh di dalamnya dengan peluang "
            f"{local}.",
        )
        columns += [
            Column(
                f"lower_{level:g}",
                Text(en=f"{en} from", id=f"Rentang {local}, dari"),
                meaning,
                "percent",
            ),
            Column(
                f"upper_{level:g}",
                Text(en=f"{en} to", id=f"Rentang {local}, sampai"),
                meaning,
                "percent",
            ),
        ]
    return tuple(columns)


BASIS = (
    Column(
        "last_same_type",
        Text(en="Last of the same type", id="Terakhir, jenis sama"),
        Text(
            en="Turnout of the place's last contest of the same type.",
            id="Tingkat partisipasi pada pemilihan terakhir yang sejenis.",
        ),
        "percent",
    ),
    Column(
        "last_same_type_election",
        Text(en="Which one", id="Pemilihan itu"),
        Text(en="The contest that this was.", id="Pemilihan yang dimaksud."),
    ),
    Column(
        "contests",
        Text(en="Past contests", id="Pemilihan lalu"),
        Text(
            en="How many past contests of the place are known.",
            id="Jumlah pemilihan sebelumnya yang datanya ada untuk wilayah ini.",
        ),
        "count",
    ),
    Column(
        "contests_same_type",
        Text(en="Of the same type", id="Yang sejenis"),
        Text(en="How many of them are of the same type.", id="Di antaranya yang sejenis."),
        "count",
    ),
    Column(
        "share_counted",
        Text(en="Past stations known", id="TPS lalu diketahui"),
        Text(
            en="Mean share of the polling stations that the known contests cover; 100% where none "
            "is told to be missing.",
            id="Rata-rata bagian TPS yang tercakup dalam pemilihan yang diketahui; 100% bila tidak "
            "ada TPS yang disebut belum masuk.",
        ),
        "percent0",
    ),
    Column(
        "roll_estimated",
        Text(en="Roll estimated", id="Daftar perkiraan"),
        Text(
            en="Whether the number of registered voters is an estimate.",
            id="Apakah jumlah pemilih terdaftar merupakan perkiraan.",
        ),
        "flag",
    ),
)


def place_columns_of(levels: tuple[float, ...]) -> tuple[Column, ...]:
    """Return the columns of a sheet of places."""
    goal = (_GOAL, _PROBABILITY, _VERDICT, _MISSING, _GAP_POINTS)
    forecast = (_MEDIAN, *interval_columns(levels))
    return (*PLACES[1:], _REGISTERED, _COUNTED, *forecast, *goal, *BASIS)


_TURNOUT = Column(
    "median",
    Text(en="Turnout", id="Tingkat partisipasi"),
    Text(
        en="Voters divided by registered voters, by the count.",
        id="Pengguna hak pilih dibagi pemilih terdaftar, menurut hasil hitung.",
    ),
    "percent",
)
_COUNTED = Column(
    "counted_share",
    Text(en="Stations in", id="TPS masuk"),
    Text(
        en="Share of the place's stations that are in; of its voters where no stations are told.",
        id="Bagian TPS yang sudah masuk; bagian pemilihnya bila TPS tidak disebutkan.",
    ),
    "percent",
)


_REACHED = tuple(
    Column(
        f"reached_{chance}",
        Text(en=f"Reached with {chance}%", id=f"Tercapai {chance}%"),
        Text(
            en=f"The turnout that is reached with a probability of {chance}%.",
            id=f"Tingkat partisipasi yang tercapai dengan peluang {chance}%.",
        ),
        "percent",
    )
    for chance in (50, 80, 90)
)

GOAL_COLUMNS = (
    *PLACES,
    _REGISTERED,
    _GOAL,
    _PROBABILITY,
    _VERDICT,
    _MEDIAN,
    _GAP_POINTS,
    _GAP_VOTERS,
    _MISSING,
    *_REACHED,
)

COUNTED_PLACE_COLUMNS = (
    *PLACES[1:],
    _REGISTERED,
    _COUNTED,
    _TURNOUT,
    _GOAL,
    _VERDICT,
    _MISSING,
    _GAP_POINTS,
    *BASIS,
)
"""The columns of a sheet of places where all are counted: no medians, intervals or chances."""

COUNTED_GOAL_COLUMNS = (*PLACES, _REGISTERED, _GOAL, _VERDICT, _TURNOUT, _GAP_POINTS, _MISSING)

_SCORES = {
    "mae": (
        Text(en="Mean miss", id="Rata-rata meleset"),
        Text(
            en="Mean distance of the median from what happened, in points.",
            id="Rata-rata jarak median dari hasil sebenarnya, dalam poin.",
        ),
    ),
    "bias": (
        Text(en="Bias", id="Bias"),
        Text(
            en="Mean of median less what happened, in points; positive: forecasts were too high.",
            id="Rata-rata median dikurangi hasil, dalam poin; positif: prakiraan terlalu tinggi.",
        ),
    ),
    "crps": (
        Text(en="CRPS", id="CRPS"),
        Text(
            en="Continuous ranked probability score of the whole forecast, in points; lower is "
            "better.",
            id="Continuous ranked probability score seluruh prakiraan, dalam poin; makin kecil "
            "makin baik.",
        ),
    ),
    "wis": (
        Text(en="WIS", id="WIS"),
        Text(
            en="Weighted interval score of the 50, 80 and 90% intervals, in points; lower is "
            "better.",
            id="Weighted interval score rentang 50, 80, dan 90%, dalam poin; makin kecil makin "
            "baik.",
        ),
    ),
    "width_90": (
        Text(en="90% width", id="Lebar 90%"),
        Text(en="Mean width of the 90% intervals, in points.", id="Rata-rata lebar rentang 90%."),
    ),
}

BACKTEST_COLUMNS = (
    PLACES[0],
    Column(
        "model",
        Text(en="Model", id="Model"),
        Text(
            en="Name of the model; last of its type and last turnout repeat the last result.",
            id="Nama model; partisipasi terakhir (sejenis) mengulang hasil terakhir.",
        ),
    ),
    Column(
        "election",
        Text(en="Election", id="Pemilihan"),
        Text(
            en="The past election that was forecast from what was known before it.",
            id="Pemilihan yang lalu, diprakirakan dari yang diketahui sebelumnya.",
        ),
    ),
    Column(
        "n",
        Text(en="Places", id="Wilayah"),
        Text(en="Number of places that were scored.", id="Jumlah wilayah yang dinilai."),
        "count",
    ),
    *(Column(key, header, meaning, "number") for key, (header, meaning) in _SCORES.items()),
    *(
        Column(
            f"coverage_{level}",
            Text(en=f"{level}% held", id=f"{level}% memuat"),
            Text(
                en=f"Share of the places whose {level}% interval held what happened.",
                id=f"Bagian wilayah yang rentang {level}%-nya memuat hasil sebenarnya.",
            ),
            "percent0",
            _BLUE,
        )
        for level in (50, 80, 90)
    ),
)

PROBLEM_COLUMNS = (
    Column(
        "severity",
        Text(en="Severity", id="Tingkat masalah"),
        Text(
            en="Errors: the rows were left out. Warnings: kept, to be looked at.",
            id="Kesalahan: baris disisihkan. Peringatan: baris tetap dipakai.",
        ),
    ),
    Column("file", Text(en="File", id="Berkas"), Text(en="Name of the file.", id="Nama berkas.")),
    Column(
        "sheet", Text(en="Sheet", id="Lembar"), Text(en="Sheet of the file.", id="Lembar kerja.")
    ),
    Column(
        "row",
        Text(en="Row", id="Baris"),
        Text(en="Row as the spreadsheet numbers it.", id="Nomor baris di lembar kerja."),
    ),
    Column(
        "column", Text(en="Column", id="Kolom"), Text(en="Header of the column.", id="Judul kolom.")
    ),
    Column(
        "value", Text(en="Value", id="Nilai"), Text(en="What is written there.", id="Isi selnya.")
    ),
    Column(
        "problem",
        Text(en="Problem", id="Masalah"),
        Text(en="What was found.", id="Apa yang ditemukan."),
    ),
    Column(
        "remedy",
        Text(en="What to do", id="Yang perlu dilakukan"),
        Text(en="How to put it right.", id="Cara memperbaikinya."),
    ),
)

EXPLANATION_COLUMNS = (
    Column(
        "column", Text(en="Column", id="Kolom"), Text(en="Header of a column.", id="Judul kolom.")
    ),
    Column("meaning", Text(en="Meaning", id="Arti"), Text(en="What it holds.", id="Isinya.")),
    Column(
        "sheets",
        Text(en="On the sheets", id="Pada lembar"),
        Text(en="Where it stands.", id="Tempatnya."),
    ),
)
