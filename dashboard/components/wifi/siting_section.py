"""次にどこへ: which further sites reach the most residents, and the list to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import cache
from dashboard.charts.coverage import coverage_chart
from dashboard.charts.figure import CONFIG
from dashboard.components import about
from dashboard.components.links import rows_link
from dashboard.components.wifi import choices
from dashboard.components.wifi.proposed import most_sites, proposed
from dashboard.labels import kind_title
from dashboard.markup import joined, table, tag
from dashboard.section_files import SectionTable
from dashboard.translation import translator
from dashboard.wifi.asked import wifi_of
from dashboard.wifi.labels import people
from dashboard.wifi.proposal import NEEDED, candidates_offered, proposal
from dashboard.wifi.selection import CANDIDATES
from dashboard.wifi.siting_words import (
    added_rows,
    answer,
    area_name,
    candidate_title,
    comparison,
    counted,
    definition,
    site_rows,
)
from pipelines.words import percent

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.translation import Translate
    from dashboard.ward import Ward
    from dashboard.wifi.proposal import Candidate, Proposals, Site, Step
    from dashboard.wifi.selection import WifiSelection

_DATASET_OF: Final = {"facility": "facilities", "shelter": "evacuation_shelters"}


def show(ward: Ward, selection: WifiSelection) -> None:
    """The choices, the answer in words, the sites, what each number of sites reaches, the files."""
    _ = translator(selection.lang)
    about.title(_("次にどこへ"), _("いまある所に加えて、どこに整備すると届く住民が最も増えるか"))
    _choose(ward, selection, _)
    found = proposed(ward, selection)
    if found.missing or found.today is None:
        about.bring(ward, found.missing, NEEDED, selection.lang)
        return
    if wifi_of(ward).without_own_list:
        said = _("区内のアクセスポイントの一覧はまだありません")
        st.html(tag("p", said, class_="notice"))
    st.html(_words(found, selection, _))
    if found.steps:
        sites, chart = st.columns([54, 46], gap="small")
        with sites:
            st.html(_sites_table(ward, found, selection, _))
        with chart:
            _chart(found, selection, _)
        st.html(_steps_table(found, selection, _))
        about.take_along(ward, _files(ward, found, selection, _), selection.lang)
    about.explain(ward, definition(selection, _), NEEDED, selection.lang)


def _choose(ward: Ward, selection: WifiSelection, _: Translate) -> None:
    offered = cache.asked(candidates_offered, edition=ward.edition, part="wifi-candidates", key=())
    names = {str(one.number): one.name for one in offered}
    numbers = [str(number) for number in range(1, most_sites(ward) + 1)]
    with st.container(key="wifi-siting-choices"):
        kind, count, without = st.columns([22, 40, 38], gap="small")
    with kind:
        choices.segments(
            _("候補"), "candidates", selection.candidates, CANDIDATES,
            lambda name: candidate_title(name, _),
        )  # fmt: skip
    with count:
        choices.segments(_("加えるか所数"), "sites", selection.sites, numbers, str)
    with without:
        choices.several(
            _("整備できない候補をはずす"), "without", selection.without, list(names),
            names.__getitem__, placeholder=_("候補の名前"),
        )  # fmt: skip


def _words(found: Proposals, selection: WifiSelection, _: Translate) -> Markup:
    lang = selection.lang
    remarks = [tag("li", one.text(lang)) for one in found.remarks]
    return joined(
        [
            tag("p", answer(found, selection, _), class_="finding"),
            tag("p", counted(found, selection, _)),
            tag("p", comparison(found, selection, _)),
            tag("ul", *remarks, class_="remarks") if remarks else "",
        ]
    )


def _sites_table(ward: Ward, found: Proposals, selection: WifiSelection, _: Translate) -> Markup:
    lang = selection.lang
    sites = proposal(found, selection).sites
    titles = (_("地図の番号"), _("施設・避難所"), _("町丁目"), _("加わる住民"))
    rows = [
        tag(
            "tr",
            tag("td", str(site.order)),
            tag("th", site.candidate.name, tag("small", _kind(site.candidate, _)), scope="row"),
            tag("td", area_name(ward, site.candidate), _rows(site, lang)),
            tag("td", f"+{people(site.added, lang)}", class_="number"),
        )
        for site in sites
    ]
    heading = tag("h3", _("{n}か所の最適な組み合わせ").format(n=len(sites)))
    return joined([heading, table(titles, rows, class_="data n4")])


def _steps_table(found: Proposals, selection: WifiSelection, _: Translate) -> Markup:
    lang = selection.lang
    titles = (
        _("か所数"), _("最適な組み合わせで届く住民"), _("順次追加：次の1か所"), _("加わる住民"),
        _("順次追加で届く住民"), _("最適との差"),
    )  # fmt: skip
    rows = [_step_row(step, found, selection, lang, _) for step in found.steps]
    heading = tag("h3", _("か所数ごとの結果"))
    return joined([heading, table(titles, rows, class_="data n2 n4 n5 n6")])


def _step_row(
    step: Step, found: Proposals, selection: WifiSelection, lang: str, _: Translate
) -> Markup:
    last = step.greedy[-1] if step.greedy else None
    return tag(
        "tr",
        tag("th", str(step.n), scope="row"),
        _reached(step.optimum_reached, found, lang, also=_("同数の組あり") if step.optimum_ties else ""),
        tag("td", last.candidate.name if last else ""),
        tag("td", f"+{people(last.added, lang)}" if last else "", class_="number"),
        _reached(step.greedy_reached, found, lang),
        tag("td", people(step.gap, lang) if step.optimum and step.greedy else "", class_="number"),
        class_="current" if str(step.n) == selection.sites else "",
    )  # fmt: skip


def _reached(value: float | None, found: Proposals, lang: str, also: str = "") -> Markup:
    if value is None:
        return tag("td", "—", class_="number")
    share = percent(found.ratio(value), lang)
    return tag("td", people(value, lang), tag("small", f"{share} {also}".strip()), class_="number")


def _chart(found: Proposals, selection: WifiSelection, _: Translate) -> None:
    lang = selection.lang
    today = (0, found.today or 0.0)
    best = [(one.n, one.optimum_reached) for one in found.steps if one.optimum_reached is not None]
    greedy = [(one.n, one.greedy_reached) for one in found.steps if one.greedy_reached is not None]
    chart = coverage_chart(
        [today, *best], [today, *greedy], chosen=int(selection.sites), lang=lang, _=_
    )
    heading = _("加えるか所数と、{distance}m以内に住む住民").format(distance=selection.distance)
    st.html(tag("h3", heading))
    st.plotly_chart(
        chart, theme=None, config=CONFIG, key="wifi-coverage", alt=answer(found, selection, _)
    )


def _files(
    ward: Ward, found: Proposals, selection: WifiSelection, _: Translate
) -> list[SectionTable]:
    said = definition(selection, _)
    sites, steps = site_rows(ward, found, selection, _), added_rows(found, _)
    return [
        SectionTable(
            name=f"wifi_next_{selection.distance}m_{selection.sites}", title=_("提案する場所"),
            header=[str(title) for title in sites[0]], rows=sites[1:], definition=said, datasets=NEEDED,
        ),
        SectionTable(
            name=f"wifi_next_{selection.distance}m_steps", title=_("か所数ごとの結果"),
            header=[str(title) for title in steps[0]], rows=steps[1:], definition=said, datasets=NEEDED,
        ),
    ]  # fmt: skip


def _kind(candidate: Candidate, _: Translate) -> str:
    kinds = [candidate.category or kind_title(candidate.kind, _)]
    if candidate.is_shelter:
        kinds.append(kind_title("shelter", _))
    return " / ".join(dict.fromkeys(kinds))


def _rows(site: Site, lang: str) -> Markup | str:
    dataset = _DATASET_OF[site.candidate.kind]
    return rows_link((dataset,), lang, place=site.candidate.area_code or "")
