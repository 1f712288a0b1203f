"""A plot of seconds over scale, both logarithmic, as SVG."""

from collections.abc import Mapping
from itertools import chain
from math import ceil, floor, log10

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 430, 64, 150, 20, 48
COLOURS = ("#0b4f8a", "#8d99a6", "#b3261e", "#ec941e", "#672271", "#4a9f75")


def svg(lines: Mapping[str, Mapping[float, float]]) -> str:
    """The lines, each a name with its seconds by scale, named at their ends."""
    drawn = {name: points for name, points in lines.items() if points}
    xs = _decades(chain.from_iterable(drawn.values()))
    ys = _decades(chain.from_iterable(points.values() for points in drawn.values()))

    def x(size: float) -> float:
        return LEFT + (log10(size) - xs[0]) / (xs[-1] - xs[0]) * (WIDTH - LEFT - RIGHT)

    def y(seconds: float) -> float:
        return HEIGHT - BOTTOM - (log10(seconds) - ys[0]) / (ys[-1] - ys[0]) * (HEIGHT - TOP - BOTTOM)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">']
    parts += ["<title>Seconds by scale</title>", f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    parts += [f'<path d="M{x(10**d):.0f} {TOP}V{HEIGHT - BOTTOM}" stroke="#d9e0e7"/>' for d in xs]
    parts += [f'<path d="M{LEFT} {y(10**d):.0f}H{WIDTH - RIGHT}" stroke="#d9e0e7"/>' for d in ys]
    parts += [_text(x(10**d), HEIGHT - BOTTOM + 18, f"{10.0**d:g}", "middle") for d in xs]
    parts += [_text(LEFT - 8, y(10**d) + 4, f"{10.0**d:g} s", "end") for d in ys]
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "scale (1: a country)", "middle"))
    ends = _apart({name: y(points[max(points)]) for name, points in drawn.items()})
    for colour, (name, points) in zip(COLOURS, drawn.items(), strict=False):
        path = " ".join(f"{x(size):.1f},{y(seconds):.1f}" for size, seconds in sorted(points.items()))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x(s):.1f}" cy="{y(v):.1f}" r="4" fill="{colour}"/>' for s, v in points.items()]
        parts.append(_text(x(max(points)) + 9, ends[name] + 4, name, "start", colour))
    return "\n".join([*parts, "</svg>\n"])


def _decades(values: object) -> list[int]:
    found = list(values)  # type: ignore[call-overload]
    return list(range(floor(log10(min(found))), max(ceil(log10(max(found))), floor(log10(min(found))) + 1) + 1))


def _apart(places: dict[str, float]) -> dict[str, float]:
    """Names a line apart, in the order of their places."""
    last, moved = float("-inf"), {}
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        last = moved[name] = max(place, last + 15)
    return moved


def _text(x: float, y: float, words: str, anchor: str, colour: str = "#465565") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="12" text-anchor="{anchor}" fill="{colour}">{words}</text>'
