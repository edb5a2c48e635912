"""Keys of the days of nodes that have a capacity, in the table Stock.

| access pattern | how |
|---|---|
| what nodes with a capacity took on for a day | Query Stock pk = DAY#<ISO date> |
"""

from __future__ import annotations


def day_pk(day: str) -> str:
    return f"DAY#{day}"


def work_sk(node: str) -> str:
    return f"WORK#{node}"


def node_of_work(sk: str) -> str:
    return sk.removeprefix("WORK#")
