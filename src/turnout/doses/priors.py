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
from functools import lru_cache

from turnout.identity import plain_name
from turnout.language import Text

BIAS_SD = 0.04
"""Standard deviation of what the choice of places adds to an estimate: logit, at the mean dose."""


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

_WORDS: Mapping[str, str] = {
    # In the order in which they are tried: a talk at a school about media is a talk.
    "call": "phone call|telephone|telepon|call center|calls",
    "message": "sms|whatsapp|wa blast|message|pesan",
    "conversation": "door to door|canvass|rumah ke rumah|small group|kelompok kecil|coklit|"
    "kunjungan rumah|home visit|home visits",
    "show": "simulasi|simulation|gelar wicara|talk show|festival|budaya|konser|concert|rally|"
    "jalan sehat|fun run|massal|mass event|pawai|kirab|senam|car free day|pentas|nonton|pameran|"
    "exhibition",
    "meeting": "tatap muka|face to face|forum|diskusi|discussion|seminar|lokakarya|workshop|"
    "pelatihan|training|ceramah|lecture|school|campus|sekolah|kampus|kelas|rumah pintar|"
    "sosialisasi|meeting|pertemuan|penyuluhan|pendidikan pemilih|voter education|talk|dialog|"
    "pengajian",
    "print": "cetak|leaflet|flyer|brosur|surat|letter|selebaran|print",
    "media": "media|baliho|billboard|spanduk|banner|radio|television|televisi|tv|instagram|"
    "tiktok|youtube|facebook|online|daring|elektronik|luar ruang|iklan|podcast|website|"
    "bahan sosialisasi",
}


@lru_cache(maxsize=4096)
def class_of(kind: str) -> str:
    """Return the class of activity that a kind belongs to, a key of `PRIORS`.

    >>> class_of("KPU Goes to School"), class_of("baliho"), class_of("lomba mural")
    ('meeting', 'media', 'other')
    """
    words = f" {plain_name(kind.replace('_', ' '))} "
    for name, phrases in _WORDS.items():
        if any(f" {phrase} " in words for phrase in phrases.split("|")):
            return name
    return "other"


def prior_of(kind: str) -> EffectPrior:
    """Return the prior of a kind of activity, named as a log names it.

    >>> prior_of("tatap_muka").mean, prior_of("door to door").mean
    (0.08, 0.107)
    """
    return PRIORS[class_of(kind)]
