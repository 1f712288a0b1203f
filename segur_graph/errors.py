"""What can go wrong, as the command line's exit codes tell it.

SegurError        1  anything else that a user can act on
├── BadInput      2  an input or an option is wrong: which, its value, what was expected
└── StoreError    3  the store is not there, locked or broken
"""


class SegurError(Exception):
    """A fault with a message that a user can act on."""

    exit_code = 1


class BadInput(SegurError):
    """An input or an option that cannot be taken."""

    exit_code = 2


class StoreError(SegurError):
    """A store that is not there, locked or broken."""

    exit_code = 3
