"""The words for a count: how far it is, and what is odd in it."""

from __future__ import annotations

from turnout.language import Text

FAR_BELOW = Text(
    en="Are all stations in? {n:count:place:places} without word of stations ({places:list}) came "
    "in with the whole roll and less than two thirds of the lowest turnout ever, or of what the "
    "other places suggest. Read as complete; give stations_counted and stations_total to settle "
    "it.",
    id="Apakah semua TPS sudah masuk? {n:count} wilayah tanpa keterangan TPS ({places:list}) "
    "memuat DPT penuh, tetapi partisipasinya di bawah dua pertiga dari yang terendah selama ini, "
    "atau dari yang wajar bila dibandingkan dengan wilayah lain. Wilayah itu dianggap lengkap. Isi "
    "kolom TPS masuk dan jumlah TPS agar jelas.",
)
SHORT_OF_ROLL = Text(
    en="In {n:count:place:places} with all stations recorded as in ({places:list}), "
    "{lacking:count} registered voters of the roll are missing. Are all stations really in? Check "
    "their number, and the roll.",
    id="Di {n:count} wilayah yang TPS-nya tercatat masuk semua ({places:list}), pemilih "
    "terdaftarnya kurang {lacking:count} dari DPT. Apakah semua TPS memang sudah masuk? Periksa "
    "kolom TPS masuk dan jumlah TPS, juga DPT-nya.",
)
BELOW_PAST = Text(
    en="In {n:count:place:places} with all stations recorded as in ({places:list}), turnout is "
    "below two thirds of the lowest ever, or of what the other places suggest. Are the voters "
    "really all who voted? Look for a digit too few, percentages, men alone, those who did not "
    "vote, or voters of some stations only.",
    id="Di {n:count} wilayah yang TPS-nya tercatat masuk semua ({places:list}), partisipasinya di "
    "bawah dua pertiga dari yang terendah selama ini, atau dari yang wajar bila dibandingkan "
    "dengan wilayah lain. Apakah angkanya memang seluruh pengguna hak pilih? Periksa apakah ada "
    "digit yang kurang, atau yang tercantum persentase, laki-laki saja, yang tidak memilih, atau "
    "hanya dari sebagian TPS.",
)
LOW_SO_FAR = Text(
    en="In what is in of {n:count:place:places} ({places:list}), turnout is below two thirds of "
    "the lowest ever, and of what the other places suggest. Are the voters of these stations "
    "really those who voted, and all of them?",
    id="Pada data yang sudah masuk dari {n:count} wilayah ({places:list}), partisipasinya di bawah "
    "dua pertiga dari yang terendah selama ini, dan dari yang wajar bila dibandingkan dengan "
    "wilayah lain. Apakah angkanya memang seluruh pengguna hak pilih di TPS itu?",
)
AT_STATIONS = Text(
    en="Single stations of {n:count:place:places} ({places:list}) have far fewer voters than the "
    "others there. Are these really those who voted, and all of them?",
    id="Di {n:count} wilayah ({places:list}) ada TPS yang pengguna hak pilihnya jauh di bawah TPS "
    "lainnya. Apakah angkanya memang seluruh pengguna hak pilih di TPS itu?",
)
STATIONS_ABOVE = Text(
    en="Single stations of {n:count:place:places} ({places:list}) have more than 1.5 times as many "
    "voters as registered. Is a digit wrong, or did so many voters of added lists come?",
    id="Di {n:count} wilayah ({places:list}) ada TPS yang pengguna hak pilihnya lebih dari 1,5 "
    "kali lipat pemilih terdaftarnya. Salah ketik, atau memang ada pemilih DPTb dan DPK sebanyak "
    "itu?",
)
STATIONS_COPIED = Text(
    en="Single stations of {n:count:place:places} ({places:list}) have exactly the figures of "
    "another station: one of the two is a copy, so its own count is not in. Replace the wrong one "
    "with the figures of its form.",
    id="Di {n:count} wilayah ({places:list}) ada TPS yang semua angkanya persis sama dengan TPS "
    "lain: salah satunya salinan, jadi hasil hitungnya sendiri belum masuk. Ganti yang salah "
    "dengan angka dari formulirnya.",
)
ALL_LOW = Text(
    en="Turnout in what is in is {turnout:percent}; the lowest ever in these places was "
    "{lowest:percent}. Are these all who voted, and not men alone, for example, or those who did "
    "not vote?",
    id="Partisipasi pada data yang sudah masuk {turnout:percent}, padahal yang terendah selama ini "
    "di wilayah yang sama {lowest:percent}. Apakah angkanya memang seluruh pengguna hak pilih, "
    "bukan misalnya laki-laki saja, atau yang tidak memilih?",
)
FAR_ABOVE = Text(
    en="In {n:count:place:places} ({places:list}) turnout is more than 1.5 times what the other "
    "places suggest, or above 100%. Are these the people who voted? Look for a digit too many, "
    "votes in place of voters, voters counted twice, or those who did not vote.",
    id="Di {n:count} wilayah ({places:list}), partisipasinya lebih dari 1,5 kali yang wajar bila "
    "dibandingkan dengan wilayah lain, atau melebihi 100%. Apakah angkanya memang "
    "jumlah pengguna hak pilih? Periksa apakah ada digit yang berlebih, suara yang dicatat sebagai "
    "pemilih, pemilih yang dihitung dua kali, atau yang tercantum justru yang tidak memilih.",
)
ALL_HIGH = Text(
    en="Turnout in what is in is {turnout:percent}; in comparable earlier elections it was "
    "{highest:percent} at most in these places. Are these the people who voted, and not their "
    "votes, for example, or those who did not vote?",
    id="Partisipasi pada data yang sudah masuk {turnout:percent}, padahal pada pemilihan "
    "sebelumnya yang sebanding paling tinggi {highest:percent} di wilayah yang sama. Apakah "
    "angkanya memang jumlah pengguna hak pilih, bukan misalnya jumlah suara, atau yang tidak "
    "memilih?",
)
COPIED = Text(
    en="{n:count:place has:places have} exactly the registered and voters of another "
    "({places:list}): one of the two is a copy, so its own count is not in. Replace the wrong one "
    "with the figures of its form.",
    id="Pemilih terdaftar dan pengguna hak pilih {n:count} wilayah persis sama dengan wilayah lain "
    "({places:list}): salah satunya salinan, jadi hasil hitungnya sendiri belum masuk. Ganti yang "
    "salah dengan angka dari formulirnya.",
)
OTHERS_FIGURES = Text(
    en="Not counted as in, because the roll has other registered there: {places:list}.",
    id="Belum dihitung sebagai data masuk, karena pemilih terdaftarnya berbeda dari daftar "
    "pemilih: {places:list}.",
)
NOT_CALLED = Text(
    en="Until then nothing is called.",
    id="Selama itu belum jelas, tidak ada yang dinyatakan pasti.",
)
SAID_IN = Text(
    en="All {total:count} stations are recorded as in.",
    id="Semua {total:count} TPS tercatat sudah masuk.",
)
SHARE = Text(
    en="Count in progress: stations with {share:percent} of the registered voters are in.",
    id="Penghitungan sedang berjalan: TPS dengan {share:percent} pemilih terdaftar sudah masuk.",
)
STATIONS = Text(
    en="Count in progress: {counted:count} of {total:count} stations are in ({share:percent}).",
    id="Penghitungan sedang berjalan: {counted:count} dari {total:count} TPS sudah masuk "
    "({share:percent}).",
)
ALL_IN = Text(en="All stations are in.", id="Semua TPS sudah masuk.")
APART = Text(
    en="{n:count} votes without a roll of their own (postal or the like) are counted besides: "
    "{share:points} points of turnout that this forecast lacks.",
    id="Di luar itu ada {n:count} suara di luar DPT (suara pos dan sejenisnya): "
    "{share:points} poin partisipasi yang tidak termuat dalam prakiraan ini.",
)
APART_SO_FAR = Text(
    en="{n:count} votes without a roll of their own (postal or the like) are counted besides; this "
    "forecast lacks them.",
    id="Di luar itu sudah terhitung {n:count} suara di luar DPT (suara pos dan sejenisnya), "
    "yang tidak termuat dalam prakiraan ini.",
)
APART_IN_ALL = Text(
    en="With them turnout is {turnout:percent}.",
    id="Bila ditambahkan, partisipasinya {turnout:percent}.",
)
NONE_BEFORE = Text(
    en="Past results have no such votes apart: if they are in the places' own figures there, the "
    "count of the places is no measure beside them.",
    id="Hasil terdahulu tidak memisahkan suara seperti itu: bila di sana suara itu termasuk angka "
    "wilayahnya, hasil hitung per wilayah tidak dapat dibandingkan dengannya.",
)
APART_MISSING = Text(
    en="This count has no votes without a roll of their own (postal or the like); in the newest "
    "past contest they were {before:points} points of turnout. If they are still to come, this "
    "forecast lacks them.",
    id="Hasil hitung ini belum memuat suara di luar DPT (suara pos dan sejenisnya), yang pada "
    "pemilihan sebelumnya bernilai {before:points} poin partisipasi. Bila suara itu masih "
    "akan masuk, prakiraan ini tidak memuatnya.",
)
ALL_PLACES = Text(
    en="The own counts of all {n:count} places are in.",
    id="Hasil hitung semua {n:count} wilayah sudah masuk.",
)
ALL_ASSUMED = Text(
    en="Read as whole counts: {n:count:place tells:places tell} no stations. If only some of their "
    "stations are in, every figure here is wrong.",
    id="Dibaca sebagai hasil lengkap: {n:count} wilayah, tanpa keterangan TPS. Bila sebenarnya "
    "baru sebagian TPS yang masuk, semua angka di sini salah.",
)
ASSUMED = Text(
    en="Read as whole counts: {n:count:place that tells:places that tell} no stations.",
    id="Dibaca sebagai hasil lengkap: {n:count} wilayah yang tanpa keterangan TPS.",
)
ALL_STATIONS = Text(
    en="All stations are in ({total:count}).", id="Semua TPS sudah masuk ({total:count})."
)
PLACES = Text(
    en="Of {all:count} places {done:count:is:are} complete and {begun:count} partly in.",
    id="Dari {all:count} wilayah, {done:count} sudah lengkap dan {begun:count} baru masuk "
    "sebagian.",
)
PLACES_LEFT = Text(
    en="{n:count:place is:places are} not in yet.", id="{n:count} wilayah belum masuk."
)
PLACES_DONE = Text(
    en="Of {all:count} places {done:count:is:are} complete.",
    id="Dari {all:count} wilayah, {done:count} sudah lengkap.",
)
UNTIL = Text(
    en="As of {day:day}, {clock}.",
    id="Data per {day:day} pukul {clock}.",
)
UNTIL_OF_FILE = Text(
    en="As of {day:day}, {clock}, by the time of the file.",
    id="Data per {day:day} pukul {clock}, menurut waktu berkas.",
)
STAMP = Text(
    en="{share:percent} of the stations are in",
    id="{share:percent} TPS sudah masuk",
)
STAMP_VOTERS = Text(
    en="stations with {share:percent} of the registered voters are in",
    id="TPS dengan {share:percent} pemilih terdaftar sudah masuk",
)
STAMP_ALL = Text(en="all stations are in", id="semua TPS sudah masuk")
STAMP_DOUBTED = Text(
    en="it is not clear yet whether all stations are in",
    id="belum jelas apakah semua TPS sudah masuk",
)
STAMP_ALL_DOUBTED = Text(
    en="all stations are in, but figures are in doubt",
    id="semua TPS sudah masuk, tetapi ada angka yang diragukan",
)
STAMP_FIGURES_DOUBTED = Text(
    en="figures that came in are in doubt",
    id="ada angka masuk yang diragukan",
)
STAMP_PLACES = Text(
    en="the counts of all places are in",
    id="hasil hitung semua wilayah sudah masuk",
)
STAMP_UNTIL = Text(en="{told}, as of {when}", id="{told}, data sampai {when}")
STAMP_ASSUMED = Text(
    en="read as whole counts, no stations told",
    id="dibaca sebagai hasil lengkap, tanpa keterangan TPS",
)
ABOVE_ROLL = Text(
    en="In {n:count:place:places} more voters are registered in the count than on the roll: "
    "{places:list}. The count's figure is used; check the roll.",
    id="Di {n:count} wilayah, pemilih terdaftar dalam hasil hitung melebihi DPT: "
    "{places:list}. Yang dipakai angka hasil hitung; periksa DPT-nya.",
)
OVER_FULL = Text(
    en="In {n:count:place:places} more voters are counted than are registered: {places:list}. All "
    "of them count, there and in the totals above, {beyond:count} beyond the registered. If they "
    "are on lists of added voters (DPTb, DPK), turnout above 100% is no error; else check the "
    "figures.",
    id="Di {n:count} wilayah, pengguna hak pilih melebihi pemilih terdaftar: {places:list}. "
    "Semuanya dihitung, di sana dan dalam jumlah di atasnya, termasuk {beyond:count} yang melebihi "
    "pemilih terdaftar. Bila mereka pemilih DPTb dan DPK, partisipasi di atas 100% bukan "
    "kesalahan; bila bukan, periksa angkanya.",
)
UNTOLD = Text(
    en="{n:count:place:places} of the count do not tell how many stations there are and hold less "
    "than 98% of the roll: {places:list}. They are taken as partly counted; give stations_counted "
    "and stations_total.",
    id="{n:count} wilayah dalam hasil hitung tidak memuat jumlah TPS dan mencakup kurang dari 98% "
    "DPT: {places:list}. Semuanya dianggap baru masuk sebagian; isi TPS masuk dan jumlah TPS.",
)
