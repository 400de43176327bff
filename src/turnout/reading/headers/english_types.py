"""Types of elections in English titles: *Local Elections*, *UK Parliamentary General Election*."""

from __future__ import annotations

import re

_MODIFIERS = (
    r"parliament(?:ary)?|general|local|government|presidential|european|mayoral|municipal|council"
    r"|city|county|borough|district|town|parish|community|metropolitan|unitary|ward|assembly"
    r"|legislative|senate|senedd|congressional|gubernatorial|governor|federal|state|provincial"
    r"|regional|national|primary|midterm|special|school\s+board|police\s+(?:and|&)\s+crime"
    r"\s+commissioner|pcc"
)
_BODIES = (
    r"commission|commissioner|office|officer|board|bureau|department|authority|administration"
    r"|committee|supervisory|services|act|law|code|regulations?|observation"
)
_TYPE = re.compile(
    rf"(?:\buk\s+)?(?P<kind>(?:\b(?:{_MODIFIERS})\s+)+)elections?\b(?!\s+(?:{_BODIES})\b)",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\b(?P<kind>by-?\s?election|referendum)s?\b", re.IGNORECASE)
_ELECTION = re.compile(r"\b(?:(?:by-?)?elections?|referendum)\b", re.IGNORECASE)
_SHORT = re.compile(
    r"^\W*(?:(?P<kind>ge|generals?|le|locals?)\W*(?:\b(?:held|on|of)\b\W*)*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\W*)?(?=(?:19|20)\d\d\b|\d{1,2}\W)"
    r"|(?P<year>(?:19|20)\d\d)\W+(?P<after>ge|generals?|le|locals?)\b(?!\s+(?:authority|council)))",
    re.IGNORECASE,
)
_MANY = re.compile(r"(?:\band|&|,|/|\+)\s*$", re.IGNORECASE)
_LEADS_ON = re.compile(r"^(?:[\s,:–—-]|\b(?:held|on|of|the)\b)+", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)

_SAME = {
    "parliamentary general": "general",
    "general parliamentary": "general",
    "local government": "local",
    "pcc": "police and crime commissioner",
    "police & crime commissioner": "police and crime commissioner",
    "european parliament": "european",
    "european parliamentary": "european",
}


def take_english_type(text: str) -> tuple[str, str]:
    """Return the type of election that an English text names, and the text without it.

    It is told in the singular and in its own words; several types, and commissions, name none.

    >>> take_english_type("UK Parliamentary General Election"), take_english_type("Local Elections")
    (('general election', ''), ('local election', ''))
    >>> take_english_type("Local and mayoral elections"), take_english_type("Election results")
    (('', 'Local and mayoral elections'), ('', 'Election results'))
    >>> take_english_type("General Elections Commission of Jambi")[0]
    ''
    """
    found = [*_ALONE.finditer(text)] or [*_TYPE.finditer(text)]
    kinds = {_kind(one) for one in found}
    if len(kinds) != 1 or any(_MANY.search(text[: one.start()]) for one in found):
        return "", text
    rest = text[: found[0].start()] + " " + _LEADS_ON.sub("", text[found[-1].end() :])
    return kinds.pop(), rest.strip()


def _kind(found: re.Match[str]) -> str:
    words = " ".join(found["kind"].casefold().split())
    if found.re is _ALONE:
        return "referendum" if words == "referendum" else "by-election"
    if words == "parliamentary" and found[0].casefold().startswith("uk"):
        words = "general"
    return f"{_SAME.get(words, words)} election"


def short_type(text: str) -> tuple[str, str]:
    """Return the type that a text tells in short beside its year or day, and its short word.

    >>> short_type("GE2015 Electorate"), short_type("Locals 4 May 2023"), short_type("2016 General")
    (('general election', 'GE'), ('local election', 'Locals'), ('general election', 'General'))
    >>> short_type("Local authority 2015"), short_type("General")
    (('', ''), ('', ''))
    """
    found = _SHORT.match(text)
    word = (found["kind"] or found["after"]) if found else ""
    kind = "general election" if word[:1] in ("g", "G") else "local election"
    return (kind, word) if word else ("", "")


def behind_election(text: str) -> str:
    """Return what stands behind the last word for an election, such as the name of a column.

    >>> behind_election("Ashby Poll and Election Electorate"), behind_election("Votes cast")
    ('Electorate', '')
    """
    found = [*_ELECTION.finditer(text)]
    return _LEADS_ON.sub("", text[found[-1].end() :]).strip() if found else ""


def without_weekday(text: str) -> str:
    """Return a text without the days of the week that stand beside its date.

    >>> without_weekday("Local Elections - Thursday  Electorate")
    'Local Elections - Electorate'
    """
    return " ".join(_WEEKDAY.sub(" ", text).split()) if _WEEKDAY.search(text) else text
