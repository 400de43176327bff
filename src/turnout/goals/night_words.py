"""What is said of where a count stands against a goal."""

from __future__ import annotations

from turnout.language import Text

CALLS: dict[str, Text] = {
    "reached": Text(
        en="Decided: the goal of {goal:goal} is reached. The total's {level:percent0} interval, "
        "{lower:percent} to {upper:percent}, lies above it; if the forecast is calibrated, such a "
        "call is wrong in at most 1 of {wrong:count} counting nights.",
        id="Sudah dapat dinyatakan: target {goal:goal} tercapai. Rentang {level:percent0} untuk "
        "keseluruhan, {lower:percent} s.d. {upper:percent}, berada di atasnya; bila prakiraan "
        "terkalibrasi, pernyataan seperti ini keliru paling banyak pada 1 dari setiap "
        "{wrong:count} malam penghitungan.",
    ),
    "missed": Text(
        en="Decided: the goal of {goal:goal} is missed. The total's {level:percent0} interval, "
        "{lower:percent} to {upper:percent}, lies below it; if the forecast is calibrated, such a "
        "call is wrong in at most 1 of {wrong:count} counting nights.",
        id="Sudah dapat dinyatakan: target {goal:goal} tidak tercapai. Rentang "
        "{level:percent0} untuk keseluruhan, {lower:percent} s.d. {upper:percent}, berada di "
        "bawahnya; bila prakiraan terkalibrasi, pernyataan seperti ini keliru paling banyak pada "
        "1 dari setiap {wrong:count} malam penghitungan.",
    ),
    "open": Text(
        en="Not decided: the total's {level:percent0} interval, {lower:percent} to "
        "{upper:percent}, holds the goal of {goal:goal}.",
        id="Belum dapat dinyatakan dari hasil hitung: rentang {level:percent0} untuk keseluruhan, "
        "{lower:percent} s.d. {upper:percent}, memuat target {goal:goal}.",
    ),
}
# A call that the counted voters alone settle cannot be wrong: no interval, and no chance.
SETTLED: dict[str, Text] = {
    "reached": Text(
        en="Decided: the goal of {goal:goal} is reached.",
        id="Sudah pasti: target {goal:goal} tercapai.",
    ),
    "missed": Text(
        en="Decided: the goal of {goal:goal} is missed.",
        id="Sudah pasti: target {goal:goal} tidak tercapai.",
    ),
}
ALL_IN: dict[str, Text] = {
    "reached": Text(
        en="All counts are in: {median:percent}. The goal of {goal:goal} is reached.",
        id="Semua hasil hitung sudah masuk: {median:percent}. Target {goal:goal} tercapai.",
    ),
    "missed": Text(
        en="All counts are in: {median:percent}. The goal of {goal:goal} is missed.",
        id="Semua hasil hitung sudah masuk: {median:percent}. Target {goal:goal} tidak tercapai.",
    ),
}
DOUBTFUL = Text(
    en="Not decided: figures that are in are in doubt. Look at them first.",
    id="Belum dapat dinyatakan dari hasil hitung: ada angka masuk yang diragukan. Periksa dahulu "
    "angka itu.",
)
LACKS_VOTES = Text(
    en="Not decided: the forecast may lack votes without a roll of their own (postal or the "
    "like), and a goal of all voters counts them.",
    id="Belum dapat dinyatakan dari hasil hitung: prakiraan mungkin tidak memuat suara di luar DPT "
    "(suara pos dan sejenisnya), padahal target untuk semua pemilih menghitungnya.",
)
TOO_FEW_DRAWS = Text(
    en="Not decided: the ends of a {level:percent0} interval cannot be told from so few draws. "
    "Forecast with more, as with --draws 4000.",
    id="Belum dapat dinyatakan dari hasil hitung: ujung rentang {level:percent0} tidak dapat "
    "diketahui dari simulasi "
    "yang begitu sedikit. Buat prakiraan dengan lebih banyak simulasi, misalnya --draws 4000.",
)
AS_DISTRICT = Text(
    en="If the places still out turn out as what is counted of their district has, the total is "
    "{turnout:percent}.",
    id="Bila partisipasi di TPS yang belum masuk sama dengan di TPS yang sudah masuk di "
    "kecamatannya, angka keseluruhannya {turnout:percent}.",
)
NEEDED = Text(
    en="To reach {goal:goal}, {needed:percent} of the voters still out must have voted; "
    "{expected:percent} are expected to.",
    id="Target {goal:goal} hanya tercapai bila {needed:percent} dari pemilih yang belum "
    "dihitung ternyata memilih; prakiraannya {expected:percent}.",
)
NEEDED_ALONE = Text(
    en="To reach {goal:goal} without such votes, {needed:percent} of the voters still out must "
    "have voted; {expected:percent} are expected to.",
    id="Tanpa suara seperti itu, target {goal:goal} hanya tercapai bila {needed:percent} dari "
    "pemilih yang belum dihitung ternyata memilih; prakiraannya {expected:percent}.",
)
ON_TOP = Text(
    en="The places' own votes are {most:percent}: to reach {goal:goal}, such votes must be at "
    "least {short:points} points of turnout.",
    id="Partisipasi dari suara di wilayahnya sendiri {most:percent}: target {goal:goal} hanya "
    "tercapai bila suara seperti itu sedikitnya {short:points} poin partisipasi.",
)
ON_TOP_OF_ALL = Text(
    en="Even if all voters still out had voted, the places' own votes would be {most:percent}: to "
    "reach {goal:goal}, such votes must be at least {short:points} points of turnout.",
    id="Sekalipun semua pemilih yang belum dihitung memilih, partisipasi dari suara di "
    "wilayahnya sendiri {most:percent}: target {goal:goal} hanya tercapai bila suara "
    "seperti itu sedikitnya {short:points} poin partisipasi.",
)
ENOUGH = Text(
    en="The voters counted so far are enough for {goal:goal}, whatever is still out.",
    id="Pemilih yang sudah dihitung cukup untuk mencapai {goal:goal}, berapa pun yang belum masuk.",
)
TOO_FEW = Text(
    en="Even if all voters still out had voted, {goal:goal} would not be reached.",
    id="Sekalipun semua pemilih yang belum dihitung memilih, {goal:goal} tidak tercapai.",
)
NO_COUNT = Text(
    en="This forecast knows of no count. Forecast with counted= (--counted FILE).",
    id="Prakiraan ini tidak memuat hasil hitung. Buat prakiraan dengan counted= (--counted FILE).",
)
