"""What is counted of the coming election, held against the roll and against itself.

A count is complete where all stations are in, or, without word of stations, where it holds nearly
all of the roll. What contradicts the roll or itself is refused with both readings: a wrong reading
would halve the turnout of an area without a word.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.areas.contradictions import (
    SEVERAL_PLACES,
    WHOLE_ROLL,
    check_totals,
    refuse_few_of_all,
    refuse_other_rolls,
    totals_below,
)
from turnout.areas.copies import without_others_figures
from turnout.areas.doubts import Doubts
from turnout.areas.over_full import at_most_all, onto_places
from turnout.areas.stations_told import COMPLETE, with_all_stations, with_open_stations
from turnout.areas.sums import place_sums
from turnout.arrays import Bools, Floats, Ints
from turnout.errors import DataError, Finding, Spot
from turnout.identity.names import bare_name
from turnout.rules.measures import place_names
from turnout.rules.unknown_places import nearest_names, unknown_place
from turnout.schema import LISTED, OF_ALL_STATIONS, OF_STATIONS

# How far a count may lie above the roll before it is told: of an official one, of an estimate.
_ABOVE, _ABOVE_ESTIMATE = 1.02, 1.25

# A place is no larger than so many times an estimate of it.
_OUTGROWN = 3.0


@dataclass(frozen=True)
class Count:
    """How much of each place is counted.

    Parameters
    ----------
    share
        (nodes,) share of each place's stations that are in; of its voters where stations are not
        told.
    complete
        (nodes,) whether a place's own row is all of it.
    stations
        (nodes, 2) stations that are in and all of them; NaN where not told.
    above_roll
        Names of places with more voters registered than the roll has.
    untold
        Names of places that are taken for partly counted although no stations are told.
    voters
        (nodes,) voters (count) of each place's own row as they were counted; NaN where it has none.
    over_full
        Names of places with more voters than registered; a model takes these as 100%.
    beyond
        (nodes,) voters (count) of the places to forecast that are more than registered; those of
        a total are shared by the places below it.
    doubts
        What speaks against places that are read as complete.
    doubtful
        (nodes,) of which places nothing can be called until that is settled.
    in_doubt
        (nodes,) share of the registered by which the doubts may change a place's turnout.
    """

    share: Floats
    complete: Bools
    stations: Floats
    above_roll: tuple[str, ...]
    untold: tuple[str, ...]
    voters: Floats
    over_full: tuple[str, ...]
    beyond: Floats
    doubts: Doubts
    doubtful: Bools
    in_doubt: Floats


def hold_against_roll(
    nodes: pd.DataFrame,
    cells: pd.DataFrame,
    targets: Ints,
    contests: pd.DataFrame,
    contest: int,
    stations: Floats,
) -> tuple[pd.DataFrame, pd.DataFrame, Count]:
    """Take from a count how large the places are, if it contradicts neither the roll nor itself.

    Parameters
    ----------
    nodes
        Places with registered (the roll's) and estimated.
    cells
        Observations, with the count's among them.
    targets
        Places to forecast.
    contests, contest
        Contests, and the row of the coming election among them.
    stations
        (nodes,) stations of each place by the roll; NaN where it does not tell.

    Returns
    -------
    nodes
        With the registered of what is counted: the count's where it is complete, else the
        roll's; the places below a complete total add up to it.
    cells
        With stations where a partial count does not tell them, and at most all registered for
        voters.
    count
        How much is counted.

    Raises
    ------
    DataError
        If places of the count are unknown, a partly counted place has the whole roll for its
        registered, or a complete total contradicts its parts.
    """
    parent = nodes["parent"].to_numpy(np.intp)
    estimated = nodes["estimated"].to_numpy(bool)
    of_count = (cells["contest"] == contest).to_numpy()
    _refuse_unknown(nodes, parent, targets, cells[of_count])
    figures = _read(nodes, cells[of_count], targets, stations)
    figures = without_others_figures(parent, figures)
    gone = of_count & figures["others_figures"].to_numpy()[cells["node"]]
    cells, of_count = cells[~gone].reset_index(drop=True), of_count[~gone]
    roll, share, complete = (figures[name].to_numpy() for name in ("roll", "share", "complete"))
    known, inner = figures["registered"].notna().to_numpy(), np.isin(nodes.index, parent)
    as_counted = figures["voters"].to_numpy()
    over_full = as_counted > figures["registered"].to_numpy()
    voters, beyond = at_most_all(parent, figures, complete)
    figures = figures.assign(voters=voters)
    cells = _as_held(cells, of_count, figures)
    size, scaled = _fitted_to_totals(parent, targets, figures, complete)
    settled = nodes.assign(
        registered=np.where(inner & ~complete, nodes["registered"], size),
        estimated=estimated & (~complete | scaled),
    )
    part = known & ~figures["told"].to_numpy() & (share < 1)
    cells = with_open_stations(cells, of_count, part, share, size)
    names = place_names(nodes)
    groups = contests["type_group"].to_numpy()
    past = cells[~of_count].assign(kin=(groups == groups[contest])[cells["contest"][~of_count]])
    told = figures.assign(size=size, as_counted=as_counted)
    doubts, doubtful, in_doubt = Doubts.of(names, parent, told, past)
    count = Count(
        *_shares_upward(parent, targets, figures, np.where(known, share, 0.0), size, complete),
        above_roll=tuple(names[_above(figures, roll, estimated | inner)]),
        untold=tuple(names[part]),
        voters=as_counted,
        over_full=tuple(names[over_full]),
        beyond=onto_places(parent, targets, beyond, size),
        doubts=doubts,
        doubtful=doubtful,
        in_doubt=in_doubt,
    )
    return settled, cells, count


def _read(
    nodes: pd.DataFrame, count: pd.DataFrame, targets: Ints, stations: Floats
) -> pd.DataFrame:
    """Return the figures of a count as they are read, if they contradict neither roll nor count.

    Beside them stand the roll and whether it is estimated, in part at least; the share that is
    in, and whether stations tell it (told) and it is all (complete); and how many are registered
    in the whole place.
    """
    parent = nodes["parent"].to_numpy(np.intp)
    roll = nodes["registered"].to_numpy(float, copy=True)
    inner = np.isin(nodes.index, parent)
    roll = np.where(inner, place_sums(parent, targets, np.nan_to_num(roll)), roll)
    figures = with_all_stations(_figures(nodes, count), roll, stations)
    known = figures["registered"].notna().to_numpy()
    share, told = _shares(figures, roll)
    estimated = nodes["estimated"].to_numpy(bool)
    _refuse_whole_rolls(nodes, figures, roll, share, told & known)
    refuse_few_of_all(nodes, figures, roll, share)
    complete = known & (share >= 1)
    check_totals(nodes, figures, complete, targets)
    whole = _whole(figures, roll, share, complete)
    refuse_other_rolls(
        nodes,
        np.where(inner, figures["registered"], whole),
        roll,
        np.where(inner, complete, known & ~estimated),
        ~known,
    )
    return figures.assign(
        roll=roll,
        estimated=place_sums(parent, targets, estimated.astype(float)) > 0,
        share=share,
        told=told,
        complete=complete,
        whole=np.where(inner, roll, whole),
    )


def _figures(nodes: pd.DataFrame, count: pd.DataFrame) -> pd.DataFrame:
    """Return the count's figures per place; NaN where a place has none."""
    columns = [
        "registered",
        "voters",
        "stations_counted",
        "stations_total",
        LISTED,
        *OF_STATIONS,
        OF_ALL_STATIONS,
    ]
    count = count.reindex(columns=["node", *columns])
    return count.set_index("node")[columns].reindex(nodes.index).astype(float)


def _above(figures: pd.DataFrame, roll: Floats, estimated: Bools) -> Bools:
    """Return where more are registered than the roll has, or than an estimate allows for."""
    limit = roll * np.where(estimated, _ABOVE_ESTIMATE, _ABOVE)
    return np.asarray((roll > 0) & (figures["registered"].to_numpy() > limit))


def _refuse_unknown(nodes: pd.DataFrame, parent: Ints, targets: Ints, count: pd.DataFrame) -> None:
    """Refuse places that are neither to be forecast nor above such places."""
    known = place_sums(parent, targets, np.ones(len(parent))) > 0
    strange = np.setdiff1d(count["node"], np.flatnonzero(known))
    if not len(strange):
        return
    names = place_names(nodes)
    own = [bare_name(str(row.get(row["scale"], ""))) for _, row in nodes.iterrows()]
    others: dict[str, list[str]] = {}
    for node in np.flatnonzero(known):
        others.setdefault(own[node], []).append(names.iloc[node])
    findings = []
    for node in strange:
        bearers = others.get(own[node], [])
        if len(bearers) > 1:
            told = {"place": names.iloc[node], "n": len(bearers), "several": ", ".join(bearers)}
            findings.append(Finding("unknown_place", "error", *SEVERAL_PLACES, values=told))
            continue
        near = [others[one][0] for one in nearest_names(own[node], others)]
        rule = unknown_place(near)
        values = {"place": names.iloc[node], "near": near}
        findings.append(rule.once(Spot(), values))
    raise DataError.of(findings)


def _shares(figures: pd.DataFrame, roll: Floats) -> tuple[Floats, Bools]:
    """Return the share of each place that is counted, and whether stations tell it."""
    stations = figures["stations_total"].to_numpy()
    told = (stations > 0) & figures["stations_counted"].notna().to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        by_stations = figures["stations_counted"].to_numpy() / stations
        of_roll = figures["registered"].to_numpy() / roll
    # Where nobody knows how many are registered, a count without stations is all there is.
    by_roll = np.where((of_roll < COMPLETE) & (roll > 0), of_roll, 1.0)
    return np.where(told, by_stations, by_roll), told


def _refuse_whole_rolls(
    nodes: pd.DataFrame, figures: pd.DataFrame, roll: Floats, share: Floats, told: Bools
) -> None:
    """Refuse partly counted places whose registered are those of all their stations.

    The counted stations of a place hold about as much of its roll as they are of its stations. A
    row nearer to the whole roll contradicts itself. Where the roll is an estimate it may be what
    is wrong; then the row is refused if its turnout lies nearer to that of stations of which
    only some are counted than to the turnout of the other rows, or if the whole place would be far
    larger than the estimate.
    """
    registered, voters = figures["registered"].to_numpy(), figures["voters"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        of_roll, turnout = registered / roll, voters / registered
    whole = told & (share < 1) & (of_roll >= COMPLETE) & (of_roll > (1 + share) / 2)
    fair = (registered > 0) & ~whole
    if fair.any():
        usual = float(np.median(turnout[fair]))
        excused = nodes["estimated"].to_numpy(bool) & (turnout > usual * (1 + share) / 2)
        excused &= of_roll <= _OUTGROWN * share
        whole &= ~excused
    if not whole.any():
        return
    names = place_names(nodes)
    findings = []
    for node in np.flatnonzero(whole):
        values = {
            "place": names.iloc[node],
            "registered": registered[node],
            "roll": roll[node],
            "counted": figures["stations_counted"].iloc[node],
            "total": figures["stations_total"].iloc[node],
            "as_counted": turnout[node],
            "as_whole": turnout[node] / share[node],
        }
        findings.append(Finding("whole_roll", "error", *WHOLE_ROLL, values=values))
    raise DataError.of(findings)


def _whole(figures: pd.DataFrame, roll: Floats, share: Floats, complete: Bools) -> Floats:
    """Return how many are registered in all: the roll's, else what is counted by its share."""
    registered = figures["registered"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        projected = np.round(registered / share)
        outgrown = ~(roll > 0) | (registered > roll * np.minimum(COMPLETE, (1 + share) / 2))
    whole = np.where(np.isfinite(projected) & outgrown, projected, roll)
    return np.where(complete, registered, whole)


def _fitted_to_totals(
    parent: Ints, targets: Ints, figures: pd.DataFrame, complete: Bools
) -> tuple[Floats, Bools]:
    """Scale the places below complete totals so that they add up; finer totals come first."""
    size = figures["whole"].to_numpy(float, copy=True)
    scaled = np.zeros(len(size), dtype=bool)
    least = np.nan_to_num(figures["registered"].to_numpy())
    fixed = complete.copy()
    for node, members in totals_below(parent, targets, complete):
        free = members[~fixed[members]]
        total = float(figures["registered"].iloc[node])
        rest = total - size[members[fixed[members]]].sum()
        size[node] = total
        if len(free) and size[free].sum() > 0:
            size[free] *= rest / size[free].sum()
            short = np.maximum(size[free], least[free])
            slack = short - least[free]
            over = short.sum() - rest
            size[free] = short - (over * slack / slack.sum() if slack.sum() > 0 else 0.0)
        fixed[members] = True
        scaled[free] = True
    return size, scaled


def _as_held(cells: pd.DataFrame, of_count: Bools, figures: pd.DataFrame) -> pd.DataFrame:
    """Give the count's cells the voters and the stations that are held for right."""
    own = figures.iloc[cells["node"]].set_axis(cells.index)
    held = {name: cells[name].where(~of_count, own[name]) for name in ("voters", "stations_total")}
    return cells.assign(**held)


def _shares_upward(
    parent: Ints,
    targets: Ints,
    figures: pd.DataFrame,
    share: Floats,
    size: Floats,
    complete: Bools,
) -> tuple[Floats, Bools, Floats]:
    """Return the share counted of every place, whether it is complete, and its stations."""
    total = figures["stations_total"].to_numpy()
    counted = np.where(total > 0, np.nan_to_num(figures["stations_counted"].to_numpy()), np.nan)
    stations = np.column_stack([counted, total])
    untold = figures["stations_counted"].isna().to_numpy()
    is_target = np.zeros(len(parent), dtype=bool)
    is_target[targets] = True
    used = place_sums(parent, targets, np.ones(len(parent))) > 0
    children: dict[int, list[int]] = {}
    for child in np.flatnonzero(used[1:]) + 1:
        children.setdefault(int(parent[child]), []).append(int(child))
    found = share.copy()
    weight = np.where(np.isfinite(size), size, 0.0)
    for node in sorted(children, reverse=True):
        below: Ints = np.array(children[node], dtype=np.intp)
        weight[node] = weight[below].sum()
        sums = stations[below].sum(axis=0)
        own = bool(np.isfinite(stations[node]).all() and stations[node, 1] > 0)
        # A sum of the places that are in, say, is no total: those below it have more stations.
        own = own and not stations[node, 1] < sums[1]
        # The roll's number of stations tells nothing of how many are in.
        if own and not (untold[node] and np.isnan(sums[0])):
            # Its places may be ahead of its own row.
            stations[node, 0] = np.clip(
                np.nan_to_num(sums[0]), stations[node, 0], stations[node, 1]
            )
        else:
            stations[node] = sums
        by_stations = np.isfinite(stations[node]).all() and stations[node, 1] > 0
        by_voters = max(found[node], float(np.average(found[below], weights=weight[below])))
        parts = stations[node, 0] / stations[node, 1] if by_stations else by_voters
        found[node] = 1.0 if complete[node] else float(parts)
        if complete[node] and np.isfinite(stations[node, 1]):
            stations[node, 0] = stations[node, 1]
    return found, complete, stations
