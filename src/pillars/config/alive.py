"""Whether a process noted earlier still lives."""

import psutil  # type: ignore[import-untyped]


def is_alive(pid: int, began: float) -> bool:
    """Whether this very process lives, and not a later one that was given its number.

    `began` is when it began, as psutil says. One that has ended but was not collected yet, as
    happens in containers, does not live.
    """
    try:
        process = psutil.Process(pid)
        same = abs(float(process.create_time()) - began) < 1
        return same and str(process.status()) != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
