"""What the reader of a run has to know of the choices that its user made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from turnout.elections import TYPE_GROUPS, Election
from turnout.forecast import Forecast, Note
from turnout.forecast.counted import all_in
from turnout.kinds import kind_of
from turnout.language import Text
from turnout.models.base import Model, WithPrior
from turnout.models.notes import READS
from turnout.reading import Reading
from turnout.rolling_origin import without_history
from turnout.rules.grave import MISSING_FROM_ROLL
from turnout.rules.in_doubt import figures_in_doubt


def noted(forecast: Forecast, notes: Sequence[Note]) -> Forecast:
    """Return a forecast with more notes."""
    about = forecast.about
    return replace(forecast, about=replace(about, notes=(*about.notes, *notes)))


def with_doubts(
    forecast: Forecast, readings: Mapping[str, Reading], election: Election
) -> Forecast:
    """Return a forecast that says which past elections it rests on are in doubt."""
    results = readings["results"]
    if all_in(forecast.counted) or not results.findings:  # a count rests on no election
        return forecast
    past = results.table[results.table["date"] < pd.Timestamp(election.date)]
    found = figures_in_doubt(results.findings, past)
    if found is None:
        return forecast
    text = _IN_DOUBT if len(found.contests) == 1 else _SEVERAL_IN_DOUBT
    values = {"contests": list(found.contests), "n": found.n, "places": found.places}
    return _doubted(forecast, Note(text, values))


def with_places_missing(forecast: Forecast, readings: Mapping[str, Reading]) -> Forecast:
    """Return a forecast that says of how many places it is, if the roll lacks some of the past."""
    found = [finding for one in readings.values() for finding in one.findings]
    if all(one.rule != MISSING_FROM_ROLL for one in found):
        return forecast
    results, n = readings["results"].table, len(forecast.places)
    newest = results[(results["date"] == results["date"].max()) & results["area"].notna()]
    known = int(newest.groupby("election", observed=True).size().max())
    if n >= known:  # written otherwise there
        return forecast
    return _doubted(forecast, Note(_OF_PLACES, {"n": n, "all": known}))


def _doubted(forecast: Forecast, note: Note) -> Forecast:
    """Return a forecast with one more thing to say beside every headline."""
    about = forecast.about
    return replace(forecast, about=replace(about, in_doubt=(*about.in_doubt, note)))


def with_parts_in_doubt(forecast: Forecast, names: Sequence[str], parts: int) -> Forecast:
    """Return a forecast of several parts that says which of them rest on figures in doubt."""
    if not names:
        return forecast
    return _doubted(
        forecast, Note(_PARTS_IN_DOUBT, {"n": len(names), "parts": parts, "names": list(names)})
    )


def notes_on_choices(
    election: Election, prior: str | None, covariates: Sequence[str]
) -> list[Note]:
    """Return notes on the kind of office, the prior and the covariates that the user chose."""
    kind = election.kind
    stated = {"kind": str(kind), "score": kind_of(kind).score, "type": election.election_type}
    notes = [] if kind is None else [Note(_KIND, stated)]
    notes += [Note(_PRIORS[prior])] if prior in _PRIORS else []
    return [*notes, Note(READS, {"names": ", ".join(covariates)})] if covariates else notes


def notes_on_offers(prior: str | None, model: Model, forecast: Forecast) -> list[Note]:
    """Return a note on a prior that was made for such places and is not chosen."""
    indonesian = forecast.election.type_group in TYPE_GROUPS.values()
    one_region = forecast.top not in ("nation", "province")
    offered = prior is None and isinstance(model, WithPrior) and indonesian and one_region
    offered = offered and not all_in(forecast.counted)  # a count rests on no prior
    return [Note(_OFFER)] if offered else []


def notes_on_backtest(results: pd.DataFrame, min_history: int, prior: str | None) -> list[Note]:
    """Return notes on contests with too little before them, and on a prior that may know some."""
    early = without_history(results, min_history)
    values = {"n": len(early), "contests": early, "days": min_history}
    untested = [Note(_TOO_EARLY, values)] if early else []
    return [*untested, *notes_on_hindsight(prior)]


def notes_on_hindsight(prior: str | None) -> list[Note]:
    """Return a note where the prior may have been learned from the past that is forecast."""
    return [Note(_HINDSIGHT)] if prior in _PRIORS else []


def sensitivity_notes(
    half: Mapping[str, float], twice: Mapping[str, float], goal: float | None, draws: int
) -> list[Note]:
    """Return notes on the whole under priors half and twice as wide.

    Parameters
    ----------
    half, twice
        What `turnout.models.diagnosis.sensitivity.whole_of` says.
    goal
        The goal that their probabilities are of.
    draws
        How many draws these are of.
    """
    values: dict[str, object] = {f"{name}_half": value for name, value in half.items()}
    values |= {f"{name}_twice": value for name, value in twice.items()}
    notes = [Note(_INTERVALS, values)]
    if goal is None:
        return notes
    chances = {"half": half["probability"], "twice": twice["probability"]}
    return [*notes, Note(_CHANCES, {**chances, "goal": goal, "draws": draws})]


_IN_DOUBT = Text(
    en="This forecast rests on figures that are in doubt: those of {contests:contests} in "
    "{n:count} of {places:count} places. It may be far off: do not use it before they are checked.",
    id="Prakiraan ini bertumpu pada angka yang diragukan: {contests:contests}, {n:count} dari "
    "{places:count} wilayah. Hasilnya mungkin jauh meleset: jangan dipakai sebelum angka itu "
    "diperiksa.",
)
_SEVERAL_IN_DOUBT = Text(
    en="This forecast rests on figures that are in doubt: those of {contests:contests}, each in up "
    "to {n:count} of {places:count} places. It may be far off: do not use it before they are "
    "checked.",
    id="Prakiraan ini bertumpu pada angka yang diragukan: {contests:contests}, masing-masing "
    "hingga {n:count} dari {places:count} wilayah. Hasilnya mungkin jauh meleset: jangan dipakai "
    "sebelum angka itu diperiksa.",
)
_OF_PLACES = Text(
    en="This forecast is of {n:count} of the {all:count} places of the newest results: the roll "
    "lacks the others.",
    id="Prakiraan ini hanya mencakup {n:count} dari {all:count} wilayah pada hasil terbaru: "
    "selebihnya tidak ada dalam DPT.",
)
_PARTS_IN_DOUBT = Text(
    en="This forecast rests on figures that are in doubt: those of {n:count} of {parts:count} "
    "parts ({names:list}). It may be far off: do not use it before they are checked.",
    id="Prakiraan ini bertumpu pada angka yang diragukan: {n:count} dari {parts:count} bagian "
    "({names:list}). Hasilnya mungkin jauh meleset: jangan dipakai sebelum angka itu diperiksa.",
)
_KIND = Text(
    en="The kind of office of the coming {type} was stated: {kind}. It stands at {score:amount} "
    "on the scale from 0 to 1, on which a presidential election is 1.",
    id="Jenis jabatan pada {type} mendatang ditetapkan pengguna: {kind}. Nilainya "
    "{score:amount} pada skala 0 sampai 1, dengan pemilihan presiden bernilai 1.",
)
_OFFER = Text(
    en="The prior comes from elections of any country. There is one of Indonesian kabupaten and "
    "kota (--prior indonesia): it knows how far a Pilkada usually lies below a Pemilu, as known on "
    "13 November 2024. It matters most where no Pilkada of the place's own is in the data.",
    id="Pengetahuan awal model (prior) berasal dari pemilihan di berbagai negara. Untuk "
    "kabupaten/kota di Indonesia tersedia --prior indonesia. Prior itu mengenal selisih Pilkada "
    "terhadap Pemilu yang lazim, menurut data sampai 13 November 2024. Pengaruhnya paling "
    "besar bila belum ada data Pilkada dari wilayah itu sendiri.",
)
_PRIORS = {
    "indonesia": Text(
        en="The prior is the Indonesian one: the usual level of turnout, how far a Pilkada lies "
        "below a Pemilu and how much turnout moves between elections were learned from Indonesian "
        "elections up to February 2024, not from those of other countries.",
        id="Pengetahuan awal model adalah prior Indonesia: tingkat partisipasi yang "
        "lazim, selisih Pilkada terhadap Pemilu, dan besarnya perubahan antarpemilihan dipelajari "
        "dari pemilihan di Indonesia sampai Februari 2024, bukan dari negara lain.",
    ),
}
_TOO_EARLY = Text(
    en="{n:count:election is:elections are} not forecast, with fewer than "
    "{days:count:polling day:polling days} before (--min-history): {contests:contests}.",
    id="{n:count} pemilihan tidak diprakirakan karena sebelumnya kurang dari {days:count} hari "
    "pemungutan suara (--min-history): {contests:contests}.",
)
_HINDSIGHT = Text(
    en="The Indonesian prior was learned from Indonesian elections up to 2024. If those forecast "
    "here are among them, this backtest flatters it; the default prior does not know them.",
    id="Prior Indonesia dipelajari dari pemilihan di Indonesia sampai tahun 2024. Bila pemilihan "
    "yang diprakirakan di sini termasuk di dalamnya, hasil uji mundur ini terlihat lebih baik "
    "daripada semestinya; prior bawaan (default) tidak mengenal pemilihan tersebut.",
)
_INTERVALS = Text(
    en="With a prior half as wide the forecast would be {lower_half:percent} to "
    "{upper_half:percent} (90%, median {median_half:percent}); with one twice as wide "
    "{lower_twice:percent} to {upper_twice:percent} (median {median_twice:percent}).",
    id="Bila prior dipersempit menjadi setengahnya, prakiraannya {lower_half:percent} s.d. "
    "{upper_half:percent} (90%, median {median_half:percent}); bila diperlebar dua kali lipat, "
    "{lower_twice:percent} s.d. {upper_twice:percent} (median {median_twice:percent}).",
)
_CHANCES = Text(
    en="The probability of {goal:goal} would be {half:probability{draws}} "
    "with the narrower prior and {twice:probability{draws}} with the wider one.",
    id="Peluang mencapai {goal:goal} menjadi {half:probability{draws}} "
    "dengan prior yang lebih sempit dan {twice:probability{draws}} dengan prior yang lebih lebar.",
)
