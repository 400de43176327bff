"""An evaluation in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from turnout.backtesting.doubtful import marked, note_doubtful, say_doubtful
from turnout.backtesting.lacking import path_of, say_missing
from turnout.forecast import Note
from turnout.goals.words import place_name
from turnout.language import Language, Text, listing, number, probability
from turnout.rounding import Beside
from turnout.rules.coming import FAR_BELOW, FAR_BELOW_KIN
from turnout.schema import SCALE_WORDS

if TYPE_CHECKING:
    import pandas as pd

    from turnout.backtesting.evaluation import Evaluation

_MOST_SURPRISES = 10
_MOST_OF_ROLL = 0.25
_LEAST_BEYOND = 0.005


def say_evaluation(evaluation: Evaluation, lang: Language) -> str:
    """Return an evaluation in words: what lacks, the whole, the goals, scales, surprises."""
    missing = [
        told
        for scale, n in evaluation.missing.items()
        if n and not (scale == _scale_of_whole(evaluation) and _lacks_whole(evaluation))
        for told in say_missing(evaluation, scale, lang)
    ]
    lines = [
        *_say_partial(evaluation, lang),
        *_say_far_below(evaluation, lang),
        *say_doubtful(evaluation, lang),
        *_say_whole(evaluation, lang),
        *_say_goals(evaluation, lang),
        *_say_beyond(evaluation, lang),
        *_say_scales(evaluation, lang),
        *_say_surprises(evaluation, lang),
        *missing,
        *_say_strangers(evaluation, lang),
        *_say_rolls(evaluation, lang),
    ]
    return "\n".join(lines)


def _say_strangers(evaluation: Evaluation, lang: Language) -> list[str]:
    rows = evaluation.strangers
    if rows.empty:
        return []
    who = [path_of(row) or str(row.get("area_id")) for row in rows.to_dict("records")]
    return [_STRANGERS.say(lang, n=len(who), who=who)]


def doubts(evaluation: Evaluation) -> tuple[Note, ...]:
    """Return in a few words what keeps an outcome's figures from being final, or what they lack.

    They stand in the forms, beside figures that would else be taken for the result.
    """
    lacking = marked(evaluation, "partial")
    found = []
    if len(lacking) and not _is_whole_final(evaluation):
        found.append(Note(_PROVISIONAL, {"n": len(lacking)}))
    if (far := _far_above(evaluation)) is not None:
        lowest, of_type = far
        found.append(Note(_DOUBTFUL_OF_TYPE if of_type else _DOUBTFUL, {"lowest": lowest}))
    if (rolls := _rolls_apart(evaluation)) is not None:
        told, actual = rolls
        found.append(Note(_OTHER_ROLL, {"forecast": told, "actual": actual}))
    if _lack_votes(evaluation):
        scale = SCALE_WORDS[evaluation.finest]
        found.append(Note(_BEYOND_NOTE, {"n": evaluation.beyond, "scale": scale}))
    return (*found, *note_doubtful(evaluation))


def _say_rolls(evaluation: Evaluation, lang: Language) -> list[str]:
    rolls = _rolls_apart(evaluation)
    if rolls is None:
        return []
    told, actual = rolls
    return [_ROLLS.say(lang, forecast=told, actual=actual)]


def _rolls_apart(evaluation: Evaluation) -> tuple[float, float] | None:
    """Return the forecast's roll and the outcome's, where they are far apart."""
    if evaluation.rolls is None:
        return None
    told, actual = evaluation.rolls
    far = told > 0 and abs(actual / told - 1) > _MOST_OF_ROLL
    return (told, actual) if far else None


def _say_partial(evaluation: Evaluation, lang: Language) -> list[str]:
    """Tell which places lack stations, and whether the whole's verdict stands nevertheless."""
    lacking = marked(evaluation, "partial")
    if lacking.empty:
        return []
    who = [place_name(row, lang) for _, row in lacking.iterrows()]
    text = _PLACES_NOT_FINAL if _is_whole_final(evaluation) else _NOT_FINAL
    return [text.say(lang, n=len(who), who=listing(who, lang, most=3))]


def _is_whole_final(evaluation: Evaluation) -> bool:
    whole = evaluation.whole
    return len(whole) > 0 and not bool(whole["partial"].any())


def _say_far_below(evaluation: Evaluation, lang: Language) -> list[str]:
    """Ask whether all stations are in where the whole lies far below all that ever was."""
    far = _far_above(evaluation)
    if far is None:
        return []
    lowest, of_type = far
    text = _FAR_BELOW_OF_TYPE if of_type else _FAR_BELOW
    return [text.say(lang, actual=evaluation.whole["actual"].iloc[0], lowest=lowest)]


def _far_above(evaluation: Evaluation) -> tuple[float, bool] | None:
    """Return the lowest turnout that ever was, where the whole lies far below it.

    Then whether it is that of the type: several contests of a type tell more narrowly what is
    usual (`turnout.rules.coming`).
    """
    if not _is_whole_final(evaluation):
        return None
    actual = evaluation.whole["actual"].iloc[0]
    lowest, of_type = evaluation.lowest, evaluation.lowest_of_type
    if lowest is not None and actual < FAR_BELOW * lowest:
        return lowest, False
    if of_type is not None and actual < FAR_BELOW_KIN * of_type:
        return of_type, True
    return None


def _lacks_whole(evaluation: Evaluation) -> bool:
    """Whether the whole, which is one place, has no result; it has a sentence of its own."""
    return evaluation.whole.empty and evaluation.missing[_scale_of_whole(evaluation)] == 1


def _scale_of_whole(evaluation: Evaluation) -> str:
    return next(iter(evaluation.missing))


def _say_whole(evaluation: Evaluation, lang: Language) -> list[str]:
    if evaluation.whole.empty:
        return [_NO_WHOLE.say(lang)] if _lacks_whole(evaluation) else []
    row = evaluation.whole.iloc[0]
    text = _HELD if row["held"] else _MISSED
    told = text.say(
        lang,
        place=place_name(row, lang),
        voters=row["actual"] * row["registered"],
        registered=row["registered"],
        median=row["median"],
        miss=number(abs(row["error"]), lang, 1),
        side=(_ABOVE if row["error"] < 0 else _BELOW).say(lang),
        level=row["level"],
        **_with_ends(row, *evaluation.goals["goal"]),
    )
    return [told]


def _say_goals(evaluation: Evaluation, lang: Language) -> list[str]:
    told = []
    for row in evaluation.goals.to_dict("records"):
        missed = _NOT_REACHED_ALONE if _lack_votes(evaluation) else _NOT_REACHED
        text = _REACHED if row["reached"] else missed
        gap = abs(row["goal"] - row["actual"])
        told.append(
            text.say(
                lang,
                goal=row["goal"],
                gap=Beside(gap, 0),
                chance=probability(row["probability"], lang, evaluation.draws),
                voters=gap * row["registered"],
            )
        )
    return told


def _say_beyond(evaluation: Evaluation, lang: Language) -> list[str]:
    """Tell the votes that the results have of the whole, and that no place of it has."""
    if not _lack_votes(evaluation):
        return []
    row = evaluation.whole.iloc[0]
    told = {
        "n": evaluation.beyond,
        "more": evaluation.beyond / row["registered"],
        "with_them": row["actual"] + evaluation.beyond / row["registered"],
        "scale": SCALE_WORDS[evaluation.finest],
    }
    return [_BEYOND.say(lang, **told)]


def _lack_votes(evaluation: Evaluation) -> bool:
    """Whether so many voters of the whole are in none of its finest places that it is told."""
    if evaluation.whole.empty:
        return False
    return evaluation.beyond >= _LEAST_BEYOND * evaluation.whole["registered"].iloc[0]


def _say_scales(evaluation: Evaluation, lang: Language) -> list[str]:
    told = []
    for scale, rows in evaluation.table[evaluation.table["n"] > 1].groupby("scale", sort=False):
        held = [
            _LEVEL.say(lang, level=row["level"], held=row["held"], n=row["n"])
            for row in rows.to_dict("records")
        ]
        miss = number(rows["mae"].iloc[0], lang, 1)
        words = SCALE_WORDS[str(scale)].say(lang)
        told.append(_SCALE.say(lang, scale=words, mae=miss, held=listing(held, lang)))
    return [*told, _SHARED.say(lang)] if told else []


def _say_surprises(evaluation: Evaluation, lang: Language) -> list[str]:
    """Tell the places that surprised most; what lacks stations may be anything yet."""
    known = evaluation.surprises[~evaluation.surprises["partial"].astype(bool)]
    outside = known[~known["held"].astype(bool)]
    if outside.empty or len(known) < 2:
        return []
    names = [
        _SURPRISE.say(lang, place=place_name(row, lang), **_with_ends(row))
        for _, row in outside.head(_MOST_SURPRISES).iterrows()
    ]
    n, of, level = len(outside), len(known), outside["level"].iloc[0]
    told = _USUAL.say(lang, usual=usual) if (usual := round((1 - level) * of)) else ""
    text = _SURPRISES if of == len(evaluation.surprises) else _SURPRISES_OF_COMPLETE
    return [text.say(lang, n=n, of=of, level=level, usual=told, who="; ".join(names))]


def _with_ends(row: pd.Series, *others: float) -> dict[str, float]:
    """Return a result with the ends of its interval, told apart; from other figures, too."""
    actual, lower, upper = row["actual"], row["lower"], row["upper"]
    nearest = min((lower, upper, *others), key=lambda one: abs(one - actual))
    ends = {"lower": Beside(lower, actual), "upper": Beside(upper, actual)}
    return {"actual": Beside(actual, nearest), **ends}


_NOT_FINAL = Text(
    en="Not the final result: stations are still missing in {n:count:place:places} ({who}), so all "
    "figures and verdicts here may still change. Score the forecast again when they are in.",
    id="Belum hasil akhir: masih ada TPS yang belum masuk di {n:count} wilayah ({who}), sehingga "
    "semua angka dan kesimpulan di sini masih dapat berubah. Ulangi evaluasi ini setelah semua TPS "
    "masuk.",
)
_PROVISIONAL = Text(
    en="provisional: stations are missing in {n:count:place:places}",
    id="sementara: masih ada TPS yang belum masuk di {n:count} wilayah",
)
_DOUBTFUL = Text(
    en="doubtful: turnout was never below {lowest:percent} before; are all stations in?",
    id="meragukan: partisipasi sebelumnya tidak pernah di bawah {lowest:percent}; apakah semua TPS "
    "sudah masuk?",
)
_DOUBTFUL_OF_TYPE = Text(
    en="doubtful: turnout of this type of election was never below {lowest:percent} before; are "
    "all stations in?",
    id="meragukan: partisipasi pemilihan sejenis sebelumnya tidak pernah di bawah "
    "{lowest:percent}; apakah semua TPS sudah masuk?",
)
_OTHER_ROLL = Text(
    en="doubtful: {actual:count} registered, where the forecast's roll had {forecast:count}",
    id="meragukan: pemilih terdaftar {actual:count}, sedangkan DPT prakiraan {forecast:count}",
)
_FAR_BELOW = Text(
    en="Are these all the voters? They are {actual:percent} of the registered, and turnout was "
    "never below {lowest:percent} before. If only some stations are in, nothing here holds: score "
    "the forecast again when all are in.",
    id="Apakah ini sudah semua pemilih? Jumlahnya {actual:percent} dari DPT, padahal partisipasi "
    "sebelumnya tidak pernah di bawah {lowest:percent}. Bila baru sebagian TPS yang masuk, semua "
    "yang tertulis di sini tidak berlaku: ulangi evaluasi ini setelah semua TPS masuk.",
)
_FAR_BELOW_OF_TYPE = Text(
    en="Are these all the voters? They are {actual:percent} of the registered, and turnout of this "
    "type of election was never below {lowest:percent} before. If only some stations are in, "
    "nothing here holds: score the forecast again when all are in.",
    id="Apakah ini sudah semua pemilih? Jumlahnya {actual:percent} dari DPT, padahal partisipasi "
    "pemilihan sejenis sebelumnya tidak pernah di bawah {lowest:percent}. Bila baru sebagian TPS "
    "yang masuk, semua yang tertulis di sini tidak berlaku: ulangi evaluasi ini setelah semua TPS "
    "masuk.",
)
_PLACES_NOT_FINAL = Text(
    en="Stations are still missing in {n:count:place:places} ({who}), whose figures may still "
    "change. Score the forecast again when they are in.",
    id="Masih ada TPS yang belum masuk di {n:count} wilayah ({who}), sehingga angkanya masih dapat "
    "berubah. Ulangi evaluasi ini setelah semua TPS masuk.",
)
_HELD = Text(
    en="{place}: turnout was {actual:percent2} ({voters:count} of {registered:count}), inside the "
    "{level:percent0} interval of {lower:percent} to {upper:percent}; {miss} points {side} the "
    "median of {median:percent}.",
    id="{place}: tingkat partisipasi {actual:percent2} ({voters:count} dari {registered:count}), "
    "di dalam rentang {level:percent0} {lower:percent} s.d. {upper:percent}; {miss} poin "
    "{side} median {median:percent}.",
)
_MISSED = Text(
    en="{place}: turnout was {actual:percent2} ({voters:count} of {registered:count}), outside "
    "the {level:percent0} interval of {lower:percent} to {upper:percent}; {miss} points {side} "
    "the median of {median:percent}.",
    id="{place}: tingkat partisipasi {actual:percent2} ({voters:count} dari {registered:count}), "
    "di luar rentang {level:percent0} {lower:percent} s.d. {upper:percent}; {miss} poin "
    "{side} median {median:percent}.",
)
_NO_WHOLE = Text(
    en="The whole cannot be judged yet: the results have neither its total nor all of its "
    "places. Add the missing places, or a total on a row that names its place.",
    id="Hasil keseluruhan belum dapat dinilai: berkas hasil tidak memuat baris totalnya dan tidak "
    "memuat semua wilayahnya. Tambahkan wilayah yang kurang, atau baris total yang menyebut nama "
    "wilayahnya.",
)
_ABOVE = Text(en="above", id="di atas")
_BELOW = Text(en="below", id="di bawah")
_REACHED = Text(
    en="The goal of {goal:goal} was reached, by {gap:points} points "
    "({voters:count:voter:voters}); the forecast had given it a probability of "
    "{chance}.",
    id="Target {goal:goal} tercapai, lebih {gap:points} poin ({voters:count} pemilih); "
    "prakiraan memberinya peluang {chance}.",
)
_NOT_REACHED = Text(
    en="The goal of {goal:goal} was missed by {gap:points} points "
    "({voters:count:voter:voters}); the forecast had given it a probability of "
    "{chance}.",
    id="Target {goal:goal} tidak tercapai, kurang {gap:points} poin ({voters:count} pemilih); "
    "prakiraan memberinya peluang {chance}.",
)
_NOT_REACHED_ALONE = Text(
    en="The votes in the places' own figures missed the goal of {goal:goal} by {gap:points} "
    "points ({voters:count:voter:voters}); the forecast had given it a probability of "
    "{chance}.",
    id="Suara dalam angka wilayahnya saja tidak mencapai target {goal:goal}, kurang "
    "{gap:points} poin ({voters:count} pemilih); prakiraan memberinya peluang "
    "{chance}.",
)
_BEYOND = Text(
    en="Not in these figures are {n:count} voters ({more:points} points of turnout) whom the "
    "results have in totals alone, and in no {scale}: votes without a roll of their own, such as "
    "postal ones, which the forecast is without. With them turnout is {with_them:percent2}: hold a "
    "goal for all voters against that. Where past figures of these places hold such votes, the "
    "errors do not tell how good the forecast was.",
    id="Angka di sini tidak memuat {n:count} pengguna hak pilih ({more:points} poin partisipasi) "
    "yang hanya tercatat dalam jumlah di atasnya, tidak di {scale} mana pun: suara tanpa DPT "
    "sendiri, misalnya suara pos, yang tidak termasuk prakiraan. Dengan suara itu partisipasinya "
    "{with_them:percent2}: bandingkan target untuk semua pemilih dengan angka itu. Bila angka "
    "terdahulu wilayah-wilayah ini memuat suara seperti itu, selisihnya tidak menunjukkan mutu "
    "prakiraan.",
)
_BEYOND_NOTE = Text(
    en="{n:count} voters (postal or the like) are in the totals, but in no {scale} and not in the "
    "forecast",
    id="{n:count} pengguna hak pilih (suara pos dan sejenisnya) ada dalam jumlah, tetapi tidak di "
    "{scale} dan tidak dalam prakiraan",
)
_SCALE = Text(
    en="Per {scale}: the median missed by {mae} points on average, weighted by registered voters; "
    "the intervals held: {held}.",
    id="Per {scale}: median meleset rata-rata {mae} poin (ditimbang menurut "
    "jumlah pemilih terdaftar); rentang yang memuat realisasi: {held}.",
)
_LEVEL = Text(
    en="{level:percent0} in {held:count} of {n:count}",
    id="{level:percent0} di {held:count} dari {n:count}",
)
_SHARED = Text(
    en="All places of an election move together, so this is evidence from one election, not "
    "from many independent places.",
    id="Semua wilayah dalam satu pemilihan ikut bergeser bersama, jadi ini bukti dari satu "
    "pemilihan, bukan dari banyak wilayah yang saling bebas.",
)
_SURPRISES = Text(
    en="{n:count} of {of:count:place:places} lay outside their {level:percent0} interval{usual}; "
    "most surprising: {who}.",
    id="{n:count} dari {of:count} wilayah berada di luar rentang {level:percent0}{usual}; yang "
    "paling mengejutkan: {who}.",
)
_SURPRISES_OF_COMPLETE = Text(
    en="Of {of:count:place:places} whose stations are all in, {n:count} lay outside their "
    "{level:percent0} interval{usual}; most surprising: {who}.",
    id="Dari {of:count} wilayah yang semua TPS-nya sudah masuk, {n:count} berada di luar rentang "
    "{level:percent0}{usual}; yang paling mengejutkan: {who}.",
)
_USUAL = Text(en=" (about {usual:count} in the long run)", id=" (lazimnya sekitar {usual:count})")
_SURPRISE = Text(
    en="{place} {actual:percent} ({lower:percent} to {upper:percent})",
    id="{place} {actual:percent} ({lower:percent} s.d. {upper:percent})",
)
_STRANGERS = Text(
    en="Of no place of the forecast: {n:count:row:rows} of the results ({who:list}).",
    id="Bukan wilayah prakiraan ini: {n:count} baris hasil ({who:list}).",
)
_ROLLS = Text(
    en="The results have {actual:count} registered where the forecast had {forecast:count}, in the "
    "same places: more than 25% apart. Look whether both count the same people.",
    id="Pemilih terdaftar dalam hasil {actual:count}, sedangkan dalam prakiraan {forecast:count}, "
    "di wilayah yang sama: selisihnya lebih dari 25%. Periksa apakah yang dihitung orang yang "
    "sama.",
)
