"""Kinds of outreach and the voters they are for, as the regulation and the commissions name them.

The kinds are those of PKPU 9/2022, articles 10 to 13 (direct: forums, discussions, seminars ...;
indirect: press, electronic and online media ...) with those in daily use (KPU Goes to School,
Rumah Pintar Pemilu, door to door). The segments are the ten of Relawan Demokrasi with the
volunteers themselves. Other words are allowed and stay as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from turnout.identity.keys import plain_name
from turnout.language import Language, Text


@dataclass(frozen=True)
class Activity:
    """A kind of activity.

    Parameters
    ----------
    key
        Canonical name in tables.
    label
        Its name in words.
    aliases
        What logs write for it beside key and labels, separated by " | ".
    attendance
        People met by one such activity where a log does not say: a round figure of our own
        judgement; 0 for media, which meet nobody.
    """

    key: str
    label: Text
    aliases: str
    attendance: float


@dataclass(frozen=True)
class Segment:
    """A group of voters that an activity is for; fields as in `Activity`."""

    key: str
    label: Text
    aliases: str


OTHER_ATTENDANCE = 50.0
"""People met by an activity of another kind where a log does not say (our judgement)."""

ACTIVITIES: tuple[Activity, ...] = (
    Activity(
        "citizen_forum",
        Text(en="citizen forum", id="forum warga"),
        "rembuk warga | rembug warga | forum masyarakat | pertemuan warga",
        75,
    ),
    Activity(
        "face_to_face",
        Text(en="face-to-face meeting", id="tatap muka"),
        "sosialisasi tatap muka | pertemuan tatap muka | temu pemilih | face to face",
        100,
    ),
    Activity(
        "discussion",
        Text(en="discussion", id="diskusi"),
        "diskusi kelompok | fgd | focus group discussion | dialog | ngopi pemilu",
        40,
    ),
    Activity("seminar", Text(en="public seminar", id="seminar"), "webinar | kuliah umum", 100),
    Activity("workshop", Text(en="workshop", id="lokakarya"), "", 40),
    Activity(
        "training",
        Text(en="training", id="pelatihan"),
        "bimbingan teknis | bimtek",
        40,
    ),
    Activity("lecture", Text(en="lecture", id="ceramah"), "penyuluhan | pengajian | khotbah", 100),
    Activity(
        "simulation",
        Text(en="voting simulation", id="simulasi pemungutan suara"),
        "simulasi | simulasi pencoblosan | simulasi tps",
        200,
    ),
    Activity("talk_show", Text(en="talk show", id="gelar wicara"), "talkshow | gelarwicara", 100),
    Activity(
        "local_culture",
        Text(en="local culture performance", id="pentas budaya lokal"),
        "budaya lokal | pentas seni | kesenian | pagelaran budaya | pertunjukan rakyat | wayang",
        300,
    ),
    Activity(
        "goes_to_school",
        Text(en="KPU goes to school", id="KPU ke sekolah"),
        "goes to school | goes to pesantren | masuk sekolah | pemilih pemula sekolah",
        150,
    ),
    Activity(
        "goes_to_campus",
        Text(en="KPU goes to campus", id="KPU ke kampus"),
        "goes to campus | masuk kampus",
        150,
    ),
    Activity(
        "rumah_pintar_pemilu",
        Text(en="election learning centre", id="rumah pintar pemilu"),
        "rpp | kunjungan rumah pintar pemilu",
        30,
    ),
    Activity(
        "door_to_door",
        Text(en="door to door", id="dari rumah ke rumah"),
        "rumah ke rumah | canvassing | kunjungan rumah | ketuk pintu",
        30,
    ),
    Activity(
        "small_group",
        Text(en="small group conversation", id="kelompok kecil"),
        "percakapan kelompok kecil | small group",
        15,
    ),
    Activity(
        "mass_event",
        Text(en="mass event", id="acara massal"),
        "festival | konser | jalan sehat | senam | car free day | cfd | pawai | kirab | fun run"
        " | nonton bareng | pameran",
        500,
    ),
    Activity("phone_call", Text(en="phone call", id="telepon"), "call center | menelepon", 20),
    Activity(
        "personal_message",
        Text(en="personal message", id="pesan pribadi"),
        "sms | sms blast | whatsapp | wa | wa blast",
        100,
    ),
    Activity("letter", Text(en="letter", id="surat kepada pemilih"), "surat pemberitahuan", 100),
    Activity(
        "print_material",
        Text(en="printed material", id="bahan sosialisasi"),
        "leaflet | brosur | selebaran | pamflet | poster | stiker | flyer",
        0,
    ),
    Activity(
        "press_media",
        Text(en="press", id="media cetak"),
        "koran | surat kabar | majalah | newspaper",
        0,
    ),
    Activity(
        "electronic_media",
        Text(en="radio and television", id="media elektronik"),
        "radio | televisi | tv | iklan radio | iklan televisi",
        0,
    ),
    Activity(
        "online_media",
        Text(en="online media", id="media daring"),
        "media online | website | laman | situs web | podcast",
        0,
    ),
    Activity(
        "social_media",
        Text(en="social media", id="media sosial"),
        "medsos | instagram | ig | tiktok | youtube | facebook | live instagram",
        0,
    ),
    Activity(
        "outdoor_media",
        Text(en="outdoor media", id="media luar ruang"),
        "luar ruang | baliho | spanduk | banner | billboard | videotron | umbul umbul",
        0,
    ),
    Activity(
        "creative_media",
        Text(en="creative media", id="media kreatif"),
        "mural | jingle | film pendek",
        0,
    ),
)
"""The kinds that a log's words are read as."""

SEGMENTS: tuple[Segment, ...] = (
    Segment("general", Text(en="general public", id="masyarakat umum"), "umum | semua | warga"),
    Segment("family", Text(en="families", id="keluarga"), "basis keluarga | rumah tangga"),
    Segment(
        "first_time",
        Text(en="first-time voters", id="pemilih pemula"),
        "pemula | pelajar | siswa | first time voter | sma | smk",
    ),
    Segment(
        "young",
        Text(en="young voters", id="pemilih muda"),
        "pemuda | milenial | gen z | generasi z | mahasiswa | youth",
    ),
    Segment(
        "women", Text(en="women", id="perempuan"), "wanita | ibu ibu | pkk | pemilih perempuan"
    ),
    Segment(
        "disability",
        Text(en="people with disabilities", id="penyandang disabilitas"),
        "disabilitas | difabel | disabled",
    ),
    Segment(
        "special_needs",
        Text(
            en="voters in special circumstances (border, prison, hospital, mine, plantation)",
            id="pemilih berkebutuhan khusus",
        ),
        "berkebutuhan khusus | lapas | rutan | rumah sakit | perbatasan | perkebunan | tambang",
    ),
    Segment(
        "marginal",
        Text(en="marginal groups", id="kaum marginal"),
        "marginal | marjinal | kelompok marginal | pemilih marginal | masyarakat adat",
    ),
    Segment("community", Text(en="communities", id="komunitas"), "basis komunitas | ormas"),
    Segment(
        "religious",
        Text(en="religious groups", id="keagamaan"),
        "kelompok keagamaan | agama | tokoh agama | jamaah | majelis taklim | pesantren",
    ),
    Segment(
        "netizens",
        Text(en="internet users", id="warga internet"),
        "warganet | netizen | internet citizens",
    ),
    Segment(
        "volunteers",
        Text(en="democracy volunteers", id="relawan demokrasi"),
        "relawan | relasi",
    ),
    Segment("elderly", Text(en="the elderly", id="lanjut usia"), "lansia | manula"),
)
"""The groups of voters that a log's words are read as."""

_ALL: tuple[Activity | Segment, ...] = (*ACTIVITIES, *SEGMENTS)
_BY_KEY: Mapping[str, Activity | Segment] = {one.key: one for one in _ALL}


def kind_of(words: str) -> str:
    """Return the key of the kind that a log's words name; the words themselves if none.

    >>> kind_of("KPU Goes to School SMAN 3"), kind_of("Tatap Muka"), kind_of("Bagi-bagi takjil")
    ('goes_to_school', 'face_to_face', 'Bagi-bagi takjil')
    """
    return _read(words, ACTIVITIES)


def segment_of(words: str) -> str:
    """Return the key of the segment that a log's words name; the words themselves if none.

    >>> segment_of("Pemilih Pemula"), segment_of("penyandang disabilitas"), segment_of("nelayan")
    ('first_time', 'disability', 'nelayan')
    """
    return _read(words, SEGMENTS)


def attendance_of(kind: str) -> float:
    """Return the people that one activity of a kind is assumed to meet.

    >>> attendance_of("face_to_face"), attendance_of("outdoor_media"), attendance_of("takjil")
    (100, 0, 50.0)
    """
    known = _BY_KEY.get(kind)
    return known.attendance if isinstance(known, Activity) else OTHER_ATTENDANCE


def label_of(key: str, lang: Language = "en") -> str:
    """Return a kind or segment in words; what is no key is in words already, without capitals.

    >>> label_of("goes_to_school", "id"), label_of("Bagi-bagi Takjil"), label_of("Lomba RT")
    ('KPU ke sekolah', 'bagi-bagi takjil', 'lomba RT')
    """
    known = _BY_KEY.get(key)
    return known.label.say(lang) if known else _CAPITALISED.sub(lambda word: word[0].lower(), key)


_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")


def is_renamed(words: str, key: str) -> bool:
    """Whether a kind is called otherwise in a log than `label_of` says.

    >>> is_renamed("Goes to School SMAN 3", "goes_to_school"), is_renamed("Diskusi", "discussion")
    (True, False)
    """
    known = _BY_KEY.get(key)
    own = (known.label.en, known.label.id) if known else (words,)
    return words != key and plain_name(words) not in map(plain_name, own)


def _read(words: str, vocabulary: tuple[Activity | Segment, ...]) -> str:
    """Return the key whose longest phrase stands in the words."""
    said = f" {plain_name(words)} "
    for phrase, key in _phrases(vocabulary):
        if f" {phrase} " in said:
            return key
    return re.sub(r"\s+", " ", words).strip()


@lru_cache(maxsize=2)
def _phrases(vocabulary: tuple[Activity | Segment, ...]) -> list[tuple[str, str]]:
    """Return every phrase with its key, the longest first."""
    phrases = {
        plain_name(phrase): one.key
        for one in vocabulary
        for phrase in (one.key, one.label.en, one.label.id, *one.aliases.split("|"))
        if phrase.strip()
    }
    return sorted(phrases.items(), key=lambda pair: -len(pair[0]))
