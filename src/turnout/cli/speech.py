"""In which language the command line speaks before a command has read its own options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from turnout.language import LANGUAGES, Language

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Variables that name the reader's language, the first that is set before the others."""


def spoken(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language of help and of usage errors.

    Parameters
    ----------
    arguments
        The command line; ``--lang`` counts wherever it stands.
    environment
        Its variables; where no ``--lang`` is given, the locale counts.

    Examples
    --------
    >>> spoken(["run", "--help", "--lang", "id"], {}), spoken(["--lang=en"], {"LANG": "id_ID"})
    ('id', 'en')
    >>> spoken([], {"LC_ALL": "", "LANG": "id_ID.UTF-8"}), spoken([], {"LANG": "C.UTF-8"})
    ('id', 'en')
    """
    for number, argument in enumerate(arguments):
        after = arguments[number + 1 : number + 2]
        said = list(after) if argument == "--lang" else [argument.removeprefix("--lang=")]
        for lang in LANGUAGES:
            if argument.startswith("--lang") and said == [lang]:
                return lang
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    return "id" if locale.split(".")[0].split("_")[0] == "id" else "en"
