"""What is said of a backtest."""

from __future__ import annotations

from turnout.language import Text

HEAD = Text(
    en="{n:count:past election:past elections} ({when}), each forecast from what was known before.",
    id="{n:count} pemilihan yang lalu ({when}), masing-masing diprakirakan dari yang diketahui "
    "sebelumnya.",
)
HEAD_OF_ONE = Text(
    en="1 past election ({when}), forecast from what was known before.",
    id="1 pemilihan yang lalu ({when}), diprakirakan dari yang diketahui sebelumnya.",
)
YEARS = Text(en="{first} to {last}", id="{first} sampai {last}")
SHARED_DAYS = Text(
    en="They were held on {days:count:polling day:polling days}. Contests held on one day "
    "move together, so the true coverage is judged by days.",
    id="Semuanya berlangsung pada {days:count} hari pemungutan suara. Pemilihan pada hari yang "
    "sama ikut bergeser bersama, sehingga cakupan sebenarnya dinilai per hari.",
)
NO_WHOLE = Text(
    en="For {n:count:election:elections} the result of the whole is not known ({who}): only places "
    "are judged there. Add the total, or the missing places.",
    id="Untuk {n:count} pemilihan, hasil keseluruhan tidak diketahui ({who}), sehingga yang "
    "dinilai hanya wilayahnya. Tambahkan baris total atau wilayah yang kurang.",
)
NEVER_JUDGED = Text(
    en="{model} forecast no election for which the whole is known, so its intervals for the "
    "whole cannot be judged.",
    id="{model}: tidak ada pemilihan yang diprakirakannya dan hasil keseluruhannya diketahui, "
    "sehingga rentangnya untuk keseluruhan tidak dapat dinilai.",
)
MODEL = Text(
    en="{model}: the 90% interval of the whole held in {k:count} of "
    "{n:count:election:elections}, so its true coverage lies between {low:percent0} and "
    "{high:percent0} ({verdict}); the median missed by {mae} points on average.",
    id="{model}: rentang 90% untuk keseluruhan memuat hasil pada {k:count} dari {n:count} "
    "pemilihan, sehingga cakupan sebenarnya antara {low:percent0} dan {high:percent0} "
    "({verdict}); mediannya meleset rata-rata {mae} poin.",
)
MODEL_OF_A_DAY = Text(
    en="{model}: the 90% interval of the whole held in {k:count} of "
    "{n:count:election:elections}; one polling day proves nothing about its true coverage; the "
    "median missed by {mae} points on average.",
    id="{model}: rentang 90% untuk keseluruhan memuat hasil pada {k:count} dari {n:count} "
    "pemilihan; satu hari pemungutan suara tidak membuktikan apa pun tentang cakupan sebenarnya; "
    "mediannya meleset rata-rata {mae} poin.",
)
RANKED = Text(
    en="Places ({scale}) against the whole: {ratio} of the error of a flat whole, rank correlation "
    "{rank} (95%: {low} to {high}, {n:count:election:elections}).",
    id="Wilayah ({scale}) terhadap keseluruhan: galatnya {ratio} kali galat satu angka "
    "untuk semua, korelasi peringkat {rank} (95%: {low} s.d. {high}, {n:count} pemilihan).",
)
RANKED_OF_FEW = Text(
    en="Places ({scale}) against the whole: {ratio} of the error of a flat whole, rank correlation "
    "{rank} ({n:count:election:elections}, too few for an interval).",
    id="Wilayah ({scale}) terhadap keseluruhan: galatnya {ratio} kali galat satu angka "
    "untuk semua, korelasi peringkat {rank} ({n:count} pemilihan, terlalu sedikit untuk "
    "rentang).",
)
NOT_ALL = Text(
    en="(It forecast the whole of {n:count} of {all:count:election:elections} only: its means "
    "are not those of the other models.)",
    id="(Hanya {n:count} dari {all:count} pemilihan yang diprakirakannya: rata-ratanya tidak "
    "sebanding dengan rata-rata model lain.)",
)
COMPATIBLE = Text(en="compatible with 90%", id="sesuai dengan 90%")
TELLS_NOTHING = Text(
    en="so few cannot confirm 90%", id="jumlah sesedikit ini belum dapat memastikan 90%"
)
TOO_NARROW = Text(en="its intervals are too narrow", id="rentangnya terlalu sempit")
TOO_WIDE = Text(
    en="its intervals are wider than needed", id="rentangnya lebih lebar daripada yang diperlukan"
)
BETTER = Text(
    en="CRPS {skill:percent0} lower than that of {against} ({n:count:election:elections}).",
    id="CRPS {skill:percent0} lebih rendah daripada {against} ({n:count} pemilihan).",
)
WORSE = Text(
    en="CRPS {skill:percent0} higher than that of {against} ({n:count:election:elections}).",
    id="CRPS {skill:percent0} lebih tinggi daripada {against} ({n:count} pemilihan).",
)
TIMES = Text(
    en="CRPS {times} times that of {against} ({n:count:election:elections}).",
    id="CRPS {times} kali CRPS {against} ({n:count} pemilihan).",
)
EQUAL = Text(
    en="CRPS as low as that of {against} ({n:count:election:elections}).",
    id="CRPS sama dengan {against} ({n:count} pemilihan).",
)
NONE_MADE = Text(
    en="{models} could forecast none of the {n:count:past election:past elections} (first: "
    "{election:contest}: {error}). Choose another model, or add earlier elections.",
    id="{models} tidak berhasil memprakirakan satu pun dari {n:count} pemilihan yang lalu "
    "(pertama: {election:contest}: {error}). Pilih model lain, atau tambahkan pemilihan "
    "sebelumnya.",
)
FAILED = Text(
    en="{n:count:forecast:forecasts} could not be made: {who}.",
    id="{n:count} prakiraan tidak dapat dibuat: {who}.",
)
