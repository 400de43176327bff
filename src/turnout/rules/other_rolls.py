"""Registered that are of other lists: in a whole election, or in the places of one district.

A place has a few more or fewer registered from one roll to the next, each place its own. Where
nearly all of an election's places have more than before and as many fewer afterwards, or all of a
district's are off alike, the figures are of another list: DPT with DPTb and DPK, or DPS.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.arrays import Floats, Ints
from turnout.errors import Finding, Spot
from turnout.language import Language, Text
from turnout.rules.draft import Draft
from turnout.rules.measures import finest_places, is_partial
from turnout.rules.rule import Rule

_MANY, _FEW = 10, 4
"""Places of an election, and of a district, that tell it."""
_ALL_BUT_FEW, _NEARLY_ALL = 0.95, 0.9
"""Share of the places of an election, and of a district, that are off to one side."""
_LEAST, _LEAST_OF_DISTRICT, _MOST = 0.02, 0.05, np.log(2)
"""Logarithms of the times that the registered of an election, and of a district, are off."""
_FAR, _NARROW = 3.0, 2.0
"""Standard deviations that a district's places are off beside the others of the election, and
that they are apart at most."""
_SD, _QUARTILES, _LEAST_SD = 1.4826, 1.349, 0.01
"""A standard deviation is so many times the median distance, the quartiles are so many of them
apart, and of a roll it is at least a hundredth."""
_FEW_DISTRICTS = 3
"""Districts of an election from which on the others tell what is usual."""
_LOOKED_AT = ["contest", "date", "key", "place", "registered", "voters"]

_MAY_BE = Text(
    en=" They may be of another roll (a draft, or in Indonesia DPT with DPTb and DPK): of "
    "{usual:count} in place of {registered:count} registered, turnout would be {rest:percent}, "
    "not {turnout:percent}.",
    id=" Mungkin berasal dari daftar lain (gabungan DPT, DPTb, dan DPK, atau DPS): bila dibagi "
    "{usual:count}, bukan {registered:count}, partisipasinya {rest:percent}, bukan "
    "{turnout:percent}.",
)
_LOOK = Text(
    en="Look in the source document which list the registered are of, and put in the same list as "
    "elsewhere; if they are right, leave them.",
    id="Periksa di dokumen sumbernya daftar mana yang dipakai, lalu isi dengan daftar yang sama "
    "seperti yang lain; bila memang benar, biarkan.",
)

OTHER_LISTS = Rule(
    "other_lists",
    "warning",
    Text(
        en="in {n:count} of {all:count} places the registered of {contest:contest} are "
        "{change:change} beside both the poll before and what came after: too regular to be "
        "people.{effect}",
        id="di {n:count} dari {all:count} wilayah, pemilih terdaftar {contest:contest} "
        "{change:change} dibanding sebelum dan sesudahnya: terlalu seragam untuk perpindahan "
        "penduduk.{effect}",
    ),
    _LOOK,
)

DISTRICT_OF_OTHER_LISTS = Rule(
    "district_of_other_lists",
    "warning",
    Text(
        en="the registered of {contest:contest} in {n:count} of {all:count} places of {district} "
        "changed alike: {change:change} {back}, elsewhere {others:change}.{effect}",
        id="pemilih terdaftar {contest:contest} di {n:count} dari {all:count} wilayah {district} "
        "berubah seragam: {change:change} {back}, di tempat lain {others:change}.{effect}",
    ),
    _LOOK,
)

ROLL_OF_OTHER_LISTS = Rule(
    DISTRICT_OF_OTHER_LISTS.name,
    "warning",
    Text(
        en="on the roll the registered in {n:count} of {all:count} places of {district} changed "
        "alike: {change:change} {back}, elsewhere {others:change}. They may be of other lists (DPT "
        "with DPTb and DPK, or DPS): about {usual:count} would fit, not {registered:count}.",
        id="pemilih terdaftar pada daftar pemilih di {n:count} dari {all:count} wilayah {district} "
        "berubah seragam: {change:change} {back}, di tempat lain {others:change}. Mungkin berasal "
        "dari daftar lain (gabungan DPT, DPTb, dan DPK, atau DPS): yang sesuai sekitar "
        "{usual:count}, bukan {registered:count}.",
    ),
    _LOOK,
)
_SINCE = Text(en="since {near:contest}", id="sejak {near:contest}")
_BESIDE = Text(en="beside {near:contest}", id="dibanding {near:contest}")
_AND_BACK = Text(
    en="since {near:contest} and back afterwards", id="sejak {near:contest} lalu kembali lagi"
)


@dataclass(frozen=True)
class Part:
    """A part of what is said, with figures of its own.

    Parameters
    ----------
    words
        What is said.
    values
        Its figures.
    """

    words: Text
    values: Mapping[str, object]

    def say(self, lang: Language = "en") -> str:
        """Return it in one language."""
        return self.words.say(lang, **self.values)


def check_other_rolls(draft: Draft, rows: pd.DataFrame) -> tuple[list[Finding], pd.Index]:
    """Find elections, or districts of one, whose registered are of other lists.

    Parameters
    ----------
    draft
        The rows that findings point at.
    rows
        Those rows, described, perhaps with those of other tables, labelled below 0.

    Returns
    -------
    list of Finding, Index
        One per such election or district, and its rows, whose size is doubted for that alone.
    """
    places = _of_days(draft, rows)
    findings: list[Finding] = []
    told: list[pd.DataFrame] = []
    election = _election(places)
    if election is not None:
        told.append(election)
        places = _with_steps(places.drop(election.index))
    told += _districts(places)
    for found in told:
        rule = OTHER_LISTS if found is election else DISTRICT_OF_OTHER_LISTS
        findings += _tell(draft, rule, found)
    labels = [label for found in told for label in found.index]
    return findings, pd.Index(labels, dtype=rows.index.dtype)


def _tell(draft: Draft, rule: Rule, found: pd.DataFrame) -> list[Finding]:
    """Return what is said of rows, at the first of them, or of the rows that show it."""
    own, after = found.index[found.index >= 0], found["after"].dropna()
    voters, registered = found["voters"].sum(), found["registered"].sum()
    usual = registered * np.exp(-found["off"].median())
    values = {
        **{name: found[name].iloc[0] for name in ("contest", "district", "all", "back")},
        "n": len(found),
        "change": np.expm1(found["step"].median()),
        "others": np.expm1(found["others"].iloc[0]),
        "registered": registered,
        "usual": round(usual),
    }
    sums = {"turnout": voters / registered, "rest": voters / usual}
    values["effect"] = Part(_MAY_BE, {**values, **sums})
    if len(own):
        on_roll = rule is DISTRICT_OF_OTHER_LISTS and found["voters"].isna().all()
        table = pd.DataFrame({name: [value] for name, value in values.items()}, own[:1])
        return (ROLL_OF_OTHER_LISTS if on_roll else rule).at(draft, own[:1], "registered", table)
    if rule is not OTHER_LISTS or not (after >= 0).any():
        return []  # the past by itself shows it, and it is told where the past is read
    spot = Spot(str(draft.origin["file"].iloc[0]))
    return [rule.once(spot, values)]


def _of_days(draft: Draft, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the finest places by place and day, with their steps; a day has one roll."""
    usable = (rows["registered"] > 0) & np.isfinite(rows["registered"]) & rows["date"].notna()
    usable &= ~is_partial(rows) & ~draft.size_doubted().reindex(rows.index, fill_value=False)
    places = finest_places(rows[usable], _LOOKED_AT)
    places = places.rename(columns={"around": "district"}).sort_values(
        ["key", "date"], kind="stable"
    )
    return _with_steps(places[~places.duplicated(["key", "date"])])


def _with_steps(places: pd.DataFrame) -> pd.DataFrame:
    """Return places with the logarithms by which they rose since the day before (``rose``).

    And by which they ``fell`` until the next day, whose row is ``after``; ``lies`` tells where
    between both their own day is.
    """
    log = pd.Series(np.log(places["registered"].to_numpy(float)), places.index)
    first = places["key"] != places["key"].shift()
    last = first.shift(-1, fill_value=True)
    since, until = places["date"].diff(), -places["date"].diff(-1)
    label = pd.Series(places.index, places.index)
    return places.assign(
        rose=log.diff().where(~first),
        fell=-log.diff().shift(-1).where(~last),
        lies=since / (since + until),
        after=label.shift(-1).where(~last),
        before=places["contest"].shift().where(~first),
        later=places["contest"].shift(-1).where(~last),
    )


def _election(places: pd.DataFrame) -> pd.DataFrame | None:
    """Return the one election whose places are above both its neighbours, or below.

    Where another is so without it, polls of different kinds have different lists.
    """
    found = _standing_out(places)
    if not found:
        return None
    most = max(found, key=lambda one: abs(one["off"].median()))
    rest = places[places["contest"] != most["contest"].iloc[0]]
    return None if _standing_out(_with_steps(rest)) else most


def _standing_out(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the places of each election nearly all of which are above both neighbours, or below.

    With how far they are from what lies between both (``off``).
    """
    between = rows[rows["rose"].notna() & rows["fell"].notna()]
    rose, fell, lies = (between[name] for name in ("rose", "fell", "lies"))
    off = rose * (1 - lies) + fell * lies
    side = np.sign(rose).where(np.sign(rose) == np.sign(fell), 0.0)
    least = side * np.minimum(rose.abs(), fell.abs())
    told = between.assign(off=off, step=off, side=side, least=least, others=0.0, back="")
    found = []
    for _, places in told.groupby("contest", sort=False):
        middle = float(places["least"].median())
        alike = places["side"] == np.sign(middle)
        if len(places) >= _MANY and alike.mean() >= _ALL_BUT_FEW and abs(middle) >= _LEAST:
            found.append(places[alike].assign(all=len(places)))
    return found


def _districts(places: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the places of districts that are off alike, beside the others of the election.

    Those that go back come first: beside these the next election is off for that alone.
    """
    inside = _beside_others(places[places["district"].notna()])
    sides = inside.groupby(_BY, sort=False)["side"].transform("mean")
    inside = inside[sides.abs() >= _NEARLY_ALL]
    by = inside.groupby(_BY, sort=False)
    n, middle = (by["off"].transform(name) for name in ("size", "median"))
    inside = inside.assign(all=n, apart=(inside["off"] - middle).abs())
    spread = _SD * inside.groupby(_BY, sort=False)["apart"].transform("median")
    odd = (inside["side"] == np.sign(middle)) & (n >= _FEW)
    odd &= middle.abs().between(_LEAST_OF_DISTRICT, _MOST) & (spread <= _NARROW * inside["sd"])
    told: list[pd.DataFrame] = []
    known: set[tuple[int, str]] = set()
    for _, found in inside[odd].sort_values("at", kind="stable").groupby(_BY, sort=False):
        first = found.iloc[0]
        if not {(first["within"], first[name]) for name in ("before", "later")} & known:
            known.add((first["within"], first["contest"]))
            near = first["later" if first["at"] == _AT_FIRST else "before"]
            back = pd.Series(Part(_BACK[first["at"]], {"near": near}), found.index, dtype=object)
            told.append(found.assign(back=back))
    return told


def _beside_others(inside: pd.DataFrame) -> pd.DataFrame:
    """Return places with how far they are off beside the others of their election.

    Above both its neighbours or below, a place is off to one ``side``, beside those of other
    districts: a third of all places would hide itself among all. Of the first and the last election
    there is one neighbour, and a district that few stand beside may have grown.
    """
    first, last = inside["rose"].isna(), inside["fell"].isna()
    steps: dict[str, pd.Series] = {}
    sds: dict[str, pd.Series] = {}
    for name in ("rose", "fell"):
        of_all, of_others = _of_all(inside, name), _of_others(inside[~first & ~last], name)
        beside = of_all.where(first | last, of_others.reindex(inside.index))
        steps[name], sds[name] = beside["step"], beside["sd"]
    away, sd = inside[["rose", "fell"]] - pd.DataFrame(steps), pd.DataFrame(sds)
    sides = (away / away.abs()).where(away.abs() > _FAR * sd, 0.0).where(away.notna())
    same = sides.min(axis=1) == sides.max(axis=1)
    return inside.assign(
        off=away.mean(axis=1),
        sd=sd.max(axis=1),
        side=sides.max(axis=1).where(same, 0.0),
        at=np.select([first, last], [_AT_FIRST, _AT_LAST], _BETWEEN),
        step=inside["rose"].where(~first, inside["fell"]),
        others=steps["rose"].where(~first, steps["fell"]),
    )[away.notna().any(axis=1)]


def _of_all(inside: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return how the places of each one's election changed: median (``step``), spread (``sd``)."""
    contest = pd.factorize(inside["contest"])[0]
    step = inside[name].groupby(contest).transform("median")
    away = (inside[name] - step).abs().groupby(contest).transform("median")
    return pd.DataFrame({"step": step, "sd": (_SD * away).clip(lower=_LEAST_SD)})


def _of_others(places: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the same of the places of the other districts of each place's election.

    Nothing where these are no more than the district's own, or one district alone. In the sorted
    steps of an election the j-th of the others comes after j others, and after those of the
    district that have no more than j others before them.
    """
    contest = pd.factorize(places["contest"])[0]
    order = np.lexsort((places[name], contest))
    places, contest = places.iloc[order], contest[order]
    step, start = places[name].to_numpy(float), np.searchsorted(contest, contest)
    district = places["within"].groupby([contest, places["within"]], sort=False)
    number, own_before = district.ngroup().to_numpy(), district.cumcount().to_numpy()
    others_before = np.arange(len(step)) - start - own_before
    own = np.bincount(number)[number]
    others = np.bincount(contest)[contest] - own
    last = np.maximum(others - 1, 0)

    def at(j: Ints) -> Floats:
        before = np.bincount(number, others_before <= j)[number].astype(int)
        return step[np.minimum(start + j + before, len(step) - 1)]

    def quantile(share: float) -> Floats:
        low = np.floor(share * last).astype(int)
        below, above = at(low), at(np.minimum(low + 1, last))
        return below + (above - below) * (share * last - low)

    sd = np.maximum((quantile(0.75) - quantile(0.25)) / _QUARTILES, _LEAST_SD)
    districts = np.bincount(contest, own_before == 0)[contest]
    told = (others > own) & (districts >= _FEW_DISTRICTS)
    return pd.DataFrame({"step": quantile(0.5), "sd": sd}, places.index)[told]


_BY = ["contest", "within"]
_BETWEEN, _AT_LAST, _AT_FIRST = range(3)
_BACK = (_AND_BACK, _SINCE, _BESIDE)
