"""Which form a client takes."""

import pytest

from segur_api.negotiate import best

OFFERS = ("text/html", "text/turtle", "application/ld+json")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle ; Q=0.3", "text/turtle"),
        ("text/turtle;q=0.8, application/ld+json;q=0.9", "application/ld+json"),
        ("application/*", "application/ld+json"),
        ("text/html;q=0, */*;q=0.1", "text/turtle"),
        ("text/*;q=0.5, text/turtle;q=0.2, application/ld+json;q=0.4", "text/html"),
        ("text/turtle;q=nonsense, application/ld+json;q=0.1", "application/ld+json"),
        ("text/turtle;charset=utf-8;q=0.9, text/html;q=0.5", "text/turtle"),
    ],
)
def test_the_best_liked_offer_is_taken(accept, expected):
    """The offer with the highest weight is taken, and the first of equals."""
    assert best(accept, OFFERS) == expected


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", ", ,", "*/*;q=0"])
def test_none_is_taken_where_none_is_liked(accept):
    """Where no offer is liked, none is taken."""
    assert best(accept, OFFERS) is None
