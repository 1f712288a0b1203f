"""The shapes of what the JSON API answers: its documentation, and what the tests hold it to."""

from pydantic import BaseModel, ConfigDict


class Told(BaseModel):
    """Exactly these members; what has no value is null."""

    model_config = ConfigDict(extra="forbid")
