from hypothesis import given
from hypothesis import strategies as st

from dashboard.data_selection import (
    KINDS,
    DataAllowed,
    DataSelection,
    data_address,
    data_query,
    parse_data,
)
from dashboard.query import LANGUAGES

ALLOWED = DataAllowed(
    files={"a": ("a/1.csv", "a/<b>&.csv"), "b": ("b/x y.xlsx",), "none": ()},
    placed=frozenset({"a"}),
    places=frozenset({"131148", "13114001001"}),
    measures={"count": ("a",), "ratio": ("a", "b")},
    keyed={"initiative": frozenset({"a", "b"}), "indicator": frozenset({"b"})},
    keys={"initiative": frozenset({"I07"}), "indicator": frozenset({"K1", "K2"})},
)


@st.composite
def selections(draw):
    dataset = draw(st.sampled_from(["", *ALLOWED.files]))
    files = [name for own, names in ALLOWED.files.items() if dataset in {"", own} for name in names]
    places = sorted(ALLOWED.places) if dataset in ALLOWED.placed else []
    measures = [name for name, made_from in ALLOWED.measures.items() if dataset in made_from]
    return DataSelection(
        dataset=dataset,
        place=draw(st.sampled_from(["", *places])),
        measure=draw(st.sampled_from(["", *measures])),
        **{
            key: draw(st.sampled_from(["", *sorted(ALLOWED.keys[key])]))
            for key, having in ALLOWED.keyed.items()
            if dataset in having
        },
        file=draw(st.sampled_from(["", *files])),
        kind=draw(st.sampled_from(["", *KINDS])),
        lang=draw(st.sampled_from(LANGUAGES)),
    )


@given(selections())
def test_a_url_gives_back_the_selection_it_was_made_from(selection):
    assert parse_data(data_query(selection), ALLOWED) == (selection, ())


@given(st.dictionaries(st.sampled_from([*DataSelection.__dataclass_fields__, "embed"]), st.text()))
def test_any_url_is_a_selection_that_the_edition_has(query):
    selection, unknown = parse_data(query, ALLOWED)
    assert selection.dataset in {"", *ALLOWED.files}
    assert set(unknown) <= set(query)
    assert parse_data(data_query(selection), ALLOWED) == (selection, ())


def test_everything_needs_no_parameters():
    assert data_query(DataSelection()) == {}
    assert data_address(DataSelection()) == "data"


def test_what_does_not_belong_together_is_named():
    asked = {"dataset": "b", "place": "131148", "measure": "count", "file": "a/1.csv"}
    selection, unknown = parse_data(asked, ALLOWED)
    assert selection == DataSelection(dataset="b")
    assert unknown == ("place", "measure", "file")


def test_an_address_is_safe_in_a_link():
    address = data_address(DataSelection(dataset="a", file="a/<b>&.csv", lang="en"))
    assert address == "data?dataset=a&file=a%2F%3Cb%3E%26.csv&lang=en"


def test_another_data_set_lets_go_of_what_was_within():
    chosen = DataSelection(dataset="a", place="131148", file="a/1.csv", kind="warning", lang="en")
    assert chosen.of_dataset("b") == DataSelection(dataset="b", kind="warning", lang="en")
    assert chosen.of_dataset(None).with_kind(None).with_file(None) == DataSelection(lang="en")


def test_an_id_is_taken_only_where_the_rows_have_it():
    query = {"dataset": "a", "initiative": "I07", "indicator": "K1"}
    selection, unknown = parse_data(query, ALLOWED)
    assert (selection.initiative, selection.indicator, unknown) == ("I07", "", ("indicator",))
    selection, unknown = parse_data({"dataset": "b", "indicator": "K9"}, ALLOWED)
    assert (selection.indicator, selection.narrowed, unknown) == ("", False, ("indicator",))
