"""What an estimate of outreach says, in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from turnout.errors import Finding, tell
from turnout.language import Language, Text, number
from turnout.outreach_kinds import label_of

ESTIMATES: dict[str, Text] = {
    "prior": Text(en="prior (trials elsewhere)", id="prior (uji coba di tempat lain)"),
    "data": Text(en="these data, bias allowed for", id="data ini, termasuk bias pemilihan lokasi"),
    "posterior": Text(en="posterior (both)", id="posterior (gabungan)"),
    "likelihood": Text(en="in the likelihood", id="di dalam likelihood"),
    "within": Text(en="two-way within", id="within dua arah"),
    "mundlak": Text(en="Mundlak", id="Mundlak"),
    "cross_section": Text(en="cross-section (not an effect)", id="antarwilayah (bukan dampak)"),
    "placebo": Text(en="placebo: on the election before", id="plasebo: pada pemilihan sebelumnya"),
}
"""What each estimate is called."""


def say_effect(
    table: pd.DataFrame,
    kinds: pd.DataFrame,
    findings: Sequence[Finding],
    lang: Language,
    *,
    simulated: bool,
    by_lot: bool = False,
) -> str:
    """Return an estimate in words, one statement per line.

    Where places were assigned by lot nothing is said of staff's choice.
    """
    lines = [SIMULATED.say(lang)] if simulated else []
    lines.append(_LOG.say(lang, n=int(kinds["activities"].sum()), people=kinds["reached"].sum()))
    for _, kind in kinds.iterrows():
        rows = table[table["kind"] == kind["kind"]].set_index("estimate")
        lines += _say_kind(kind, rows, lang)
        lines += _say_lot(kind, rows, lang) if by_lot else _say_choice(kind, rows, lang)
    lines.append((_BY_LOT if by_lot else _SMALL).say(lang))
    return "\n".join([*lines, *tell(findings, lang)])


def effect_table_to_read(table: pd.DataFrame, lang: Language) -> pd.DataFrame:
    """Return the table of an estimate as people read it: points per tenth of voters reached."""
    shown = table.assign(
        told=[point_range(row, lang) for _, row in table.iterrows()],
        kind=[label_of(kind, lang) for kind in table["kind"]],
    )
    wide = shown.pivot_table(index="kind", columns="estimate", values="told", aggfunc="first")
    order = [name for name in ESTIMATES if name in wide]
    wide = wide[order].rename(columns={name: ESTIMATES[name].say(lang) for name in order})
    wide.columns.name = None
    return wide.reset_index().rename(columns={"kind": _KIND.say(lang)})


def point_range(row: pd.Series, lang: Language) -> str:
    """Return an estimate with its 90% interval, in points."""
    if np.isnan(row["points"]):
        return _NOTHING.say(lang)
    names = {"points": "points", "lower": "points_lower", "upper": "points_upper"}
    decimals = decimals_for(row["points_upper"] - row["points_lower"])
    return _RANGE.say(
        lang, **{name: signed_points(row[key], lang, decimals) for name, key in names.items()}
    )


def decimals_for(size: float) -> int:
    """Return the decimals of points that an interval of this width (share) supports.

    The last digit is no more than a tenth of it: hundredths are of intervals below a point. A
    figure without an interval is told by its own size.

    >>> decimals_for(0.0046), decimals_for(-0.2941)
    (2, 1)
    """
    return 1 if abs(size) >= _POINT else 2


_POINT = 0.01


def signed_points(difference: float, lang: Language, decimals: int | None = None) -> str:
    """Write a difference of shares in points, with its sign; by its size where nothing is said.

    >>> signed_points(0.00145, "en"), signed_points(-0.0231, "id")
    ('+0.15', '-2,3')
    """
    many = decimals_for(difference) if decimals is None else decimals
    told = number(100 * difference, lang, many)
    return told if told.startswith("-") else f"+{told}"


def _say_kind(kind: pd.Series, rows: pd.DataFrame, lang: Language) -> list[str]:
    told = {str(name): point_range(row, lang) for name, row in rows.iterrows()}
    points = rows["points"].astype(float)
    if np.isnan(points["data"]):
        return [_ONLY_PRIOR.say(lang, kind=label_of(kind["kind"], lang), prior=told["prior"])]
    lines = [
        _KIND_LINE.say(
            lang,
            kind=label_of(kind["kind"], lang),
            prior=told["prior"],
            data=told["data"],
            posterior=told["posterior"],
        )
    ]
    if not kind["compared"]:
        lines.append(_NOT_COMPARED.say(lang))
    return lines


def _say_lot(kind: pd.Series, rows: pd.DataFrame, lang: Language) -> list[str]:
    """Say what the panel could have seen, and whether the lot shows signs of not being one."""
    points = rows["points"].astype(float)
    if np.isnan(points["data"]):
        return []
    lines = [
        _POWER_OF_LOT.say(
            lang,
            smallest=signed_points(kind["smallest"], lang).lstrip("+"),
            prior=signed_points(points["prior"], lang),
        )
    ]
    if kind["chosen"]:
        told = {str(name): point_range(row, lang) for name, row in rows.iterrows()}
        lines.append(_LOT_BROKEN.say(lang, placebo=told["placebo"]))
    return lines


def _say_choice(kind: pd.Series, rows: pd.DataFrame, lang: Language) -> list[str]:
    """Say what the panel could have seen, and what staff's choice of places does to it."""
    told = {str(name): point_range(row, lang) for name, row in rows.iterrows()}
    points = rows["points"].astype(float)
    if np.isnan(points["data"]):
        return []
    lines = [
        _POWER.say(
            lang,
            smallest=signed_points(kind["smallest"], lang).lstrip("+"),
            biased=signed_points(kind["smallest_with_bias"], lang).lstrip("+"),
            prior=signed_points(points["prior"], lang),
        )
    ]
    if kind["differ"]:
        lines.append(_DIFFER.say(lang, likelihood=told["likelihood"], within=told["within"]))
    if kind["contradicts"]:
        lines.append(_CONTRADICTS.say(lang))
    if kind["chosen"]:
        lines.append(_CHOSEN.say(lang, placebo=told["placebo"]))
    if not np.isnan(points["cross_section"]):
        naive = signed_points(points["cross_section"], lang)
        lines.append(_NAIVE.say(lang, naive=naive))
    return lines


SIMULATED = Text(
    en="SIMULATED: this activity log is invented; nothing below is a finding.",
    id="SIMULASI: catatan kegiatan ini buatan; angka di bawah ini bukan temuan.",
)
NO_ACTIVITY = Text(
    en="None of the {n:count} activities lies in the 180 days before a contest and in a place of "
    "the results, so there is nothing to estimate. Check dates and names of places.",
    id="Tidak satu pun dari {n:count} kegiatan berada dalam 180 hari sebelum suatu pemilihan dan "
    "di wilayah pada tabel hasil, sehingga tidak ada yang dapat diperkirakan. Periksa tanggal dan "
    "nama wilayahnya.",
)
_LOG = Text(
    en="{n:count:activity:activities} that met {people:count} people. Figures are points of "
    "turnout when a tenth of an area's voters is met, with 90% intervals.",
    id="{n:count} kegiatan yang menjangkau {people:count} orang. Angka di bawah ini adalah "
    "perubahan partisipasi (poin persen) bila sepersepuluh pemilih suatu wilayah ditemui, dengan "
    "rentang 90%.",
)
_KIND_LINE = Text(
    en="{kind}: known before {prior}; these data {data}; both together {posterior}.",
    id="{kind}: menurut pengetahuan awal {prior}; menurut data ini {data}; gabungan keduanya "
    "{posterior}.",
)
_ONLY_PRIOR = Text(
    en="{kind}: these data say nothing about it; what is known comes from trials elsewhere: "
    "{prior}.",
    id="{kind}: data ini tidak memberi informasi; dampaknya hanya diketahui dari uji coba "
    "di tempat lain: {prior}.",
)
_NOT_COMPARED = Text(
    en="No area was observed both with and without it, so areas can only be compared with each "
    "other, which tells next to nothing.",
    id="Setiap wilayah hanya tercatat dengan kegiatan ini, atau hanya tanpa kegiatan ini. Jadi "
    "yang dapat dibandingkan hanya wilayah satu dengan yang lain, dan itu hampir tidak memberi "
    "informasi.",
)
_POWER = Text(
    en="The smallest effect that this panel could have seen is {smallest} points, with the bias of "
    "chosen places {biased}; {prior} is expected.",
    id="Dampak terkecil yang dapat terlihat dari data ini {smallest} poin, atau {biased} poin bila "
    "bias pemilihan lokasi ikut dihitung; yang diharapkan {prior} poin.",
)
_POWER_OF_LOT = Text(
    en="The smallest effect that this panel could have seen is {smallest} points; {prior} is "
    "expected.",
    id="Dampak terkecil yang dapat terlihat dari data ini {smallest} poin; yang diharapkan {prior} "
    "poin.",
)
_LOT_BROKEN = Text(
    en="Placebo: activities seem to change the election before them ({placebo}). A lot would do so "
    "once in ten times; check that activities were held where the lot put them.",
    id="Plasebo: kegiatan tampak mengubah partisipasi pada pemilihan sebelum kegiatan itu "
    "diadakan: {placebo} poin. Dengan undian hal ini hanya terjadi sekali dari sepuluh kali; "
    "periksa apakah kegiatan diadakan di lokasi hasil undian.",
)
_BY_LOT = Text(
    en="Places were assigned by lot, so nothing was added for staff's choice of places.",
    id="Lokasi ditentukan dengan undian, sehingga tidak ada tambahan galat untuk pemilihan lokasi "
    "oleh petugas.",
)
_DIFFER = Text(
    en="The estimators disagree by more than a standard error (in the likelihood {likelihood}, "
    "within {within}): staff may have chosen places by their turnout.",
    id="Dua cara menghitungnya berselisih lebih dari satu galat baku: menurut model {likelihood} "
    "poin, menurut perbandingan di wilayah yang sama {within} poin. Lokasi mungkin dipilih "
    "berdasarkan tingkat partisipasinya.",
)
_CONTRADICTS = Text(
    en="The data contradict what trials found: rather than an effect, this may show what staff "
    "foresaw when they chose the places, which no estimator can repair.",
    id="Data ini bertentangan dengan hasil uji coba: ini mungkin bukan dampak, melainkan hal yang "
    "sudah diperkirakan petugas saat memilih lokasi, dan tidak ada metode yang memperbaikinya.",
)
_CHOSEN = Text(
    en="Placebo: activities seem to change the election before them ({placebo}). This may mean "
    "that places were chosen by their last turnout, or be chance (1 in 10 for each kind).",
    id="Plasebo: kegiatan tampak mengubah partisipasi pada pemilihan sebelum kegiatan itu "
    "diadakan: {placebo} poin. Ini dapat berarti lokasi dipilih menurut partisipasi terakhirnya, "
    "atau kebetulan (1 dari 10 untuk setiap jenis).",
)
_NAIVE = Text(
    en="Areas with more activity differ from the others by {naive} points: that is where staff "
    "went, not what they changed.",
    id="Partisipasi wilayah dengan kegiatan lebih banyak berselisih {naive} poin dari wilayah "
    "lain: itu menunjukkan ke mana petugas pergi, bukan dampak kegiatannya.",
)
_SMALL = Text(
    en="Only activities assigned by lot can tell what outreach does: see design_rollout.",
    id="Hanya kegiatan yang lokasinya diundi yang dapat menunjukkan dampak sosialisasi: lihat "
    "turnout.design_rollout.",
)
_RANGE = Text(en="{points} ({lower} to {upper})", id="{points} ({lower} s.d. {upper})")
_NOTHING = Text(en="nothing", id="tidak ada")
_KIND = Text(en="Kind of activity", id="Jenis kegiatan")
