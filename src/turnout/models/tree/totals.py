r"""Totals as weighted means of the places below them, exactly (docs/model.md, section 8).

A total's logit is taken for the weighted mean of its leaves' logits, stretched by Jensen's term.
Beside its message every node therefore passes up its *composition*: how far the weighted mean of
its leaves lies from its own value, given that value. A node's composition is the sum over its
children of share times (child's deviation + child's composition), and given the parent's value
the children are independent: mean and covariance add up. A total then is an ordinary observation
of value + composition, and what it tells of the composition stays with the node, for the draws.
Only contests that have totals take part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from turnout.arrays import Floats, Ints
from turnout.models.tree.messages import Message, Node, adder, one_of

# The logit of a mean lies nearer to zero than the mean of the logits: for normal logits of
# variance s^2 by a factor of sqrt(1 + pi s^2 / 8), about.
_JENSEN = np.pi / 8


@dataclass(frozen=True)
class Totals:
    """Totals of inner nodes whose parts are not all observed.

    Parameters
    ----------
    contests
        The contests that have totals.
    shares
        (nodes, totals' contests) share of every node in its parent, of what the total that
        covers it is a total of.
    values, variances
        (nodes, totals' contests) logits of totals and their sampling variance; NaN where there
        is none.
    spread
        (nodes, totals' contests, levels) sum of squared shares of the places of each level
        below a node: what Jensen's term needs.
    """

    contests: Ints
    shares: Floats
    values: Floats
    variances: Floats
    spread: Floats

    @classmethod
    def none(cls, nodes: int) -> Totals:
        """Return totals of a tree that has none."""
        nothing = np.empty((nodes, 0))
        return cls(np.empty(0, dtype=np.intp), nothing, nothing, nothing, nothing[..., None])

    def part(self, nodes: Ints) -> Totals:
        """Return the totals of some nodes."""
        return Totals(
            self.contests,
            self.shares[nodes],
            self.values[nodes],
            self.variances[nodes],
            self.spread[nodes],
        )

    def stretch(self, nodes: Ints, covariances: Mapping[int, Floats]) -> Floats:
        """Return how much a total's logit is stretched, (draws, nodes, totals' contests).

        Parameters
        ----------
        nodes
            Nodes of one level.
        covariances
            Per level below, the prior covariance (draws or 1, contests, contests).
        """
        within: Floats = np.zeros((1, len(nodes), len(self.contests)))
        for level, covariance in covariances.items():
            spread = self.spread[nodes, :, level]
            variance = np.diagonal(covariance, axis1=-2, axis2=-1)[:, None, self.contests]
            within = within + np.where(spread > 0, variance * (1 - spread), 0.0)
        return np.sqrt(1 + _JENSEN * within)


@dataclass(frozen=True)
class Composition:
    """Weighted mean of a node's leaves less its own value, given that value f.

    Normal with mean slope @ f + shift @ (1, -effects) and covariance `spread`.

    Parameters
    ----------
    slope
        (draws, nodes, totals' contests, contests).
    shift
        (draws, nodes, totals' contests, columns): the data first, then the effects' designs.
    spread
        (draws, nodes, totals' contests, totals' contests).
    """

    slope: Floats
    shift: Floats
    spread: Floats

    @classmethod
    def of_leaves(cls, nodes: int, totals: int, contests: int, columns: int) -> Composition:
        """Return the composition of leaves, which are all they are made of: nothing."""
        return cls(
            np.zeros((1, nodes, totals, contests)),
            np.zeros((1, nodes, totals, columns)),
            np.zeros((1, nodes, totals, totals)),
        )

    def part(self, nodes: Ints | slice) -> Composition:
        """Return the compositions of some nodes."""
        return Composition(self.slope[:, nodes], self.shift[:, nodes], self.spread[:, nodes])

    @classmethod
    def joined(cls, parts: Sequence[Composition]) -> Composition:
        """Return the compositions of several groups of nodes, one after the other."""
        return cls(
            np.concatenate([part.slope for part in parts], axis=1),
            np.concatenate([part.shift for part in parts], axis=1),
            np.concatenate([part.spread for part in parts], axis=1),
        )

    def of_draw(self, number: int) -> Composition:
        """Return them in one of the draws; where all share one composition, that."""
        return Composition(
            one_of(self.slope, number), one_of(self.shift, number), one_of(self.spread, number)
        )

    def plus(self, other: Composition) -> Composition:
        """Return the composition of nodes that are made of two groups of children."""
        return Composition(
            self.slope + other.slope, self.shift + other.shift, self.spread + other.spread
        )

    def gathered(self, parent: Ints, size: int) -> Composition:
        """Add up at the parents what children contribute, see `risen`."""
        summed = adder(parent, size)
        return Composition(summed(self.slope), summed(self.shift), summed(self.spread))


def risen(node: Node, own: Composition, totals: Totals, nodes: Ints) -> Composition:
    """Return what nodes contribute to the composition of their parents, given the parents' value.

    Parameters
    ----------
    node
        The nodes given their parents.
    own
        Their own composition, given their own value.
    totals
        The totals.
    nodes
        The nodes.
    """
    contests, covariance, up = totals.contests, node.covariance, node.up
    size = covariance.shape[-1]
    pick = np.eye(size)[contests]
    reach = pick + own.slope
    share = totals.shares[nodes]
    given = np.eye(size) - covariance @ up.precision
    return Composition(
        slope=share[..., None] * (reach @ given - pick),
        shift=share[..., None] * (reach @ (covariance @ up.shift) + own.shift),
        spread=share[..., None]
        * share[:, None, :]
        * (reach @ node.posterior @ np.swapaxes(reach, -1, -2) + own.spread),
    )


def observe_totals(
    own: Composition, totals: Totals, nodes: Ints, told: tuple[Floats, Floats]
) -> tuple[Message, Composition]:
    """Return what totals say of their nodes, and the nodes' compositions in their light.

    Parameters
    ----------
    own
        The nodes' compositions from their parts.
    totals
        The totals.
    nodes
        The nodes.
    told
        Columns of the totals (draws, nodes, totals' contests, columns), the stretched logits
        first, then the effects' designs; and the stretch (draws, nodes, totals' contests).
    """
    columns, stretch = told
    known = ~np.isnan(totals.values[nodes])
    both = known[:, :, None] & known[:, None, :]
    variances = np.where(known, totals.variances[nodes], 0.0) * stretch**2
    unit = np.eye(known.shape[1])
    total = np.where(both, own.spread + variances[..., None] * unit, unit)
    weight = np.where(both, np.linalg.inv(total), 0.0)
    reach = np.eye(own.slope.shape[-1])[totals.contests] + own.slope
    away = np.where(known[..., None], columns, 0.0) - own.shift
    heard = np.swapaxes(reach, -1, -2) @ weight
    logs = np.where(known, np.log(2 * np.pi) - 2 * np.log(stretch), 0.0).sum(axis=-1)
    message = Message(
        precision=heard @ reach,
        shift=heard @ away,
        quadratic=np.swapaxes(away, -1, -2) @ weight @ away,
        constant=logs + np.linalg.slogdet(total)[1],
    )
    gain = own.spread @ weight
    return message, Composition(
        slope=own.slope - gain @ reach,
        shift=own.shift + gain @ away,
        spread=own.spread - gain @ own.spread,
    )
