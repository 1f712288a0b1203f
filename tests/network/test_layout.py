"""Where nodes stand: few lines cross, nothing covers anything, what is placed stays."""

from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segur_graph.drawn import layout, ordering
from segur_graph.drawn.columns import settled
from segur_graph.drawn.positions import Ground, extended
from segur_graph.drawn.view import around


def by_hand(rows, below):
    """How many lines between neighbouring rows cross, counted pair by pair."""
    total = 0
    for row, after in pairwise(rows):
        lines = [(p, after.index(n)) for p, i in enumerate(row) for n in below.get(i, ())]
        total += sum((a < c) == (b > d) and a != c and b != d for (a, b), (c, d) in combinations(lines, 2))
    return total


def web(view):
    """The rows of a view before they are ordered."""
    return ordering.web([[n.id for n in nodes] for _, nodes in layout.sheets(view)], view.edges)


def covered(points):
    """The pairs of nodes of which one covers the other."""
    found = []
    for (a, one), (b, other) in combinations(points.items(), 2):
        ground = Ground()
        ground.put(one)
        found += [] if ground.free(other) else [(a, b)]
    return found


@pytest.fixture(params=["small", "shipped", "synthetic"])
def any_view(request, whole, shipping, synthetic):
    """A view of every size."""
    return {"small": whole, "shipped": shipping, "synthetic": synthetic(120, 200)}[request.param]


@pytest.mark.parametrize("seed", range(5))
def test_crossings_are_counted_as_by_hand(synthetic, seed):
    """Crossings are counted as somebody would who looks at each pair of lines."""
    of = web(synthetic(40, 60, seed))
    assert ordering.crossings(of.rows, of.below) == by_hand(of.rows, of.below)


def test_no_swap_of_neighbours_removes_a_crossing(any_view):
    """In the final order no swap of two neighbours of a row removes a crossing."""
    of = web(any_view)
    rows = ordering.ordered(of)
    place = {i: (r, p) for r, row in enumerate(rows) for p, i in enumerate(row)}
    gains = [ordering._gain(a, b, place, of) for row in rows for a, b in pairwise(row)]
    assert max(gains) <= 0


def test_a_swap_gains_what_the_count_says(synthetic):
    """What a swap is said to gain is what the count of crossings loses."""
    of = web(synthetic(30, 40))
    rows = of.rows
    place = {i: (r, p) for r, row in enumerate(rows) for p, i in enumerate(row)}
    row = max(rows, key=len)
    gain, before = ordering._gain(row[0], row[1], place, of), ordering.crossings(rows, of.below)
    row[0], row[1] = row[1], row[0]
    assert before - ordering.crossings(rows, of.below) == gain


def test_ordering_removes_crossings(any_view):
    """The order has no more crossings than the rows had before."""
    of = web(any_view)
    assert ordering.crossings(ordering.ordered(of), of.below) <= ordering.crossings(of.rows, of.below)


def test_places_do_not_depend_on_the_order_of_what_is_placed(any_view):
    """The same nodes and edges in another order stand in the same places."""
    turned = replace(any_view, nodes=any_view.nodes[::-1], edges=any_view.edges[::-1])
    assert layout.place(turned).points == layout.place(any_view).points


def test_a_node_lies_in_the_band_of_its_lane(any_view):
    """Every node stands in the band of its échelon, and the bands do not overlap."""
    places = layout.place(any_view)
    bands = {b.name: b for b in places.bands}
    assert all(
        bands[n.lane].top <= places.points[n.id].y <= bands[n.lane].top + bands[n.lane].height for n in any_view.nodes
    )
    assert all(a.top + a.height <= b.top for a, b in pairwise(places.bands))


def test_no_node_covers_another(whole, shipping):
    """Neither a shape nor a caption covers another node, by échelon or in a neighbourhood."""
    assert covered(layout.place(whole).points) == covered(layout.place(shipping).points) == []
    near = around(shipping, "bodies/france-assos-sante-occitanie", 2)
    assert covered(layout.place(near, "bodies/france-assos-sante-occitanie").points) == []


def test_everything_stands_inside_the_picture(any_view):
    """No node and no line leaves the picture."""
    places = layout.place(any_view)
    spots = [(p.x, p.y) for p in places.points.values()] + [spot for way in places.ways.values() for spot in way]
    assert all(0 <= x <= places.width and 0 <= y <= places.height for x, y in spots)


@pytest.mark.parametrize("centre", ["", "bodies/crsa"])
def test_expanding_moves_nothing_that_is_placed(whole, centre):
    """What is placed stays where it is when more is shown, and what comes covers none of it."""
    near = around(whole, "bodies/crsa")
    before = layout.place(near, centre)
    after = extended(before, whole)
    assert {i: after.points[i] for i in before.points} == before.points
    assert after.points.keys() == whole.by_id.keys()
    assert covered(after.points) == []


def test_what_is_expanded_spreads_around(shipping):
    """The many neighbours of one that is expanded stand around it, not behind one another in a row and a column."""
    near = around(shipping, "types/CME")
    after = extended(layout.place(near, "types/CME"), around(shipping, "types/CME", 2)).points.values()
    for lines in (Counter(p.x for p in after), Counter(p.y for p in after)):
        assert max(lines.values()) <= len(after) / 5


def test_a_neighbourhood_is_what_is_reached_in_some_steps(whole):
    """One step around a body are those it is joined to; the body stands nearest to the middle."""
    near = around(whole, "bodies/cdu")
    assert set(near.by_id) == {"bodies/cdu", "bodies/fas"}
    assert "bodies/ars" in around(whole, "bodies/cdu", 3).by_id


def test_an_empty_view_has_a_place(synthetic):
    """A view of nothing, or of one node, is placed as well."""
    assert layout.place(synthetic(0, 0)).points == {}
    assert len(layout.place(synthetic(1, 0)).points) == 1


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(1, 9), st.floats(1, 60)), min_size=1, max_size=30))
def test_settling_keeps_order_and_steps(told):
    """Settled places keep their order and at least the steps between them."""
    wished, weights, steps = (list(part) for part in zip(*told, strict=True))
    placed = settled(wished, weights, steps, 1000.0)
    assert all(b - a >= step - 1e-6 for a, b, step in zip(placed, placed[1:], steps[1:], strict=False))
    assert placed[0] >= steps[0] - 1e-6
