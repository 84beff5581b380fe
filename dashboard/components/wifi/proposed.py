"""The proposed sites of a selection, for the section and for the map: solved once, then kept."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import cache
from dashboard.translation import translator
from dashboard.wifi.proposal import is_solved, plan_key, read_proposals

if TYPE_CHECKING:
    from dashboard.ward import Ward
    from dashboard.wifi.proposal import Proposals
    from dashboard.wifi.selection import WifiSelection


def proposed(ward: Ward, selection: WifiSelection) -> Proposals:
    """Every number of sites for the candidates of a selection, with a sign while it is solved."""
    _ = translator(selection.lang)
    solving = st.spinner(_("候補の組み合わせを計算しています…"), show_time=True)
    with nullcontext() if is_solved(selection) else solving:
        return cache.asked(
            lambda edition: read_proposals(edition, selection, most=most_sites(ward)),
            edition=ward.edition,
            part="wifi-proposals",
            key=plan_key(selection),
        )


def most_sites(ward: Ward) -> int:
    """Up to how many further sites are worked out."""
    return int(json.loads(ward.build["ward_json"])["siting"]["most_sites"])
