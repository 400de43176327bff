"""A diagnosis in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from turnout.language import Language, Text, number, percent, points
from turnout.models.covariates.night import NIGHT
from turnout.models.covariates.outreach import BIAS
from turnout.models.covariates.parts import MEAN
from turnout.models.tree.kernels import TERMS
from turnout.outreach_kinds import ACTIVITIES, label_of
from turnout.schema import PLACE_COLUMNS, SCALE_WORDS

if TYPE_CHECKING:
    from turnout.models.diagnosis.diagnose import Diagnosis

FAR = 3.0
"""Residuals beyond so many standard deviations are named."""

_MOST = 8
_LEAST_SHARE = 0.005
# A part that takes a few percent off the others is one to a statistician alone.
_LEAST_OFFSET = 0.05
# A trend of less than half a point is none to a reader.
_LEAST_TREND = 0.005


def say_diagnosis(diagnosis: Diagnosis, lang: Language) -> str:
    """Return a diagnosis in words, one statement per line."""
    kind, date = diagnosis.election.election_type, diagnosis.election.date
    usual = float(diagnosis.table["turnout"].iloc[0])
    lines = [_TITLE.say(lang, kind=kind, date=date), *say_sources(diagnosis, lang)]
    lines += say_office(diagnosis, lang)
    lines.append(_VARIANCES.say(lang, usual=usual))
    for scale, rows in diagnosis.table.groupby("scale", sort=False):
        lines.append(f"  {_say_level(str(scale), rows, lang)}")
    lines += say_effects(diagnosis, lang)
    lines += say_results(diagnosis.results, lang)
    lines += [note.say(lang) for note in diagnosis.notes]
    lines.append(_SAMPLE.say(lang, n=diagnosis.effective_sample_size))
    return "\n".join(lines)


def say_sources(diagnosis: Diagnosis, lang: Language) -> list[str]:
    """Say where the uncertainty of the whole comes from, and that of a typical place."""
    lines = []
    for of, text in (("whole", _WHOLE), ("place", _PLACE)):
        rows = diagnosis.sources[diagnosis.sources["of"] == of]
        if len(rows):
            sources = _say_sources(rows, diagnosis.election.election_type, lang)
            lines.append(text.say(lang, sd=float(rows["sd"].iloc[0]), sources=sources))
    return lines


def _say_sources(rows: pd.DataFrame, kind: str, lang: Language) -> str:
    told = []
    for source, share in zip(rows["source"], rows["share"], strict=True):
        if -_LEAST_OFFSET < share < _LEAST_SHARE:
            continue
        text = _SOURCES.get(source, _OWN)
        own = "" if source in _SOURCES else SCALE_WORDS[source].say(lang)
        words = text.say(lang, kind=kind, scale=own)
        told.append(
            f"{percent(share, lang, 0)} {words}{_OFFSETTING.say(lang) if share < 0 else ''}"
        )
    return ", ".join(told)


def _say_level(scale: str, rows: pd.DataFrame, lang: Language) -> str:
    told = []
    for row in rows.to_dict("records"):
        words = f"{_COMPONENTS[row['component']].say(lang)} {points(row['points'], lang)}"
        if row["integrated"]:
            words += _FROM_TO.say(lang, low=row["points_lower"], high=row["points_upper"])
        told.append(words)
    return f"{SCALE_WORDS[scale].say(lang)}: {', '.join(told)}"


def say_office(diagnosis: Diagnosis, lang: Language) -> list[str]:
    """Say what the kind of office and the trend of the level do to the forecast."""
    usual = float(diagnosis.table["turnout"].iloc[0])
    slope, kind = usual * (1 - usual), diagnosis.election.election_type
    lines = []
    for row in diagnosis.office.to_dict("records"):
        mean, ends = slope * row["mean"], sorted((slope * row["lower"], slope * row["upper"]))
        if row["of"] == "trend":
            text = _TREND if abs(mean) >= _LEAST_TREND else _NO_TREND
            lines.append(
                text.say(lang, year=row["against"], mean=mean, lower=ends[0], upper=ends[1])
            )
            continue
        text = _OFFICE if row["contests"] else _OFFICE_UNSEEN
        lines.append(
            text.say(
                lang,
                kind=kind,
                other=row["against"],
                gap=(_LESS if mean < 0 else _MORE_TURNOUT).say(lang, gap=abs(mean)),
                lower=ends[0],
                upper=ends[1],
                prior=slope * row["prior"],
                data=slope * row["data"],
                n=row["contests"],
                of_other=row["contests_against"],
            )
        )
    return lines


def say_effects(diagnosis: Diagnosis, lang: Language) -> list[str]:
    """Say the effects of covariates and activities.

    Offsets of measurement and the slopes of a count in progress are in the table alone.
    """
    effects, usual = diagnosis.effects, float(diagnosis.table["turnout"].iloc[0])
    slope = usual * (1 - usual)
    kinds = {name.removesuffix(BIAS) for name in effects["name"] if name.endswith(BIAS)}
    kinds |= {activity.key for activity in ACTIVITIES}
    return [
        (_EFFECT_OF_KIND if row["name"] in kinds else _EFFECT).say(
            lang,
            name=_say_name(row["name"], lang),
            unit=row["unit"],
            gain=_signed(slope * row["mean"], lang),
            mean=slope * row["mean"],
            lower=slope * row["lower"],
            upper=slope * row["upper"],
            prior_mean=slope * row["prior_mean"],
            prior_sd=slope * row["prior_sd"],
        )
        for row in effects[effects["of_turnout"]].to_dict("records")
        if not row["name"].endswith(BIAS) and not row["name"].startswith(NIGHT)
    ]


def _signed(share: float, lang: Language) -> str:
    told = points(share, lang)
    return told if told.startswith("-") else f"+{told}"


def _say_name(name: str, lang: Language) -> str:
    """Return what an effect is of; a contest's mean is no place's difference from it."""
    if name.endswith(MEAN):
        return _MEAN_OF.say(lang, name=name.removesuffix(MEAN))
    return label_of(name, lang)


def say_results(results: pd.DataFrame, lang: Language) -> list[str]:
    """Name the past results that fit badly."""
    far = results[(results["residual"].abs() > FAR) | results["drawn_in"]]
    if far.empty:
        return [_NONE_FAR.say(lang, n=len(results), far=number(FAR, lang))] if len(results) else []
    lines = [_FAR.say(lang, n=len(far), all=len(results))]
    for row in far.head(_MOST).to_dict("records"):
        place = " / ".join(str(row[name]) for name in PLACE_COLUMNS[-2:] if pd.notna(row[name]))
        said = _RESULT.say(
            lang,
            place=place,
            election=row["election"],
            turnout=row["turnout"],
            expected=row["expected"],
        )
        lines.append(f"  {said}")
    if len(far) > _MOST:
        lines.append(f"  {_MORE.say(lang, n=len(far) - _MOST)}")
    return lines


_TITLE = Text(
    en="What the forecast of the {kind:type} of {date:day} rests on",
    id="Dasar prakiraan {kind:type} {date:day}",
)
_WHOLE = Text(
    en="The whole is uncertain by {sd:points} points (standard deviation). Of its variance: "
    "{sources}.",
    id="Ketidakpastian angka keseluruhan {sd:points} poin (simpangan baku). Sumbernya, "
    "dari varians (ketidakpastian total): {sources}.",
)
_PLACE = Text(
    en="A typical place is uncertain by {sd:points} points. Of its variance: {sources}.",
    id="Ketidakpastian sebuah wilayah pada umumnya {sd:points} poin. Sumbernya, dari "
    "varians (ketidakpastian total): {sources}.",
)
_SOURCES = {
    "shock": Text(en="the election's own shock", id="guncangan pemilihan itu sendiri"),
    "type": Text(en="what a {kind} usually draws", id="tingkat yang lazim untuk {kind}"),
    "drift": Text(en="drift since the past elections", id="pergeseran sejak pemilihan lalu"),
    "effects": Text(en="covariates and activities", id="kovariat dan kegiatan"),
    "counting": Text(en="chance of single voters", id="variasi acak tiap pemilih"),
}
_OFFICE = Text(
    en="A {kind} is expected to draw {gap} than a {other} (difference in points, 90%: "
    "{lower:points} to {upper:points}): by the kind of office alone {prior:points}, in the past "
    "contests {data:points} ({n:count} of the one, {of_other:count} of the other).",
    id="Partisipasi {kind} diperkirakan {gap} daripada {other} (selisih dalam poin, 90%: "
    "{lower:points} s.d. {upper:points}): menurut jenis jabatannya saja {prior:points}, pada "
    "pemilihan yang lalu {data:points} (masing-masing {n:count} dan {of_other:count} pemilihan).",
)
_OFFICE_UNSEEN = Text(
    en="A {kind} is expected to draw {gap} than a {other} (difference in points, 90%: "
    "{lower:points} to {upper:points}). No {kind} is among the past contests, so this comes from "
    "the kind of office ({prior:points} on its own) and the {of_other:count} of {other}.",
    id="Partisipasi {kind} diperkirakan {gap} daripada {other} (selisih dalam poin, 90%: "
    "{lower:points} s.d. {upper:points}). Belum ada {kind} di antara pemilihan yang lalu, sehingga "
    "perkiraan ini bertumpu pada jenis jabatannya ({prior:points} bila hanya itu) dan "
    "{of_other:count} {other} yang lalu.",
)
_LESS = Text(en="{gap:points} points less", id="lebih rendah {gap:points} poin")
_MORE_TURNOUT = Text(en="{gap:points} points more", id="lebih tinggi {gap:points} poin")
_TREND = Text(
    en="Since {year} the general level of turnout has changed by {mean:points} points (90%: "
    "{lower:points} to {upper:points}); the forecast keeps the new level and does not expect it to "
    "return to the old one.",
    id="Sejak {year} tingkat umum partisipasi berubah {mean:points} poin (90%: {lower:points} s.d. "
    "{upper:points} poin); prakiraan memakai tingkat yang baru dan tidak memperkirakan akan "
    "kembali ke tingkat semula.",
)
_NO_TREND = Text(
    en="Since {year} the general level of turnout has hardly changed (90%: {lower:points} to "
    "{upper:points} points).",
    id="Sejak {year} tingkat umum partisipasi hampir tidak berubah (90%: {lower:points} s.d. "
    "{upper:points} poin).",
)
_OFFSETTING = Text(en=" (it offsets the others)", id=" (mengimbangi yang lain)")
_OWN = Text(en="own to the {scale}", id="perbedaan antar{scale}")
_VARIANCES = Text(
    en="Standard deviations in points, at a turnout of {usual:percent0}:",
    id="Simpangan baku dalam poin, pada tingkat partisipasi {usual:percent0}:",
)
_COMPONENTS = {term.name: term.label for term in TERMS}
_FROM_TO = Text(en=" ({low:points} to {high:points})", id=" ({low:points} s.d. {high:points})")
_MEAN_OF = Text(
    en="{name} in the election as a whole", id="{name} pada pemilihan secara keseluruhan"
)
_EFFECT = Text(
    en="Effect of {name}, for a difference of {unit:amount}: {mean:points} points (90%: "
    "{lower:points} to {upper:points}; before the data {prior_mean:points}, give or take "
    "{prior_sd:points}).",
    id="Pengaruh {name}, untuk selisih {unit:amount}: {mean:points} poin (90%: {lower:points} "
    "s.d. {upper:points}). Perkiraan awal, sebelum melihat data: {prior_mean:points} poin dengan "
    "simpangan baku {prior_sd:points}.",
)
_EFFECT_OF_KIND = Text(
    en="If every voter of a place is met by {name}: {gain} points (90%: {lower:points} to "
    "{upper:points}; before the data {prior_mean:points}, give or take {prior_sd:points}).",
    id="Bila semua pemilih di suatu wilayah ditemui dalam {name}: {gain} poin (90%: {lower:points} "
    "s.d. {upper:points}). Perkiraan awal, sebelum melihat data: {prior_mean:points} poin dengan "
    "simpangan baku {prior_sd:points}.",
)
_NONE_FAR = Text(
    en="None of {n:count} past results lies further than {far} standard deviations from what its "
    "place's other contests and its neighbours lead to expect.",
    id="Dari {n:count} hasil yang lalu tidak ada yang menyimpang lebih dari {far} simpangan baku "
    "dari perkiraan menurut pemilihan lain di wilayah itu dan wilayah sekitarnya.",
)
_FAR = Text(
    en="Of {all:count} past results, {n:count:lies:lie} far from what the place's other contests "
    "and its neighbours lead to expect; check whether they are right:",
    id="Dari {all:count} hasil yang lalu, {n:count} jauh dari perkiraan menurut pemilihan lain di "
    "wilayah itu dan wilayah sekitarnya; periksa kebenarannya:",
)
_RESULT = Text(
    en="{place}, {election:contest}: {turnout:percent}, expected {expected:percent}",
    id="{place}, {election:contest}: {turnout:percent}, diperkirakan {expected:percent}",
)
_MORE = Text(en="and {n:count} more", id="dan {n:count} lainnya")
_SAMPLE = Text(
    en="Effective sample size of the integrated variances: {n:count} (200 or more is good).",
    id="Ukuran sampel efektif ragam yang diintegrasikan: {n:count} (baik bila 200 atau lebih).",
)
