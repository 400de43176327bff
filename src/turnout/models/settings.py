"""Settings of models, checked when a model is made: an error then names the setting."""

from __future__ import annotations

import math
from numbers import Integral, Real


def check_positive(name: str, value: object) -> None:
    """Refuse a setting that is no finite number above 0.

    Raises
    ------
    TypeError
        If it is not a number.
    ValueError
        If it is not above 0, or not finite.

    Examples
    --------
    >>> check_positive("memory", -1)
    Traceback (most recent call last):
    ValueError: memory must be a finite number above 0, got -1.
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {value!r}.")
    if not (math.isfinite(value) and float(value) > 0):
        raise ValueError(f"{name} must be a finite number above 0, got {value!r}.")


def check_whole(name: str, value: object, least: int) -> None:
    """Refuse a setting that is not a whole number of at least `least`.

    Raises
    ------
    TypeError
        If it is not a whole number.
    ValueError
        If it is less than `least`.
    """
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number, got {value!r}.")
    if int(value) < least:
        raise ValueError(f"{name} must be at least {least}, got {value!r}.")


def check_power_of_two(name: str, value: object, least: int) -> None:
    """Refuse a setting that is not a power of 2 of at least `least`, as quasi-random draws need.

    Raises
    ------
    TypeError
        If it is not a whole number.
    ValueError
        If it is less than `least` or no power of 2.
    """
    check_whole(name, value, least)
    if isinstance(value, Integral) and int(value).bit_count() != 1:
        raise ValueError(f"{name} must be a power of 2, such as 1024 or 2048, got {value!r}.")


def names_of(covariates: object) -> tuple[str, ...]:
    """Return names of covariates as a tuple; a single name is one.

    Raises
    ------
    TypeError
        If they are no names.
    ValueError
        If one is blank or stands there twice.

    Examples
    --------
    >>> names_of("candidates"), names_of(["candidates", "log_registered"])
    (('candidates',), ('candidates', 'log_registered'))
    """
    listed = [covariates] if isinstance(covariates, str) else covariates
    if not isinstance(listed, (list, tuple)) or not all(isinstance(one, str) for one in listed):
        raise TypeError(f"covariates must be names of columns, got {covariates!r}.")
    names = tuple(listed)
    for name in names:
        if not name.strip():
            raise ValueError("a covariate must be the name of a column, got a blank one.")
        if names.count(name) > 1:
            raise ValueError(f"the covariate {name!r} stands there {names.count(name)} times.")
    return names
