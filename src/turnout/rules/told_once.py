"""One cause gives one message: what is said of a cell for another cause is left out."""

from __future__ import annotations

from turnout.errors import Finding, Spot


def told_once(findings: list[Finding], causes: list[Finding]) -> list[Finding]:
    """Return findings with `causes` in place of what is said of the same cells because of them."""
    return [*elsewhere(findings, {spot for one in causes for spot in one.spots}), *causes]


def elsewhere(findings: list[Finding], spots: set[Spot]) -> list[Finding]:
    """Return the findings that are at none of `spots`."""
    return [one for one in findings if one.spot not in spots] if spots else findings
