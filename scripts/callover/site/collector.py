"""Memory: when Python looks for what nobody holds, and when what is free goes back to the system.

Python's collector of circles walks through all that is kept, again and again, for objects that hold
each other and that nobody else holds. Our values are frozen, so there are none: in a build of 300
indicators it found 5,000 in all, left by the libraries that read, and took a twelfth of the time.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import _lru_cache_wrapper


@contextmanager
def at_rest() -> Iterator[None]:
    """Look for no circles meanwhile; what nobody holds any more is given back as ever."""
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()


def give_back() -> None:
    """Forget what was kept to make pages, and give free memory back to the system.

    What a thousand indicators took lies between what the caches keep, so nobody else could have it.
    It takes a tenth of a second, and MkDocs begins with a hundred megabytes less.
    """
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "callover":
            for value in vars(module).values():
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()
    gc.collect()
    if sys.platform == "linux":
        with suppress(AttributeError):  # another C library than GNU's
            ctypes.CDLL(None).malloc_trim(0)
