"""Waiting for what arrives through the queue."""

import time


def eventually(what, check, seconds=20):
    """Asks until the answer is truthy, and gives it back."""
    deadline = time.monotonic() + seconds
    while True:
        found = check()
        if found:
            return found
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds} seconds"
        time.sleep(0.2)
