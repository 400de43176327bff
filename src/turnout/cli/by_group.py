"""Women and men, disabled voters and age groups in a run: who is told, and what is noted."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from turnout.areas import Panel, build_panel
from turnout.cli.job import Done
from turnout.cli.notes import noted
from turnout.errors import TurnoutError
from turnout.forecast import Note
from turnout.groups.forecast import split
from turnout.groups.partitions import Partition, groups_told
from turnout.groups.words import WORDS
from turnout.language import Text
from turnout.sexes import BySex
from turnout.sexes.forecast import SEXES
from turnout.sexes.words import WORDS as WORDS_BY_SEX

MOST_SPLIT = 20_000_000
"""Draws x places that are split between groups; more would fill the memory."""


def split_by_group(done: Done) -> Done:
    """Split the voters of a forecast by each partition that the past results tell."""
    tables = {role: reading.table for role, reading in done.readings.items()}
    results = tables["results"]
    past = results[results["date"] < pd.Timestamp(done.job.election.date)]
    partitions = [*((SEXES,) if SEXES.told_by(past) else ()), *groups_told(past)]
    if not partitions:
        return done
    counted = done.job.dated(tables["counted"]) if "counted" in tables else None
    panel = build_panel(
        results,
        roll=tables.get("roll"),
        crosswalk=tables.get("crosswalk"),
        election=done.job.election,
        counted=counted,
    )
    for partition in partitions:
        done = _with(done, panel, partition)
    return done


def _with(done: Done, panel: Panel, partition: Partition) -> Done:
    """Add the forecast of one partition; or a note why there is none."""
    # Every n-th draw: neighbours may share their parameters.
    step = -(-done.forecast.draws.size // MOST_SPLIT)
    forecast = replace(done.forecast, draws=done.forecast.draws[::step])
    words = WORDS_BY_SEX if partition is SEXES else WORDS
    try:
        told = split(forecast, panel, partition, words, done.job.seed)
    except TurnoutError as error:
        return replace(done, forecast=noted(done.forecast, [Note(error.text, error.values)]))
    if step > 1:
        values = {"n": len(forecast.draws), "all": len(done.forecast.draws)}
        told = replace(told, notes=(*told.notes, Note(_THINNED, values)))
    if partition is SEXES:
        return replace(done, sexes=BySex.of(told))
    return replace(done, groups=(*done.groups, told))


_THINNED = Text(
    en="The figures by group rest on {n:count} of the {all:count} draws, as there are very many "
    "places.",
    id="Angka menurut kelompok memakai {n:count} dari {all:count} simulasi karena wilayahnya "
    "sangat banyak.",
)
