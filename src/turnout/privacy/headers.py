"""Headers that announce the data of persons, told by their words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LONGEST = 400
_BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in text.split(" | "))


# One of these words, anywhere in the header, is enough.
_WORDS = _words(
    "nik nkk lahir passport paspor passeport pasaporte surel birthday birthdate dob ttl ssn npwp"
    " surname firstname lastname fullname forename vorname nachname geburtsdatum geburtstag"
    " cognome apellido apellidos prenom naissance nacimiento nascita nascimento fiscale dni cpf"
    " signature"
)

# So is one of these, unless the header speaks of activities or stations: "phone calls".
_WAYS = _words(
    "whatsapp email phone telephone handphone ponsel telefon telefono telepon telp tlp mobile hp wa"
)
_ACTIVITIES = _words(
    "call calls called sent kirim terkirim dikirim banking blast campaign kampanye reached reach"
    " station stations tps polling post pos kantor office cost biaya kegiatan activity activities"
    " broadcast grup group panggilan message messages pesan turnout rate wa us"
)

# These words, one after the other, anywhere in the header.
_ANYWHERE = _phrases(
    "induk kependudukan | nomor induk | kartu keluarga | kepala keluarga | no kk | nomor kk"
    " | no ktp | nomor ktp | nik ktp | nama pemilih | nama lengkap | nama warga | nama penduduk"
    " | nama orang | nama depan | nama belakang | nama panggilan | nama ibu | nama ayah"
    " | nama suami | nama istri | nama petugas | nama ketua | nama anggota | nama responden"
    " | nama relawan | nama kontak | id pemilih | nomor pemilih | voter id | voter name"
    " | voter names | name of voter | name of voters | names of voters | name of the voter"
    " | whats app | full name | first name | last name | middle name | given name | family name"
    " | maiden name"
    " | head of household | mother s name | father s name | contact name | contact person"
    " | birth date | birth place | date of birth | place of birth | year of birth | e mail"
    " | no hp | nomor hp | no wa | nomor wa | no telp | nomor telp | no telepon | nomor telepon"
    " | no tlp | nomor tlp | no handphone | home address | postal address | street address"
    " | alamat rumah | alamat lengkap | alamat pemilih | alamat tinggal | alamat domisili"
    " | alamat ktp | national id | identity number | identity card | id card | social security"
    " | tax id | driver license | driving licence | status perkawinan | status kawin"
    " | marital status | tanda tangan | kad pengenalan | no kp | nom de famille"
    " | numero de telephone"
)

# These say it only where they are the whole header: "alamat TPS" is the address of a station.
_WHOLE = _phrases(
    "alamat | address | hp | no telpon | telpon | kontak | contact"
    " | no identitas | nomor identitas | id no | nama kk | adresse | direccion | indirizzo"
)

# A count of persons or papers tells of nobody: "Jumlah KK", "Jumlah NIK ganda".
_COUNTED = _words("jumlah jml jum jlh total banyaknya count anzahl")
_NEVER_COUNTED = _words("induk telephone")


def header_words(header: str, *, camel: bool = True) -> tuple[str, ...]:
    """Return the plain words of a header; letters with points between them are one word.

    Parameters
    ----------
    header
        As written; what stands behind its 400th sign is not looked at.
    camel
        Whether a capital letter within a word begins another.

    Examples
    --------
    >>> header_words("N.I.K."), header_words("NIKPemilih"), header_words("tgl_lahir (dd/mm)")
    (('nik',), ('nik', 'pemilih'), ('tgl', 'lahir', 'dd', 'mm'))
    """
    text = unicodedata.normalize("NFKD", header[:_LONGEST])
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    if camel:
        text = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    words = re.sub(r"[^0-9a-z]+", " ", text.casefold()).split()
    joined: list[str] = []
    letters = ""
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha():
            letters += word
            continue
        joined += [letters, word]
        letters = ""
    return tuple(word for word in joined if word)


@lru_cache(maxsize=65_536)
def is_personal_header(header: str) -> bool:
    """Whether a header says that the data of persons stand below it.

    Names of places are none, nor are counts of persons.

    Parameters
    ----------
    header
        As written in the file.

    Examples
    --------
    >>> [is_personal_header(h) for h in ("NIK Pemilih", "N.I.K.", "No WhatsApp", "Full name")]
    [True, True, True, True]
    >>> [is_personal_header(h) for h in ("Nama Kelurahan", "Jumlah KK", "Alamat TPS", "Pemilih")]
    [False, False, False, False]
    """
    readings = {
        header_words(header),
        header_words(header, camel=False),
        header_words(_BRACKETS.sub(" ", header[:_LONGEST])),
    }
    return any(map(_personal, readings))


def _personal(words: tuple[str, ...]) -> bool:
    said = set(words)
    if not words or (said & _COUNTED and not said & _NEVER_COUNTED):
        return False
    return (
        bool(said & _WORDS)
        or (bool(said & _WAYS) and len(words) <= _MOST_WORDS and not said & _ACTIVITIES)
        or words in _WHOLE
        or _holds_phrase(words)
        or (len(words) == 1 and words[0] in _RUN_TOGETHER)
    )


def _holds_phrase(words: tuple[str, ...]) -> bool:
    return any(
        words[at : at + len(phrase)] == phrase
        for at, word in enumerate(words)
        for phrase in _BY_FIRST_WORD.get(word, ())
    )


_MOST_WORDS = 5
_BY_FIRST_WORD = {
    first: [phrase for phrase in _ANYWHERE if phrase[0] == first]
    for first in {phrase[0] for phrase in _ANYWHERE}
}
_RUN_TOGETHER = frozenset("".join(phrase) for phrase in _ANYWHERE)
