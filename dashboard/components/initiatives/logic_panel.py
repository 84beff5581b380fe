"""実施イメージ: the picture that a department supplied, otherwise the logic model as a diagram."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.charts.logic_model import Box, Link, logic_model_image, logic_model_svg
from dashboard.components.initiatives import parts
from dashboard.initiatives.asked import picture_of
from dashboard.initiatives.words import LEVELS, evidence_text, level_title, status_text
from dashboard.markup import joined, table, tag
from dashboard.translation import translator
from pipelines.words import fiscal_year_text, number

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.records import Arrow, Node, Picture
    from dashboard.translation import Translate

_MEDIA: Final = frozenset({"image/png", "image/svg+xml"})
"""What may be shown; an image runs nothing, whatever is in it."""


def show(shown: Shown, initiative_id: str) -> None:
    """The picture or the diagram, and the arrows with their evidence in words."""
    _ = translator(shown.lang)
    picture = picture_of(shown.ward, initiative_id)
    pieces = []
    if picture is not None:
        name = shown.found.name_of(initiative_id)
        pieces.append(picture_html(picture, name, shown.lang, _))
    if has_model(shown, initiative_id):
        if pieces:
            pieces.append(tag("h3", _("論理の図")))
        pieces.append(model_html(shown, initiative_id))
    if not pieces:
        pieces.append(parts.nothing(_("図も、論理の図に足りる指標の結び付きも、まだありません。")))
    st.html(joined(pieces))


def picture_html(picture: Picture, name: str, lang: str, _: Translate) -> Markup:
    """A supplied picture as an image with its file's name, or why it is not shown."""
    file = picture.file_name.rpartition("/")[2]
    if picture.content is None or picture.media_type not in _MEDIA:
        why = picture.problem_en if lang == "en" else picture.problem
        said = _("所管課の図「{file}」は表示できません：{why}").format(file=file, why=why)
        return parts.nothing(said)
    address = f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}"
    label = _("{name}の実施イメージ").format(name=name)
    note = _("所管課が用意した図：{file}").format(file=file)
    if picture.cleaned:
        note += _("（動くもの・外部への参照を取り除いた）")
    return joined(
        [tag("img", class_="supplied", alt=label, src=address), tag("p", note, class_="note")]
    )


def has_model(shown: Shown, initiative_id: str) -> bool:
    """At least two levels with something in them, and an arrow that was declared."""
    levels = {one.level for one in shown.found.nodes if one.initiative_id == initiative_id}
    declared = any(one.declared for one in shown.found.arrows if one.initiative_id == initiative_id)
    return len(levels) > 1 and declared


def model_html(shown: Shown, initiative_id: str) -> Markup:
    """The diagram as an image, and beneath it what its arrows rest on."""
    _ = translator(shown.lang)
    nodes = [one for one in shown.found.nodes if one.initiative_id == initiative_id]
    arrows = [one for one in shown.found.arrows if one.initiative_id == initiative_id]
    labels = {one.node_id: _label(shown, one, _) for one in nodes}
    boxes = [
        Box(
            one.node_id,
            level_title(one.level, _),
            labels[one.node_id],
            status_text(one.status, shown.lang, _) if one.status else "",
        )
        for one in nodes
    ]
    links = [Link(one.from_node_id, one.to_node_id, one.evidence_grade or "") for one in arrows]
    name = shown.found.name_of(initiative_id)
    summary = "; ".join(
        f"{labels.get(one.from_node_id, '')} → {labels.get(one.to_node_id, '')}" for one in arrows
    )
    levels = [level_title(level, _) for level in LEVELS]
    title = _("{name}の論理の図").format(name=name)
    svg = logic_model_svg(levels, boxes, links, title=title, summary=summary)
    rows = [
        tag(
            "tr",
            tag("td", labels.get(one.from_node_id, "")),
            tag("td", labels.get(one.to_node_id, "")),
            tag("td", _evidence(shown, one, _)),
        )
        for one in arrows
    ]  # fmt: skip
    titles = (_("矢印の元"), _("矢印の先"), _("根拠の強さ"))
    head = tag("summary", _("矢印と根拠の強さ {count}").format(count=len(rows)))
    note = _(
        "実線は根拠の強さ（A〜E）の記載があるもの、破線と？は記載がないもの。矢印は所管課の考え（予算・実施内容からのものはシステムが補ったつなぎ）で、効果を示すものではありません。"
    )
    return joined(
        [
            logic_model_image(svg, label=f"{title}: {summary}"),
            tag("p", note, class_="note"),
            tag("details", head, table(titles, rows, class_="data")),
        ]
    )  # fmt: skip


def _evidence(shown: Shown, one: Arrow, _: Translate) -> str:
    """What an arrow rests on; nobody declared those from the budget and the content."""
    if one.declared:
        return evidence_text(one.evidence_grade, shown.found.evidence_grades, shown.lang, _)
    return _("宣言されていないつなぎ（システムが補った）")


def _label(shown: Shown, one: Node, _: Translate) -> str:
    if one.kind == "budget":
        return _budget(shown, one.initiative_id, _)
    return one.label or ""


def _budget(shown: Shown, initiative_id: str, _: Translate) -> str:
    """The newest budget in words."""
    known = [
        one
        for one in shown.found.money
        if one.initiative_id == initiative_id and one.basis_thousand_yen is not None
    ]
    if not known:
        return _("予算（未設定）")
    newest = max(known, key=lambda one: one.fiscal_year)
    return _("予算 {amount}千円（{year}）").format(
        amount=number(newest.basis_thousand_yen, 0, shown.lang),
        year=fiscal_year_text(newest.fiscal_year, shown.lang),
    )
