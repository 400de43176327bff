"""Where the night stands, in words."""

from __future__ import annotations

from turnout.forecast.counted_words import UNTIL, UNTIL_OF_FILE
from turnout.language import Language, Text, clock, probability
from turnout.levels import is_point
from turnout.plots.words import goal_number
from turnout.quick_count import BESIDE, SampleEstimate
from turnout.rounding import Beside
from turnout.watch.night import Standing
from turnout.watch.update import Update, Whole


def say_standing(standing: Standing, lang: Language) -> list[str]:
    """Return where the night stands, a sentence each: headline, goal, count, then what changed."""
    update = standing.update
    if update is None:
        return []
    beside = [one[lang] for one in standing.provisos]
    lines = [headline(update, lang), *beside, *statements(update, lang)]
    return [*lines, *(change[lang] for change in update.changes)]


def headline(update: Update, lang: Language) -> str:
    """Return the answer in a sentence: how many will have voted, and how sure that is."""
    whole = update.whole
    text = _HEADLINE
    if update.all_in:
        text = _HEADLINE_ALL_IN if update.tells_stations else _HEADLINE_ASSUMED
    elif is_point(whole.lower[1], whole.upper[1]):
        if whole.doubtful or whole.in_doubt:
            text = _HEADLINE_IN_DOUBT
        elif whole.on_top:
            text = _HEADLINE_ON_TOP
    return text.say(
        lang,
        place=update.place[lang],
        median=told_median(update),
        lower=whole.lower[1],
        upper=whole.upper[1],
        so_far=_so_far(update, lang),
    )


def told_median(update: Update) -> float:
    """Return the median of the whole; of a whole count beside the goal that it reaches or not."""
    median, goal = update.whole.median, update.goal
    return Beside(median, goal) if update.all_in and goal is not None else median


def _so_far(update: Update, lang: Language) -> str:
    """Return how much of the count is in, as it stands beside a forecast."""
    share = update.whole.counted_share
    if share <= 0:
        return _NONE_SO_FAR.say(lang)
    return (_STATIONS_SO_FAR if update.tells_stations else _SO_FAR).say(lang, share=share)


def statements(update: Update, lang: Language) -> list[str]:
    """Return what follows from an update: the goal, how far the count is, what is to be expected.

    Parameters
    ----------
    update
        The update.
    lang
        Language.
    """
    lines = []
    if update.goal is not None and update.whole.chance is not None:
        lines.append(_goal_told(update, update.goal, update.whole.chance, lang))
    lines.append(count_told(update, lang))
    whole = update.whole
    if whole.sample is not None:
        lines.append(_sample_told(update, whole.sample, lang))
    if update.projected is not None and not update.all_in:
        lines.append(_PROJECTED.say(lang, turnout=update.projected))
    return lines


def count_told(update: Update, lang: Language) -> str:
    """Return how far the count is, and up to when it goes."""
    share = update.whole.counted_share
    if share <= 0:
        return _NOTHING_IN.say(lang)
    if update.all_in:
        return _with_time((_ALL_IN if update.tells_stations else _ASSUMED).say(lang), update, lang)
    turnout = update.whole.counted_voters / max(update.whole.counted_registered, 1.0)
    return _with_time(_IN.say(lang, share=share, turnout=turnout), update, lang)


def _sample_told(update: Update, sample: SampleEstimate, lang: Language) -> str:
    """Return what a sample says by itself, beside the forecast as long as there is one."""
    if update.all_in:
        return sample.say(lang)
    whole = update.whole
    return BESIDE.say(lang, **sample.beside(whole.median, whole.lower[1], whole.upper[1]))


def _with_time(told: str, update: Update, lang: Language) -> str:
    """Add up to when a count goes, where it is known."""
    if (at := update.told_until) is None:
        return told
    until = UNTIL_OF_FILE if update.of_file else UNTIL
    return f"{told} {until.say(lang, day=at.date(), clock=clock(at, lang))}"


def _goal_told(update: Update, goal: float, chance: float, lang: Language) -> str:
    values = {
        "goal": goal_number(goal, lang),
        "lower": Beside(update.whole.lower[-1], goal),
        "upper": Beside(update.whole.upper[-1], goal),
        "chance": probability(chance, lang, update.whole.draws),
        "median": update.whole.median,
    }
    texts = {"above": _DECIDED_ABOVE, "below": _DECIDED_BELOW, "open": _open(update.whole)}
    if update.all_in:
        texts |= {"above": _REACHED, "below": _MISSED}
    return texts[update.decided].say(lang, **values)


def _open(whole: Whole) -> Text:
    """Return why the goal is open."""
    if whole.doubtful:
        return _IN_DOUBT
    if whole.on_top:
        return _OPEN_ON_TOP
    too_few_draws = (whole.lower[-1], whole.upper[-1]) == (0, 1)
    return _OPEN_OF_FEW if too_few_draws else _OPEN


_HEADLINE = Text(
    en="{place}: turnout forecast {median:percent}, {so_far}; between {lower:percent} and "
    "{upper:percent} with a probability of 90%.",
    id="{place}: prakiraan partisipasi {median:percent}, {so_far}; antara {lower:percent} dan "
    "{upper:percent} dengan peluang 90%.",
)
_NONE_SO_FAR = Text(en="nothing counted yet", id="belum ada TPS masuk")
_STATIONS_SO_FAR = Text(en="{share:percent} of stations in", id="{share:percent} TPS masuk")
_SO_FAR = Text(en="{share:percent} of the roll counted", id="{share:percent} DPT terhitung")
_HEADLINE_ALL_IN = Text(
    en="{place}: turnout of {median:percent}; all stations are in.",
    id="{place}: partisipasi {median:percent}; semua TPS sudah masuk.",
)
_HEADLINE_IN_DOUBT = Text(
    en="{place}: turnout of {median:percent} by what is in, of which figures are in doubt.",
    id="{place}: partisipasi {median:percent} menurut data yang masuk, tetapi ada angka yang "
    "diragukan.",
)
_HEADLINE_ON_TOP = Text(
    en="{place}: turnout of {median:percent} so far; it is not clear yet whether that is all.",
    id="{place}: partisipasi {median:percent} sejauh ini; belum jelas apakah semuanya sudah masuk.",
)
_HEADLINE_ASSUMED = Text(
    en="{place}: turnout of {median:percent}; read as whole counts, no stations told.",
    id="{place}: partisipasi {median:percent}; dibaca sebagai hasil lengkap, tanpa keterangan TPS.",
)
_ASSUMED = Text(
    en="Every place is in, read as a whole count: if only some stations are in, it is wrong.",
    id="Semua wilayah sudah masuk dan dibaca sebagai hasil lengkap: bila baru sebagian TPS yang "
    "masuk, angkanya salah.",
)
_REACHED = Text(en="The goal of {goal} is reached.", id="Target {goal} tercapai.")
_MISSED = Text(en="The goal of {goal} is missed.", id="Target {goal} tidak tercapai.")
_ALL_IN = Text(
    en="All stations are in: this is the count, not a forecast.",
    id="Semua TPS sudah masuk: ini hasil hitung, bukan prakiraan.",
)
_OPEN = Text(
    en="Whether the total reaches the goal of {goal} is open: probability {chance}, "
    "99% interval {lower:percent} to {upper:percent}.",
    id="Belum pasti apakah target {goal} tercapai: peluang {chance}, rentang 99% "
    "{lower:percent} s.d. {upper:percent}.",
)
_OPEN_ON_TOP = Text(
    en="Whether the total reaches the goal of {goal} is not clear yet: the {median:percent} are "
    "without votes that have no roll of their own, such as postal ones, and these may still come.",
    id="Belum jelas apakah target {goal} tercapai: {median:percent} itu belum memuat suara di luar "
    "DPT, misalnya suara pos, yang mungkin masih masuk.",
)
_OPEN_OF_FEW = Text(
    en="Whether the total reaches the goal of {goal} is open. So "
    "few draws do not tell the ends of a 99% interval, so nothing is called from them; watch with "
    "more, as with --draws 4000.",
    id="Belum pasti apakah target {goal} tercapai. Ujung rentang "
    "99% tidak dapat diketahui dari simulasi yang begitu sedikit, jadi tidak ada yang dinyatakan "
    "pasti; jalankan dengan lebih banyak simulasi, misalnya --draws 4000.",
)
_IN_DOUBT = Text(
    en="Whether the total reaches the goal of {goal} is not clear yet: figures that are in are in "
    "doubt. Look at them first.",
    id="Belum jelas apakah target {goal} tercapai: ada angka masuk yang diragukan. Periksa dahulu "
    "angka itu.",
)
_DECIDED_ABOVE = Text(
    en="The total is decided beyond the goal of {goal}: the 99% interval, {lower:percent} to "
    "{upper:percent}, lies above it.",
    id="Angka keseluruhan hampir pasti melampaui target {goal}: rentang 99%, {lower:percent} s.d. "
    "{upper:percent}, berada di atasnya.",
)
_DECIDED_BELOW = Text(
    en="The total is decided short of the goal of {goal}: the 99% interval, {lower:percent} to "
    "{upper:percent}, lies below it.",
    id="Angka keseluruhan hampir pasti di bawah target {goal}: rentang 99%, {lower:percent} s.d. "
    "{upper:percent}, berada di bawahnya.",
)
_NOTHING_IN = Text(en="Nothing is counted yet.", id="Belum ada hasil yang masuk.")
_IN = Text(
    en="{share:percent} is counted; turnout there is {turnout:percent}.",
    id="{share:percent} sudah terhitung; partisipasi di sana {turnout:percent}.",
)
_PROJECTED = Text(
    en="If the places still out lie as far from what was expected of them as their district does "
    "so far, the total comes to {turnout:percent}.",
    id="Bila selisih dari prakiraan awal di wilayah yang belum masuk sama dengan di kecamatannya "
    "sejauh ini, angka keseluruhan menjadi {turnout:percent}.",
)
