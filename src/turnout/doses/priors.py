"""What is known beforehand of an activity's effect on the people it reaches.

From randomised trials elsewhere, with the effects found where elections matter little halved,
because none was found for Indonesia: 71 canvassing trials (Green, McGrath & Aronow 2013: 2.5
points), Europe (Bhatti et al. 2016: smaller), volunteer calls (Nickerson 2006: 3.8), text messages
in Denmark (0.7) and Norway (1.0), rallies in Paraguay (Chong et al. 2019: about 0), and effects
that shrink by a third to three quarters where an election matters more (Mann & Haenschen 2024).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from turnout.language import Text
from turnout.outreach_kinds import kind_of

BIAS_SD = 0.04
"""Standard deviation of what the choice of places adds to an estimate: logit, at the mean dose."""

PLACES_ONLY_SD = 0.3
"""The same where no place can be compared with itself: what tells places apart anyway."""


@dataclass(frozen=True)
class EffectPrior:
    """A normal prior of the change in a person's logit of voting when reached.

    Parameters
    ----------
    mean, sd
        In logit; at a turnout of 75% a logit of .0533 is one point.
    what
        The kinds of activity it is for, in words.
    """

    mean: float
    sd: float
    what: Text


PRIORS: Mapping[str, EffectPrior] = {
    "conversation": EffectPrior(
        0.107,
        0.080,
        Text(en="door to door, small group", id="dari rumah ke rumah, kelompok kecil"),
    ),
    "meeting": EffectPrior(
        0.080,
        0.107,
        Text(en="face-to-face forum, school, campus", id="forum tatap muka, sekolah, kampus"),
    ),
    "show": EffectPrior(
        0.027,
        0.080,
        Text(en="mass event, festival, simulation", id="acara massal, festival, simulasi"),
    ),
    "call": EffectPrior(
        0.107, 0.080, Text(en="personal telephone call", id="telepon langsung ke orangnya")
    ),
    "message": EffectPrior(
        0.037, 0.027, Text(en="personal message", id="pesan pribadi (SMS, WhatsApp)")
    ),
    "print": EffectPrior(0.027, 0.037, Text(en="letter or leaflet", id="surat atau selebaran")),
    "media": EffectPrior(
        0.005,
        0.016,
        Text(en="media, per person exposed", id="media, per orang yang terpapar"),
    ),
    "other": EffectPrior(
        0.027, 0.107, Text(en="activity of another kind", id="kegiatan jenis lain")
    ),
}
"""Priors by class of activity: effect per person reached, in logit."""

_CLASSES: Mapping[str, str] = {
    "door_to_door": "conversation",
    "small_group": "conversation",
    "citizen_forum": "meeting",
    "face_to_face": "meeting",
    "discussion": "meeting",
    "seminar": "meeting",
    "workshop": "meeting",
    "training": "meeting",
    "lecture": "meeting",
    "goes_to_school": "meeting",
    "goes_to_campus": "meeting",
    "rumah_pintar_pemilu": "meeting",
    "simulation": "show",
    "talk_show": "show",
    "local_culture": "show",
    "mass_event": "show",
    "phone_call": "call",
    "personal_message": "message",
    "letter": "print",
    "print_material": "print",
    "press_media": "media",
    "electronic_media": "media",
    "online_media": "media",
    "social_media": "media",
    "outdoor_media": "media",
    "creative_media": "media",
}
"""The class of every kind of `turnout.outreach_kinds`."""


def class_of(kind: str) -> str:
    """Return the class of activity that a kind belongs to, a key of `PRIORS`.

    >>> class_of("KPU Goes to School"), class_of("baliho"), class_of("bagi takjil")
    ('meeting', 'media', 'other')
    """
    return _CLASSES.get(kind_of(kind), "other")


def prior_of(kind: str) -> EffectPrior:
    """Return the prior of a kind of activity, named as a log names it.

    >>> prior_of("tatap muka").mean, prior_of("door to door").mean
    (0.08, 0.107)
    """
    return PRIORS[class_of(kind)]
