"""Every model that can be chosen is explained, in both languages."""

import pytest

import turnout
from turnout.cli.models import MODELS
from turnout.language import LANGUAGES, Language
from turnout.report.document.method import method_told


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("public", MODELS.values())
def test_every_model_is_explained(public: str, lang: Language) -> None:
    name = getattr(turnout, public)().name
    first = method_told(name, 4000, lang)[0]
    assert name not in first
    assert len(first) > 100


def test_a_model_of_the_users_own_is_named() -> None:
    told = method_told("MyModel", 2500, "en")
    assert "MyModel" in told[0]
    assert "2,500 simulated elections" in told[-1]
