from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dashboard.selection import KINDS, LANGUAGES, LEVELS, VIEWS, Allowed, Selection, parse, to_query

AREAS = {"area": frozenset({"a1", "a2", "a3", "a4"}), "town": frozenset({"a", "b"})}
ALLOWED = Allowed(
    measures=("population", "households"),
    areas=AREAS,
    points=frozenset({"facility:1", "wifi:x~2", "station:新, 中野"}),
)


@st.composite
def selections(draw):
    level = draw(st.sampled_from(LEVELS))
    kinds = draw(st.sets(st.sampled_from(KINDS)))
    return Selection(
        measure=draw(st.sampled_from(ALLOWED.measures)),
        level=level,
        layers=tuple(kind for kind in KINDS if kind in kinds),
        areas=tuple(draw(st.lists(st.sampled_from(sorted(AREAS[level])), max_size=3, unique=True))),
        compare=draw(st.booleans()),
        found=draw(st.sampled_from(["", *sorted(ALLOWED.points)])),
        lang=draw(st.sampled_from(LANGUAGES)),
        view=draw(st.sampled_from(VIEWS)),
    )


@given(selections())
def test_a_url_gives_back_the_selection_it_was_made_from(selection):
    assert parse(to_query(selection, ALLOWED), ALLOWED) == (selection, ())


@given(st.dictionaries(st.sampled_from([*Selection.__dataclass_fields__, "embed"]), st.text()))
def test_any_url_is_a_selection_that_the_edition_has(query):
    selection, unknown = parse(query, ALLOWED)
    assert selection.measure in ALLOWED.measures
    assert set(selection.areas) <= AREAS[selection.level]
    assert set(unknown) <= set(query)
    assert parse(to_query(selection, ALLOWED), ALLOWED) == (selection, ())


def test_the_default_needs_no_parameters():
    default, unknown = parse({}, ALLOWED)
    assert unknown == ()
    assert to_query(default, ALLOWED) == {}


def test_what_is_unknown_falls_back_and_is_named():
    selection, unknown = parse(
        {"measure": "'; DROP", "areas": "a1,zz,a2", "layers": "nonsense", "view": "print"}, ALLOWED
    )
    assert (selection.measure, selection.areas, selection.view) == (
        "population",
        ("a1", "a2"),
        "print",
    )
    assert unknown == ("measure", "layers", "areas")


def test_no_layers_is_a_choice_of_its_own():
    selection, unknown = parse({"layers": "none"}, ALLOWED)
    assert (selection.layers, unknown) == ((), ())


def test_a_click_replaces_and_with_comparing_adds_up_to_three():
    one = Selection(measure="population").choose("a1").choose("a2")
    assert one.areas == ("a2",)
    comparing = one.comparing(compare=True)
    three = comparing.choose("a1").choose("a3")
    assert three.areas == ("a2", "a1", "a3")
    assert three.choose("a4").areas == ("a2", "a1", "a4")
    assert three.choose("a1").areas == ("a2", "a3")
    assert three.comparing(compare=False).areas == ("a2",)


def test_a_found_point_chooses_its_area_and_shows_its_layer():
    marked = Selection(measure="population", layers=("station",)).mark("wifi:1", "a1")
    assert (marked.found, marked.areas, marked.layers) == ("wifi:1", ("a1",), ("wifi", "station"))
    assert marked.with_layers(["station"]).found == ""
    assert marked.choose("a2").found == ""
    assert Selection(measure="population").mark("wifi:1", None).areas == ()


def test_an_area_takes_its_town_along_to_the_other_level():
    towns = {"a1": "a", "a2": "a", "b1": "b"}
    areas = Selection(measure="population", areas=("a1", "a2", "b1"), compare=True)
    at_towns = areas.at_level("town", towns)
    assert at_towns.areas == ("a", "b")
    assert at_towns.at_level("area", towns).areas == ()
    assert areas.at_level("area", towns) == areas
    assert replace(areas, found="wifi:1").at_level("town", towns).found == ""
