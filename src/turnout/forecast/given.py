"""A forecast given evidence from outside: what it is of, what it counts for, and the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats
from turnout.errors import TurnoutError
from turnout.evidence import Evidence
from turnout.forecast.about import About, Note
from turnout.forecast.conditioning import (
    FAR,
    SURPRISING,
    effective_draws,
    given_evidence,
    near_draws,
    settled_on,
    tail_probability,
)
from turnout.forecast.goal import Goal, parse_goal
from turnout.forecast.part_day import (
    DRAWS_PER_REPORT,
    given_reports,
    known_already,
    tail_of_reports,
)
from turnout.identity.names import bare_name
from turnout.language import Text
from turnout.levels import USUAL, with_median
from turnout.part_day import PartDay, Report, latest
from turnout.schema import PLACE_COLUMNS, WHOLE_NAME

if TYPE_CHECKING:
    from turnout.forecast.draws import Forecast

# Draws are kept in single precision.
_CLOSE = 1e-5

Total = Goal | tuple[Goal, float]


def evidence_of_total(total: Total) -> Evidence:
    """Return evidence on the whole: a turnout and its error, or a turnout alone for a what-if.

    >>> evidence_of_total(("70%", 0.04)).turnout, evidence_of_total(65).error
    (0.7, 0.0)
    """
    said, error = total if isinstance(total, tuple) else (total, 0.0)
    return Evidence(parse_goal(said), float(error))


def forecast_given(forecast: Forecast, evidence: Sequence[Evidence | PartDay]) -> Forecast:
    """Return a forecast given evidence, see `Forecast.given`."""
    if not evidence:
        raise TurnoutError(_NOTHING)
    for part in latest([one for one in evidence if isinstance(one, PartDay)]):
        forecast = _given_part_day(forecast, part)
    # The whole comes last, so that a what-if about it holds to the voter.
    placed = [(one, _members(forecast, one)) for one in evidence if isinstance(one, Evidence)]
    placed.sort(key=lambda pair: int(pair[1].sum()))
    for one, members in placed:
        forecast = _given(forecast, one, members)
    return _held(forecast, [(one, members) for one, members in placed if one.weighed()[1] == 0])


def _held(forecast: Forecast, what_ifs: Sequence[tuple[Evidence, Bools]]) -> Forecast:
    """Return a forecast in which several what-ifs hold at once, the finest places' first."""
    if len(what_ifs) < 2:
        return forecast
    size = forecast.places["registered"].to_numpy(float)
    counted, draws = _counted(forecast, size), forecast.draws
    held = np.zeros(len(size), dtype=bool)
    for one, members in what_ifs:
        turnout = np.full(len(draws), one.turnout)
        draws = settled_on(draws, size, counted, members, turnout, held)
        weights = np.where(members, size, 0.0) / size[members].sum()
        if np.abs(draws @ weights - one.turnout).max() > _CLOSE:
            raise TurnoutError(_TOGETHER, place=one.place or forecast.at(forecast.top).names()[0])
        held |= members
    return replace(forecast, draws=draws)


def _given(forecast: Forecast, evidence: Evidence, members: Bools) -> Forecast:
    size = forecast.places["registered"].to_numpy(float)
    counted = _counted(forecast, size)
    said, error = evidence.weighed()
    whole = forecast.at(forecast.top)
    weights = np.where(members, size, 0.0) / size[members].sum()
    turnout = np.asarray(forecast.draws @ weights.astype(forecast.draws.dtype), np.float64)
    place = evidence.place or whole.names()[0]
    if turnout.std() < 1e-6:
        raise TurnoutError(_ALL_COUNTED, place=place)
    tail = tail_probability(turnout, said, error)
    if not 0 < said < 1 or tail < FAR:
        low, median, high = (float(end) for end in np.quantile(turnout, with_median(USUAL)))
        ends = {"low": low, "high": high, "median": median, "far": FAR}
        ends |= dict(zip(("least", "most"), np.quantile(turnout, [FAR, 1 - FAR]), strict=True))
        text = _TOO_FAR if error > 0 else _TOO_FAR_WHAT_IF
        raise TurnoutError(text, place=place, said=said, error=error, **ends)
    moved = given_evidence(forecast.draws, size, counted, members, (said, error))
    before = float(np.median(whole.draws))
    found = replace(forecast, draws=moved)
    values: dict[str, object] = {
        "place": place,
        "whole": whole.names()[0],
        "source": evidence.source or "-",
        "stated": evidence.turnout,
        "stated_error": evidence.error,
        "said": said,
        "error": error,
        "before": before,
        "after": float(np.median(found.at(found.top).draws)),
        "n": len(evidence.record),
        "near": near_draws(turnout, said),
        "draws": len(turnout),
    }
    notes = [Note(_text_of(evidence), values)]
    if error > 0 and tail < SURPRISING:
        notes.append(Note(_SURPRISING, {"place": place, "tail": tail}))
    about = replace(forecast.about, notes=(*notes, *forecast.about.notes))
    return replace(found, about=_with_evidence(about, place, turnout, evidence))


def _with_evidence(about: About, place: str, turnout: Floats, evidence: Evidence) -> About:
    """Return how a forecast was made, with how many draws agree with evidence and what it is."""
    said, error = evidence.weighed()
    diagnostics = dict(about.diagnostics)
    agreeing = effective_draws(turnout, said, error) if error > 0 else near_draws(turnout, said)
    name = "evidence_effective_draws" if error > 0 else "what_if_effective_draws"
    diagnostics[name] = round(min(agreeing, diagnostics.get(name, agreeing)), 1)
    of_whole = not evidence.place and place == WHOLE_NAME.en
    said_so = _SUPPOSED_WHOLE if of_whole else _SUPPOSED
    supposed = Note(said_so, {"place": place, "stated": evidence.turnout})
    what_if = about.what_if if error > 0 else (*about.what_if, supposed)
    return replace(about, diagnostics=diagnostics, what_if=what_if)


def _given_part_day(forecast: Forecast, part: PartDay) -> Forecast:
    size = forecast.places["registered"].to_numpy(float)
    counted = _counted(forecast, size)
    weights = np.array([_members(forecast, one) * size for one in part.reports])
    use = ~known_already(weights, (size - counted[0]).clip(0))
    said = np.array([one.turnout for one in part.reports])[use]
    weights = weights[use] / weights[use].sum(axis=1, keepdims=True)
    time = f"{part.time:%H:%M}"
    if not len(said):
        raise TurnoutError(_HOUR_COUNTED, time=time)
    least = DRAWS_PER_REPORT * len(said)
    if len(forecast.draws) < least:
        raise TurnoutError(_TOO_MANY_REPORTS, n=len(said), time=time, least=least)
    relation = part.relation()
    tail = tail_of_reports(forecast.draws, weights, said, relation)
    if tail < FAR:
        raise TurnoutError(_HOUR_TOO_FAR, time=time, n=len(said), days=part.days, far=FAR)
    moved = given_reports(forecast.draws, size, counted, weights, said, relation)
    found = replace(forecast, draws=moved)
    top = forecast.top
    values: dict[str, object] = {
        "time": time,
        "n": len(said),
        "days": part.days,
        "said": float(np.average(said, weights=(weights > 0) @ size)),
        "whole": forecast.at(top).names()[0],
        "before": float(np.median(forecast.at(top).draws)),
        "after": float(np.median(found.at(top).draws)),
    }
    notes = [Note(_BY_HOUR if part.days else _BY_HOUR_ALONE, values)]
    if tail < SURPRISING:
        notes.append(Note(_HOUR_SURPRISING, {"time": time, "tail": tail}))
    about = replace(
        forecast.about,
        notes=(*notes, *forecast.about.notes),
        diagnostics={**forecast.about.diagnostics, "part_day_reports": len(said)},
    )
    return replace(found, about=about)


def _text_of(evidence: Evidence) -> Text:
    """Return what is said of evidence: what it counts for, and why."""
    if evidence.record:
        return _BY_RECORD
    if evidence.kind != "stated":
        return _BY_KIND
    return _AT_ITS_WORD if evidence.error > 0 else _WHAT_IF


def _counted(forecast: Forecast, size: Floats) -> Floats:
    """Return registered and voters that are counted of every place of a forecast."""
    if forecast.counted is None:
        return np.zeros((2, len(size)))
    known = forecast.counted.at(forecast.places, forecast.scale)
    figures = known[["registered", "voters"]].to_numpy(float)
    return np.nan_to_num(figures).T


def _members(forecast: Forecast, evidence: Evidence | Report) -> Bools:
    """Return which places of a forecast evidence is of."""
    places = forecast.places
    if not evidence.place:
        return np.ones(len(places), dtype=bool)
    scales = [evidence.scale] if evidence.scale else [*reversed(PLACE_COLUMNS)]
    wanted = bare_name(evidence.place)
    for scale in scales:
        if scale not in places:
            continue
        names = places[scale].map(lambda name: bare_name(name) if isinstance(name, str) else "")
        members = (names == wanted).to_numpy()
        own = PLACE_COLUMNS.index(scale)
        paths = places.loc[members, [name for name in PLACE_COLUMNS[: own + 1] if name in places]]
        if len(paths.drop_duplicates()) > 1:
            raise TurnoutError(_AMBIGUOUS, place=evidence.place, n=len(paths.drop_duplicates()))
        if members.any():
            return members
    known = [name for scale in forecast.scales if scale != "total" for name in _some(places, scale)]
    raise TurnoutError(_UNKNOWN, place=evidence.place, known=known)


def _some(places: pd.DataFrame, scale: str) -> list[str]:
    """Return the names of a scale, where they are few enough to be listed."""
    names = list(places[scale].dropna().unique()) if scale in places else []
    return [str(name) for name in names] if len(names) <= 30 else []


_NOTHING = Text(
    en="There is no evidence to take into account. Give at least one estimate: total=(0.70, 0.04).",
    id="Tidak ada bukti luar untuk diperhitungkan. Berikan sedikitnya satu perkiraan: "
    "total=(0.70, 0.04).",
)
_UNKNOWN = Text(
    en="{place} is not in the forecast ({known:list}). Check its spelling.",
    id="{place} tidak ada dalam prakiraan ({known:list}). Periksa ejaannya.",
)
_AMBIGUOUS = Text(
    en="{n:count} places of the forecast are called {place}. Name the scale and a place that is "
    "alone of its name.",
    id="{n:count} wilayah dalam prakiraan bernama {place}. Sebutkan tingkatnya, dan wilayah yang "
    "namanya hanya satu.",
)
_ALL_COUNTED = Text(
    en="{place} is counted already, or set by another what-if: nothing more can be said of it. "
    "Leave one out.",
    id="{place} sudah selesai dihitung, atau sudah ditetapkan oleh pengandaian lain: tidak ada "
    "yang dapat ditambahkan. Hapus salah satunya.",
)
_TOGETHER = Text(
    en="The what-ifs cannot hold together: with the places as supposed, {place} cannot have the "
    "turnout that is supposed of it. Leave one out.",
    id="Pengandaian itu tidak dapat berlaku bersamaan: dengan wilayah yang diandaikan, {place} "
    "tidak mungkin mencapai partisipasi yang diandaikan. Hapus salah satunya.",
)
_SUPPOSED = Text(
    en="turnout of {place} is {stated:percent}", id="partisipasi {place} {stated:percent}"
)
_SUPPOSED_WHOLE = Text(
    en="turnout of the whole is {stated:percent}", id="partisipasi keseluruhan {stated:percent}"
)
_TOO_FAR_WHAT_IF = Text(
    en="What if {place} had {said:percent}? The forecast holds next to no such election: median "
    "{median:percent}, 90% between {low:percent} and {high:percent}; less than {far:percent1} of "
    "its draws lie so far off, so they cannot say what it would look like. Choose a level between "
    "{least:percent} and {most:percent}.",
    id="Andaikan {place} mencapai {said:percent}? Prakiraan hampir tidak memuat pemilihan seperti "
    "itu: median {median:percent}, 90% antara {low:percent} dan {high:percent}; kurang dari "
    "{far:percent1} simulasi sejauh itu, sehingga tidak dapat menunjukkan seperti apa keadaannya. "
    "Pilih angka antara {least:percent} dan {most:percent}.",
)
_TOO_FAR = Text(
    en="The evidence for {place} counts as {said:percent} give or take {error:points} points, and "
    "the forecast holds next to no such election: median {median:percent}, 90% between "
    "{low:percent} and {high:percent}; less than {far:percent1} of its draws lie so far off. Both "
    "cannot be right. Check the figure and its error, or state a larger error.",
    id="Bukti luar untuk {place} bernilai {said:percent} dengan galat {error:points} poin, dan "
    "prakiraan hampir tidak memuat pemilihan seperti itu: median {median:percent}, 90% antara "
    "{low:percent} dan {high:percent}; kurang dari {far:percent1} simulasi sejauh itu. Keduanya "
    "tidak mungkin benar. Periksa angka dan galatnya, atau sebutkan galat yang lebih besar.",
)
_WHAT_IF = Text(
    en="What if: turnout of {place} is set to {stated:percent}. This is no forecast of it; without "
    "this the median of {whole} was {before:percent}. By themselves {near:count} of {draws:count} "
    "draws lie near it (effective sample size).",
    id="Bagaimana jika: tingkat partisipasi {place} ditetapkan {stated:percent}. Ini bukan "
    "prakiraan; tanpa itu median {whole} {before:percent}. Tanpa pengandaian, {near:count} "
    "dari {draws:count} simulasi berada di dekat angka itu (ukuran sampel efektif).",
)
_AT_ITS_WORD = Text(
    en="Outside evidence ({source}) on {place}: {stated:percent} give or take "
    "{stated_error:points} points, taken at its word. It moved the median of {whole} from "
    "{before:percent} to {after:percent}.",
    id="Bukti luar ({source}) tentang {place}: {stated:percent} dengan galat {stated_error:points} "
    "poin, diterima apa adanya. Median {whole} bergeser dari {before:percent} menjadi "
    "{after:percent}.",
)
_BY_KIND = Text(
    en="Outside evidence ({source}) on {place}: {stated:percent} give or take "
    "{stated_error:points} points. Without a record of past estimates it counts as "
    "{said:percent} give or take {error:points} points, by what is known of such "
    "sources. It moved the median of {whole} from {before:percent} to {after:percent}.",
    id="Bukti luar ({source}) tentang {place}: {stated:percent} dengan galat {stated_error:points} "
    "poin. Tanpa catatan perkiraan sebelumnya, nilainya menjadi {said:percent} dengan galat "
    "{error:points} poin, menurut yang diketahui tentang sumber semacam itu. Median {whole} "
    "bergeser dari {before:percent} menjadi {after:percent}.",
)
_BY_RECORD = Text(
    en="Outside evidence ({source}) on {place}: {stated:percent} give or take "
    "{stated_error:points} points. By its record of {n:count:past estimate:past estimates} it "
    "counts as {said:percent} give or take {error:points} points. It moved the median "
    "of {whole} from {before:percent} to {after:percent}.",
    id="Bukti luar ({source}) tentang {place}: {stated:percent} dengan galat {stated_error:points} "
    "poin. Menurut catatan {n:count} perkiraan sebelumnya, nilainya menjadi {said:percent} dengan "
    "galat {error:points} poin. Median {whole} bergeser dari {before:percent} menjadi "
    "{after:percent}.",
)
_SURPRISING = Text(
    en="The evidence for {place} is surprising: by the forecast alone, one at least as far off had "
    "a probability of {tail:probability}. Look for a reason before relying on the two together.",
    id="Bukti luar untuk {place} jauh dari prakiraan: menurut prakiraan saja, peluang bukti "
    "sejauh itu {tail:probability}. Cari sebabnya sebelum mengandalkan gabungan keduanya.",
)
_BY_HOUR = Text(
    en="Turnout by {time} in {n:count:report:reports}, on average {said:percent}. By "
    "{days:count:past polling day:past polling days} at that hour it moved the median of {whole} "
    "from {before:percent} to {after:percent}.",
    id="Partisipasi sementara pukul {time} dari {n:count} laporan, rata-rata {said:percent}. "
    "Menurut {days:count} hari pemungutan suara yang lalu pada jam itu, median {whole} bergeser "
    "dari {before:percent} menjadi {after:percent}.",
)
_BY_HOUR_ALONE = Text(
    en="Turnout by {time} in {n:count:report:reports}, on average {said:percent}. Nothing is known "
    "of past polling days at that hour, so that it tells how places differ and little of the "
    "whole: it moved the median of {whole} from {before:percent} to {after:percent}.",
    id="Partisipasi sementara pukul {time} dari {n:count} laporan, rata-rata {said:percent}. Tidak "
    "ada data jam itu dari hari pemungutan suara yang lalu, sehingga yang terbaca hanya perbedaan "
    "antarwilayah: median {whole} bergeser dari {before:percent} menjadi {after:percent}.",
)
_HOUR_COUNTED = Text(
    en="All places with a turnout by {time} are counted: it can add nothing. Leave it out.",
    id="Semua wilayah dengan partisipasi sementara pukul {time} sudah selesai dihitung: tidak "
    "menambah apa pun. Hapus laporan itu.",
)
_TOO_MANY_REPORTS = Text(
    en="{n:count} reports of turnout by {time} need at least {least:count} draws. Ask for more "
    "draws (--draws {least}), or give the reports of districts.",
    id="{n:count} laporan partisipasi pukul {time} memerlukan sedikitnya {least:count} simulasi. "
    "Tambah simulasi (--draws {least}), atau berikan laporan per kecamatan.",
)
_HOUR_TOO_FAR = Text(
    en="The turnout by {time} ({n:count:report:reports}) and the forecast cannot both be right: by "
    "the forecast and {days:count:past polling day:past polling days}, reports so far off have a "
    "probability below {far:percent1}. Check the hour, and whether the figures are shares of the "
    "registered voters.",
    id="Partisipasi pukul {time} ({n:count} laporan) dan prakiraan tidak mungkin sama-sama benar: "
    "menurut prakiraan dan {days:count} hari pemungutan suara yang lalu, peluang laporan sejauh "
    "itu di bawah {far:percent1}. Periksa jamnya, dan apakah angkanya bagian dari pemilih "
    "terdaftar.",
)
_HOUR_SURPRISING = Text(
    en="The turnout by {time} is surprising: by the forecast alone, reports at least as far off "
    "had a probability of {tail:probability}.",
    id="Partisipasi sampai pukul {time} jauh dari prakiraan: menurut prakiraan saja, peluang "
    "laporan sejauh itu {tail:probability}.",
)
