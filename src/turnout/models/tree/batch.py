"""What draws are made of: the batch that they share, and matrices applied to all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from turnout.arrays import Floats, Ints, Singles
from turnout.models.tree.upward_pass import Tree, TreeNode


@dataclass(frozen=True)
class Batch:
    """What a batch of draws shares.

    Parameters
    ----------
    tree
        The places.
    nodes
        Per level, the nodes given their parents; leading axis 1 or one entry per parameter draw.
    which
        (draws,) parameter draw of every draw.
    effects
        (draws, effects) drawn linear effects.
    target
        Contest to forecast.
    """

    tree: Tree
    nodes: Mapping[int, TreeNode]
    which: Ints
    effects: Floats
    target: int


def values_above(tree: Tree, nodes: Ints, vectors: Mapping[int, Singles]) -> Singles | None:
    """Return the vectors of the nodes' parents, (nodes, contests, draws); None for the root."""
    parents = tree.parent[nodes]
    if parents[0] < 0:
        return None
    levels = np.unique(tree.level[parents])
    if len(levels) == 1:
        return vectors[int(levels[0])][tree.position[parents]]
    some = vectors[int(levels[0])]
    above = np.empty((len(nodes), *some.shape[1:]), dtype=np.float32)
    for level in levels:
        mine = tree.level[parents] == level
        above[mine] = vectors[int(level)][tree.position[parents[mine]]]
    return above


def applied(matrices: Floats, vectors: Singles, which: Ints) -> Singles:
    """Multiply (draws or 1, nodes, r, c) by (nodes, c, draws) to (nodes, r, draws).

    A matrix per draw is multiplied by einsum: the kernels of OpenBLAS for small matrices and a
    single vector in single precision warn of invalid values now and then where there are none.
    """
    if len(matrices) == 1:
        return matrices[0].astype(np.float32) @ vectors
    return np.einsum("dnrc,ncd->nrd", matrices[which].astype(np.float32), vectors)


def applied_to_parents(
    matrices: Floats, tree: Tree, nodes: Ints, vectors: Mapping[int, Singles], which: Ints
) -> Singles:
    """Multiply (draws or 1, nodes, r, c) by the vectors of the nodes' parents.

    (nodes, r, draws); the root, which has no parent, is none of the nodes.
    """
    above = tree.parent[nodes]
    levels = np.unique(tree.level[above])
    product = np.empty((*matrices.shape[1:-1], len(which)), dtype=np.float32)
    for level in levels:
        mine = np.flatnonzero(tree.level[above] == level)
        of_level, position = vectors[int(level)], tree.position[above[mine]]
        if len(matrices) == 1:
            product[mine] = _sparse_product(matrices[0, mine], position, of_level)
        else:
            product[mine] = applied(matrices[:, mine], of_level[position], which)
    return product


def _sparse_product(matrices: Floats, position: Ints, vectors: Singles) -> Singles:
    """Multiply (nodes, r, c) by the vectors (of all, c, draws) at some positions, uncopied."""
    nodes, rows, columns = matrices.shape
    entries = position[:, None, None] * columns + np.arange(columns)
    sparse = csr_array(
        (
            matrices.astype(np.float32).ravel(),
            np.broadcast_to(entries, matrices.shape).ravel(),
            np.arange(nodes * rows + 1) * columns,
        ),
        shape=(nodes * rows, len(vectors) * columns),
    )
    product = sparse @ vectors.reshape(len(vectors) * columns, -1)
    return np.asarray(product.reshape(nodes, rows, -1))


def shift_given_effects(shift: Floats, batch: Batch) -> Singles:
    """Return the shift of the data less the drawn effects', (nodes, r, draws or 1)."""
    if len(shift) == 1 and not batch.effects.size:
        return np.asarray(shift[0], dtype=np.float32)
    weights = np.vstack([np.ones(len(batch.effects)), -batch.effects.T]).astype(np.float32)
    if len(shift) == 1:
        return shift[0].astype(np.float32) @ weights
    return np.einsum("dnrc,cd->nrd", shift[batch.which].astype(np.float32), weights)


def per_draw(values: Floats, which: Ints) -> Floats:
    """Bring (draws or 1, nodes) to (nodes, draws or 1)."""
    return values.T if len(values) == 1 else values[which].T


def floored(covariance: Floats) -> Floats:
    """Return covariances with a trace of noise, so that they have a root."""
    size = covariance.shape[-1]
    trace = np.trace(covariance, axis1=-2, axis2=-1)[..., None, None] / size
    return covariance + (1e-9 * trace + 1e-14) * np.eye(size)


def inverse(covariance: Floats) -> Floats:
    """Return the inverse of covariances; rows of zeros, which are about nothing, stay zeros."""
    scale = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    something = scale > 0
    scale = np.where(something, scale, 1.0)
    both = scale[..., :, None] * scale[..., None, :]
    eye = np.eye(covariance.shape[-1])
    full = covariance / both + eye * np.where(something, 1e-9, 1.0)[..., None]
    return np.linalg.inv(full) / both * something[..., :, None] * something[..., None, :]
