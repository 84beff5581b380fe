"""How each figure of 施設Wi-Fi is made, in short; the long form is docs/methods_wifi.ja.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dashboard.translation import Translate

SOURCES: Final = (
    "Goodchild, M. F. & Lam, N. S.-N. (1980) Areal interpolation: a variant of the traditional spatial problem. Geo-Processing 1, 297–312.",
    "Church, R. & ReVelle, C. (1974) The maximal covering location problem. Papers of the Regional Science Association 32, 101–118.",
    "Nemhauser, G. L., Wolsey, L. A. & Fisher, M. L. (1978) An analysis of approximations for maximizing submodular set functions – I. Mathematical Programming 14, 265–294.",
    "Lorenz, M. O. (1905) Methods of measuring the concentration of wealth. Publications of the American Statistical Association 9, 209–219.",
    "Gini, C. (1914) Sulla misura della concentrazione e della variabilità dei caratteri. Atti del Reale Istituto Veneto 73, 1203–1248.",
    "Moran, P. A. P. (1950) Notes on continuous stochastic phenomena. Biometrika 37, 17–23.",
    "Anselin, L. (1995) Local indicators of spatial association – LISA. Geographical Analysis 27, 93–115.",
    "Benjamini, Y. & Hochberg, Y. (1995) Controlling the false discovery rate. Journal of the Royal Statistical Society B 57, 289–300.",
    "Openshaw, S. (1984) The Modifiable Areal Unit Problem. CATMOG 38.",
    "Iglewicz, B. & Hoaglin, D. C. (1993) How to Detect and Handle Outliers. ASQC Basic References in Quality Control 16.",
)  # fmt: skip
"""The works the methods are taken from."""


@dataclass(frozen=True, slots=True)
class Method:
    """A figure: what it is called, how it is reckoned, what is taken for granted."""

    title: str
    formula: str
    assumptions: str


def methods(_: Translate) -> tuple[Method, ...]:
    """The figures in the order of the page."""
    return (
        Method(
            _("整備率"),
            _("整備率 = 使えるアクセスポイントのある対象施設 ÷ 対象施設"),
            _("施設との結びつけは、施設ID、名前、所在地の順で、距離では結びつけません。開始日の分からない施設は年度別では別に数えます。"),
        ),
        Method(
            _("届く割合"),
            _("届く住民 = Σ 町丁目の人口 × 円に入る面積 ÷ 町丁目の面積、届く割合 = 届く住民 ÷ 住民"),
            _("住民は町丁目の中に均等に住むとみなします（面積による按分、Goodchild & Lam 1980）。距離は直線で、道のり・階・電波は入りません。座標が公表された点だけを数えます。人口の分からない町丁目は分母からも分子からも除きます。"),
        ),
        Method(
            _("曜日と時間"),
            _("少なくとも = 開いていると分かる点だけ、多くて = 時間の分からない点も含む"),
            _("利用できる曜日と時間は一覧の記載によります。読み取れないものは「分からない」とします。祝日は区別しません。"),
        ),
        Method(
            _("避難所の住民"),
            _("割当 = Σ 町丁目の人口 × 防災会の割合、直線最寄り = Σ 町丁目の人口 × 最も近い部分の面積 ÷ 町丁目の面積"),
            _("直線最寄りは指定ではありません。広域避難場所は含みません。割当のない住民は別に数えます。"),
        ),
        fairness_method(_),
        Method(
            _("次にどこへ"),
            _("最大化 Σ 住民ᵢ yᵢ、条件 yᵢ ≤ Σ xⱼ（片 i に届く候補 j）、Σ xⱼ ≤ N、xⱼ は 0 か 1"),
            _("最大被覆問題（Church & ReVelle 1974）をHiGHSで厳密に解きます。順次追加は最適の1−1/e（約63%）を下回りません（Nemhauser ほか 1978）。設置の可否・費用・既存の回線は見ていません。"),
        ),
        Method(
            _("クラスター"),
            _("モランの I = (n ÷ S₀) × Σᵢⱼ wᵢⱼ zᵢ zⱼ ÷ Σᵢ zᵢ²"),
            _("隣は辺か角を共有する所で、行で標準化します。p値は並べ替えによる両側の値、局所の判定は偽発見率によります（Moran 1950、Anselin 1995、Benjamini & Hochberg 1995）。"),
        ),
        Method(
            _("利用"),
            _("修正zスコア = (月平均 − 中央値) ÷ (1.4826 × MAD)"),
            _("報告のない月は欠測のままにします。一部の報告がない合計は「少なくとも」です。大きく違うものは載せるだけで、良し悪しは判断しません（Iglewicz & Hoaglin 1993）。"),
        ),
    )  # fmt: skip


def fairness_method(_: Translate) -> Method:
    """The curve of Lorenz and Gini's coefficient."""
    return Method(
        _("公平さ"),
        _("ジニ係数 G = 1 − Σ (xᵢ − xᵢ₋₁)(yᵢ + yᵢ₋₁)"),
        _("x は住民の累積、y は届く住民の累積で、届く割合の低い所から並べます（Lorenz 1905、Gini 1914）。0 はどこも同じ割合。住民のいない所は除きます。"),
    )  # fmt: skip
