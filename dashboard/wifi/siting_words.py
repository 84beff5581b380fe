"""Sentences and tables of 次にどこへ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.labels import kind_title
from dashboard.wifi.labels import people
from dashboard.wifi.proposal import proposal
from pipelines.words import percent

if TYPE_CHECKING:
    from dashboard.exports import Cell
    from dashboard.translation import Translate
    from dashboard.ward import Ward
    from dashboard.wifi.proposal import Candidate, Proposals
    from dashboard.wifi.selection import WifiSelection


def candidate_title(kind: str, _: Translate) -> str:
    """What the candidates of a choice are called."""
    return {
        "all": _("すべて"),
        "facility": _("区の施設"),
        "shelter": _("避難所"),
    }[kind]


def answer(found: Proposals, selection: WifiSelection, _: Translate) -> str:
    """How many residents are reached today and with the sites proposed."""
    lang, best = selection.lang, proposal(found, selection)
    parts = {
        "distance": selection.distance,
        "today": people(found.today, lang),
        "today_share": percent(found.ratio(found.today), lang),
        "n": len(best.sites),
        "reached": people(best.reached, lang),
        "share": percent(found.ratio(best.reached), lang),
        "residents": people(found.residents, lang),
    }
    if not best.sites:
        sentence = _(
            "{distance}m以内（直線距離）に住む住民は{residents}のうち{today}（{today_share}）。候補を加えても増えません。"
        )
    else:
        sentence = _(
            "{distance}m以内（直線距離）に住む住民は、いま{residents}のうち{today}（{today_share}）。最適な{n}か所を加えると{reached}（{share}）になります。"
        )
    return sentence.format(**parts)  # fmt: skip


def counted(found: Proposals, selection: WifiSelection, _: Translate) -> str:
    """How many candidates there are, and which were left out for what."""
    reasons = [
        (_("すでに整備済み {count}"), found.already),
        (_("座標がない {count}"), found.unplaced),
        (_("はずしたもの {count}"), found.excluded),
    ]
    given = [sentence.format(count=count) for sentence, count in reasons if count]
    left_out = (", " if selection.lang == "en" else "、").join(given)
    sentence = _("候補は{kind}{count}か所（除いたもの：{left_out}）。")
    if not given:
        sentence = _("候補は{kind}{count}か所。")
    kind = {
        "all": _("区の施設と避難所"),
        "facility": _("区の施設"),
        "shelter": _("避難所"),
    }[selection.candidates]
    return sentence.format(kind=kind, count=found.candidates, left_out=left_out)


def comparison(found: Proposals, selection: WifiSelection, _: Translate) -> str:
    """The best set beside as many of the greedy order."""
    step = found.step(int(selection.sites))
    if step is None:
        return ""
    if step.optimum is None:
        return _(
            "順次追加の{n}か所で届く住民には、最適な組み合わせなら、より少ないか所数で届きます。"
        ).format(n=step.n)
    parts = {"n": step.n, "gap": people(step.gap, selection.lang)}
    if step.gap is not None and round(step.gap) > 0:
        sentence = _("最適な{n}か所は、1か所ずつ足した順次追加の{n}か所より{gap}多く届きます。")
    else:
        sentence = _("{n}か所では、最適な組み合わせと順次追加は同じ人数に届きます。")
    return sentence.format(**parts)  # fmt: skip


def definition(selection: WifiSelection, _: Translate) -> str:
    """What is maximised, how, and what is not looked at."""
    text = _(
        "いまのアクセスポイントと加える場所から{distance}m以内（直線距離）に住む住民の数を最大にする組み合わせ（最大被覆問題、Church & ReVelle 1974）を厳密に解いたもの。住民は町丁目の中に均等に住むとみなし、「届く割合」と同じ方法で数えます。順次追加は、そのつど住民が最も増える1か所を足した順番です。設置の可否・費用・回線・電波は見ていません。"
    )
    return text.format(distance=selection.distance)  # fmt: skip


def area_name(ward: Ward, candidate: Candidate) -> str:
    """The 町丁目 it lies in; nothing where it lies in none."""
    found = ward.shapes["area"].get(candidate.area_code or "")
    return found.name if found else ""


def site_rows(
    ward: Ward, found: Proposals, selection: WifiSelection, _: Translate
) -> list[list[Cell]]:
    """The sites proposed, best set then greedy order, under a line of heads."""
    step = found.step(int(selection.sites))
    sets = [
        (_("最適な組み合わせ"), proposal(found, selection).sites),
        (_("順次追加"), (step.greedy if step else None) or ()),
    ]
    header: list[Cell] = [
        _("方法"), _("順番"), _("種別"), "ID", _("名称"), _("分類"), _("住所"), _("町丁目"),
        _("経度"), _("緯度"), _("加わる住民"), _("距離（m）"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            method, site.order, kind_title(one.kind, _), one.id, one.name, one.category,
            one.address, area_name(ward, one), one.lon,
            one.lat, round(site.added, 1), float(selection.distance),
        ]
        for method, sites in sets
        for site in sites
        for one in [site.candidate]
    ]  # fmt: skip
    return [header, *rows]


def added_rows(found: Proposals, _: Translate) -> list[list[Cell]]:
    """What every number of sites reaches by both ways, under a line of heads."""
    header: list[Cell] = [
        _("か所数"), _("最適な組み合わせ"), _("最適な組み合わせで届く住民"), _("同数の組あり"),
        _("順次追加：次の1か所"), _("加わる住民"), _("順次追加で届く住民"), _("最適との差"),
        _("住民の総数"), _("距離（m）"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            step.n,
            "・".join(site.candidate.name for site in step.optimum or ()) or None,
            _whole(step.optimum_reached),
            {True: _("はい"), False: _("いいえ")}[step.optimum_ties],
            step.greedy[-1].candidate.name if step.greedy else None,
            round(step.greedy[-1].added, 1) if step.greedy else None,
            _whole(step.greedy_reached),
            _whole(step.gap),
            found.residents,
            float(found.distance),
        ]
        for step in found.steps
    ]
    return [header, *rows]


def _whole(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
