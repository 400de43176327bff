"""Help and usage errors, in the language of the reader."""

import os
from collections.abc import Callable
from importlib import import_module

import pytest

from turnout.cli import COMMANDS, about, main
from turnout.cli.help import parameters_of

Run = Callable[..., int]


@pytest.fixture(autouse=True)
def no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_help_of_every_command_says_what_each_of_its_options_means(
    command: Run, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    for name in COMMANDS:
        module = import_module(f"turnout.cli.{name}")
        assert command(name, "--help", "--lang", lang) == 0
        told = " ".join(capsys.readouterr().out.split())
        assert getattr(module.ABOUT, lang) in told
        known = parameters_of(getattr(module, name))
        assert known.keys() >= {"lang"}
        for one in known.values():
            assert getattr(one.text, lang) in told


def test_the_options_before_the_command_are_described(
    command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("--help") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert {"version", "lang"} == parameters_of(about).keys()
    assert all(one.text.en in told for one in parameters_of(about).values())


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("forecast r", ["run", "replay"]),
        ("forecast run --se", ["--sensitivity", "--seed"]),
        ("forecast check --lang ", ["en", "id"]),
    ],
)
def test_tab_completes_commands_options_and_values(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
    completed: list[str],
) -> None:
    monkeypatch.setenv("_FORECAST_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    with pytest.raises(SystemExit):
        main([])
    assert capsys.readouterr().out.split() == completed


def test_a_parameter_without_its_text_is_refused() -> None:
    from typing import Annotated

    import typer

    def command(draws: Annotated[int, typer.Option("--draws", help="Draws.")] = 1) -> None:
        """Do nothing with `draws`."""

    with pytest.raises(ValueError, match="draws has no Text"):
        parameters_of(command)


@pytest.mark.parametrize(
    ("line", "variables", "title"),
    [
        ("run -h", {}, "Options:"),
        ("run -h --lang id", {}, "Opsi:"),
        ("--lang=id run -h", {}, "Opsi:"),
        ("--lang id -h", {}, "Perintah:"),
        ("run -h", {"LANG": "id_ID.UTF-8"}, "Opsi:"),
        ("run -h", {"LC_ALL": "en_US.UTF-8", "LANG": "id_ID.UTF-8"}, "Options:"),
        ("run -h --lang en", {"LC_MESSAGES": "id_ID"}, "Options:"),
        ("run -h", {"LANG": "idle"}, "Options:"),
    ],
)
def test_the_language_is_that_of_the_line_else_of_the_locale(
    command: Run,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    line: str,
    variables: dict[str, str],
    title: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setitem(os.environ, name, value)
    assert command(*line.split()) == 0
    assert title in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("line", "english", "indonesian"),
    [
        ("run --dat 3", "no option --dat. Did you mean --date", "Tidak ada opsi --dat. Mungkin"),
        ("check a.csv --roll b.csv", "check takes each file without", "check membaca tiap berkas"),
        ("run --qqq", "There is no option --qqq.\n", "Tidak ada opsi --qqq.\n"),
        ("run --draws x", "--draws must be a whole number of", "--draws harus bilangan bulat, p"),
        ("run --draws 5", "of at least 100.", "paling kecil 100."),
        ("plot x --dpi 9000", "from 50 to 1,200.", "dari 50 sampai 1.200."),
        ("plan --budget much", "--budget must be a number", "--budget harus bilangan"),
        ("plan --budget 1 --unit hours", "one of: activities, people", "salah satu dari: activi"),
        ("plan", "The option --budget is missing.", "Opsi --budget belum diisi."),
        ("score", "The argument DIR is missing.", "Argumen DIR belum diisi."),
        ("run --backtest=yes", "--backtest takes no value", "--backtest tidak memakai nilai"),
        ("demo a b", "too many arguments: a b.", "Argumen berlebih: a b."),
        ("forecst", "no command 'forecst'. There are: backtest,", "Tidak ada perintah 'forecst'."),
    ],
)
def test_what_is_wrong_with_a_line_is_said_and_exits_with_2(
    command: Run,
    capsys: pytest.CaptureFixture[str],
    line: str,
    english: str,
    indonesian: str,
) -> None:
    for lang, said in (("en", english), ("id", indonesian)):
        assert command(*line.split(), "--lang", lang) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert said in told.err
        assert "Traceback" not in told.err


@pytest.mark.parametrize(("lang", "said"), [("en", "needs a value"), ("id", "memerlukan nilai")])
def test_an_option_at_the_end_without_its_value(
    command: Run, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    assert command("run", "--lang", lang, "--date") == 2
    assert said in capsys.readouterr().err


def test_the_language_before_the_command_is_the_commands(
    command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("--lang", "id", "check", "nowhere.csv") == 2
    before = capsys.readouterr().err
    assert command("check", "nowhere.csv", "--lang", "id") == 2
    assert before == capsys.readouterr().err


def test_without_a_command_the_help_is_shown(
    command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command() == 2
    told = capsys.readouterr().out
    assert all(name in told for name in COMMANDS)
