"""What the forecast of a place rests on."""

import numpy as np
import pandas as pd

from turnout import Election
from turnout.forecast.basis import with_basis


def test_the_last_contest_of_the_type_may_be_the_first_of_all() -> None:
    contests = pd.DataFrame({"election": ["P1", "G2", "P3"], "election_type": ["a", "b", "a"]})
    turnout = np.array([[0.6, 0.5, np.nan], [0.7, np.nan, 0.8], [np.nan, 0.4, np.nan]])
    counted = np.array([[1.0, 0.5, 1.0], [0.2, 1.0, 0.4], [1.0, 0.9, 1.0]])
    places = pd.DataFrame({"area": list("ABC")})
    estimated = pd.Series([False, True, False])
    election = Election("2030-11-27", "a")
    basis = with_basis(places, estimated, turnout, counted, contests, election)
    assert basis["contests"].tolist() == [2, 2, 1]
    assert basis["contests_same_type"].tolist() == [1, 2, 0]
    np.testing.assert_allclose(basis["share_counted"], [0.75, 0.3, 0.9])
    np.testing.assert_allclose(basis["last_same_type"], [0.6, 0.8, np.nan])
    assert basis["last_same_type_election"].tolist() == ["P1", "P3", None]
    assert basis["roll_estimated"].tolist() == [False, True, False]
