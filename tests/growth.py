"""How the work of a function grows with its text, told without an absolute time, which another machine or a busy one would change."""
from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 4           # as much text: as much work where it grows with the text, sixteen times as much where with its square
MOST = 8.0          # between the two, in equal measure
ROUNDS = 8


def is_linear(work: Callable[[str], object], text: Callable[[int], str], length: int) -> bool:
    """Whether `work` takes hardly more than TIMES as long over text(length) as over text(length // TIMES).

    Of each the shortest of several turns counts, by the processor's time: what else runs on the machine can only lengthen one.
    """
    texts = [text(length // TIMES), text(length)]
    least = [float("inf")] * 2
    for _ in range(ROUNDS):
        for number, each in enumerate(texts):
            started = time.process_time()
            work(each)
            least[number] = min(least[number], time.process_time() - started)
        if least[1] < MOST * least[0]:
            return True
    return False
