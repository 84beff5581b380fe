"""The address as the state of a page, also while another run changes it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from dashboard.components import address


class Changing:
    """Parameters of which the first readings fail, as they do while another thread writes."""

    def __init__(self, failures):
        self.failures = list(failures)
        self.held = {"lang": "en", "theirs": "x"}

    def to_dict(self):
        if self.failures:
            raise self.failures.pop()
        return dict(self.held)

    def from_dict(self, wanted):
        self.held = dict(wanted)


@pytest.fixture
def changing(monkeypatch):
    def put(*failures):
        held = Changing(failures)
        monkeypatch.setattr(address, "st", SimpleNamespace(query_params=held))
        return held

    return put


@pytest.mark.parametrize("error", [KeyError("gone"), RuntimeError("changed size")])
def test_a_parameter_that_vanishes_while_being_read_is_read_again(changing, error):
    changing(error, error)
    assert address.parameters() == {"lang": "en", "theirs": "x"}


def test_what_stays_broken_is_not_hidden(changing):
    changing(*[KeyError("gone")] * 5)
    with pytest.raises(KeyError):
        address.parameters()


def test_a_change_keeps_the_parameters_of_others(changing):
    held = changing(KeyError("gone"))
    address.change({"lang", "place"}, {"place": "1"})
    assert held.held == {"theirs": "x", "place": "1"}
