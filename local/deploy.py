"""Deploy a SAM template to the local cloud, and bring later changes to it within a second or two.

An update goes the same way as the first deployment: packages are named by their content, so
CloudFormation changes the functions and the layer whose name changed and leaves the rest, tables
and their items included, as it is.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from local import gaps, template
from local.cloud import Cloud

DEADLINE_S = 120.0
_POLL_S = 0.1
_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]


class DeployFailed(RuntimeError):
    """CloudFormation refused or rolled back; the text lists what failed and why."""


@dataclass(slots=True)
class Deployment:
    """One stack made from one template file. `apply` creates it and later updates it."""

    cloud: Cloud
    path: Path
    parameters: dict[str, str]
    stack_name: str = "oms"
    environment: template.Environment | None = None
    outputs: dict[str, str] = field(default_factory=dict)
    physical: dict[str, str] = field(default_factory=dict)

    @property
    def bucket(self) -> str:
        """Where packages are uploaded; one for each account."""
        return f"packages-{self.cloud.account}"

    def apply(self) -> list[str]:
        """Build, upload and deploy. Returns the logical ids whose physical id is new.

        Raises BuildFailed, DeployFailed, or the SAM translator's InvalidDocumentException.
        """
        source = template.load(self.path)
        packages = template.package(source, self.path.parent)
        declared = source.get("Parameters", {})
        given = {k: v for k, v in self.parameters.items() if k in declared}
        prepared = template.prepare(source, self.path.parent, packages, self.bucket, given)
        if self.environment:
            template.extend(prepared, self.environment)
        self._upload({built.key: built.body for built in packages.values()})
        self._create_or_update(json.dumps(prepared), given)
        before = self.physical
        self.physical, self.outputs = self._describe()
        gaps.reapply(self.cloud, prepared, self.physical)
        return [name for name, value in self.physical.items() if before.get(name) != value]

    def _upload(self, objects: dict[str, bytes]) -> None:
        s3 = self.cloud.client("s3")
        location: Any = {"LocationConstraint": self.cloud.region}
        if self.bucket not in {b["Name"] for b in s3.list_buckets()["Buckets"]}:
            s3.create_bucket(Bucket=self.bucket, CreateBucketConfiguration=location)
        stored = {o["Key"] for o in s3.list_objects_v2(Bucket=self.bucket).get("Contents", [])}
        for key in objects.keys() - stored:
            s3.put_object(Bucket=self.bucket, Key=key, Body=objects[key])

    def _create_or_update(self, body: str, parameters: dict[str, str]) -> None:
        cloudformation = self.cloud.client("cloudformation")
        key = f"{self.stack_name}.template.json"
        self.cloud.client("s3").put_object(Bucket=self.bucket, Key=key, Body=body.encode())
        request = {
            "StackName": self.stack_name,
            "TemplateURL": f"{self.cloud.endpoint}/{self.bucket}/{key}",
            "Capabilities": _CAPABILITIES,
            "Parameters": [{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
        }
        try:
            if self.outputs or self.physical:
                cloudformation.update_stack(**request)
            else:
                cloudformation.create_stack(**request, OnFailure="DO_NOTHING")
        except ClientError as error:
            if "No updates are to be performed" in str(error):
                return
            raise DeployFailed(str(error)) from error
        self._wait()

    def _wait(self) -> None:
        cloudformation = self.cloud.client("cloudformation")
        deadline = time.monotonic() + DEADLINE_S
        status = "UNKNOWN"
        while time.monotonic() < deadline:
            stack = cloudformation.describe_stacks(StackName=self.stack_name)["Stacks"][0]
            status = stack["StackStatus"]
            if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
                return
            if status.endswith(("_FAILED", "ROLLBACK_COMPLETE")):
                break
            time.sleep(_POLL_S)
        raise DeployFailed(f"{self.stack_name}: {status}\n{self._failures()}")

    def _failures(self) -> str:
        events = self.cloud.client("cloudformation").describe_stack_events(
            StackName=self.stack_name
        )["StackEvents"]
        return "\n".join(
            f"  {e['LogicalResourceId']} ({e['ResourceType']}): {e.get('ResourceStatusReason', '')}"
            for e in reversed(events)
            if e["ResourceStatus"].endswith("FAILED")
        )

    def _describe(self) -> tuple[dict[str, str], dict[str, str]]:
        cloudformation = self.cloud.client("cloudformation")
        stack = cloudformation.describe_stacks(StackName=self.stack_name)["Stacks"][0]
        pages = cloudformation.get_paginator("list_stack_resources")
        physical = {
            item["LogicalResourceId"]: item["PhysicalResourceId"]
            for page in pages.paginate(StackName=self.stack_name)
            for item in page["StackResourceSummaries"]
            if "PhysicalResourceId" in item
        }
        return physical, {o["OutputKey"]: o["OutputValue"] for o in stack.get("Outputs", [])}
