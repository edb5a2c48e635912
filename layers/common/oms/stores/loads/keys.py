"""Keys of files of stock lines, in the table Stock.

| access pattern | how |
|---|---|
| drops of a file of stock lines, with their progress | Query Stock pk = FILE#<name> |
| which chunks of a drop are booked, and of which lines were refused | Query Stock pk = LOAD#<id> |
"""

from __future__ import annotations

LOAD, CHUNK = "LOAD#", "CHUNK#"


def file_pk(name: str) -> str:
    return f"FILE#{name}"


def load_sk(id: str) -> str:
    return f"{LOAD}{id}"


def load_pk(id: str) -> str:
    """Apart from the file's partition, so that a file's drops are read without their chunks."""
    return f"{LOAD}{id}"


def chunk_sk(number: int) -> str:
    return f"{CHUNK}{number:05d}"


def chunk_of(sk: str) -> int:
    return int(sk.removeprefix(CHUNK))
