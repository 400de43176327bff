"""How the models work, in half a page for those who look rather than read."""

from __future__ import annotations

from collections.abc import Mapping

from turnout.language import Language, Text


def method_told(model: str, draws: int, lang: Language) -> list[str]:
    """Return the paragraphs that explain a model; of a model of the user's own its name.

    Parameters
    ----------
    model
        Name of the model, as `turnout.forecast.About` has it.
    draws
        Number of draws.
    lang
        Language.
    """
    told = [_METHODS.get(model, _OTHER).say(lang, model=model)]
    if model == "HierarchicalModel":
        told += [_SHOCK.say(lang), _INTEGRATED.say(lang)]
    return [*told, _DRAWS.say(lang, draws=draws)]


_METHODS: Mapping[str, Text] = {
    "HierarchicalModel": Text(
        en="The model is a tree: each area lies in a district, each district in the whole. On the "
        "logit scale the turnout of a place in an election is that of the place above it plus a "
        "deviation of its own. A deviation has a lasting part, a part that belongs to the type of "
        "election (and to its family: pilkada, pemilu), a drift that fades over years, and a shock "
        "of the single polling day. Places of which little is known therefore follow the places "
        "around them; places of which much is known follow their own past.",
        id="Model ini berbentuk pohon: setiap kelurahan/desa berada di dalam kecamatan, setiap "
        "kecamatan di dalam keseluruhan. Pada skala logit, tingkat partisipasi suatu wilayah pada "
        "suatu pemilihan adalah tingkat partisipasi wilayah di atasnya ditambah selisih wilayah "
        "itu sendiri. Selisih itu terdiri atas bagian yang tetap, bagian yang khas untuk jenis "
        "pemilihan (dan rumpunnya: pilkada, pemilu), pergeseran yang memudar dalam beberapa tahun, "
        "dan guncangan pada satu hari pemungutan suara. Wilayah yang sedikit datanya mengikuti "
        "wilayah di sekitarnya; wilayah yang banyak datanya mengikuti riwayatnya sendiri.",
    ),
    "LastOfType": Text(
        en="Each place repeats its last turnout in an election of the same type, with a "
        "heavy-tailed shock that all places share and errors as large as its past changes.",
        id="Setiap wilayah mengulang tingkat partisipasinya pada pemilihan terakhir yang sejenis, "
        "dengan guncangan bersama berekor tebal dan galat sebesar perubahannya pada masa lalu.",
    ),
    "LastTurnout": Text(
        en="Each place repeats its last turnout in an election of any type, with a heavy-tailed "
        "shock that all places share and errors as large as its past changes.",
        id="Setiap wilayah mengulang tingkat partisipasinya pada pemilihan terakhir dari jenis apa "
        "pun, dengan guncangan bersama berekor tebal dan galat sebesar perubahannya pada masa "
        "lalu.",
    ),
    "UniformSwing": Text(
        en="Each place gets its last turnout of any type and the mean change that contests of the "
        "coming type showed before, with a heavy-tailed shock that all places share.",
        id="Setiap wilayah mendapat tingkat partisipasi terakhirnya ditambah rata-rata perubahan "
        "yang biasa terjadi pada jenis pemilihan ini, dengan guncangan bersama berekor tebal.",
    ),
    "BinomialGLM": Text(
        en="A regression on the logit scale tells how the places of a contest differ: from their "
        "last turnouts, their trend and their usual distance from the whole. What the places share "
        "goes back part of the way from its last value to the mean of its type; how far is "
        "learned, and it has a heavy-tailed shock.",
        id="Regresi pada skala logit menduga perbedaan antarwilayah dari tingkat partisipasi "
        "terakhirnya, kecenderungannya, dan jarak lazimnya dari keseluruhan. Bagian yang sama pada "
        "semua wilayah kembali sebagian dari nilai terakhirnya ke rata-rata jenisnya; seberapa "
        "jauh dipelajari dari data, dengan guncangan berekor tebal.",
    ),
    "BoostedTrees": Text(
        en="Boosted regression trees tell how the places of a contest differ: from their last "
        "turnouts, their trend and what else is known of them. What the places share goes back "
        "part of the way to the mean of its type, with a heavy-tailed shock.",
        id="Pohon regresi bertahap menduga perbedaan antarwilayah dari tingkat partisipasi "
        "terakhirnya, kecenderungannya, dan hal lain yang diketahui. Bagian yang sama pada semua "
        "wilayah kembali sebagian ke rata-rata jenisnya, dengan guncangan berekor tebal.",
    ),
    "Mixture": Text(
        en="Several models forecast, and each gives some of the simulated elections, whole. Their "
        "errors differ: where they agree the forecast is narrow, where they disagree it is wide. "
        "The simulations of each are drawn a little towards its mean, so that the disagreement "
        "does not count twice.",
        id="Beberapa model membuat prakiraan, dan masing-masing menyumbang sebagian simulasi "
        "secara utuh. Galat mereka berbeda: bila sepakat, rentangnya sempit; bila tidak, "
        "rentangnya lebar. Simulasi setiap model sedikit dirapatkan ke rata-ratanya agar "
        "perbedaan antarmodel tidak dihitung dua kali.",
    ),
}
_OTHER = Text(
    en="The forecast was made with the model {model}; its documentation explains it.",
    id="Prakiraan dibuat dengan model {model}; penjelasannya ada di dokumentasi model itu.",
)
_SHOCK = Text(
    en="Before the count, the shock of the polling day is what makes forecasts fail, and all "
    "places share it. How large it can be is learned from few elections, so it gets a prior "
    "from other elections.",
    id="Sebelum penghitungan, guncangan pada hari pemungutan suara adalah sebab utama prakiraan "
    "meleset, dan semua wilayah mengalaminya bersama. Besarnya hanya dapat dipelajari dari "
    "beberapa pemilihan, sehingga diberi prior dari pemilihan-pemilihan lain.",
)
_INTEGRATED = Text(
    en="The sizes of all these parts are not fixed at a best guess where few elections bear "
    "on them: many plausible values are tried, each weighted by how well it explains the "
    "past. Partial counts, different denominators (DPT, DPT + DPTb + DPK), totals known for "
    "the whole alone and areas that were split are part of the model.",
    id="Ukuran bagian-bagian itu tidak dipatok pada satu tebakan terbaik bila hanya sedikit "
    "pemilihan yang memberi informasi tentangnya: banyak nilai yang masuk akal dicoba, "
    "masing-masing ditimbang menurut kecocokannya dengan masa lalu. Hasil hitung yang belum "
    "lengkap, penyebut yang berbeda (DPT, DPT + DPTb + DPK), total yang hanya diketahui "
    "untuk keseluruhan, dan pemekaran wilayah termasuk di dalam model.",
)
_DRAWS = Text(
    en="The result is {draws:count} simulated elections, in each of which all places are drawn "
    "together. Every figure of this report is counted from them: a probability is the share of "
    "simulations that reach the goal, an interval leaves out the same share at either end, and the "
    "voters of all places add up to those of the whole.",
    id="Hasilnya {draws:count} simulasi pemilihan; dalam setiap simulasi semua wilayah diambil "
    "bersama. Semua angka dalam laporan ini dihitung dari simulasi itu: peluang adalah bagian "
    "simulasi yang mencapai target, rentang membuang bagian yang sama di kedua ujung, dan "
    "pengguna hak pilih semua wilayah bila dijumlahkan sama dengan keseluruhan.",
)
