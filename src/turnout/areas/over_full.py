"""More voters than registered in a count, as voters on added lists are (DPTb, DPK).

No chance of voting explains them: inference takes such a place as all of its registered. What is
counted is a fact nevertheless, so they are added to the draws, and so to every total.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from turnout.areas.sums import place_sums
from turnout.arrays import Bools, Floats, Ints


def at_most_all(parent: Ints, figures: pd.DataFrame, complete: Bools) -> tuple[Floats, Floats]:
    """Return at most all registered for voters, and how many more each row tells of.

    What is more in places is taken from the totals above them too: such a total stays the sum of
    its places, and what is still out below it gets no voters of others. A partly counted total
    that has fewer registered than the rows below it holds that part of them.

    Parameters
    ----------
    parent
        (nodes,) the place above each; -1 of the root.
    figures
        (nodes) registered and voters of the count; NaN where a place has none.
    complete
        (nodes,) whether a place's own row is all of it.

    Examples
    --------
    >>> figures = pd.DataFrame({"registered": [300.0, 100.0], "voters": [230.0, 120.0]})
    >>> voters, beyond = at_most_all(np.array([-1, 0]), figures, np.array([True, True]))
    >>> voters.tolist(), beyond.tolist()
    ([210.0, 100.0], [0.0, 20.0])
    """
    # Single numbers of lists are quicker than those of arrays.
    registered, voters = (figures[name].tolist() for name in ("registered", "voters"))
    above, whole, kept = parent.tolist(), complete.tolist(), [*voters]
    beyond, below, counted_below = ([0.0] * len(above) for _ in range(3))
    for node in range(len(above) - 1, -1, -1):
        if not math.isnan(voters[node]):
            held = 1.0 if whole[node] else _share_held(registered[node], counted_below[node])
            kept[node] = min(max(voters[node] - held * below[node], 0.0), registered[node])
            beyond[node] = max(0.0, voters[node] - kept[node] - below[node])
        if node:
            told = registered[node]
            below[above[node]] += below[node] + beyond[node]
            more = told > counted_below[node]
            counted_below[above[node]] += told if more else counted_below[node]
    return np.array(kept), np.array(beyond)


def _share_held(registered: float, of_parts: float) -> float:
    """Return which share of the rows below it a partly counted total holds, as far as is known."""
    return min(1.0, registered / of_parts) if of_parts > 0 else 1.0


def onto_places(parent: Ints, targets: Ints, beyond: Floats, size: Floats) -> Floats:
    """Share what totals tell of more by the places to forecast below them, as large as these are.

    Parameters
    ----------
    parent, beyond
        As of `at_most_all`.
    targets
        Places to forecast.
    size
        (nodes,) registered voters.

    Examples
    --------
    >>> size = np.array([400.0, 100.0, 300.0])
    >>> parent, targets = np.array([-1, 0, 0]), np.array([1, 2])
    >>> onto_places(parent, targets, np.array([40.0, 5.0, 0.0]), size).tolist()
    [0.0, 15.0, 30.0]
    """
    inside = place_sums(parent, targets, np.nan_to_num(size))
    found = np.zeros(len(parent))
    shared, held = beyond.tolist(), inside.tolist()
    for node, above in enumerate(parent.tolist()):
        if node and held[above] > 0:
            shared[node] += shared[above] * held[node] / held[above]
    found[targets] = np.array(shared)[targets]
    return found
