"""What statuses, states, levels and scales are called; a status is a sign and a word, never a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.words import NO_DATA

if TYPE_CHECKING:
    from dashboard.initiatives.reading import Grade
    from dashboard.initiatives.records import Overview
    from dashboard.translation import Translate

SIGNS: Final = {
    "achieved": "◎",
    "on_track": "●",
    "watch": "▲",
    "behind": "▼",
    "worse": "✕",
    "unreported": "□",
    "undecidable": "？",
    "unset": "－",
    "not_applicable": "／",
}
"""By status; each its own shape, so that they are apart in grey."""
MILESTONE_SIGNS: Final = {
    "done": "◎",
    "running": "●",
    "planned": "○",
    "start_late": "▲",
    "late": "▼",
    "undated": "－",
    "unknown": "？",
}
LEVELS: Final = ("投入", "活動", "産出", "直接の成果", "中間の成果", "最終の成果")
"""Of indicators, in the order of the logic model: the ward's own words."""
_DIRECTIONS_EN: Final = {
    "拡充": "expand", "継続": "continue", "改善": "improve", "縮小": "reduce", "廃止": "end",
}  # fmt: skip
"""The ward's own words, in English as the contract of initiative_reports has them."""


def section_title(section: str, _: Translate) -> str:
    """The parts of the page."""
    return {
        "overview": _("ひと目で"),
        "behind": _("遅れ"),
        "unreported": _("未報告"),
        "departments": _("所管課"),
        "money": _("予算と決算"),
        "outlook": _("見通し"),
        "changes": _("変化"),
        "decisions": _("判断"),
        "schedule": _("工程"),
        "list": _("一覧"),
        "plan": _("計画"),
        "rules": _("判定のしかた"),
    }[section]


def by_title(by: str, _: Translate) -> str:
    """What the lines of the portfolio are."""
    return {"group": _("計画の区分ごと"), "department": _("所管課ごと")}[by]


def status_title(status: str | None, lang: str, _: Translate) -> str:
    """A status of an initiative or an indicator in a word; where none is there, データなし."""
    words = {
        "achieved": _("達成"),
        "on_track": _("順調"),
        "watch": _("要注意"),
        "behind": _("目標より遅れ"),
        "worse": _("悪化"),
        "unreported": _("未報告"),
        "unset": _("未設定"),
        "not_applicable": _("対象外"),
        "undecidable": _("判定不能"),
    }
    return NO_DATA[lang] if status is None else words[status]


def status_text(status: str | None, lang: str, _: Translate) -> str:
    """Its sign and its word, as plain text."""
    title = status_title(status, lang, _)
    return f"{SIGNS[status]} {title}" if status else title


def status_meaning(status: str, _: Translate) -> str:
    """What a status says, in a sentence."""
    return {
        "achieved": _("目標に届いている"),
        "on_track": _("必要なペースの95%以上で進んでいる"),
        "watch": _("必要なペースの60%以上95%未満"),
        "behind": _("必要なペースの60%未満、または終わるはずの節目が終わっていない"),
        "worse": _("基準値より、望ましくない方向に動いた"),
        "unreported": _("報告がない、または報告の周期の1.5倍より古い"),
        "unset": _("基準値・目標値・目標年度のどれかが決まっていない"),
        "not_applicable": _("取組が終了・統合した、または目標を置かない"),
        "undecidable": _("値はあるが、判定できない（値の食い違いなど）"),
    }[status]


def milestone_title(state: str, _: Translate) -> str:
    """The state of a milestone in a word."""
    return {
        "done": _("完了"),
        "late": _("計画より遅れ"),
        "running": _("進行中"),
        "start_late": _("着手遅れ"),
        "planned": _("予定"),
        "undated": _("日付未設定"),
        "unknown": _("実績不明"),
    }[state]


def milestone_text(state: str, _: Translate) -> str:
    """Its sign and its word, as plain text."""
    return f"{MILESTONE_SIGNS[state]} {milestone_title(state, _)}"


def level_title(level: str, _: Translate) -> str:
    """A level of the logic model in the reader's language."""
    return {
        "投入": _("投入"),
        "活動": _("活動"),
        "産出": _("産出"),
        "直接の成果": _("直接の成果"),
        "中間の成果": _("中間の成果"),
        "最終の成果": _("最終の成果"),
    }[level]


def direction_title(direction: str | None, lang: str) -> str:
    """The department's direction for what comes; nothing where none is given."""
    return (_DIRECTIONS_EN[direction] if lang == "en" else direction) if direction else ""


def better_title(better: str | None, _: Translate) -> str:
    """In which direction an indicator is to move."""
    return {
        None: "",
        "増加": _("増えるほど良い"),
        "減少": _("減るほど良い"),
        "維持": _("保つのが良い"),
    }[better]


def rhythm_title(rhythm: str | None, _: Translate) -> str:
    """How often an indicator is reported."""
    return {
        None: _("周期の記載なし"),
        "毎月": _("毎月"),
        "四半期": _("四半期ごと"),
        "半年": _("半年ごと"),
        "毎年": _("毎年"),
        "その他": _("決まった周期なし"),
    }[rhythm]


def change_title(change: str | None, _: Translate) -> str:
    """What became of an initiative since the version before."""
    return {
        None: "",
        "新規": _("新規"),
        "継続": _("継続"),
        "統合": _("統合"),
        "改称": _("改称"),
        "終了": _("終了"),
    }[change]


def role_title(role: str | None, _: Translate) -> str:
    """How a department takes part."""
    return {None: "", "主管": _("主管"), "関連": _("関連")}[role]


def verdict_title(verdict: str | None, _: Translate) -> str:
    """Whether the target will be met: where the 80 % interval lies."""
    return {
        None: _("見通しなし"),
        "likely": _("届く見込み"),
        "open": _("どちらとも言えない"),
        "unlikely": _("届かない見込み"),
    }[verdict]


VERDICT_SIGNS: Final = {"likely": "●", "open": "▲", "unlikely": "▼", None: "－"}


def group_title(one: Overview, _: Translate) -> str:
    """The plan's group of an initiative, with its number."""
    return numbered(one.group_no, one.group_name, _)


def numbered(number: int | None, name: str | None, _: Translate) -> str:
    """A group by number and name."""
    if number is None:
        return name or _("区分なし")
    return f"{number} {name}" if name else str(number)


def department_title(name: str | None, bureau: str | None, _: Translate) -> str:
    """A department with its bureau; where none is known, that is said."""
    if not name:
        return _("所管課が分からない")
    return f"{bureau} {name}" if bureau and bureau not in name else name


def grade_text(
    grade: str | None, name: str | None, name_en: str | None, lang: str, _: Translate
) -> str:
    """The department's grade with its name; without one, 評価なし."""
    if grade is None:
        return _("評価なし")
    title = name_en if lang == "en" else name
    return _("{grade}（{name}）").format(grade=grade, name=title) if title else grade


def evidence_text(grade: str | None, scale: tuple[Grade, ...], lang: str, _: Translate) -> str:
    """The grade of evidence of an arrow with its name."""
    if grade is None:
        return _("根拠の記載なし")
    found = next((one for one in scale if one.letter == grade), None)
    return _("{grade}（{name}）").format(grade=grade, name=found.name_in(lang)) if found else grade


def post_remark(remark: str | None, _: Translate) -> str:
    """What is to be said of the way from a department to today's."""
    return {
        None: "",
        "circle": _("後継が一回りして元に戻るため、いまの課が決まらない"),
        "unknown": _("後継の課が一覧にない"),
        "not_yet": _("まだ設置されていない"),
        "ended": _("廃止され、後継の記載がない"),
        "successor_not_yet": _("廃止され、後継がまだ設置されていない"),
        "successor_later": _("後継はこれから設置される"),
        "gap": _("廃止から後継の設置までに間がある"),
    }[remark]
