"""The names and sentences that the parts of the page データ share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.words import as_of_text, date_text, statuses_text

if TYPE_CHECKING:
    from typing import Any

    from dashboard.data_selection import DataSelection
    from dashboard.holdings import Holding, Holdings
    from dashboard.translation import Translate

_ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "cp932": "Shift_JIS (CP932)",
    "utf-16": "UTF-16",
}


def finding_kind(kind: str, _: Translate) -> str:
    """What a kind of findings is called."""
    return {"quarantine": _("取込保留"), "warning": _("注意"), "left_out": _("除外")}[kind]


def encoding_title(encoding: str) -> str:
    """An encoding as people call it."""
    return _ENCODINGS.get(encoding, encoding)


def hidden_value(_: Translate) -> str:
    """What stands in place of an internal value."""
    return _("（非公開）")


def state_text(state: str, mark: str, _: Translate) -> str:
    """What stands where a table has no number: the mark it is written with, and its meaning."""
    meaning = {"nil": _("該当なし"), "unknown": _("不詳"), "withheld": _("秘匿")}[state]
    return _("{mark}（{meaning}）").format(mark=mark, meaning=meaning)


def line_text(row: dict[str, Any], holdings: Holdings, _: Translate, lang: str) -> list[Any]:
    """A finding as people read it: kind, data set, file, line, column, value, what to do."""
    holding = holdings.datasets[row["dataset"]]
    return [
        finding_kind(row["severity"], _),
        holding.dataset.title_in(lang),
        row["file_name"],
        row["line"],
        holding.column_title(row["field"], lang),
        hidden_value(_) if row["hidden"] else row["value"],
        row["message_en" if lang == "en" else "message_ja"],
    ]


def answer(holdings: Holdings, selection: DataSelection, _: Translate) -> str:
    """The page's answer: what is in the edition, or of one data set, and what needs attention."""
    if selection.dataset:
        return _about_one(holdings.datasets[selection.dataset], selection.lang, _)
    found, lang = holdings.inventory, selection.lang
    sentences = [
        _("{datasets}種類のデータ・{rows}行（{as_of}の版）。").format(
            datasets=found.datasets,
            rows=f"{found.rows:,}",
            as_of=as_of_text(holdings.as_of, lang),
        ),
        _("取込保留は{held}行。").format(held=f"{found.quarantined:,}"),
    ]
    if found.warnings:
        sentences.append(_("注意は{warnings}件。").format(warnings=f"{found.warnings:,}"))
    if found.kept:
        sentences.append(_("前の版の表を残したデータ {kept}種類。").format(kept=found.kept))
    if found.stale:
        sentences.append(_("更新が古いデータ {stale}種類。").format(stale=found.stale))
    if len(sentences) == 2 and not found.quarantined:  # noqa: PLR2004 - nothing was added
        sentences.append(_("気をつけるところはありません。"))
    return _joined(sentences, lang)


def _about_one(holding: Holding, lang: str, _: Translate) -> str:
    dataset = holding.dataset
    if not holding.files:
        return _("{dataset}のファイルは、まだありません。").format(dataset=dataset.title_in(lang))
    sentences = [
        _("{dataset}は{rows}行。{as_of}・{status}。").format(
            dataset=dataset.title_in(lang),
            rows=f"{dataset.rows:,}",
            as_of=as_of_text(dataset.as_of, lang),
            status=statuses_text(dataset.statuses, lang),
        ),
        _("取込保留は{held}行。").format(held=f"{holding.quarantined:,}"),
    ]
    return _joined(sentences, lang)


def edition_text(holdings: Holdings, lang: str, _: Translate) -> str:
    """Which edition this is and of when."""
    return _("データの更新日 {date}（版 {edition}）").format(
        date=date_text(holdings.as_of, lang), edition=holdings.edition
    )


def _joined(sentences: list[str], lang: str) -> str:
    return (" " if lang == "en" else "").join(sentences)
