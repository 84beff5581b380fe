"""What to bring: for a data set that is not there, what it is, where it is published, where to put it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.markup import joined, table, tag
from dashboard.translation import translator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from dashboard.holdings import Holding, Origin
    from dashboard.translation import Translate


def what_to_bring(wanted: tuple[Holding, ...], lang: str) -> Markup:
    """A row for each data set. Addresses are text: this machine may have no internet."""
    _ = translator(lang)
    titles = (
        _("データ"), _("内容"), _("もとになる資料と公表場所"), _("その利用条件"), _("用意のしかた"),
    )  # fmt: skip
    rows = [
        tag(
            "tr",
            tag("th", one.dataset.title_in(lang), scope="row"),
            tag("td", one.description_en if lang == "en" else one.description),
            tag("td", _origins(one.usual_sources, lang, _)),
            tag("td", _origins(one.usual_terms, lang, _)),
            tag("td", _how(one, _)),
        )
        for one in wanted
    ]
    return table(titles, rows, class_="data bring")


def _origins(origins: tuple[Origin, ...], lang: str, _: Translate) -> Markup:
    items = [tag("li", one.title_in(lang), tag("small", one.address)) for one in origins]
    return tag("ul", *items) if items else tag("span", _("記載なし"), class_="none")


def _how(holding: Holding, _: Translate) -> Markup:
    """Published files are taken as they are; for what only the ward has there is a form."""
    if holding.geometry == "polygon":
        sentence = _("公表されたファイルを、そのまま {folder} に置きます")
    elif any(one.address for one in holding.usual_sources):
        sentence = _(
            "公表されたファイルを、そのまま {folder} に置きます。なければ {command} で記入用のExcelを作ります"
        )
    else:
        sentence = _("{command} で記入用のExcelを作り、{folder} に置きます")
    name = holding.dataset.name
    words = {"command": f"ebpm template {name}", "folder": f"data/inbox/{name}/"}
    return joined(_with_code(sentence, words))


def _with_code(sentence: str, words: dict[str, str]) -> Iterator[str]:
    """The sentence with its placeholders as code."""
    first, *parts = sentence.split("{")
    yield first
    for part in parts:
        key, _, rest = part.partition("}")
        yield tag("code", words[key])
        yield rest
