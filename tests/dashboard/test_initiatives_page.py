"""The page 取組の進捗状況 as it is sent to a browser, without one."""

import csv
import io
import re
import shutil

import duckdb
import pytest

from dashboard.components.initiatives.overview_section import overview_table
from dashboard.initiatives.asked import shown as answers
from dashboard.initiatives.reading import read_picture
from dashboard.initiatives.records import Picture
from dashboard.initiatives.selection import SECTIONS, InitiativesSelection
from dashboard.section_files import section_csv, section_xlsx
from dashboard.translation import translator
from pipelines.warehouse import current_edition_name, open_edition

KANA = re.compile("[\u3040-\u30ff]")


def shown(page):
    """All HTML of a page."""
    assert not page.exception
    return "\n".join(element.proto.body for element in page.get("html"))


def text_of(html):
    return " ".join(re.sub("<[^>]+>", " ", html).split())


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_marked_as_sample(open_initiatives, sample_warehouse, section, lang):
    html = shown(open_initiatives(sample_warehouse, section=section, lang=lang))
    assert {"ja": "デモ用・架空", "en": "sample (fictional)"}[lang] in html
    assert {"ja": "定義", "en": "Definition"}[lang] in text_of(html)
    assert ">nan<" not in html.lower()
    assert ">None<" not in html


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_can_be_taken_along(open_initiatives, sample_warehouse, section):
    page = open_initiatives(sample_warehouse, section=section)
    assert len(page.get("download_button")) >= 2


def test_the_first_line_answers(open_initiatives, sample_warehouse):
    html = shown(open_initiatives(sample_warehouse))
    assert re.search(
        r"<h1>22の取組のうち、遅れは\d+（指標で\d+・節目で\d+）、未報告は\d+です"
        r"（2026年4月1日時点・デモ用・架空）。", html,
    )  # fmt: skip


def test_every_initiative_has_a_page_of_its_own(open_initiatives, sample_warehouse):
    for key in ("I01", "I05", "I06", "I12", "I16", "I20"):
        html = shown(open_initiatives(sample_warehouse, initiative=key))
        assert f"data?dataset=initiatives&amp;initiative={key}" in html
        assert "計画の中の位置" in html
        # Whose words they are stands beneath them, and each part is marked.
        assert "区の文章ではありません" in html
        heads = re.findall("<h2>.*?</h2>", html)
        assert [head for head in heads if "デモ用・架空" not in head] == []
        assert ">nan<" not in html.lower()


def test_an_initiatives_page_in_english_is_english(open_initiatives, sample_warehouse):
    html = shown(open_initiatives(sample_warehouse, initiative="I01", lang="en"))
    heads = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", html) + re.findall(
        '<th scope="col">(.*?)</th>', html
    )
    ours = [text_of(head) for head in heads]
    # Names of indicators are the ward's own; the heads of tables and cards are not.
    assert "Where it stands sample (fictional)" in ours
    assert [
        head for head in re.findall('<th scope="col">(.*?)</th>', html) if KANA.search(head)
    ] == []


def test_a_figure_leads_to_the_rows_of_its_indicator(open_initiatives, sample_warehouse):
    html = shown(open_initiatives(sample_warehouse, initiative="I01"))
    assert "data?dataset=indicator_values&amp;indicator=K01" in html


def test_an_unknown_initiative_is_told_calmly_and_the_page_is_there(
    open_initiatives, sample_warehouse
):
    html = shown(open_initiatives(sample_warehouse, initiative="I99", section="list"))
    assert "既定の表示にしました：取組" in html
    assert "22の取組" in html


def test_choices_go_into_the_url_and_defaults_out_of_it(open_initiatives, sample_warehouse):
    page = open_initiatives(sample_warehouse)
    page.button_group(key="initiatives-section").set_value("list").run()
    page.text_input(key="initiatives-search").set_value(" オープンデータ ").run()
    page.selectbox(key="initiatives-plan_group").set_value("4").run()
    values = {name: page.query_params[name] for name in page.query_params}
    assert {name: v if isinstance(v, str) else v[0] for name, v in values.items()} == {
        "section": "list", "search": "オープンデータ", "plan_group": "4",
    }  # fmt: skip
    assert "選んだ1の取組のうち" in shown(page)
    page.button(key="initiatives-clear").click().run()
    assert "22の取組のうち" in shown(page)


def test_what_is_typed_is_text(open_initiatives, sample_warehouse):
    html = shown(open_initiatives(sample_warehouse, search="<script>alert(1)</script>"))
    assert "<script>" not in html
    assert "この条件に合う取組はありません。" in html


def test_changes_since_the_end_of_the_fiscal_year_before(open_initiatives, sample_warehouse):
    html = shown(open_initiatives(sample_warehouse, section="changes"))
    assert "前年度末（2026年3月31日）から変わったことは" in html


@pytest.fixture
def two_editions(sample_warehouse, tmp_path):
    """The sample beside an edition of before that can be opened, and one that cannot."""
    warehouse = tmp_path / "warehouse"
    shutil.copytree(sample_warehouse, warehouse)
    name = current_edition_name(warehouse)
    earlier = warehouse / "2025-04-01-earlier.duckdb"
    shutil.copy(warehouse / f"{name}.duckdb", earlier)
    with duckdb.connect(str(earlier)) as connection:
        connection.execute(
            "UPDATE evidence.initiative_status SET status = 'unset'"
            " WHERE is_current AND initiative_id = 'I01'"
        )
    old = warehouse / "2024-04-01-before.duckdb"
    shutil.copy(earlier, old)
    with duckdb.connect(str(old)) as connection:
        connection.execute("DROP TABLE evidence.initiative_status")
    (warehouse / "2023-04-01-broken.duckdb").write_bytes(b"no database")
    return warehouse


def test_changes_against_an_edition_of_the_warehouse(open_initiatives, two_editions):
    html = shown(open_initiatives(two_editions, section="changes", since="2025-04-01-earlier"))
    text = text_of(html)
    assert "から変わったことは1件です。" in text
    assert "－ 未設定" in text


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2024-04-01-before", "比べる版に取組のデータがないため"),
        ("2023-04-01-broken", "選んだ版を開けないため"),
        ("2020-01-01-nowhere", "既定の表示にしました：比べる版"),
        ("../../etc/passwd", "既定の表示にしました：比べる版"),
    ],
)
def test_an_edition_that_cannot_be_compared_is_told_calmly(
    open_initiatives, two_editions, since, said
):
    assert said in shown(open_initiatives(two_editions, section="changes", since=since))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_ward_without_initiatives_is_told_what_to_bring(open_initiatives, tiny_warehouse, lang):
    html = shown(open_initiatives(tiny_warehouse, section="money", initiative="I01", lang=lang))
    said = {"ja": "取組のデータはまだありません。", "en": "There are no data on initiatives yet."}
    assert said[lang] in html
    assert "data/inbox/initiatives/" in html
    assert "ebpm template indicators" in html


def test_a_table_says_what_it_is(sample_ward, sample_warehouse, monkeypatch):
    monkeypatch.setenv("EBPM_WAREHOUSE", str(sample_warehouse))
    state = answers(sample_ward, InitiativesSelection())
    table, _ = overview_table(state), translator("ja")
    written = section_csv(sample_ward, table, "ja", _).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(written, newline=""))
    assert len(rows) == 22
    assert len(set(header)) == len(header)
    assert {row[header.index("状態")] for row in rows} >= {"達成", "未報告"}
    assert all("指標の実績値: デモ用・架空" in row[header.index("データの状態")] for row in rows)
    assert section_xlsx(sample_ward, table, "ja", _)[:2] == b"PK"


def test_a_picture_of_a_department_is_found_where_there_is_one(sample_warehouse, tmp_path):
    warehouse = tmp_path / "warehouse"
    shutil.copytree(sample_warehouse, warehouse)
    name = current_edition_name(warehouse)
    with duckdb.connect(str(warehouse / f"{name}.duckdb")) as connection:
        connection.execute("DROP TABLE IF EXISTS meta.pictures")
        connection.execute(
            "CREATE TABLE meta.pictures AS SELECT 'I01' AS initiative_id, 'a.png' AS file_name,"
            " 'image/png' AS media_type, 'x'::BLOB AS content, false AS cleaned,"
            " '' AS problem_ja, '' AS problem_en"
        )
    with open_edition(warehouse=warehouse) as edition:
        assert read_picture(edition, "I01") == Picture("I01", "a.png", "image/png", b"x")
        assert read_picture(edition, "I02") is None


def test_a_plan_with_a_timetable_and_no_versions_says_what_to_bring(
    open_initiatives, sample_warehouse, tmp_path
):
    shutil.copytree(sample_warehouse, tmp_path / "warehouse")
    name = current_edition_name(tmp_path / "warehouse")
    with duckdb.connect(str(tmp_path / "warehouse" / f"{name}.duckdb")) as connection:
        connection.execute("DELETE FROM evidence.plan_places")
    page = open_initiatives(tmp_path / "warehouse", section="plan")
    assert not page.exception
