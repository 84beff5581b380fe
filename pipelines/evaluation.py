"""The ward's scales: 所管課評価 (grades of departments) and the strength of evidence."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pipelines.evidence.progress.rules import JUDGED, Judged


class _Step(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    letter: str = Field(pattern=r"^[A-Z]$")
    name: str = Field(min_length=1)
    name_en: str = Field(min_length=1)


class Grade(_Step):
    """A step of 所管課評価, and with which statuses of the rule it agrees."""

    agrees: tuple[Judged, ...] = Field(min_length=1)

    @field_validator("agrees")
    @classmethod
    def _runs_from_best_to_worst(cls, value: tuple[Judged, ...]) -> tuple[Judged, ...]:
        if list(value) != sorted(set(value), key=JUDGED.index):
            raise ValueError(f"write each status once, in this order: {', '.join(JUDGED)}")
        return value


class EvidenceGrade(_Step):
    """A step of the strength of evidence."""


class Evaluation(BaseModel):
    """By which scales departments report, and until when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    report_due_months: Annotated[int, Field(ge=0, le=24)]
    """A fiscal year's report is due so many months after the year's end."""
    grades: tuple[Grade, ...] = Field(min_length=2)
    evidence_grades: tuple[EvidenceGrade, ...] = Field(min_length=1)

    @field_validator("grades", "evidence_grades")
    @classmethod
    def _letters_are_in_order(cls, value: tuple[_Step, ...]) -> tuple[_Step, ...]:
        letters = [step.letter for step in value]
        if letters != sorted(set(letters)):
            raise ValueError("write each letter once, in the order of the alphabet")
        return value

    @field_validator("grades")
    @classmethod
    def _grades_run_from_best_to_worst(cls, value: tuple[Grade, ...]) -> tuple[Grade, ...]:
        """A scale upside down would make every report disagree with the rule."""
        for better, worse in pairwise(value):
            for end in (0, -1):
                if JUDGED.index(better.agrees[end]) > JUDGED.index(worse.agrees[end]):
                    raise ValueError(f"{better.letter} agrees with worse than {worse.letter} does")
        never = set(JUDGED).difference(*(grade.agrees for grade in value))
        if never:
            raise ValueError(f"no grade agrees with {', '.join(sorted(never))}")
        return value

    def grade(self, letter: str) -> Grade | None:
        """The grade of a letter, or None for one that the scale does not have."""
        return next((one for one in self.grades if one.letter == letter), None)
