"""Files with bytes turned, lost, doubled and cut off: each ends in a table or in one error."""

import io
import random
import zipfile
from collections.abc import Callable, Iterable

import pandas as pd
import pytest
from tests.hostile.fuzzing import keep, seeds

from turnout.errors import TurnoutError
from turnout.language import LANGUAGES
from turnout.reading.files.sheets import open_grids

HEADER = ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
ROWS = [
    ["27/11/2024", "Pilkada", "Jelutung", "Payo Lebar", 4512, 2900],
    ["27/11/2024", "Pilkada", "Jelutung", "Talang Jauh", 985, 603],
]
FRAME = pd.DataFrame(ROWS, columns=HEADER)


def written(write: Callable[[io.BytesIO], object]) -> bytes:
    target = io.BytesIO()
    write(target)
    return target.getvalue()


def old_workbook() -> bytes:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for row, cells in enumerate([HEADER, *ROWS]):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    return written(book.save)


MAKERS: dict[str, Callable[[], bytes]] = {
    "csv": lambda: FRAME.to_csv(index=False).encode(),
    "json": lambda: FRAME.to_json(orient="records").encode(),
    "parquet": lambda: written(FRAME.to_parquet),
    "xlsx": lambda: written(lambda to: FRAME.to_excel(to, index=False)),
    "ods": lambda: written(lambda to: FRAME.to_excel(to, index=False, engine="odf")),
    "xls": old_workbook,
}


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return content cut off, or with a few bytes turned, lost, put in or copied elsewhere."""
    told = bytearray(content)
    if chance.random() < 0.2:
        return bytes(told[: chance.randrange(len(told))])
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        place, kind = chance.randrange(len(told) or 1), chance.randrange(5)
        if kind == 0 and told:
            told[place] ^= 1 << chance.randrange(8)
        elif kind == 1 and told:
            told[place] = chance.randrange(256)
        elif kind == 2:
            del told[place : place + chance.choice([1, 2, 8, 50])]
        elif kind == 3:
            told[place:place] = chance.randbytes(chance.choice([1, 4]))
        else:
            source = chance.randrange(len(told) or 1)
            told[place : place + 8] = told[source : source + 8]
    return bytes(told)


def mutated_within(content: bytes, chance: random.Random) -> bytes:
    """Return an archive in which one of the files is mutated, all else in order."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    names = source.namelist()
    hit = chance.choice(names)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            part = source.read(name)
            archive.writestr(name, mutated(part, chance) if name == hit and part else part)
    return target.getvalue()


def try_mutations(kind: str, tried: Iterable[int], path) -> None:
    content = MAKERS[kind]()
    for seed in tried:
        chance = random.Random(f"{kind} {seed}")
        within = kind in ("xlsx", "ods") and seed % 2
        path.write_bytes((mutated_within if within else mutated)(content, chance))
        try:
            open_or_refuse(path)
        except Exception as error:
            raise AssertionError(keep(path, seed, kind)) from error


def open_or_refuse(path) -> None:
    try:
        grids = open_grids(path)
    except TurnoutError as error:
        assert all(error.say(lang).startswith("hasil") for lang in LANGUAGES)  # noqa: PT017
    else:
        assert all(grid.cells.shape[1] <= 2_000 for grid in grids)


@pytest.mark.parametrize("kind", MAKERS)
def test_some_mutations(kind, tmp_path):
    try_mutations(kind, range(40), tmp_path / f"hasil.{kind}")


@pytest.mark.slow
@pytest.mark.parametrize("kind", MAKERS)
def test_many_mutations(kind, tmp_path):
    try_mutations(kind, seeds(500, part=1 / 12), tmp_path / f"hasil.{kind}")
