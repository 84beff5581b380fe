"""A ward whose departments report: four posts of which one was renamed, five initiatives."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from pipelines.build import build
from pipelines.folder import DataFolder

AS_OF = date(2026, 4, 1)

REGISTER = {
    "departments": [
        "所管課ID,所管課名,部名,設置日,廃止日,後継の所管課ID",
        "D51,ひのき課,企画部,,,D52",
        "D52,けやき課,総務部,,,",
        "007,すぎ課,,,,",
    ],
    "initiatives": [
        "取組ID,取組名,目的,実施内容,所管課ID,終了年度",
        "I01,窓口をへらす,待たせない,申請を見直す,D51,",
        "I02,=1+1,,,D52,",
        "I03,案内板,迷わせない,,007,",
        "I04,持ち主のない取組,,,,",
        "I05,おわった取組,,,D52,2022",
    ],
    "indicators": [
        "指標ID,指標名,取組ID,単位,望ましい方向,基準値,基準時点,目標値,目標年度,報告の周期",
        "K01,件数,I01,件,増加,10,2021-03-31,100,2027,毎年",
        "K02,割合,I01,%,増加,0.1,2025-09-30,95.5,2026,四半期",
        "K03,回数,I02,回,増加,,,,,その他",
        "K04,来庁者,I03,人,減少,500,2024-03-31,300,2027,半年",
        "K05,古い指標,I05,件,増加,1,2021-03-31,2,2022,毎年",
    ],
}
TIMETABLE = [
    "節目ID,取組ID,節目,計画終了日,実績終了日,日付の細かさ",
    "P1,,計画の策定,2021-08-31,2021-11-30,月",
    "I03-1,I03,案内板の設計,2026-06-30,,日",
]
REPORTED = {
    "initiative_milestones": [
        "節目ID,取組ID,節目,計画開始日,計画終了日,実績開始日,実績終了日,日付の細かさ,前提の節目ID,備考",
        "I01-1,I01,調べる,2024-04-01,2024-06-30,2024-04-10,2024-09-30,日,,遅れた",
        "I01-2,I01,始める,2024-07-01,2025-03-31,,,月,I01-1,",
        ",I02,名前だけの節目,,2026-09-30,,,,,",
        "I05-1,I05,やめる,,2022-03-31,,,,,",
    ],
    "indicator_values": [
        "実績ID,指標ID,時点,対象の期間,実績値,報告日,備考",
        ",K01,2022-03-31,2021,12,2022-05-15,",
        ",K01,2023-03-31,2022,0,2023-05-15,一つもなかった",
        ",K01,2024-03-31,2023,×,2024-05-15,",
        ",K01,2025-03-31,2024,64.50,2025-05-15,",
        # A correction, and two values for one day that nobody has decided on.
        ",K01,2025-03-31,2024,66,2025-07-01,訂正",
        "W-1,K02,2025-12-31,2025Q3,33.3,2026-01-20,",
        ",K02,2025-12-31,2025Q3,34.4,2026-01-20,",
        ",K04,2024-09-30,,…,,",
        ",K05,2022-03-31,,2,,",
        ",K05,2021-03-31,,0.0,,",
    ],
    "initiative_budgets": [
        "取組ID,年度,当初予算,補正後予算,決算,国庫支出金,都支出金,その他特定財源,一般財源,備考",
        "I01,2024,12000,-,11800,×,…,0,11800,",
        "I01,2025,9000,,,,,,9000,",
        "I05,2022,500,500,△20,-,-,+0,480,",
    ],
    "initiative_reports": [
        "取組ID,年度,所管課ID,報告日,評価,実績,課題,今後の方向性,備考",
        "I01,2024,D51,2025-06-01,B,12件を公開した,人手,継続,",
        'I03,2025,007,2026-03-31,A,"=SUM(A1)\n二行目",,拡充,',
    ],
}


def write_lists(folder, lists):
    for name, lines in lists.items():
        path = folder / name / "list.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture(scope="session")
def reporting_ward(repository, tiny_ward, tmp_path_factory) -> DataFolder:
    """The tiny ward with a shipped register and, in its inbox, what was reported so far.

    Built once: tests read it, and build from it into warehouses of their own.
    """
    tiny_data = DataFolder(tmp_path_factory.mktemp("reporting") / "data")
    shutil.copytree(repository / "data" / "catalog", tiny_data.root / "catalog")
    for name in ("datapackage.yaml", "measures.yaml", "ward.toml"):
        shutil.copy(repository / "data" / name, tiny_data.root / name)
    shutil.copytree(tiny_ward / "sample", tiny_data.root / "sample")
    sample = tiny_data.root / "sample"
    write_lists(sample, {**REGISTER, "initiative_milestones": TIMETABLE})
    official = "status: official\npublisher: 区\nas_of: 2021-12-01\n"
    (sample / "initiative_milestones" / "source.yaml").write_text(official, "utf-8")
    write_lists(tiny_data.inbox, REPORTED)
    build(tiny_data, as_of=AS_OF)
    return tiny_data


@pytest.fixture
def other_inbox(reporting_ward, tmp_path) -> DataFolder:
    """The same data folder with an empty inbox and a warehouse of its own."""
    inbox = tmp_path / "returned"
    inbox.mkdir()
    return DataFolder(reporting_ward.root, tmp_path / "warehouse", inbox)
