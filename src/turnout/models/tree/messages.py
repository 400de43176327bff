"""Exact inference on a tree of Gaussian vectors by message passing (docs/model.md, section 6).

Every node carries a vector f of one value per contest: its parent's vector plus a deviation with
covariance K of its level. A message is what the places below say of f: exp(h'f - f'Lambda f / 2),
with `precision` Lambda and `shift` h. The shift has a column for the data and one for every
linear effect's design, so that the effects are estimated by generalised least squares through
the same messages. A leading axis runs over parameter draws, or is 1 where all share them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from turnout.arrays import Bools, Floats, Ints

# Keep a covariance positive definite where components vanish, or all do: far below any real one.
_JITTER = 1e-9
_FLOOR = 1e-14

# Nodes whose matrices are computed at once: what a processor keeps at hand.
AT_ONCE = 2_000


@dataclass(frozen=True)
class Message:
    """What places say of a vector over contests.

    Parameters
    ----------
    precision
        Lambda, (draws, nodes, contests, contests).
    shift
        h, (draws, nodes, contests, columns): the data first, then the effects' designs.
    quadratic
        (draws, nodes, columns, columns): the part of minus twice the log evidence that is
        quadratic in (1, -effects).
    constant
        (draws, nodes): the part of it that is free of the data.
    """

    precision: Floats
    shift: Floats
    quadratic: Floats
    constant: Floats

    def part(self, nodes: Ints | Bools | slice) -> Message:
        """Return what some of the places say."""
        return Message(
            self.precision[:, nodes],
            self.shift[:, nodes],
            self.quadratic[:, nodes],
            self.constant[:, nodes],
        )

    def of_draw(self, number: int) -> Message:
        """Return what they say in one of the draws; where all share one message, that."""
        return Message(
            one_of(self.precision, number),
            one_of(self.shift, number),
            one_of(self.quadratic, number),
            one_of(self.constant, number),
        )

    @classmethod
    def joined(cls, parts: Sequence[Message]) -> Message:
        """Return what several groups of places say, one after the other."""
        return cls(
            np.concatenate([part.precision for part in parts], axis=1),
            np.concatenate([part.shift for part in parts], axis=1),
            np.concatenate([part.quadratic for part in parts], axis=1),
            np.concatenate([part.constant for part in parts], axis=1),
        )


@dataclass(frozen=True)
class Node:
    """Nodes of one level given their parents: what is needed to draw them.

    Parameters
    ----------
    up
        The message that the nodes pass to their parents.
    covariance
        Prior covariance K of the level, (draws, 1 or nodes, contests, contests).
    posterior
        Covariance of the nodes given their parents, (draws, nodes, contests, contests).
    """

    up: Message
    covariance: Floats
    posterior: Floats


def observe(values: Floats, designs: Floats, weights: Floats) -> Message:
    """Return the message of direct observations.

    Parameters
    ----------
    values
        (nodes, contests) observed logits, or (draws, nodes, contests); anything where the
        weight is 0.
    designs
        (nodes, contests, effects) of the linear effects.
    weights
        (nodes, contests) inverse variances, or with a leading axis; 0 where not observed.
    """
    values, weights = _with_draws(values), _with_draws(weights)
    draws = max(len(values), len(weights))
    columns = np.empty((draws, *values.shape[1:], 1 + designs.shape[-1]))
    columns[..., 0] = values
    columns[..., 1:] = designs
    columns[np.broadcast_to(weights == 0, columns.shape[:-1])] = 0.0
    shift = weights[..., None] * columns
    known = weights > 0
    log_weights = np.log(np.where(known, weights, 1.0)).sum(axis=-1)
    return Message(
        precision=weights[..., None] * np.eye(weights.shape[-1]),
        shift=shift,
        quadratic=_transposed(columns) @ shift,
        constant=known.sum(axis=-1) * np.log(2 * np.pi) - log_weights,
    )


def pass_up(below: Message, covariance: Floats) -> Node:
    """Take the nodes' own deviations into account and return what they say of their parents.

    Parameters
    ----------
    below
        What is known of each node from its observations and children.
    covariance
        Prior covariance of the level, (draws or 1, nodes or 1, contests, contests).
    """
    count = below.precision.shape[1]
    if count <= AT_ONCE:
        return _passed_up(below, covariance)
    parts = [slice(start, start + AT_ONCE) for start in range(0, count, AT_ONCE)]
    own = [covariance if covariance.shape[1] == 1 else covariance[:, part] for part in parts]
    nodes = [_passed_up(below.part(part), one) for part, one in zip(parts, own, strict=True)]
    return Node(
        up=Message.joined([node.up for node in nodes]),
        covariance=covariance,
        posterior=np.concatenate([node.posterior for node in nodes], axis=1),
    )


def _passed_up(below: Message, covariance: Floats) -> Node:
    size = covariance.shape[-1]
    jitter = _JITTER * np.trace(covariance, axis1=-2, axis2=-1)[..., None, None] / size
    root = np.linalg.cholesky(covariance + (jitter + _FLOOR) * np.eye(size))
    inner = np.eye(size) + _transposed(root) @ below.precision @ root
    posterior = root @ np.linalg.inv(inner) @ _transposed(root)
    gain = below.precision @ posterior
    precision = below.precision - gain @ below.precision
    return Node(
        up=Message(
            precision=(precision + _transposed(precision)) / 2,
            shift=below.shift - gain @ below.shift,
            quadratic=below.quadratic - _transposed(below.shift) @ posterior @ below.shift,
            constant=below.constant + np.linalg.slogdet(inner)[1],
        ),
        covariance=covariance,
        posterior=posterior,
    )


def gather(message: Message, parent: Ints, size: int) -> Message:
    """Add up the messages of children at their parents; parents without children hear nothing.

    Parameters
    ----------
    message
        One message per child.
    parent
        Position of each child's parent.
    size
        Number of parents.
    """
    summed = adder(parent, size)
    return Message(
        summed(message.precision),
        summed(message.shift),
        summed(message.quadratic),
        summed(message.constant),
    )


def adder(parent: Ints, size: int) -> Callable[[Floats], Floats]:
    """Return a function that adds up (draws, children, ...) at their parents.

    Parameters
    ----------
    parent
        Position of each child's parent.
    size
        Number of parents.
    """
    order = np.argsort(parent, kind="stable")
    starts = np.flatnonzero(np.diff(parent[order], prepend=-1))
    present = parent[order][starts]
    in_order = bool((np.diff(order) == 1).all())

    def summed(part: Floats) -> Floats:
        sums = np.zeros((part.shape[0], size, *part.shape[2:]))
        if not part.size:
            return sums
        # Copies of what is in order, and sums of one, would take most of the time of a block.
        ordered = part if in_order else part[:, order]
        single = len(starts) == len(order)
        sums[:, present] = ordered if single else np.add.reduceat(ordered, starts, axis=1)
        return sums

    return summed


def combine(one: Message, other: Message) -> Message:
    """Add two messages about the same nodes."""
    return Message(
        one.precision + other.precision,
        one.shift + other.shift,
        one.quadratic + other.quadratic,
        one.constant + other.constant,
    )


def log_evidence(root: Message, means: Floats, sds: Floats) -> Floats:
    """Return the log evidence of all data, the linear effects integrated out.

    Parameters
    ----------
    root
        The message that the root passes up, (draws, 1, ...).
    means, sds
        (effects,) prior of the linear effects.
    """
    quadratic, constant = root.quadratic[:, 0], root.constant[:, 0]
    center, precision = effects_posterior(quadratic, means, sds)
    prior = 1 / sds**2
    fitted = np.einsum("mi,mij,mj->m", center, precision, center)
    minus_twice = (
        quadratic[:, 0, 0]
        + (prior * means**2).sum()
        - fitted
        + constant
        + np.linalg.slogdet(precision)[1]
        - np.log(prior).sum()
    )
    return -minus_twice / 2


def effects_posterior(quadratic: Floats, means: Floats, sds: Floats) -> tuple[Floats, Floats]:
    """Return the mean (draws, effects) and precision of the linear effects."""
    prior = np.diag(1 / sds**2)
    precision = prior + quadratic[:, 1:, 1:]
    right = prior @ means + quadratic[:, 1:, 0]
    return np.asarray(np.linalg.solve(precision, right[..., None]))[..., 0], precision


def _transposed(matrix: Floats) -> Floats:
    return np.swapaxes(matrix, -1, -2)


def one_of(array: Floats, number: int) -> Floats:
    """Return one entry of a leading axis, which stays; of an axis of 1 the only one."""
    return array if len(array) == 1 else array[number : number + 1]


def _with_draws(values: Floats) -> Floats:
    return values if values.ndim == 3 else values[None]
