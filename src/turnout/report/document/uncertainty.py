"""Why a forecast is no surer than it is, told from its draws and from what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from turnout.forecast import Forecast
from turnout.language import Language, Text
from turnout.levels import USUAL, is_point, tails
from turnout.models.diagnosis.diagnose import Diagnosis
from turnout.models.diagnosis.words import say_effects, say_office, say_sources
from turnout.models.notes import ON_TYPE, READS, ROLL_ESTIMATED
from turnout.plots.words import type_word
from turnout.schema import SCALE_WORDS

# Enough columns of draws to tell how much they have in common.
_SAMPLE = 500


def shared_variance(forecast: Forecast) -> float | None:
    """Return the share of a place's variance that it has in common with the whole.

    Mean over the finest places of the squared correlation of their draws with the whole's; None
    where there are too few places to tell.
    """
    if len(forecast.places) < 5:
        return None
    whole = forecast.at(forecast.top).draws[:, 0]
    step = -(-len(forecast.places) // _SAMPLE)
    places = np.asarray(forecast.draws[:, ::step], dtype=float)
    whole = whole - whole.mean()
    places -= places.mean(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        squared = (whole @ places) ** 2 / (whole @ whole) / (places**2).sum(axis=0)
    finite = squared[np.isfinite(squared)]
    return float(finite.mean()) if finite.size else None


def uncertainties(
    forecast: Forecast, lang: Language, diagnosis: Diagnosis | None = None
) -> list[str]:
    """Say why a forecast is no surer than it is, from its draws and what it rests on."""
    scale = SCALE_WORDS[forecast.scale].say(lang)
    if diagnosis is not None:
        told = [
            *say_sources(diagnosis, lang),
            *_after_conditioning(forecast, lang),
            *say_office(diagnosis, lang),
            *say_effects(diagnosis, lang),
        ]
    else:
        shared = shared_variance(forecast)
        told = [] if shared is None else [_SHARED.say(lang, shared=shared, scale=scale)]
    told += [note.say(lang) for note in forecast.about.notes]
    whole = forecast.at(forecast.top).places.iloc[0]
    kind = type_word(forecast.election.election_type)
    if "contests" in whole:
        same = int(whole["contests_same_type"])
        told.append(_RESTS.say(lang, contests=int(whole["contests"]), same=same, type=kind))
    if len(forecast.places) > 1:
        told += _of_places(forecast, scale, kind, lang)
    more = diagnosis is not None and bool(say_effects(diagnosis, lang))
    unknown = _NOT_KNOWN_BESIDE if more or _is_noted(forecast, (READS,)) else _NOT_KNOWN
    return [*told, unknown.say(lang)]


_EVIDENCE = {"evidence_effective_draws", "part_day_reports"}


def _after_conditioning(forecast: Forecast, lang: Language) -> list[str]:
    """Say how uncertain the whole is where the draws know more than the model that made them."""
    about = forecast.about
    if not about.what_if and not _EVIDENCE & set(about.diagnostics):
        return []
    whole = forecast.at(forecast.top)
    if is_point(*whole.quantiles(tails(USUAL))[:, 0]):
        return [_FIXED.say(lang)]
    sd = float(whole.draws[:, 0].std(dtype=np.float64))
    return [(_SUPPOSED if about.what_if else _WITH_EVIDENCE).say(lang, sd=sd)]


def _of_places(forecast: Forecast, scale: str, kind: str, lang: Language) -> list[str]:
    places = forecast.places
    told = []
    if "contests" in places:
        told += _of_history(forecast, scale, kind, lang)
    if "share_counted" in places:
        partial = int((places["share_counted"] < 0.95).sum())
        if partial:
            told.append(_PARTIAL.say(lang, n=partial, all=len(places), scale=scale))
    estimated = "roll_estimated" in places and places["roll_estimated"].any()
    if estimated and not _is_noted(forecast, (ROLL_ESTIMATED,)):
        told.append(_ESTIMATED.say(lang))
    return told


def _is_noted(forecast: Forecast, texts: Sequence[Text]) -> bool:
    """Whether the model says so itself."""
    return any(note.text in texts for note in forecast.about.notes)


def _of_history(forecast: Forecast, scale: str, kind: str, lang: Language) -> list[str]:
    places = forecast.places
    told = []
    without = int((places["contests_same_type"] == 0).sum())
    noted = _is_noted(forecast, ON_TYPE)
    if without == len(places) and not noted:
        told.append(_NONE_OF_TYPE.say(lang, scale=scale, type=kind))
    elif without and not noted:
        told.append(_SOME_OF_TYPE.say(lang, n=without, all=len(places), scale=scale, type=kind))
    new = (places["contests"] == 0).to_numpy()
    if new.any():
        names = [name for name, one in zip(forecast.names(lang), new, strict=True) if one]
        told.append(_NEW.say(lang, n=len(names), names=names))
    return told


_FIXED = Text(
    en="That is the model without what is supposed here; with it the turnout of the whole is "
    "fixed, and only how it spreads over the places is uncertain.",
    id="Itu menurut model tanpa pengandaian; dengan pengandaian, partisipasi keseluruhan sudah "
    "ditetapkan, dan hanya sebarannya antarwilayah yang tidak pasti.",
)
_SUPPOSED = Text(
    en="That is the model without what is supposed here; with it the whole is uncertain by "
    "{sd:points} points.",
    id="Itu menurut model tanpa pengandaian; dengan pengandaian, ketidakpastian angka keseluruhan "
    "{sd:points} poin.",
)
_WITH_EVIDENCE = Text(
    en="That is the model without the evidence from outside; with it the whole is uncertain by "
    "{sd:points} points.",
    id="Itu menurut model tanpa bukti luar; dengan bukti luar, ketidakpastian angka keseluruhan "
    "{sd:points} poin.",
)
_SHARED = Text(
    en="On one polling day all places move together: {shared:percent0} of the uncertainty of a "
    "typical {scale} is a shock that it shares with the whole. That part does not average out when "
    "places are added up.",
    id="Pada satu hari pemungutan suara semua wilayah bergerak bersama: {shared:percent0} "
    "ketidakpastian sebuah {scale} berasal dari guncangan yang dialami semua wilayah. Bagian itu "
    "tidak saling meniadakan ketika wilayah dijumlahkan.",
)
_RESTS = Text(
    en="The whole's forecast rests on {contests:count} past contests, {same:count} of them of the "
    "type {type}. So few say little about how far an election can stray.",
    id="Prakiraan keseluruhan bertumpu pada {contests:count} pemilihan yang lalu, "
    "{same:count} di antaranya {type}. Jumlah sesedikit itu tidak banyak memberi informasi "
    "tentang seberapa jauh suatu pemilihan dapat menyimpang.",
)
_NONE_OF_TYPE = Text(
    en="No {type} is known for any single {scale}: their ranking rests on contests of other types.",
    id="Tidak ada {type} yang diketahui sampai tingkat {scale}: urutan antarwilayah bertumpu pada "
    "jenis pemilihan lain.",
)
_SOME_OF_TYPE = Text(
    en="For {n:count} of {all:count} places ({scale}) no {type} is known; their place in the "
    "ranking rests on contests of other types.",
    id="Untuk {n:count} dari {all:count} {scale} tidak ada {type} yang diketahui; urutannya "
    "bertumpu pada jenis pemilihan lain.",
)
_NEW = Text(
    en="{n:count:place has:places have} no past result, forecast from their district: "
    "{names:list8}.",
    id="{n:count} wilayah tidak memiliki hasil pemilihan sebelumnya; prakiraannya mengikuti "
    "kecamatannya: {names:list8}.",
)
_PARTIAL = Text(
    en="For {n:count} of {all:count} places ({scale}) the past results cover less than 95% of the "
    "polling stations.",
    id="Untuk {n:count} dari {all:count} {scale}, hasil pemilihan yang lalu mencakup kurang dari "
    "95% TPS.",
)
_ESTIMATED = Text(
    en="The roll (registered voters per place) is partly an estimate, not the official list; "
    "missing voters are counted on it.",
    id="Daftar pemilih per wilayah sebagian adalah perkiraan, bukan DPT resmi; jumlah pemilih yang "
    "kurang dihitung dari daftar itu.",
)
_NOT_KNOWN_BESIDE = Text(
    en="Besides past turnout and the information given for this election, the model knows "
    "nothing: not the weather, the mood or what happens in the last weeks.",
    id="Di luar tingkat partisipasi yang lalu dan keterangan yang diberikan tentang pemilihan ini, "
    "model tidak memperhitungkan hal lain, seperti cuaca, suasana, atau peristiwa pada "
    "pekan-pekan terakhir.",
)
_NOT_KNOWN = Text(
    en="The model knows past turnout alone: not the candidates, the weather, the campaign or "
    "what happens in the last weeks.",
    id="Model hanya mengenal tingkat partisipasi yang lalu: bukan pasangan calon, cuaca, kampanye, "
    "atau peristiwa pada pekan-pekan terakhir.",
)
