"""What a search finds."""

from pydantic import Field

from segur_api.models import Told


class Found(Told):
    """A thing, or a question of the catalogue (table `questions`), by its name in both languages."""

    table: str = Field(examples=["types"])
    id: str = Field(examples=["CME"])
    label: str
    label_en: str | None
    address: str = Field(description="The path of its page.", examples=["/doc/types/CME"])


class Search(Told):
    """What was found, nearest first; `truncated` where there is more."""

    edition: str
    q: str
    truncated: bool
    results: list[Found]
