"""The flagship: a tree of Gaussian processes on the logit scale (docs/model.md, section 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar, Literal

import pandas as pd

from turnout.areas import one_ballot_a_day, panel_of, require_election
from turnout.arrays import Floats
from turnout.dates import days_of
from turnout.elections import Election
from turnout.forecast import Forecast, Note, make_forecast
from turnout.identity.reports import counted_until, is_of_file
from turnout.language import Language, Text
from turnout.models.covariates.offsets import known_totals, targets_of
from turnout.models.covariates.replayed import inflation
from turnout.models.diagnosis.diagnose import Diagnosis, diagnose
from turnout.models.notes import ballots_notes, history_notes
from turnout.models.settings import check_positive, check_power_of_two, check_whole, names_of
from turnout.models.tree.levels import fit_levels
from turnout.models.tree.linear_effects import LinearEffects
from turnout.models.tree.night_scatter import NightScatter
from turnout.models.tree.posterior import TreeState
from turnout.models.tree.predictive import Predictive
from turnout.models.tree.priors import DEFAULT, TopPrior, prior_named
from turnout.models.tree.remembered import Remembered
from turnout.models.tree.shocks import Again, past_contest
from turnout.models.tree.window import Window
from turnout.schema import canonical_results

_LEAST_INTEGRATION = 64


@dataclass(frozen=True)
class HierarchicalModel:
    """Turnout as a tree of Gaussian processes: areas in districts in the whole.

    Parameters
    ----------
    prior
        Prior of the top of the tree, or the name of one, such as ``indonesia``; `top_prior` is
        the prior itself.
    memory
        Prior median of how long places below the top keep their drift, in years.
    station_sd
        Standard deviation of a polling station's logit within its area, for partial counts.
    integration
        Number of parameter draws where variances are integrated, a power of 2.
    scale
        Factor on all prior standard deviations between elections, for sensitivity.
    covariates
        What is known before an election: columns of the results and of the roll, or one of
        ``log_registered``, ``months_since_last`` and ``voters_per_station``, which are computed.
    contests
        Past contests that are used at most, the newest of every type in turn: the time that it
        takes grows with the cube of their number.

    Raises
    ------
    TurnoutError
        If there is no prior of that name.
    TypeError, ValueError
        If a setting is none that the model can have.

    Examples
    --------
    >>> results = pd.DataFrame({
    ...     "date": ["2015-12-09", "2018-06-27", "2019-04-17"] * 2,
    ...     "election_type": ["pilkada", "pilkada", "pemilu"] * 2,
    ...     "area": ["Murni"] * 3 + ["Legok"] * 3,
    ...     "registered": [2400, 2500, 2600, 5100, 5000, 5300],
    ...     "voters": [1700, 1800, 2150, 3300, 3350, 4200]})
    >>> fitted = HierarchicalModel().fit(results)
    >>> forecast = fitted.forecast(Election("2024-11-27", "pilkada"), draws=1000, seed=1)
    >>> bool(0.55 < forecast.at("total").intervals()["median"].iloc[0] < 0.8)
    True
    """

    takes_counts: ClassVar[Literal[True]] = True
    takes_outreach: ClassVar[Literal[True]] = True

    prior: TopPrior | str = DEFAULT
    memory: float = 25.0
    station_sd: float = 0.3
    integration: int = 2048
    scale: float = 1.0
    covariates: tuple[str, ...] = ()
    contests: int = 24

    def __post_init__(self) -> None:
        for name in ("memory", "station_sd", "scale"):
            check_positive(name, getattr(self, name))
        check_power_of_two("integration", self.integration, _LEAST_INTEGRATION)
        check_whole("contests", self.contests, 1)
        if not isinstance(self.top_prior, TopPrior):
            raise TypeError(f"prior must be a TopPrior or the name of one, got {self.prior!r}.")
        object.__setattr__(self, "covariates", names_of(self.covariates))

    @property
    def name(self) -> str:
        """Name of the model as tables show it."""
        return type(self).__name__

    @property
    def top_prior(self) -> TopPrior:
        """The prior of the top of the tree."""
        return prior_named(self.prior) if isinstance(self.prior, str) else self.prior

    def with_prior(self, prior: TopPrior | str) -> HierarchicalModel:
        """Return the model with another prior of the top of the tree, or the one of that name.

        Raises
        ------
        TurnoutError
            If there is no prior of that name.
        """
        return replace(self, prior=prior)

    def with_scale(self, factor: float) -> HierarchicalModel:
        """Return the model with all its prior standard deviations between elections scaled."""
        return replace(self, scale=factor * self.scale)

    def with_covariates(self, names: Sequence[str]) -> HierarchicalModel:
        """Return the model with these covariates."""
        return replace(self, covariates=tuple(names))

    def fit(
        self,
        results: pd.DataFrame,
        *,
        outreach: pd.DataFrame | None = None,
        crosswalk: pd.DataFrame | None = None,
    ) -> FittedHierarchical:
        """Learn the variances of the levels with many places.

        Parameters
        ----------
        results
            Results table, at any mixture of scales.
        outreach
            Past outreach.
        crosswalk
            New areas and the old ones whose voters they took.

        Raises
        ------
        DataError
            If a needed column or a covariate is missing.
        HistoryError
            If there are no results.
        """
        window = Window.of(results, None, self.contests)
        past = panel_of(window.past, crosswalk=crosswalk)
        levels = fit_levels(self, one_ballot_a_day(past))
        fitted = FittedHierarchical(self, Inputs(results, outreach, crosswalk), levels)
        fitted._windows[None] = window  # the past of every election that is yet to come
        return fitted


@dataclass(frozen=True)
class Inputs:
    """The tables that a model was fitted to."""

    results: pd.DataFrame
    outreach: pd.DataFrame | None = None
    crosswalk: pd.DataFrame | None = None


@dataclass(frozen=True)
class FittedHierarchical:
    """A `HierarchicalModel` with the variances of its populous levels.

    Parameters
    ----------
    model
        Its settings.
    inputs
        The tables it was fitted to.
    levels
        Log parameters of the levels that were fitted, by scale.
    shock_of
        Label or year of a past election whose day's shock is supposed to come again; then what
        `forecast` returns is a what-if (docs/model.md, section 19).
    """

    model: HierarchicalModel
    inputs: Inputs
    levels: Mapping[str, Floats] = field(default_factory=dict)
    shock_of: str | None = None

    def like(self, past: str) -> FittedHierarchical:
        """Return the fit under which the coming day has the shock of a past one: a what-if.

        Parameters
        ----------
        past
            The past election: its label, or its year where that tells it.
        """
        return replace(self, shock_of=past)

    def forecast(
        self,
        election: Election,
        *,
        roll: pd.DataFrame | None = None,
        counted: pd.DataFrame | None = None,
        activities: pd.DataFrame | None = None,
        draws: int = 4000,
        seed: int | None = None,
    ) -> Forecast:
        """Return joint draws of turnout in the coming election.

        Parameters
        ----------
        election
            The coming election; results dated on or after it are left out.
        roll
            Registered voters per area; the newest contest's when not given.
        counted
            Results of the coming election so far, with stations_counted and stations_total.
        activities
            Planned outreach.
        draws
            Number of draws.
        seed
            Seed of the draws.

        Raises
        ------
        HistoryError
            If no results from before the election are left, or the variances cannot be
            integrated reliably.
        DataError
            If a covariate has no value for the coming election.
        """
        return self._drawn(
            self.predictive(election, roll=roll, counted=counted, activities=activities),
            counted,
            election,
            draws,
            seed,
        )

    def forecast_and_diagnose(
        self,
        election: Election,
        *,
        roll: pd.DataFrame | None = None,
        counted: pd.DataFrame | None = None,
        activities: pd.DataFrame | None = None,
        draws: int = 4000,
        seed: int | None = None,
    ) -> tuple[Forecast, Diagnosis]:
        """Return a forecast and what it rests on; the variances are integrated once for both.

        The arguments and errors are those of `forecast`.
        """
        coming = self.predictive(election, roll=roll, counted=counted, activities=activities)
        return self._drawn(coming, counted, election, draws, seed), diagnose(coming)

    def _drawn(
        self,
        coming: Predictive,
        counted: pd.DataFrame | None,
        election: Election,
        draws: int,
        seed: int | None,
    ) -> Forecast:
        contests, said = coming.panel.contests, self.shock_of
        again = None if said is None else Again(past_contest(contests, coming.contest, said))
        shares = coming.draw(draws, seed, again)
        about = coming.about(self.model.name, seed)
        if again is not None:
            label = str(contests["election"].iloc[again.contest])
            about = replace(about, what_if=(Note(_LIKE, {"election": label}),))
        until, panel = counted_until(counted, election), coming.panel
        del coming  # the tree of a nation is large, and has told what it knows
        return make_forecast(panel, election, shares.T, about, until, of_file=is_of_file(counted))

    def predictive(
        self,
        election: Election,
        *,
        roll: pd.DataFrame | None = None,
        counted: pd.DataFrame | None = None,
        activities: pd.DataFrame | None = None,
    ) -> Predictive:
        """Return a coming election as inference sees it, ready to be drawn.

        The arguments and errors are those of `forecast`.
        """
        if counted is None:
            return self._predictive(election, roll, activities)
        before = self._before_count(election, roll, activities).state
        return self._predictive(election, roll, activities, counted, before)

    def _before_count(
        self, election: Election, roll: pd.DataFrame | None, activities: pd.DataFrame | None
    ) -> Predictive:
        """Return an election before its count; that of a night stays for all its looks."""
        return self._uncounted.of(
            election, (roll, activities), lambda: self._predictive(election, roll, activities)
        )

    @cached_property
    def _uncounted(self) -> Remembered[Predictive]:
        return Remembered()

    def _predictive(
        self,
        election: Election,
        roll: pd.DataFrame | None,
        activities: pd.DataFrame | None,
        counted: pd.DataFrame | None = None,
        before: TreeState | None = None,
    ) -> Predictive:
        window = self._window(election)
        known = {"roll": roll, "crosswalk": self.inputs.crosswalk, "counted": counted}
        every = panel_of(window.past, election=election, **known)
        contest, levels = every.contest_of(election), self._before(election).levels
        panel = one_ballot_a_day(every, contest)
        logs = (self.inputs.outreach, activities)
        effects = LinearEffects.of(
            panel, contest, roll=roll, logs=logs, covariates=self.model.covariates
        )
        scatter = NightScatter.of(panel, contest)
        notes = (*history_notes(panel, contest), *window.notes, *ballots_notes(every, panel))
        return Predictive(
            panel,
            TreeState.of(self.model, panel, levels, effects.columns, scatter, before),
            contest,
            targets_of(panel, contest, self.model.station_sd),
            (*notes, *effects.notes, *effects.outreach_notes),
            known_totals(panel, contest, self.model.station_sd),
            inflation(panel, contest),
        )

    def diagnose(
        self, election: Election | None = None, *, roll: pd.DataFrame | None = None
    ) -> Diagnosis:
        """Return what the forecast of an election rests on.

        Parameters
        ----------
        election
            The coming election; when not given, one of the newest contest's type a year after it.
        roll
            Registered voters per area; the newest contest's when not given.
        """
        return diagnose(self.predictive(election or self._next_election(), roll=roll))

    def summary(self, lang: Language = "en") -> str:
        """Return in words what the forecast of an election of the newest type would rest on."""
        return self.diagnose().say(lang)

    def _next_election(self) -> Election:
        newest = canonical_results(self.inputs.results).iloc[-1]
        date = newest["date"] + pd.DateOffset(years=1)
        return Election(date, newest["election_type"], newest["type_group"])

    def _window(self, election: Election) -> Window:
        """Return the results from before an election; those of a night stay for its next look."""
        asked = election if self._late(election).any() else None
        if asked not in self._windows:
            self._windows.clear()
            self._windows[asked] = Window.of(self.inputs.results, asked, self.model.contests)
        return self._windows[asked]

    @cached_property
    def _windows(self) -> dict[Election | None, Window]:
        return {}

    def _before(self, election: Election) -> FittedHierarchical:
        """Return the fit without what happened on the polling day or later."""
        inputs, late = self.inputs, self._late(election)
        if not late.any():
            return self
        earlier = inputs.results[~late]
        return self.model.fit(earlier, outreach=inputs.outreach, crosswalk=inputs.crosswalk)

    def _late(self, election: Election) -> pd.Series:
        """Return which results are of the polling day or later."""
        require_election(election)
        return self._days >= pd.Timestamp(election.date)

    @cached_property
    def _days(self) -> pd.Series:
        return days_of(self.inputs.results["date"])


_LIKE = Text(
    en="the day's shock is that of {election:contest}",
    id="guncangan harinya seperti {election:contest}",
)
