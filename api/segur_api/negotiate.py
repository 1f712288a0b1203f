"""Which of the forms that there are a client takes (RFC 9110, Accept)."""

from collections.abc import Sequence


def best(accept: str, offers: Sequence[str]) -> str | None:
    """The offer that a client likes best, the first of equals; None where it takes none."""
    return next(iter(liked(accept, offers)), None)


def liked(accept: str, offers: Sequence[str]) -> list[str]:
    """The offers that a client takes, the best first, equals in their order.

    The most specific range that fits an offer gives its weight: `text/*;q=0.1, text/turtle` likes Turtle.
    """
    ranges = _ranges(accept or "*/*")
    weights = {offer: _weight(offer, ranges) for offer in offers}
    return sorted((offer for offer in offers if weights[offer] > 0), key=lambda offer: -weights[offer])


def _ranges(accept: str) -> dict[str, float]:
    found = {}
    for part in accept.split(","):
        name, *parameters = (p.strip().lower() for p in part.split(";"))
        quality = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
        try:
            found[name] = min(float(quality), 1.0)
        except ValueError:
            continue
    return found


def _weight(offer: str, ranges: dict[str, float]) -> float:
    main = offer.partition("/")[0]
    return next((ranges[name] for name in (offer, f"{main}/*", "*/*") if name in ranges), 0.0)
