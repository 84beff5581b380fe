from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from dashboard.translation import CATALOGUES, translator

DASHBOARD = Path(CATALOGUES).parent


@pytest.fixture(scope="module")
def used():
    found = extract_from_dir(str(DASHBOARD), method_map=[("**.py", "python")], keywords={"_": None})
    return {message for _file, _line, message, _comments, _context in found}


@pytest.fixture(scope="module")
def catalogue():
    with (CATALOGUES / "en" / "LC_MESSAGES" / "dashboard.po").open("rb") as source:
        return {message.id: message for message in read_po(source) if message.id}


def test_every_sentence_has_an_english_one_and_none_is_left_over(used, catalogue):
    assert set(catalogue) == used
    assert [m.id for m in catalogue.values() if not m.string.strip() or m.fuzzy] == []


def test_both_languages_name_the_same_placeholders(catalogue):
    def names(text):
        return sorted(name for _, name, _, _ in Formatter().parse(text) if name)

    assert [m.id for m in catalogue.values() if names(m.id) != names(m.string)] == []


def test_english_is_english(catalogue):
    japanese = [
        m.string for m in catalogue.values() if any("\u3040" <= c <= "\u9fff" for c in m.string)
    ]
    assert japanese == []


def test_japanese_is_the_sentence_itself():
    assert translator("ja")("町丁目") == "町丁目"
    assert translator("en")("町丁目") == "Area"


def test_no_language_is_installed_for_everybody():
    import builtins  # noqa: PLC0415

    translator("en")("町丁目")
    assert not hasattr(builtins, "_")
