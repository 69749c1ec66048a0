"""What the daemon and its workers say to each other, framed for a socket between them."""

from __future__ import annotations

import asyncio
import struct
from typing import Any

import msgspec
from msgspec import Struct

from scrapers.items import Memory, Record
from scrapers.sources import Source

_LENGTH = struct.Struct("!I")


class Order(Record, frozen=True, kw_only=True):
    """A visit to make."""

    source: Source
    memory: Memory
    visit: str
    """The visit's id."""
    deadline: float
    """Seconds after which the worker that makes it is killed."""


class Job(Struct, frozen=True, tag=True):
    """To a worker: make this visit, numbering its parts from ``first_part``."""

    order: Order
    first_part: int = 0


class Ping(Struct, frozen=True, tag=True):
    """To a worker: are you there?"""


class Stop(Struct, frozen=True, tag=True):
    """To a worker: hand in what you have, and end."""


class Ready(Struct, frozen=True, tag=True):
    """From a worker: it can take visits."""


class Pong(Struct, frozen=True, tag=True):
    """From a worker: here."""


class Spooling(Struct, frozen=True, tag=True):
    """From a worker: it is about to write a file into the spool."""

    visit: str
    part: int
    last: bool
    file: str


class Ended(Struct, frozen=True, tag=True):
    """From a worker: a visit is over, one way or another."""

    visit: str
    memory: int
    """Bytes the worker's process takes."""
    failure: str = ""
    stopped: bool = False
    """It was stopped before it learned anything."""


Down = Job | Ping | Stop
Up = Ready | Pong | Spooling | Ended

_encode = msgspec.msgpack.Encoder().encode


def send(writer: asyncio.StreamWriter, message: Down | Up) -> None:
    """Send without waiting; the other side may be busy for a while."""
    payload = _encode(message)
    writer.write(_LENGTH.pack(len(payload)) + payload)


async def receive(reader: asyncio.StreamReader, kind: Any) -> Any:
    """Return the next message, one of ``kind``; None when the other side is gone."""
    try:
        (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
        return msgspec.msgpack.decode(await reader.readexactly(length), type=kind)
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
