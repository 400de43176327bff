"""What changed from one update to the next, and why, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from turnout.language import Language, Text, points
from turnout.rounding import half_up
from turnout.watch.counts import Said, said, told_apart
from turnout.watch.update import Update

_MOST_NAMED = 3
_FEWEST_OF_A_FILE = 2
"""Places that shrink together, while none brings more, as when an older file comes back."""
_ONE = 0.5
"""What differs by more, differs by a voter."""
_TELLABLE = 0.0005
"""Half of a tenth of a point: what is smaller would be told as 0.0."""


def first_words(update: Update) -> tuple[Said, ...]:
    """Return what is said of the first update of a night."""
    whole = update.whole
    text = _STARTED if whole.counted_share > 0 else _BEFORE
    return (said(text, median=whole.median, lower=whole.lower[1], upper=whole.upper[1]),)


def changes_between(before: Update, after: Update) -> tuple[Said, ...]:
    """Return in words what changed between two updates of a night.

    The change of the whole's mean is the sum over all places of their share of the voters times
    the change of their own mean: what came in counts for itself, what is out for what it has now
    been taught to be expected. So the parts add up to the change exactly.

    Parameters
    ----------
    before, after
        The updates.

    Returns
    -------
    tuple of Said
        A sentence each: what came in, the places that moved the whole the most, and the sum.
    """
    moves = _moves(before, after)
    lines: list[Said] = []
    if before.basis != after.basis:
        lines.append(said(_OTHER_BASIS))
    # Corrections that `_named` tells one by one need no list before them.
    unnamed = moves.corrected.drop(_told_by_name(moves))
    lists = ((_CAME_IN, moves.came, True), (_CORRECTED, moves.corrected, unnamed.any()))
    for text, mask, told in lists:
        if told and mask.any():
            lines.append(said(text, n=int(mask.sum()), names=list(moves.table["name"][mask])))
    lines += _fewer(moves)
    lines += _named(moves)
    lines += _rest(moves)
    shift = after.whole.mean - before.whole.mean
    median, old = after.whole.median, before.whole.median
    is_same = abs(shift) < _TELLABLE and round(median, 3) == round(old, 3)
    low, high = after.whole.lower[1], after.whole.upper[1]
    settled = half_up(100 * low, 1) == half_up(100 * high, 1)
    text = (_SETTLED if settled else _SAME) if is_same else (_NOW if settled else _IN_ALL)
    values = {"shift": shift, "old": old, "median": median, "lower": low, "upper": high}
    lines.append(_signed(text, **values))
    return tuple(lines)


@dataclass(frozen=True)
class _Moves:
    """Every place with what it has done to the whole.

    `table` has name, effect (on the whole's mean, share), surprise (turnout of what came in less
    what was expected of it, share), stations and stations_old (that are in; NaN where not told),
    and counted_registered and counted_voters, with those before as `_old`; the masks are over its
    rows. What was in already is corrected, however its figures changed.
    """

    table: pd.DataFrame
    grew: pd.Series
    came: pd.Series
    corrected: pd.Series
    shrunk: pd.Series
    shift: float


def _moves(before: Update, after: Update) -> _Moves:
    old, new = _units(before, after), _units(after, before)
    both = new.merge(old, on="key", suffixes=("", "_old"), how="left")
    weight = both["registered"] / after.whole.registered
    effect = (weight * (both["mean"] - both["mean_old"])).fillna(0.0)
    more = both["counted_registered"] - both["counted_registered_old"].fillna(0.0)
    more_voters = both["counted_voters"] - both["counted_voters_old"].fillna(0.0)
    as_many = both["stations_counted"] == both["stations_counted_old"]
    was_in = both["complete_old"].isin([True]) | (as_many & (both["stations_counted"] > 0))
    grew = more > _ONE
    came = grew & ~was_in
    corrected = ~came & ((more.abs() > _ONE) | (more_voters.abs() > _ONE))
    open_before = both["registered"] - both["counted_registered_old"].fillna(0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        due = both["mean_old"] * both["registered"] - both["counted_voters_old"].fillna(0.0)
        surprise = more_voters / more - (due / open_before).clip(0.0, 1.0)
    figures = {"effect": effect, "surprise": surprise}
    stations = {"stations": both["stations_counted"], "stations_old": both["stations_counted_old"]}
    counted = both[
        [f"counted_{of}{end}" for of in ("registered", "voters") for end in ("", "_old")]
    ]
    names = told_apart(both["name"], both["parent"])
    alike = both["name"].isin(both["parent"]) & both["parent"].notna() & names.eq(both["name"])
    names = names.where(~alike, both["name"] + " (" + both["parent"].astype("object") + ")")
    table = pd.DataFrame({"name": names, **figures, **stations, **counted})
    shrunk = ((more < -_ONE) & ~as_many) | (table["stations"] < table["stations_old"])
    return _Moves(table, grew, came, corrected, shrunk, after.whole.mean - before.whole.mean)


def _units(update: Update, other: Update) -> pd.DataFrame:
    """Return the finest places, but districts where either update has only their own row."""
    districts = update.districts
    own: set[str] = set()
    for one in (update, other):
        if "own_row" in one.districts:
            own |= set(one.districts["name"][one.districts["own_row"].astype(bool)])
    # Updates of older histories do not tell all of them.
    columns = [*_OF_UNITS, "parent", "complete", "stations_counted"]
    if not own:
        return update.places.reindex(columns=columns)
    fine = update.places[~update.places["parent"].isin(own)]
    coarse = districts[districts["name"].isin(own)]
    return pd.concat([fine, coarse], ignore_index=True).reindex(columns=columns)


_OF_UNITS = ("key", "name", "registered", "mean", "counted_registered", "counted_voters")


def _fewer(moves: _Moves) -> list[Said]:
    """Say which places have less in than before: no count shrinks by itself."""
    rows = moves.table[moves.shrunk]
    if rows.empty:
        return []
    told = zip(rows["name"], rows["stations_old"], rows["stations"], strict=True)
    names = [f"{name} ({old:.0f} → {new:.0f})" if new < old else name for name, old, new in told]
    lines = [said(_FEWER, n=len(names), names=names)]
    is_older = len(rows) >= _FEWEST_OF_A_FILE and not (moves.grew & ~moves.shrunk).any()
    return [*lines, said(_OLDER)] if is_older else lines


def _told_by_name(moves: _Moves) -> pd.Index:
    """Return the places that moved the whole the most, as far as it can be told."""
    effects = moves.table["effect"][moves.came | moves.corrected].abs()
    order = effects.sort_values(ascending=False, kind="stable")
    return order[order >= _TELLABLE].index[:_MOST_NAMED]


def _named(moves: _Moves) -> list[Said]:
    """Say what the places did that moved the whole the most."""
    lines = []
    for index in _told_by_name(moves):
        row = moves.table.loc[index]
        values: dict[str, object] = {"name": row["name"], "effect": float(row["effect"])}
        surprise = float(row["surprise"])
        if not moves.came[index] or not np.isfinite(surprise):
            lines.append(_correction(row, values))
        elif abs(surprise) < _TELLABLE:
            lines.append(_signed(_AS_EXPECTED, **values))
        else:
            text = _ABOVE if surprise > 0 else _BELOW
            lines.append(_signed(text, **values, gap=abs(surprise)))
    return lines


def _correction(row: pd.Series, values: Mapping[str, object]) -> Said:
    """Say what a place was corrected from and to, where it had and has figures."""
    old, new = float(row["counted_registered_old"]), float(row["counted_registered"])
    if not (old > 0 and new > 0):
        return _signed(_WAS_CORRECTED, **values)
    turnout = {"old": row["counted_voters_old"] / old, "new": row["counted_voters"] / new}
    if abs(new - old) <= _ONE:
        return _signed(_CORRECTED_TO, **values, **turnout)
    registered = {"registered_old": old, "registered": new}
    return _signed(_CORRECTED_WITH_ROLL, **values, **turnout, **registered)


def _rest(moves: _Moves) -> list[Said]:
    """Say what the others that came in did, and what is now expected of those still out."""
    touched = moves.came | moves.corrected
    table = moves.table
    named = _told_by_name(moves)
    others = table.index[touched].difference(named)
    lines = []
    effect = float(table.loc[others, "effect"].sum())
    if abs(effect) >= _TELLABLE:
        text = _OTHERS if len(named) else _ALL_TOGETHER
        lines.append(_signed(text, n=len(others), effect=effect))
    out = float(table["effect"][~touched].sum())
    if abs(out) >= _TELLABLE:
        lines.append(_signed(_STILL_OUT, effect=out))
    remainder = moves.shift - float(table["effect"].sum())
    if abs(remainder) >= _TELLABLE:
        lines.append(_signed(_ROLLS, effect=remainder))
    return lines


def _signed(text: Text, **values: object) -> Said:
    """Return a text in every language, with `effect` and `shift` as points with their signs."""

    def spoken(lang: Language) -> str:
        signed: dict[str, object] = {}
        for name in ("effect", "shift"):
            if name in values:
                signed[name] = _with_sign(values[name], lang)
        return text.say(lang, **{**values, **signed})

    return {"en": spoken("en"), "id": spoken("id")}


def _with_sign(difference: Any, lang: Language) -> str:
    told = points(difference, lang)
    return (
        told
        if told.startswith("-") or not any(sign in told for sign in "123456789")
        else (f"+{told}")
    )


_BEFORE = Text(
    en="Before the count: median {median:percent}, 90% interval {lower:percent} to "
    "{upper:percent}.",
    id="Sebelum penghitungan: median {median:percent}, rentang 90% {lower:percent} s.d. "
    "{upper:percent}.",
)
_STARTED = Text(
    en="The watch began with the count under way: median {median:percent}, 90% interval "
    "{lower:percent} to {upper:percent}.",
    id="Pemantauan dimulai saat penghitungan sudah berjalan: median {median:percent}, rentang 90% "
    "{lower:percent} s.d. {upper:percent}.",
)
_OTHER_BASIS = Text(
    en="The past results or the settings are not those of the update before.",
    id="Hasil pemilihan yang lalu atau pengaturannya berbeda dari pembaruan sebelumnya.",
)
_CAME_IN = Text(
    en="{n:count:place:places} brought new results: {names:list}.",
    id="Hasil baru masuk dari {n:count} wilayah: {names:list}.",
)
_CORRECTED = Text(
    en="{n:count:place was:places were} corrected: {names:list}.",
    id="{n:count} wilayah dikoreksi: {names:list}.",
)
_FEWER = Text(
    en="{n:count:place has:places have} fewer stations in than before: {names:list}. A station was "
    "taken back, or its row was lost from the file.",
    id="{n:count} wilayah kini memuat lebih sedikit TPS daripada sebelumnya: {names:list}. Ada TPS "
    "yang ditarik kembali, atau barisnya hilang dari berkas.",
)
_OLDER = Text(
    en="Nothing that changed became more: an older count may have been copied over a newer one. If "
    "so, give the newer one again.",
    id="Tidak ada yang bertambah: mungkin berkas lama tersalin menimpa berkas yang lebih baru. "
    "Bila ya, berikan lagi berkas yang terbaru.",
)
_ABOVE = Text(
    en="{name} came in {gap:points} points above expectation: {effect} points.",
    id="{name} masuk {gap:points} poin di atas prakiraan: angka keseluruhan {effect} poin.",
)
_BELOW = Text(
    en="{name} came in {gap:points} points below expectation: {effect} points.",
    id="{name} masuk {gap:points} poin di bawah prakiraan: angka keseluruhan {effect} poin.",
)
_AS_EXPECTED = Text(
    en="{name} came in as expected: {effect} points.",
    id="{name} masuk sesuai prakiraan: angka keseluruhan {effect} poin.",
)
_WAS_CORRECTED = Text(
    en="{name} was corrected: {effect} points.",
    id="{name} dikoreksi: angka keseluruhan {effect} poin.",
)
_CORRECTED_TO = Text(
    en="{name} was corrected from {old:percent} to {new:percent}: {effect} points.",
    id="{name} dikoreksi dari {old:percent} menjadi {new:percent}: angka keseluruhan {effect} "
    "poin.",
)
_CORRECTED_WITH_ROLL = Text(
    en="{name} was corrected from {old:percent} of {registered_old:count} registered voters to "
    "{new:percent} of {registered:count}: {effect} points.",
    id="{name} dikoreksi dari {old:percent} (dari {registered_old:count} pemilih terdaftar) "
    "menjadi {new:percent} (dari {registered:count}): angka keseluruhan {effect} poin.",
)
_OTHERS = Text(
    en="{n:count:other place:other places} that came in or were corrected: {effect} points.",
    id="{n:count} wilayah lain yang masuk atau dikoreksi: angka keseluruhan {effect} poin.",
)
_ALL_TOGETHER = Text(
    en="These {n:count} places, of which none moved the whole by a tenth of a point: {effect} "
    "points together.",
    id="Dari {n:count} wilayah itu tidak satu pun menggeser angka keseluruhan sebesar 0,1 poin; "
    "bersama-sama {effect} poin.",
)
_STILL_OUT = Text(
    en="What this says of the places still out: {effect} points.",
    id="Akibatnya bagi prakiraan wilayah yang belum masuk: angka keseluruhan {effect} poin.",
)
_ROLLS = Text(
    en="Registered voters that the count corrects: {effect} points.",
    id="Jumlah pemilih terdaftar yang dikoreksi hasil hitung: angka keseluruhan {effect} poin.",
)
_IN_ALL = Text(
    en="In all {shift} points of the mean, but for rounding. Median {old:percent}, now "
    "{median:percent}; 90% interval {lower:percent} to {upper:percent}.",
    id="Perubahan rata-rata seluruhnya {shift} poin (jumlahnya dapat berbeda sedikit karena "
    "pembulatan). Median {old:percent}, kini {median:percent}; rentang 90% {lower:percent} s.d. "
    "{upper:percent}.",
)
_NOW = Text(
    en="In all {shift} points of the mean, but for rounding: from {old:percent} to "
    "{median:percent}.",
    id="Perubahan rata-rata seluruhnya {shift} poin (jumlahnya dapat berbeda sedikit karena "
    "pembulatan): dari {old:percent} menjadi {median:percent}.",
)
_SETTLED = Text(
    en="The whole stays where it was: {median:percent}.",
    id="Angka keseluruhan tetap: {median:percent}.",
)
_SAME = Text(
    en="The whole stays where it was: median {median:percent}, 90% interval {lower:percent} to "
    "{upper:percent}.",
    id="Angka keseluruhan tetap: median {median:percent}, rentang 90% {lower:percent} s.d. "
    "{upper:percent}.",
)
