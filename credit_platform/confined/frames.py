"""What parent and child say to each other: a tag, a length, a pickle of plain values.

The parent does not trust the child, which reads what strangers sent: its pickles may hold days and times beside what pickle knows by
itself, and nothing else can be named in them.
"""

from __future__ import annotations

import io
import pickle
import struct
from typing import Any

HEAD = struct.Struct("<cI")
ITEM, END, REFUSAL, BROKEN = b"I", b"E", b"R", b"B"
LARGEST = 64 * 1024 * 1024
"""Bytes of one message."""
NO_LIMITS, NO_MEMORY = 82, 83
"""How a child ends that could not put itself under its limits, and therefore read nothing; and one that came to the limit of memory."""
_DAYS = frozenset({"date", "datetime", "time", "timedelta"})


def frame(tag: bytes, value: object = None) -> bytes:
    """One message."""
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    if len(body) > LARGEST:
        raise MemoryError
    return HEAD.pack(tag, len(body)) + body


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _DAYS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}"[:80])


def value_of(body: bytes | bytearray) -> Any:
    """The value of a message. UnpicklingError when it names anything but days and times."""
    return _Plain(io.BytesIO(body)).load()
