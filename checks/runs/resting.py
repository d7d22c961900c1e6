"""Leave what is loaded out of the collection of garbage: libraries are never garbage.

Python looks through all that it holds now and then, Streamlit after each drawing. With the
libraries that count and draw in it, that takes a fifth of the time of a run of the checks on few
people, and took three quarters of a drawing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """While this lasts, whatever is there now is not looked at again."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
