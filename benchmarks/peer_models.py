"""Other tools at our work: each says quantiles of turnout for every area and for the whole.

Runs in the environment that peers.py makes. Every tool gets what an analyst would give it: the
past shares of all areas (those of older boundaries too), the type of each contest, the roll. Where
a tool has intervals for single rows only, the whole's quantiles are the weighted sums of its areas'
(as if all areas moved together), which is the wider choice; where it says how areas hang together,
its draws or its own intervals for sums are taken.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from peer_elex import ELEX
from peer_task import DRAWS, LEVELS, PROBABILITIES, Said, Task

if TYPE_CHECKING:
    from statsforecast import StatsForecast


def gpboost_two_way(task: Task) -> Said:
    """Random effects of area and of election, and fixed effects of type, on the logit."""
    import gpboost

    types = sorted(set(task.past["type"]))
    known = task.election_type in types

    def design(table: pd.DataFrame) -> np.ndarray:
        columns = [np.ones(len(table))]
        columns += [(table["type"] == kind).to_numpy(float) for kind in types[1:] if known]
        return np.column_stack(columns)

    model = gpboost.GPModel(
        group_data=task.past[["area", "election"]].to_numpy(str), likelihood="gaussian"
    )
    model.fit(y=logit(task.past["share"]).to_numpy(), X=design(task.past))
    groups = np.column_stack([task.coming["area"].astype(str), np.full(len(task.coming), "new")])
    said = model.predict(
        group_data_pred=groups,
        X_pred=design(task.coming),
        predict_cov_mat=True,
        predict_response=True,
    )
    draws = np.random.default_rng(1).multivariate_normal(
        said["mu"], said["cov"], DRAWS, method="cholesky"
    )
    return Said.of_draws(expit(draws), task)


def mixed_lm(task: Task) -> Said:
    """statsmodels MixedLM: a random effect of area, fixed effects of type; residual errors."""
    import statsmodels.formula.api as smf

    table = task.past.assign(y=logit(task.past["share"]))
    types = table["type"].nunique() > 1 and task.election_type in set(table["type"])
    fitted = smf.mixedlm("y ~ C(type)" if types else "y ~ 1", table, groups=table["area"]).fit()
    effects = {area: float(value.iloc[0]) for area, value in fitted.random_effects.items()}
    center = (
        np.asarray(fitted.predict(task.coming))
        if types
        else np.full(len(task.coming), fitted.fe_params.iloc[0])
    )
    center = center + task.coming["area"].map(effects).to_numpy()
    noise = np.random.default_rng(1).standard_normal((DRAWS, len(center)))
    return Said.of_draws(expit(center + np.sqrt(fitted.scale) * noise), task)


def binomial_glm(task: Task) -> Said:
    """statsmodels GLM: voters out of registered on the last turnout; the interval of its mean."""
    import statsmodels.api as sm
    from scipy.stats import norm

    rows, ahead = _lagged(task)
    design = sm.add_constant(rows[_FEATURES].to_numpy(), has_constant="add")
    fitted = sm.GLM(
        rows["share"].to_numpy(),
        design,
        family=sm.families.Binomial(),
        var_weights=rows["registered"].to_numpy(),
    ).fit(scale="X2")
    new = sm.add_constant(ahead[_FEATURES].to_numpy(), has_constant="add")
    center = new @ fitted.params
    error = np.sqrt(np.einsum("ij,jk,ik->i", new, fitted.cov_params(), new))
    return Said.together(expit(center + norm.ppf(PROBABILITIES)[:, None] * error), task)


def quantile_boosting(task: Task) -> Said:
    """scikit-learn: boosted trees with the quantile loss."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    rows, ahead = _lagged(task)
    said = [
        HistGradientBoostingRegressor(
            loss="quantile", quantile=probability, max_iter=100, random_state=0
        )
        .fit(rows[_FEATURES], rows["share"])
        .predict(ahead[_FEATURES])
        for probability in PROBABILITIES
    ]
    return Said.together(np.array(said), task)


def mapie_split(task: Task) -> Said:
    """MAPIE: split conformal intervals around boosted trees; rows split at random."""
    from mapie.regression import SplitConformalRegressor
    from sklearn.ensemble import HistGradientBoostingRegressor

    rows, ahead = _lagged(task)
    fit = np.random.default_rng(1).random(len(rows)) < 0.7
    conformal = SplitConformalRegressor(
        HistGradientBoostingRegressor(random_state=0), confidence_level=list(LEVELS), prefit=False
    )
    conformal.fit(rows.loc[fit, _FEATURES], rows.loc[fit, "share"])
    conformal.conformalize(rows.loc[~fit, _FEATURES], rows.loc[~fit, "share"])
    median, ends = conformal.predict_interval(ahead[_FEATURES])
    lower, upper = ends[:, 0, :].T, ends[:, 1, :].T
    return Said.together(np.concatenate([lower, median[None], upper[::-1]]), task)


def historic_average(task: Task) -> Said:
    """statsforecast HistoricAverage of each series, and of the whole's own series."""
    from statsforecast.models import HistoricAverage

    return _by_series(task, HistoricAverage())


def auto_ets(task: Task) -> Said:
    """statsforecast AutoETS of each series; Naive where it refuses the series."""
    from statsforecast.models import AutoETS

    return _by_series(task, AutoETS())


def _by_series(task: Task, model: object) -> Said:
    said = _quantiles(_engine(model).forecast(df=_series(task), h=1, level=PERCENT))
    areas = said.loc[task.coming["area"].astype(str)].to_numpy().T
    return Said.of_intervals(areas, said.loc[WHOLE].to_numpy())


def bottom_up_normal(task: Task) -> Said:
    """hierarchicalforecast BottomUp of HistoricAverage, normal errors (of each series its own)."""
    return _bottom_up(task, "normality")


def bottom_up_bootstrap(task: Task) -> Said:
    """hierarchicalforecast BottomUp of HistoricAverage, errors of whole past contests drawn."""
    return _bottom_up(task, "bootstrap")


def _bottom_up(task: Task, errors: str) -> Said:
    """Sum the areas' forecasts to the whole: a share of the roll of each."""
    from hierarchicalforecast.core import HierarchicalReconciliation
    from hierarchicalforecast.methods import BottomUp
    from statsforecast.models import HistoricAverage

    series = _engine(HistoricAverage())
    said = series.forecast(df=_series(task), h=1, level=PERCENT, fitted=True)
    areas = task.coming["area"].astype(str).tolist()
    order = [WHOLE, *areas]
    sums = pd.DataFrame(np.vstack([task.weights, np.eye(len(areas))]), columns=areas)
    sums.insert(0, "unique_id", order)
    engine = HierarchicalReconciliation(reconcilers=[BottomUp()])
    reconciled = engine.reconcile(
        Y_hat_df=_quantiles(said).loc[order].assign(ds=0).reset_index(),
        Y_df=series.forecast_fitted_values()[["unique_id", "ds", "y", "HistoricAverage"]],
        S_df=sums,
        tags={"whole": np.array([WHOLE]), "area": np.array(areas)},
        level=PERCENT,
        intervals_method=errors,
    ).set_index("unique_id")
    table = reconciled[_interval_columns("HistoricAverage/BottomUp")]
    return Said.of_intervals(table.loc[areas].to_numpy().T, table.loc[WHOLE].to_numpy())


WHOLE = "(whole)"
PERCENT = [round(100 * level) for level in LEVELS]


def _interval_columns(name: str) -> list[str]:
    lower = [f"{name}-lo-{level}" for level in PERCENT]
    return [*lower, name, *(f"{name}-hi-{level}" for level in PERCENT[::-1])]


def _series(task: Task) -> pd.DataFrame:
    """Return the areas' and the whole's series of the type (of all where that is too short)."""
    known = task.past[task.past["area"].isin(task.coming["area"])]
    past = pd.concat([known, task.whole().assign(area=WHOLE)])
    same = past[past["type"] == task.election_type]
    counts = same.groupby("area").size().reindex([WHOLE, *task.coming["area"]], fill_value=0)
    past = same if counts.min() >= 3 else past
    contest = past.groupby(["date", "election"]).ngroup() + 1
    return pd.DataFrame({"unique_id": past["area"].astype(str), "ds": contest, "y": past["share"]})


def _engine(model: object) -> StatsForecast:
    from statsforecast import StatsForecast
    from statsforecast.models import Naive

    return StatsForecast(models=[model], freq=1, fallback_model=Naive(), n_jobs=1)


def _quantiles(forecast: pd.DataFrame) -> pd.DataFrame:
    """Return a row per series; a series too short for an interval has its point alone."""
    name = next(column for column in forecast.columns[2:] if "-" not in column)
    columns = _interval_columns(name)
    said = forecast.set_index("unique_id")[columns]
    return said.fillna(dict.fromkeys(columns, said[name]))


_FEATURES = ["last", "before", "same_type", "size"]


def _lagged(task: Task) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Past rows with the area's turnouts before them, and the coming contest's."""
    types = {kind: code for code, kind in enumerate(sorted(set(task.past["type"])))}

    def lags(table: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
        earlier = before.groupby("area")
        last = table["area"].map(earlier["share"].last())
        older = table["area"].map(earlier["share"].nth(-2).groupby(before["area"]).last())
        kind = table["area"].map(earlier["type"].last())
        return table.assign(
            last=logit(last),
            before=logit(older.fillna(last)),
            size=np.log(table["registered"]),
            same_type=(kind == table["type"]).astype(float),
            code=table["type"].map(types),
        )

    days = np.sort(task.past["date"].unique())
    rows = [
        lags(task.past[task.past["date"] == day], task.past[task.past["date"] < day])
        for day in days[1:]
    ]
    return pd.concat(rows).dropna(subset=["last"]), lags(task.coming, task.past)


PEERS: dict[str, Callable[[Task], Said]] = {
    "gpboost (1|area) + (1|election)": gpboost_two_way,
    "statsmodels MixedLM": mixed_lm,
    "statsmodels GLM binomial": binomial_glm,
    "scikit-learn quantile boosting": quantile_boosting,
    "MAPIE split conformal": mapie_split,
    "statsforecast HistoricAverage": historic_average,
    "statsforecast AutoETS": auto_ets,
    "hierarchicalforecast bottom-up, normal": bottom_up_normal,
    "hierarchicalforecast bottom-up, bootstrap": bottom_up_bootstrap,
    **ELEX,
}


def ask(name: str, task: Task) -> Said:
    """Let a tool forecast; its warnings about short series are not the question here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return PEERS[name](task)
