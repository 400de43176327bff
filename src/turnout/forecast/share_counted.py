"""How much of an election is counted: of the stations, or of the voters of those that are in."""

from __future__ import annotations

import numpy as np

from turnout.areas import Panel
from turnout.areas.counted import Count
from turnout.arrays import Floats


def share_counted(panel: Panel, contest: int, count: Count) -> Floats:
    """Return of each place the share of its stations that are in.

    Where nobody tells how many stations there are it is the share of the registered voters whose
    stations are in.

    Parameters
    ----------
    panel
        Places and what was observed there.
    contest
        Row of the coming election.
    count
        How much of each place is counted.
    """
    told = count.stations[:, 1] > 0
    return np.where(told, count.share, _share_of_voters(panel, contest, count))


def _share_of_voters(panel: Panel, contest: int, count: Count) -> Floats:
    """Return of each place the share of its registered voters whose stations are in.

    A place above others is as far as these, or as its own row if that tells of more.
    """
    size = np.zeros(len(panel.parent))
    size[panel.targets] = np.nan_to_num(panel.nodes["registered"].to_numpy(float)[panel.targets])
    own = panel.grid("registered")[:, contest]
    # Single numbers of lists are quicker than those of arrays.
    sizes, told = size.tolist(), np.where(np.isfinite(own), own, 0.0).tolist()
    above, complete, within = panel.parent.tolist(), count.complete.tolist(), [0.0] * len(size)
    for node in range(len(sizes) - 1, -1, -1):
        least = sizes[node] if complete[node] else min(told[node], sizes[node])
        within[node] = max(within[node], least)
        if above[node] >= 0:
            sizes[above[node]] += sizes[node]
            within[above[node]] += within[node]
    size, inside = np.array(sizes), np.array(within)
    return np.where(size > 0, inside / np.where(size > 0, size, 1.0), count.share)
