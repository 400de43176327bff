"""The places to forecast, what is counted of them, and the voters that are still open."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from turnout.arrays import Floats, Ints, Singles
from turnout.models.binomial import Parts, counts_of_parts


@dataclass(frozen=True)
class Targets:
    """The places to forecast, and what is counted of them already.

    Parameters
    ----------
    nodes
        (targets,) their nodes.
    registered
        (targets,) their registered voters.
    counted_registered, counted_voters
        (targets,) counts of what is counted; 0 where nothing is.
    selection
        (targets,) variance (logit) of the counted stations about the whole place; 0 where none or
        all are counted.
    leverage
        (targets,) counted stations per station left; 0 where none or all are counted.
    """

    nodes: Ints
    registered: Floats
    counted_registered: Floats
    counted_voters: Floats
    selection: Floats
    leverage: Floats

    @classmethod
    def before_the_count(cls, nodes: Ints, registered: Floats) -> Targets:
        """Return places of which nothing is counted."""
        nothing = np.zeros(len(nodes))
        return cls(nodes, registered, nothing, nothing, nothing, nothing)

    def part(self, rows: Ints) -> Targets:
        """Return some of the places."""
        return Targets(
            self.nodes[rows],
            self.registered[rows],
            self.counted_registered[rows],
            self.counted_voters[rows],
            self.selection[rows],
            self.leverage[rows],
        )

    def at(self, nodes: Ints) -> Targets:
        """Return the places with other numbers of their nodes."""
        return replace(self, nodes=nodes)


def drawn_turnout(logits: Singles, targets: Targets, parts: Parts) -> Singles:
    """Return the share of voters: the counted ones, and drawn ones of those not yet counted.

    The logits are those of what is not yet counted; their array is used up. Parts of the targets
    are drawn as each would be alone.
    """
    share = _inverse_logit(logits)
    rest = (targets.registered - targets.counted_registered).clip(0)
    voters = counts_of_parts(rest.astype(np.float32), share, parts)
    counted = targets.counted_voters.astype(np.float32)[:, None]
    registered = targets.registered.astype(np.float32)[:, None]
    voters += counted
    voters /= registered
    return voters


def _inverse_logit(logits: Singles) -> Singles:
    """Return the shares of logits, in their array: a sixth of the time of scipy's `expit`."""
    np.negative(logits, out=logits)
    with np.errstate(over="ignore"):  # the share is 0 then
        np.exp(logits, out=logits)
    logits += 1
    return np.reciprocal(logits, out=logits)
