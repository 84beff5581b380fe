"""What the page says when something is not as asked; calm, and with what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.controls import NOT_FOUND
from dashboard.markup import tag
from dashboard.translation import translator

if TYPE_CHECKING:
    from pipelines.warehouse import EditionError


def no_edition(error: EditionError, lang: str) -> None:
    """There is nothing to show yet: say so in both languages, the reader's own first."""
    _ = translator(lang)
    texts = [("ja", error.message_ja), ("en", error.message_en)]
    if lang == "en":
        texts.reverse()
    st.html(
        tag(
            "section",
            tag("h1", _("表示できるデータがありません")),
            *(tag("p", text, lang=code) for code, text in texts),
            class_="no-edition",
        )
    )


def unknown_choice(names: tuple[str, ...], lang: str) -> None:
    """Parts of the link that were not understood, and a search that found nothing."""
    _ = translator(lang)
    titles = {
        "measure": _("指標"),
        "level": _("区分"),
        "layers": _("重ねる地点"),
        "areas": _("選んだ地域"),
        "compare": _("並べて比べる"),
        "found": _("さがした地点"),
        "dataset": _("データ"),
        "place": _("場所"),
        "file": _("ファイル"),
        "kind": _("取込保留・注意の区分"),
        "distance": _("距離（直線）"),
        "time": _("いつ"),
        "group": _("対象の人口"),
        "map": _("地図に出すもの"),
        "section": _("くわしく見る"),
        "candidates": _("候補の種類"),
        "sites": _("か所数"),
        "without": _("整備できない候補をはずす"),
        "usage": _("利用"),
        "metric": _("利用の数え方"),
        "plan_group": _("計画の区分"),
        "department": _("所管課"),
        "status": _("状態"),
        "fiscal_year": _("年度"),
        "by": _("並べ方"),
        "since": _("比べる版"),
        "initiative": _("取組"),
        "indicator": _("指標名"),
        "lang": _("言語"),
        "view": _("表示"),
    }
    if names:
        listed = (", " if lang == "en" else "・").join(titles[name] for name in names)
        _notice(
            _("リンクにある指定の一部が見つからないため、既定の表示にしました：{list}").format(
                list=listed
            )
        )
    typed = st.session_state.pop(NOT_FOUND, None)
    if typed:
        _notice(_("「{typed}」は見つかりませんでした。").format(typed=typed))


def _notice(text: str) -> None:
    st.html(tag("p", text, class_="notice", role="status"))
