"""A sealed forecast: its files, their digests, and a program that checks and scores it anywhere."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from turnout.elections import TYPE_GROUPS
from turnout.errors import TurnoutError
from turnout.language import Language, Text
from turnout.output.files import SEAL, write_json, write_text
from turnout.output.tables import write_table
from turnout.reading.headers.aliases import RESULTS
from turnout.runs import sealed_check, sealed_outcome, sealed_score
from turnout.runs.reading import Run
from turnout.runs.sealed_words import WORDS

README, SAID = "README.txt", "words.json"
PROGRAMS = {"check.py": sealed_check, "outcome.py": sealed_outcome, "score.py": sealed_score}

_FORMAT = 2
# What `forecast score` adds to a run.
_SCORES = "evaluation.csv"
# Columns of an outcome that the program reads.
_READ = (
    *("election", "date", "election_type", "nation", "province", "city", "district", "area"),
    *("area_id", "registered", "voters", "stations_counted", "stations_total"),
)
_TOLD = ("turnout", "python", "libraries", "election", "model", "prior", "seed", "draws")


@dataclass(frozen=True)
class Seal:
    """What was sealed.

    Parameters
    ----------
    digest
        SHA-256 of seal.json, which holds the digests of all else: to be published.
    files
        Digest of every sealed file, by its name.
    inputs
        Role, name and digest of every file that the run read.
    """

    digest: str
    files: dict[str, str]
    inputs: list[dict[str, str]]

    def say(self, lang: str = "en") -> str:
        """Return what to do with the digest, and whether the outcome was known already."""
        chosen: Language = "id" if lang == "id" else "en"
        told = _SEALED.say(
            chosen, digest=self.digest, files=len(self.files), inputs=len(self.inputs)
        )
        scored = f"run/{_SCORES}" in self.files
        return f"{told}\n{_SCORED.say(chosen)}" if scored else told

    def refuse_other(self, target: Path) -> None:
        """Refuse a folder that holds a seal with another digest, which may be published.

        Raises
        ------
        TurnoutError
            With both digests.
        """
        there = target / SEAL
        if there.is_file() and (old := sha256(there)) != self.digest:
            raise TurnoutError(_OTHER_SEAL, folder=str(target), old=old, new=self.digest)


def seal_run(run: Run, target: Path, lang: Language = "en") -> Seal:
    """Write a sealed copy of a run into an empty folder.

    Nothing in it tells the time or the place of sealing: the same run gives the same bytes in
    the same language.

    Parameters
    ----------
    run
        A finished run, unchanged since it was written.
    target
        Folder to write into.
    lang
        Language that the programs in it speak unless they are asked for the other.

    Returns
    -------
    Seal

    Raises
    ------
    TurnoutError
        If a file of the run is missing or was changed, the run told no digests, or is a what-if.
    """
    run.require_forecast()
    if not isinstance(run.record.get("sha256"), dict):
        raise TurnoutError(_TOO_OLD, folder=str(run.folder))
    run.check_whole()
    names = [path.relative_to(run.folder).as_posix() for path in run.files()]
    for name in names:
        copy = target / "run" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(run.folder / name, copy)
    if (table := run.file_of("forecast.csv")) != "forecast.csv" and table in names:
        # The program that scores it reads no Parquet.
        write_table(run.table(), target / "run" / "forecast.csv")
        names.append("forecast.csv")
    for name, program in PROGRAMS.items():
        write_text(Path(str(program.__file__)).read_text(encoding="utf-8"), target / name)
    write_text(f"{_README.en}\n\n{_README.id}\n", target / README)
    write_json({key: {"en": text.en, "id": text.id} for key, text in WORDS.items()}, target / SAID)
    sealed = (README, *PROGRAMS, SAID, *(f"run/{name}" for name in names))
    files = {name: sha256(target / name) for name in sealed}
    inputs = list(run.record.get("inputs", []))
    told: dict[str, Any] = {name: run.record.get(name) for name in _TOLD}
    told["election"] = {**told["election"], "date": run.election.date.isoformat()}
    write_json(
        {
            "format": _FORMAT,
            "lang": lang,
            **told,
            "inputs": inputs,
            "files": files,
            "types": _types_of(run),
            "headers": _headers(),
        },
        target / SEAL,
    )
    return Seal(sha256(target / SEAL), files, inputs)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as ``sha256sum`` tells it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _types_of(run: Run) -> list[str]:
    """Return the types that an outcome may bear: the election's own, and its other names."""
    election = run.election
    return sorted({election.election_type, *filter(election.is_kind, TYPE_GROUPS)})


def _headers() -> dict[str, list[str]]:
    """Return the headers by which the program knows the columns of an outcome."""
    known = {column.name: column for column in RESULTS.columns}
    return {
        name: [name, *(one for one in known[name].aliases.split(" | ") if one)] for name in _READ
    }


_SEALED = Text(
    en="Sealed: {files:count:file:files}, {inputs:count:input:inputs}. Digest of the seal:\n"
    "{digest}\n"
    "Publish it before polling day (minutes, a post, a newspaper): who has it can tell later that "
    "nothing was changed. Afterwards: python3 score.py OUTCOME.csv in the sealed folder, on any "
    "computer; keep OUTCOME.csv outside of it.",
    id="Disegel: {files:count} berkas, {inputs:count} masukan. Sidik segelnya:\n"
    "{digest}\n"
    "Umumkan sebelum hari pemungutan suara (berita acara, unggahan, surat kabar): siapa pun yang "
    "memegangnya dapat memastikan kelak bahwa tidak ada yang diubah. Sesudahnya: python3 score.py "
    "HASIL.csv di dalam folder segel, di komputer mana pun; simpan HASIL.csv di luar folder itu.",
)
_SCORED = Text(
    en="The run already holds its scores: it was sealed after the outcome was known, and the seal "
    "does not prove that the forecast was made before.",
    id="Prakiraan ini sudah memuat penilaiannya: disegel setelah hasilnya diketahui, sehingga "
    "segel ini tidak membuktikan bahwa prakiraannya dibuat sebelumnya.",
)
_OTHER_SEAL = Text(
    en="The folder {folder} holds another seal, which may have been published, and it is not "
    "replaced. Its digest is {old}; that of the new one would be {new}. Name another folder with "
    "--out.",
    id="Folder {folder} memuat segel lain yang mungkin sudah diumumkan, dan tidak akan diganti. "
    "Sidik digitalnya {old}; yang baru {new}. Sebutkan folder lain dengan --out.",
)
_TOO_OLD = Text(
    en="The run in {folder} was written by an older version that told no digests of its files, so "
    "nobody can tell whether they are as they were. Run the forecast again, then seal it.",
    id="Prakiraan di {folder} ditulis oleh versi lama yang tidak mencatat sidik digital "
    "berkasnya, sehingga tidak dapat dipastikan bahwa isinya masih asli. Jalankan lagi "
    "prakiraannya, lalu segel.",
)
_README = Text(
    en="""A SEALED FORECAST

run/       the forecast as it was made: open run/report.html
seal.json  digests (SHA-256) of every file here and of every input; its own digest seals them all
check.py   says whether all is as it was sealed; needs only Python 3.10
score.py   does that, then scores the forecast against the outcome (read by outcome.py)

  python3 check.py                              is everything as it was sealed?
  python3 check.py --digest PUBLISHED           ... and as it was published?
  python3 check.py --inputs FILE FILE           are these the files that it was made from?
  python3 score.py ../OUTCOME.csv --out ../SCORES.csv
                                                what happened, beside the forecast

Keep your own files outside of this folder. They speak English or Indonesian: --lang id.
OUTCOME.csv has a row per place: area_id or the names of the places as in run/forecast.csv,
registered and voters (plain counts). Without Python: sha256sum seal.json run/forecast.csv""",
    id="""PRAKIRAAN TERSEGEL

run/       prakiraan sebagaimana dibuat: buka run/report.html
seal.json  sidik digital (SHA-256) semua berkas di sini dan semua masukan; segel semuanya
check.py   memeriksa apakah semuanya seperti saat disegel; cukup dengan Python 3.10
score.py   memeriksa itu, lalu menilai prakiraan terhadap hasilnya (dibaca oleh outcome.py)

  python3 check.py --lang id                    apakah semuanya seperti saat disegel?
  python3 check.py --digest SIDIK               ... dan seperti yang diumumkan?
  python3 check.py --inputs BERKAS BERKAS       apakah ini berkas yang menjadi dasarnya?
  python3 score.py ../HASIL.csv --out ../SKOR.csv
                                                hasil pemilihan, di samping prakiraan

Simpan berkas Anda sendiri di luar folder ini.
HASIL.csv memuat satu baris per wilayah: area_id atau nama wilayah seperti dalam run/forecast.csv,
registered dan voters (bilangan cacah biasa). Tanpa Python: sha256sum seal.json run/forecast.csv""",
)
