"""The shapes of what the JSON API answers: its documentation, and what the tests hold it to."""
