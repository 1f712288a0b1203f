"""A small cache in which a value is made once, however many threads ask for it at the same time."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """The values that were asked for last."""

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._lock = Lock()
        self._values: OrderedDict[Hashable, Future[Value]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made by the first who asks; the others wait. A failure is not kept."""
        with self._lock:
            value = self._values.pop(key, None)
            mine = value is None
            value = value or Future()
            self._values[key] = value
            while len(self._values) > self._keep:
                self._values.popitem(last=False)
        if mine:
            self._make(key, value, make)
        return value.result()

    def _make(self, key: Hashable, value: Future[Value], make: Callable[[], Value]) -> None:
        try:
            value.set_result(make())
        except BaseException as error:  # noqa: BLE001 - whoever waits for the value gets it
            with self._lock:
                self._values.pop(key, None)
            value.set_exception(error)
