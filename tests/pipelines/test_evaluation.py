"""The scales of departments and of evidence: a ward may change them, not turn them upside down."""

from __future__ import annotations

import re

import pytest

from pipelines.contracts import load_catalogue
from pipelines.evaluation import JUDGED
from pipelines.messages import UserError
from pipelines.ward import load_ward

GRADE = '[[evaluation.grades]]\nletter = "{}"\nname = "段"\nname_en = "step"\nagrees = [{}]\n'
EVIDENCE = '[[evaluation.evidence_grades]]\nletter = "{}"\nname = "段"\nname_en = "step"\n'
JUST_EVIDENCE = EVIDENCE.format("A")


@pytest.fixture
def load(tiny_data):
    """The settings with another [evaluation]."""

    def load(grades, *, months="3", evidence=JUST_EVIDENCE):
        text = tiny_data.ward_file.read_text("utf-8").split("[evaluation]")[0]
        steps = "".join(
            GRADE.format(letter, ", ".join(f'"{one}"' for one in agrees.split()))
            for letter, agrees in grades
        )
        text += f"[evaluation]\nreport_due_months = {months}\n{steps}{evidence}"
        tiny_data.ward_file.write_text(text, "utf-8")
        return load_ward(tiny_data.ward_file).evaluation

    return load


def test_the_scale_that_is_shipped_is_ordered_and_leaves_no_status_alone(repository):
    evaluation = load_ward(repository / "data" / "ward.toml").evaluation
    assert evaluation.report_due_months == 3
    assert [(one.letter, one.agrees) for one in evaluation.grades] == [
        ("A", ("achieved",)),
        ("B", ("achieved", "on_track")),
        ("C", ("watch", "behind")),
        ("D", ("behind", "worse")),
    ]
    assert [one.letter for one in evaluation.evidence_grades] == ["A", "B", "C", "D", "E"]
    assert evaluation.evidence_grades[0].name_en == "Compared at random (level 5)"


def test_another_ward_may_have_three_letters(load):
    evaluation = load([("A", "achieved on_track"), ("B", "watch"), ("C", "behind worse")])
    assert [one.letter for one in evaluation.grades] == ["A", "B", "C"]
    found = evaluation.grade("B")
    assert found is not None
    assert found.agrees == ("watch",)
    assert evaluation.grade("D") is None


WHOLE = " ".join(JUDGED)


@pytest.mark.parametrize(
    ("grades", "told"),
    [
        ([("A", WHOLE)], "at least 2"),
        ([("B", WHOLE), ("A", "worse")], "order of the alphabet"),
        ([("A", WHOLE), ("A", "worse")], "each letter once"),
        ([("A", WHOLE), ("Ｂ", "worse")], "pattern"),
        ([("A", WHOLE), ("b", "worse")], "pattern"),
        ([("A", WHOLE), ("B", "late")], "achieved"),
        ([("A", WHOLE), ("B", "unreported")], "achieved"),
        ([("A", WHOLE), ("B", "")], "at least 1"),
        ([("A", "on_track achieved"), ("B", "watch behind worse")], "in this order"),
        ([("A", "achieved achieved"), ("B", "watch behind worse")], "each status once"),
        ([("A", "watch behind worse"), ("B", "achieved on_track")], "A agrees with worse than B"),
        ([("A", "achieved worse"), ("B", "on_track watch behind")], "A agrees with worse than B"),
        ([("A", "achieved"), ("B", "watch behind")], "on_track, worse"),
    ],
)  # fmt: skip
def test_a_scale_that_cannot_be_is_named(load, grades, told):
    with pytest.raises(UserError, match=r"ward\.toml.*evaluation\.grades") as caught:
        load(grades)
    assert told in caught.value.message.en


TWO = (("A", "achieved on_track watch"), ("B", "behind worse"))


@pytest.mark.parametrize(
    ("months", "evidence", "told"),
    [
        ("-1", JUST_EVIDENCE, "report_due_months"),
        ("25", JUST_EVIDENCE, "report_due_months"),
        ("2.5", JUST_EVIDENCE, "report_due_months"),
        ("3", "", "evidence_grades"),
        ("3", EVIDENCE.format("B") + EVIDENCE.format("A"), "order of the alphabet"),
        ("3", JUST_EVIDENCE.replace("name_en", "nameen"), "name_en"),
        ("3", JUST_EVIDENCE + 'agrees = ["achieved"]\n', "agrees"),
        ("3\nreport_due = 3", JUST_EVIDENCE, "report_due"),
    ],
)
def test_a_setting_of_evaluation_that_cannot_be_is_named(load, months, evidence, told):
    with pytest.raises(UserError, match=r"ward\.toml.*evaluation") as caught:
        load(TWO, months=months, evidence=evidence)
    assert told in caught.value.message.en


def test_settings_without_evaluation_ask_for_it(tiny_data):
    text = tiny_data.ward_file.read_text("utf-8")
    tiny_data.ward_file.write_text(text.split("[evaluation]")[0], "utf-8")
    with pytest.raises(UserError, match=r"ward\.toml.*evaluation: Field required"):
        load_ward(tiny_data.ward_file)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("許容幅 5", True), ("許容幅 0.25", True), ("段階 80 60", True), ("段階 -1.5 -2", True),
        ("許容幅 -5", False), ("許容幅5", False), ("許容幅 5%", False), ("段階 80", False),
        ("段階 80 60 40", False), ("許容幅 5.", False), ("共通", False), ("許容幅 5 ", False),
    ],
)  # fmt: skip
def test_a_rule_of_an_indicators_own_has_two_forms(repository, text, fits):
    field = load_catalogue(repository / "data").contracts["indicators"].field("status_rule")
    assert field.constraints.pattern is not None
    assert bool(re.fullmatch(field.constraints.pattern, text)) == fits
    assert field.repairs == ("half_width",)
