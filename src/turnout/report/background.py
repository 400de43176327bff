"""What stands behind a forecast, for those who have to judge it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from turnout.errors import Finding
from turnout.forecast import Note
from turnout.models.diagnosis.diagnose import Diagnosis

if TYPE_CHECKING:
    from turnout.groups import ByGroup
    from turnout.sexes import BySex


@dataclass(frozen=True)
class Background:
    """What a report tells of the making of a forecast.

    Parameters
    ----------
    inputs
        Role of each input file (results, roll ...) and its path; they are hashed.
    findings
        What was found in the files.
    left_out
        What was not used, and why.
    settings
        Settings of the run beside those that the forecast knows, such as ``prior``.
    diagnosis
        What the model says of its forecast (`FittedHierarchical.diagnose`), if it says anything.
    sexes
        The forecast of women and of men, where the data tell them apart.
    groups
        The forecasts by disability and by age, where the data tell them.
    made_at
        Time that the report shows; during a count up to when it goes where not given. No clock is
        asked, so that the same forecast gives the same report.
    """

    inputs: Mapping[str, Path] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    left_out: Sequence[Note] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    diagnosis: Diagnosis | None = None
    sexes: BySex | None = None
    groups: Sequence[ByGroup] = ()
    made_at: dt.datetime | None = None
