"""What work takes: time by the clock and of the processor, and memory."""

import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
KILOBYTE = 1024


@dataclass(frozen=True)
class Took(Generic[T]):
    """Seconds by the clock and of the processor, and what the work gave."""

    s: float
    cpu: float
    given: T


def timed(work: Callable[[], T], times: int = 1, of: Callable[[Iterable[float]], float] = min) -> Took[T]:
    """What some work takes: the least `of` some runs, or their median."""
    clocks, processors = [], []
    for _ in range(times):
        clock, processor = time.perf_counter(), time.process_time()
        given = work()
        clocks.append(time.perf_counter() - clock)
        processors.append(time.process_time() - processor)
    return Took(of(clocks), of(processors), given)


def memory() -> float:
    """The most memory that this process has taken, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE
