"""Making shared draws, where the results of all parts are."""

from __future__ import annotations

import numpy as np
import pandas as pd

import turnout
from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.forecast import make_forecast
from turnout.language import Text
from turnout.models.tree.blocks import tops_of
from turnout.models.tree.model import FittedHierarchical
from turnout.models.tree.priors import DEFAULT, TopPrior
from turnout.nation.rows import digests_by_name, same_name
from turnout.nation.shared_draws import Part, SharedDraws
from turnout.schema import canonical_results


def draw_shared(
    fitted: FittedHierarchical,
    election: Election,
    *,
    roll: pd.DataFrame | None = None,
    activities: pd.DataFrame | None = None,
    draws: int = 4000,
    seed: int = 1,
) -> SharedDraws:
    """Draw everything above the parts of a nation, given the results of all of them.

    The parts are what lies directly below the whole: provinces of a nation, districts of a city.

    Parameters
    ----------
    fitted
        The model, fitted to the results of all parts.
    election
        The coming election.
    roll
        Registered voters per area; the newest contest's when not given.
    activities
        Planned outreach.
    draws
        Number of draws.
    seed
        Seed of the draws.

    Raises
    ------
    TurnoutError
        If nothing lies between the whole and the places to forecast, or parts share a name.
    HistoryError, DataError
        As of `FittedHierarchical.forecast`.
    """
    coming = fitted.predictive(election, roll=roll, activities=activities)
    tops = tops_of(coming.state.tree)
    nodes = coming.panel.nodes.iloc[tops]
    if nodes.empty or nodes["scale"].nunique() > 1:
        raise TurnoutError(_NO_PARTS)
    scale = str(nodes["scale"].iloc[0])
    crown = coming.crown(draws, seed)
    results = canonical_results(fitted.inputs.results)
    digests = digests_by_name(results, scale, pd.Timestamp(election.date))
    parts = tuple(
        Part(scale, name, key, digests.get(same_name(name), ""))
        for name, key in zip(nodes[scale], coming.keys, strict=True)
    )
    nothing = np.zeros((1, len(coming.targets.nodes)), dtype=np.float32)
    model = fitted.model
    return SharedDraws(
        frame=make_forecast(coming.panel, election, nothing, coming.about(model.name, seed)),
        settings={
            "turnout": turnout.__version__,
            "model": model.name,
            "prior": _name_of(model.prior),
            "covariates": list(model.covariates),
            "seed": seed,
            "draws": draws,
        },
        parts=parts,
        shared=crown.shared,
        tree=coming.state.tree,
        targets=coming.targets,
        direct=crown.shares,
    )


def _name_of(prior: TopPrior | str) -> str:
    """Return the name of a prior; of one that has none, that it is the user's own."""
    if isinstance(prior, str):
        return prior
    return "default" if prior == DEFAULT else "own"


_NO_PARTS = Text(
    en="There are no parts to be run by themselves: nothing lies between the whole and the places, "
    "or not everywhere the same. Give a column of provinces, cities or districts.",
    id="Prakiraan ini tidak dapat dibagi: tidak ada tingkat di antara keseluruhan "
    "dan wilayah, atau tingkatnya tidak seragam. Tambahkan kolom provinsi, kota, atau kecamatan.",
)
