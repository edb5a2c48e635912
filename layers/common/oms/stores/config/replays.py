"""Replays that were asked for: how far each is.

| pk, sk | content |
|---|---|
| REPLAY#<name>, JOB | ReplayJob |
"""

from __future__ import annotations

import json
from dataclasses import replace

from ...domain.replaying.replay_job import ReplayJob
from ..dynamo.codec import decode, encode
from ..dynamo.table import Table
from . import keys


class ReplayStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def get(self, name: str) -> ReplayJob | None:
        row = self.table.get(keys.replay_pk(name), keys.JOB)
        if row is None:
            return None
        result = json.loads(row.get("result", "{}"))
        return replace(decode(ReplayJob, {**row, "version": row["v"], "result": {}}), result=result)

    def save(self, job: ReplayJob) -> ReplayJob:
        plain = encode(replace(job, version=0, result={}))
        row = {"pk": keys.replay_pk(job.name), "sk": keys.JOB, "v": job.version + 1, **plain}
        if job.result:
            row["result"] = json.dumps(job.result, separators=(",", ":"), ensure_ascii=False)
        self.table.put(row, expected_version=job.version)
        return replace(job, version=job.version + 1)
