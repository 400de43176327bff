"""Words in the report's tables."""

from turnout.report.document.tables import inputs_shown


def test_a_further_file_of_a_kind_is_told_in_words_with_its_number() -> None:
    roles = ["results", "results 2", "roll", "other"]
    inputs = [{"role": role, "file": "a.xlsx", "sha256": "0"} for role in roles]
    told = [row[0].text for row in inputs_shown(inputs, "id").rows]
    assert told == [
        "hasil pemilihan yang lalu",
        "hasil pemilihan yang lalu 2",
        "daftar pemilih",
        "other",
    ]
