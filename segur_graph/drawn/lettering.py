"""What is written under a node, and how much room it takes: text is measured on the server, without a font."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from segur_graph.drawn import legend
from segur_graph.drawn.elements import CONTRIBUTIONS, Node
from segur_graph.options import Lang
from segur_graph.say import LANGS

SIZE, SMALL = 11.5, 10.0
LINE, SMALL_LINE = 13.5, 12.5
ROOM = 114.0  # the width of a caption
LINES, SHORT_LINES = 4, 3  # of a body or a type, of a contribution
# How wide a letter is, in parts of the text's size; others are as wide as most.
WIDE = dict.fromkeys("mwMW@—…", 0.86) | dict.fromkeys("iljt.,:;'’|!()[] ", 0.31) | dict.fromkeys("frs-·", 0.44)
# A space that no line ends at: inside French quotation marks, before high punctuation and a dash.
UNBROKEN = re.compile(r"(?<=«)\s|\s(?=[»:;?!–])")
CAPITAL, LETTER = 0.69, 0.57


@dataclass(frozen=True)
class Caption:
    """The lines under a node: its name, users' seats, what is missing; `height` is theirs together."""

    name: tuple[str, ...]
    seats: str
    gaps: tuple[str, ...]

    @property
    def height(self) -> float:
        """How far down the lines reach."""
        return len(self.name) * LINE + (bool(self.seats) + len(self.gaps)) * SMALL_LINE


def width(text: str, size: float = SIZE) -> float:
    """About how wide a text is."""
    return size * sum(WIDE.get(c) or (CAPITAL if c.isupper() else LETTER) for c in text)


def wrap(text: str, most: int = LINES) -> tuple[str, ...]:
    """A text in lines that fit the room; what is beyond the last line is cut, with an ellipsis."""
    lines = list(_lines(text))
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], cut(" ".join(lines[most - 1 :]), ROOM))


def cut(text: str, room: float, size: float = SIZE) -> str:
    """A text that fits a room, with an ellipsis where something is cut."""
    if width(text, size) <= room:
        return text
    while text and width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip(' -–,;:')}…"


@lru_cache(maxsize=20_000)
def caption(name: str, seats: str, gaps: tuple[str, ...], most: int) -> Caption:
    """The caption that some texts make, the name on some lines at most."""
    return Caption(wrap(name, most), seats, tuple(cut(g, ROOM + 16, SMALL) for g in gaps))


def of(node: Node, lang: Lang) -> Caption:
    """The caption of a node in a language."""
    told = node.seats.law or node.state in ("gap", "check") or node.seats.asked
    gaps = dict.fromkeys(m.words[lang] for m in node.marks if m.state != "unknown")
    most = SHORT_LINES if node.nature in CONTRIBUTIONS else LINES
    return caption(_name(node, lang), legend.seats(node.seats, lang) if told else "", tuple(gaps), most)


def foot(node: Node) -> float:
    """How far down the caption of a node reaches, in whichever language is longer."""
    return max(of(node, lang).height for lang in LANGS)


def _name(node: Node, lang: Lang) -> str:
    if node.nature == "pillar":
        return f"{legend.word('pillar_of', lang).format(node.pillar)} · {node.labels[lang]}"
    return node.labels[lang]


def _lines(text: str) -> Iterator[str]:
    line = ""
    for part in _parts(UNBROKEN.sub("\u00a0", text)):
        if line and width(f"{line} {part}") > ROOM:
            yield line
            line = part
        else:
            line = f"{line}{part}" if line.endswith("-") else f"{line} {part}".strip()
    if line:
        yield line


def _parts(text: str) -> Iterator[str]:
    """The words of a text; one too long for a line breaks after its hyphens."""
    for word in text.split(" "):
        yield from [word] if width(word) <= ROOM else re.findall("[^-]+-?|-", word)
