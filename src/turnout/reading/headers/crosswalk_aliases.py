"""The headers that are known for each column of a crosswalk."""

from __future__ import annotations

from turnout.reading.headers.vocabulary import KnownColumn, Vocabulary

CROSSWALK = Vocabulary(
    role="crosswalk",
    columns=(
        KnownColumn(
            "new_id",
            "code",
            "kode baru | kode wilayah baru | kode kelurahan baru | kode desa baru | new code",
        ),
        KnownColumn(
            "new_area",
            "name",
            "wilayah baru | kelurahan baru | desa baru | nama baru | area baru | new name",
        ),
        KnownColumn(
            "old_id",
            "code",
            "kode lama | kode wilayah lama | kode kelurahan lama | kode desa lama | kode induk"
            " | old code",
        ),
        KnownColumn(
            "old_area",
            "name",
            "wilayah lama | kelurahan lama | desa lama | nama lama | area lama | induk"
            " | kelurahan induk | desa induk | wilayah induk | old name",
        ),
        KnownColumn("weight", "share", "bobot | proporsi | porsi | share"),
        KnownColumn("note", "name", "catatan | keterangan | ket | notes | remark | remarks"),
    ),
    needed=(("new_id", "new_area"), ("old_id", "old_area"), ("weight",)),
    questions={},
    may_be_empty=True,
)
