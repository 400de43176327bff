"""Places as a tree, contests in time, and what was observed where: the `Panel`.

A results table, a roll and a crosswalk become arrays that every model works on. Nodes are
numbered with parents before children; the root is node 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.areas.checks import (
    check_repeats,
    check_results,
    check_roll,
    check_sizes,
    checked_crosswalk,
)
from turnout.areas.contests import contests_of
from turnout.areas.count import with_coming
from turnout.areas.counted import Count, hold_against_roll
from turnout.areas.places import place_tree
from turnout.areas.rolls import default_roll, whom_to_forecast, with_registered
from turnout.areas.succession import follow_crosswalk
from turnout.arrays import Floats
from turnout.cells import text_categories
from turnout.elections import Election
from turnout.errors import HistoryError
from turnout.identity.keys import identify, name_codes
from turnout.identity.spelling import spelled_as, spelled_back
from turnout.identity.together import in_one_table
from turnout.language import Text
from turnout.memory import giving_back
from turnout.own_rolls import on_own_rolls
from turnout.schema import (
    CATEGORY_COLUMNS,
    RESULTS_COLUMNS,
    ROLL_COLUMNS,
    categorical_results,
    categorical_roll,
    with_names_written,
)

_CELL_COLUMNS = (
    "registered",
    "voters",
    "voters_low",
    "voters_high",
    "stations_counted",
    "stations_total",
    "registered_basis",
    "registered_l",
    "registered_p",
    "voters_l",
    "voters_p",
    "copies",
)

# Columns that most tables lack: without a figure they are not carried along.
_SELDOM_TOLD = (
    "voters_low",
    "voters_high",
    "valid",
    "invalid",
    "registered_l",
    "registered_p",
    "voters_l",
    "voters_p",
    "note",
)


@dataclass(frozen=True)
class Panel:
    """Contests by places.

    Parameters
    ----------
    contests
        One row per contest, by date: election, date, election_type, type_group, kind (of
        office; None where nobody says it). The coming election, where there is one, is among them.
    nodes
        One row per place of the tree: scale, parent (row number, -1 for the root), the place
        columns, area_id, registered (the newest count known) and estimated (whether that is an
        estimate).
    cells
        One row per observation: node and contest (row numbers), registered, voters and their
        range, stations, registered_basis, counts by sex, and copies (how many places share this
        observation through the crosswalk; 1 for nearly all), then covariates of the user's own.
        Ranges and counts by sex are there where a row tells them.
    targets
        Row numbers of the nodes to forecast: the finest places of the roll, or the areas known
        below them.
    left_out
        Rows of the results that could not be placed, with the reason.
    roll
        One row per place of the roll: node (row number), registered, which those of `nodes` are
        but for a count, and the columns of the user's own.
    count
        How much of the coming election is counted; None before the count.
    """

    contests: pd.DataFrame
    nodes: pd.DataFrame
    cells: pd.DataFrame
    targets: NDArray[np.intp]
    left_out: pd.DataFrame
    roll: pd.DataFrame
    count: Count | None = None

    @cached_property
    def parent(self) -> NDArray[np.intp]:
        """Row number of every node's parent; -1 for the root."""
        return self.nodes["parent"].to_numpy(np.intp)

    @cached_property
    def is_leaf(self) -> NDArray[np.bool_]:
        """Whether a node has no children."""
        leaf = np.ones(len(self.nodes), dtype=bool)
        leaf[self.parent[1:]] = False
        return leaf

    @cached_property
    def scales(self) -> list[str]:
        """Scales of the tree's levels, coarsest first; the root's own comes first."""
        return [str(scale) for scale in self.nodes["scale"].unique()]

    @cached_property
    def level(self) -> NDArray[np.intp]:
        """Position of every node's scale in `scales`."""
        return pd.factorize(self.nodes["scale"])[0].astype(np.intp)

    @cached_property
    def levels(self) -> list[slice]:
        """The nodes of each of `scales`; they follow each other."""
        ends = np.cumsum(np.bincount(self.level)).tolist()
        return [slice(*ends_of) for ends_of in pairwise([0, *ends])]

    def grid(self, column: str) -> NDArray[np.float64]:
        """Return a column of the cells as nodes x contests, NaN where nothing was observed."""
        grid = np.full(len(self.nodes) * len(self.contests), np.nan)
        if column in self.cells:
            node, contest = (self.cells[name].to_numpy(np.intp) for name in ("node", "contest"))
            grid[node * len(self.contests) + contest] = self.cells[column].to_numpy(float)
        return grid.reshape(len(self.nodes), len(self.contests))

    def contest_of(self, election: Election) -> int:
        """Return the row number of a coming election.

        Raises
        ------
        TypeError
            If it is something else.
        """
        require_election(election)
        return _number_of(self.contests, election)


@dataclass(frozen=True)
class Past:
    """Results that are checked, parted at the coming election.

    Parameters
    ----------
    table
        Those from before it, in canonical form with categories (`categorical_results`), by date
        and election, on the basis of a forecast (`turnout.own_rolls`); of the columns that
        are seldom told those that are.
    late
        Those of its day and later.
    """

    table: pd.DataFrame
    late: pd.DataFrame

    @classmethod
    def before(cls, results: pd.DataFrame, election: Election | None) -> Past:
        """Check results, and part them at an election; all are past where there is none.

        Raises
        ------
        TypeError
            If a table or the election is something else, such as the path of a file.
        HistoryError
            If no row is left before the election.
        DataError
            If a needed column is missing, or the figures cannot be counts of people.
        """
        if election is not None:
            require_election(election)
        ordered = categorical_results(results)
        labels, table = ordered.index, ordered.reset_index(drop=True)
        late = table["date"] >= (pd.NaT if election is None else pd.Timestamp(election.date))
        if late.all():
            raise HistoryError(_NO_HISTORY if len(results) else _NO_ROWS)
        check_results(table[~late], labels[~late])
        untold = [name for name in _SELDOM_TOLD if table[name].isna().all()]
        # Copied, else the memory of the columns that go stays with that of the others.
        carried = table.drop(columns=untold).copy()
        ordered = on_own_rolls(carried).sort_values(["date", "election"], kind="stable")
        for name in CATEGORY_COLUMNS:
            if not isinstance(ordered[name].dtype, pd.CategoricalDtype):
                ordered[name] = text_categories(ordered[name])
        late = late[ordered.index]
        return cls(ordered[~late].reset_index(drop=True), ordered[late])


def require_election(election: Election) -> None:
    """Refuse what is no `Election`, such as its day alone.

    Raises
    ------
    TypeError
        If it is something else.
    """
    if not isinstance(election, Election):
        raise TypeError(
            f"election must be an Election, got {election!r}; give its day and type: "
            'Election("2024-11-27", "pilkada").'
        )


def build_panel(
    results: pd.DataFrame,
    *,
    roll: pd.DataFrame | None = None,
    crosswalk: pd.DataFrame | None = None,
    election: Election | None = None,
    counted: pd.DataFrame | None = None,
) -> Panel:
    """Arrange results, and the coming election where given, as a tree of places by contests.

    Parameters
    ----------
    results
        Results table; rows dated on or after `election` are left out.
    roll
        Registered voters of the coming election; the newest contest's areas when not given.
    crosswalk
        New areas and the old ones whose voters they took.
    election
        The coming election; becomes the last contest.
    counted
        Results of the coming election so far. Where stations_counted is below stations_total,
        registered and voters are those of the counted stations; where it is 0, nothing is in.

    Returns
    -------
    Panel

    Raises
    ------
    TypeError
        If a table or the election is something else, such as the path of a file.
    HistoryError
        If no row is left before the election.
    DataError
        If a needed column is missing, the figures cannot be counts of people, a place is told
        twice, nobody is registered in a place to forecast, the crosswalk cannot be followed, rows
        of `counted` are of another election or of unknown places, or the count contradicts the
        roll or itself.
    """
    past = Past.before(results, election)
    return panel_of(past, roll=roll, crosswalk=crosswalk, election=election, counted=counted)


@giving_back
def panel_of(
    past: Past,
    *,
    roll: pd.DataFrame | None = None,
    crosswalk: pd.DataFrame | None = None,
    election: Election | None = None,
    counted: pd.DataFrame | None = None,
) -> Panel:
    """Arrange results that are checked already; else as `build_panel`."""
    table, late = past.table, past.late
    counted = None if counted is None else spelled_as(counted, table)
    rows = with_coming(table, election, counted)
    own_roll, forecast_roll = _rolls(roll, table)
    entries, codes = _entries(rows, forecast_roll, crosswalk, election)
    contests = contests_of(rows, election)
    nodes, node_of = place_tree(entries, codes, entries["place"].to_numpy())
    of_results = entries["election"].notna().to_numpy()
    beyond = entries.loc[of_results & (node_of < 0), list(rows.columns)]
    observed = of_results & (node_of >= 0)
    told = [name for name in _CELL_COLUMNS if name in entries]
    cells = entries.loc[observed, [*told, *_own_columns(rows, RESULTS_COLUMNS)]].copy()
    cells.insert(0, "node", node_of[observed])
    cells.insert(1, "contest", _contest_codes(entries["election"][observed], contests))
    cells = cells.drop_duplicates(["node", "contest"], keep="last").reset_index(drop=True)
    on_roll = entries["on_roll"].to_numpy(bool) & (node_of >= 0)
    # All outputs call places as the roll does.
    nodes = with_registered(spelled_back(nodes, own_roll, forecast_roll), entries, node_of, on_roll)
    coming = -1 if election is None else _number_of(contests, election)
    earlier = cells[cells["contest"] != coming]
    nodes, targets = whom_to_forecast(nodes, earlier, np.unique(node_of[on_roll]))
    count = None
    if election is not None:
        check_sizes(nodes, targets)
    of_roll = entries.loc[on_roll, ["registered", *_own_columns(forecast_roll, ROLL_COLUMNS)]]
    of_roll.insert(0, "node", node_of[on_roll])
    of_roll = of_roll.reset_index(drop=True)
    if counted is not None and election is not None:
        stations = _stations_of(of_roll, len(nodes))
        nodes, cells, count = hold_against_roll(nodes, cells, targets, contests, coming, stations)
    return Panel(contests, nodes, cells, targets, _left_out(late, beyond), of_roll, count)


def _stations_of(roll: pd.DataFrame, nodes: int) -> Floats:
    """Return how many stations the roll tells of each place; NaN where it tells none."""
    stations = np.full(nodes, np.nan)
    if "stations_total" in roll:
        told = pd.to_numeric(roll["stations_total"], errors="coerce").to_numpy(float)
        stations[roll["node"].to_numpy(np.intp)] = told
    return stations


def _number_of(contests: pd.DataFrame, election: Election) -> int:
    return int(np.flatnonzero(contests["election"] == election.name)[-1])


def _rolls(roll: pd.DataFrame | None, results: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the roll, checked, and with its places as the results write them."""
    if roll is None:
        own = default_roll(results)
        return own, own
    own = categorical_roll(roll)
    check_roll(own, roll.index)
    return own, spelled_as(own, results)


def _entries(
    rows: pd.DataFrame,
    roll: pd.DataFrame,
    crosswalk: pd.DataFrame | None,
    coming: Election | None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put results and roll in one table with each row's place; and the codes of its names."""
    # A roll that is a results table tells sizes, never what anyone voted: it is of no contest.
    sizes = roll.assign(on_roll=True, election=None)
    entries = in_one_table([rows.assign(on_roll=False), sizes])
    entries["on_roll"] = entries["on_roll"].astype(bool)
    entries["copies"] = 1.0
    codes = name_codes(entries)
    entries["place"] = identify(entries, codes)
    check_repeats(entries)
    if crosswalk is None:
        return entries, codes
    name = None if coming is None else coming.name
    written = with_names_written(entries)
    entries = follow_crosswalk(written, checked_crosswalk(crosswalk), name)
    # Places whose every row went to their successors are no more.
    entries["place"] = np.unique(entries["place"], return_inverse=True)[1]
    return entries, name_codes(entries)


def _contest_codes(elections: pd.Series, contests: pd.DataFrame) -> NDArray[np.intp]:
    return pd.Index(contests["election"]).get_indexer(elections)


def _left_out(late: pd.DataFrame, beyond: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are not used, with the reason."""
    late = late.assign(reason="on_or_after_the_election")
    beyond = beyond.assign(reason="coarser_than_the_top")
    return pd.concat([*map(with_names_written, (late, beyond))], ignore_index=True)


def _own_columns(rows: pd.DataFrame, known: Sequence[str]) -> list[str]:
    return [name for name in rows.columns if name not in known]


_NO_ROWS = Text(
    en="The results have no rows. Give results of at least one earlier contest.",
    id="Tabel hasil tidak memuat baris. Berikan hasil dari sedikitnya satu pemilihan sebelumnya.",
)
_NO_HISTORY = Text(
    en="No results from before the election are left. Give results of at least one earlier "
    "contest, or check the date.",
    id="Tidak ada hasil dari sebelum hari pemungutan suara. Berikan hasil dari sedikitnya satu "
    "pemilihan sebelumnya, atau periksa tanggalnya.",
)
