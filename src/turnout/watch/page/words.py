"""The fixed words of the page of the night."""

from __future__ import annotations

from turnout.language import Text

KICKER = Text(en="Turnout on counting night", id="Partisipasi pada malam penghitungan")
TITLE = Text(en="{place}: turnout on counting night", id="{place}: partisipasi malam penghitungan")
SKIP = Text(en="Skip to the tables", id="Langsung ke tabel")
OTHER_LANGUAGE = Text(en="Bahasa Indonesia", id="English")
LANGUAGE = Text(en="Language", id="Bahasa")
NO_FORECAST = Text(
    en="The first forecast is being made. This page shows it by itself.",
    id="Prakiraan pertama sedang dibuat dan akan tampil sendiri di halaman ini.",
)
ODD = Text(en="Odd in the count", id="Perlu diperiksa pada hasil hitung")
TROUBLE = Text(
    en="The input is broken. The figures are those from before it.",
    id="Masukan bermasalah. Angkanya masih yang sebelum masukan ini.",
)
LOST = Text(
    en="No connection to the program. These are the last figures that came.",
    id="Sambungan ke program terputus. Ini angka terakhir yang diterima.",
)
WAITING = Text(
    en="The count is not there yet; until then the forecast from before the count stands.",
    id="Hasil hitung belum ada; sementara ini berlaku prakiraan sebelum penghitungan.",
)
AT_A_GLANCE = Text(en="At a glance", id="Sekilas")
MEDIAN = Text(en="Median", id="Median")
TURNOUT = Text(en="Turnout", id="Partisipasi")
INTERVAL = Text(en="90% interval", id="Rentang 90%")
SAMPLE = Text(en="Sample alone", id="Sampel saja")
CHANCE = Text(en="P(goal {goal})", id="Peluang mencapai {goal}")
COUNTED = Text(en="Stations in", id="TPS masuk")
COUNTED_VOTERS = Text(en="Of the roll counted", id="DPT sudah terhitung")
LAST_COUNT = Text(en="Count as of", id="Hasil hitung per")
NONE_YET = Text(en="none yet", id="belum ada")
LOOKED = Text(en="Made at {clock}.", id="Dibuat pukul {clock}.")
BAR = Text(en="Voters: counted and expected", id="Pemilih: terhitung dan prakiraan")
BAR_COUNTED = Text(en="Voters counted", id="Pemilih yang terhitung")
BAR_TOLD = Text(
    en="{counted:count} voters are counted, {rest:count} more are expected, of "
    "{registered:count} on the roll.",
    id="{counted:count} pemilih sudah terhitung, {rest:count} lagi diprakirakan, dari "
    "{registered:count} pemilih terdaftar.",
)
BAR_ALL_IN = Text(
    en="{counted:count} of {registered:count} registered voters voted.",
    id="{counted:count} dari {registered:count} pemilih terdaftar menggunakan hak pilih.",
)
KEY_COUNTED = Text(en="counted", id="terhitung")
KEY_EXPECTED = Text(en="expected", id="prakiraan")
KEY_INTERVAL = Text(en="90% interval of the sum", id="rentang 90% jumlahnya")
KEY_GOAL = Text(en="goal {goal}", id="target {goal}")
TOTAL = Text(en="The total over time", id="Angka keseluruhan dari waktu ke waktu")
TOTAL_TOLD = Text(
    en="Median and 90% interval after {n:count:update:updates}; now {median:percent}, "
    "{lower:percent} to {upper:percent}.",
    id="Median dan rentang 90% setelah {n:count} pembaruan; sekarang {median:percent}, "
    "{lower:percent} s.d. {upper:percent}.",
)
TOTAL_ALL_IN = Text(
    en="After {n:count:update:updates} all stations are in: {median:percent}.",
    id="Setelah {n:count} pembaruan semua TPS sudah masuk: {median:percent}.",
)
TOTAL_SO_FAR = Text(
    en="After {n:count:update:updates}: {median:percent}.",
    id="Setelah {n:count} pembaruan: {median:percent}.",
)
CHANCES = Text(
    en="Probability of the goal of {goal} over time",
    id="Peluang target {goal} dari waktu ke waktu",
)
REACHED = Text(en="reached", id="tercapai")
MISSED = Text(en="missed", id="tidak tercapai")
GOAL = Text(en="Goal {goal}", id="Target {goal}")
SETTLED = Text(
    en="After {n:count:update:updates} all stations are in: the goal of {goal} is {outcome}.",
    id="Setelah {n:count} pembaruan semua TPS sudah masuk: target {goal} {outcome}.",
)
CHANCES_TOLD = Text(
    en="After {n:count:update:updates} the probability is {chance}.",
    id="Setelah {n:count} pembaruan peluangnya {chance}.",
)
CHANGES = Text(en="What changed, and why", id="Apa yang berubah, dan mengapa")
EARLIER = Text(en="Earlier updates ({n:count})", id="Pembaruan sebelumnya ({n:count})")
BY_PLACE = Text(en="By place", id="Per wilayah")
PLACE = Text(en="Place", id="Wilayah")
REGISTERED = Text(en="Registered", id="Pemilih terdaftar")
TURNOUT_IN = Text(en="Turnout counted", id="Partisipasi terhitung")
PLACES_OUT = Text(en="Places out", id="Belum lengkap")
OUT = Text(
    en="Still out, and what they would have to bring",
    id="Yang belum masuk, dan partisipasi yang diperlukan",
)
OUT_PLAIN = Text(en="Still out", id="Yang belum masuk")
VOTERS_OUT = Text(en="Registered, out", id="Terdaftar, belum masuk")
EXPECTED = Text(en="Expected", id="Prakiraan")
NEEDED = Text(en="Needed", id="Diperlukan")
ALL_IN = Text(en="Every place is in.", id="Semua wilayah sudah masuk.")
NEEDED_TOLD = Text(
    en="For the goal of {goal}, the places still out would have to bring {needed:percent} of "
    "their {out:count} registered voters who are out; {expected:percent} is expected. The table "
    "moves all of them by the same step.",
    id="Agar target {goal} tercapai, {needed:percent} dari {out:count} pemilih terdaftar yang "
    "belum dihitung perlu memilih; prakiraannya {expected:percent}. Pada tabel, "
    "prakiraan semua wilayah itu digeser sama jauhnya.",
)
NEEDED_ALONE = Text(
    en="For the goal of {goal} without votes that have no roll of their own, such as postal ones, "
    "the places still out would have to bring {needed:percent} of their {out:count} registered "
    "voters who are out; {expected:percent} is expected. The table moves all of them by the same "
    "step.",
    id="Tanpa suara di luar DPT, misalnya suara pos, target {goal} hanya "
    "tercapai bila {needed:percent} dari {out:count} pemilih terdaftar yang belum dihitung "
    "memilih; prakiraannya {expected:percent}. Pada tabel, prakiraan semua wilayah itu digeser "
    "sama jauhnya.",
)
NOT_NEEDED = Text(
    en="The goal of {goal} is reached whatever the places still out bring.",
    id="Target {goal} tercapai, apa pun hasil wilayah yang belum masuk.",
)
UNREACHABLE = Text(
    en="The goal of {goal} cannot be reached, even if everyone votes in the places still out.",
    id="Target {goal} tidak dapat tercapai, sekalipun semua pemilih di wilayah yang belum masuk "
    "memilih.",
)
UNREACHABLE_ALONE = Text(
    en="Even if everyone votes in the places still out, the goal of {goal} takes votes that have "
    "no roll of their own, such as postal ones.",
    id="Sekalipun semua pemilih di wilayah yang belum masuk memilih, target {goal} hanya tercapai "
    "dengan suara di luar DPT, misalnya suara pos.",
)
OUT_TOLD = Text(
    en="{out:count} registered voters are still out; a turnout of {expected:percent} is expected "
    "of them.",
    id="{out:count} pemilih terdaftar belum dihitung; partisipasinya diprakirakan "
    "{expected:percent}.",
)
SCROLL = Text(
    en="{n:count} rows; scroll inside the table to see them all.",
    id="{n:count} baris; gulir di dalam tabel untuk melihat semuanya.",
)
MORE_PLACES = Text(
    en="The {shown:count} largest of {n:count} places; all are in forecast.csv.",
    id="{shown:count} terbesar dari {n:count} wilayah; semuanya ada di forecast.csv.",
)
FOOT = Text(
    en='The rule for "decided": the 99% interval of the total lies on one side of the goal. A '
    "calibrated forecast errs so in at most 1 of 200 counting nights on each side, however often "
    "one looks.",
    id='Aturan "hampir pasti": rentang 99% angka keseluruhan berada di satu sisi target. '
    "Prakiraan yang terkalibrasi keliru paling banyak pada 1 dari setiap 200 malam penghitungan "
    "untuk masing-masing sisi, seberapa sering pun dilihat.",
)
