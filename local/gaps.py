"""The one place for differences between MiniStack 1.5.33 and AWS.

| gap | what we do |
|---|---|
| an HTTP API's OpenAPI `Body` is ignored | `routes.py` expands it before the deployment |
| its CORS settings are read in lower camel case only | `routes.py` writes them so |
| some resource types are refused as unrecognized | `adapt` drops those of DROPPED_TYPES |
| it is reached over plain HTTP, which a bucket policy may refuse | `adapt` drops those policies |
| CloudFormation drops the TTL and point-in-time recovery of tables | `reapply` sets them |
| CloudFormation drops ReservedConcurrentExecutions of functions | `reapply` sets it |
| `SendMessageBatch` asks for a right of its own, on AWS it is `sqs:SendMessage` | `adapt` adds it |
| layers are unpacked for each worker, 80 MB each | `build.py` makes a layer that points |
| MiniStack's site-packages are on the path of functions | the layer's `.pth` drops them |
| with `waitForTaskToken`, a function that raises leaves its task waiting | `server.py` fails the task |
| a stream batch with `batchItemFailures` counts as done | `server.py` has it come again |
| a function that prints nothing answers 50 ms late | `server.py` does not wait for its log |
| each call in flight starts a worker, until they time out (502) | `server.py` bounds and queues |

What cannot be mended here and limits what code and tests may rely on: `docs/local-cloud.md`.
"""

from __future__ import annotations

from typing import Any

DROPPED_TYPES = frozenset(
    {
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        "AWS::Athena::NamedQuery",
        "AWS::Budgets::Budget",
        "AWS::CloudWatch::AnomalyDetector",
        "AWS::CloudWatch::CompositeAlarm",
        "AWS::CodeDeploy::Application",
        "AWS::CodeDeploy::DeploymentGroup",
        "AWS::Events::Archive",
        "AWS::Logs::QueryDefinition",
        "AWS::ResourceGroups::Group",
        "AWS::S3::BucketPolicy",
        "AWS::XRay::Group",
    }
)


def adapt(template: dict[str, Any]) -> list[str]:
    """Drop, in place, what MiniStack refuses. Returns the logical ids of what was dropped."""
    resources = template["Resources"]
    dropped = [name for name, item in resources.items() if item["Type"] in DROPPED_TYPES]
    for name in dropped:
        del resources[name]
    for item in resources.values():
        depends = item.get("DependsOn")
        if isinstance(depends, list):
            item["DependsOn"] = [name for name in depends if name not in dropped]
        elif depends in dropped:
            del item["DependsOn"]
        if item["Type"] == "AWS::IAM::Role":
            _allow_batches(item["Properties"])
    return dropped


def _allow_batches(role: dict[str, Any]) -> None:
    """Whoever may send a message may send several at once."""
    for policy in role.get("Policies", []):
        for statement in policy["PolicyDocument"]["Statement"]:
            actions = statement.get("Action", [])
            listed = actions if isinstance(actions, list) else [actions]
            if "sqs:SendMessage" in listed:
                statement["Action"] = [*listed, "sqs:SendMessageBatch"]


def reapply(cloud: Any, template: dict[str, Any], physical: dict[str, str]) -> None:
    """Set, after the deployment, what CloudFormation dropped. Safe to repeat.

    `physical` maps logical ids to physical ids; values that are intrinsics are left out.
    """
    for name, item in template["Resources"].items():
        properties = item.get("Properties", {})
        if name not in physical:
            continue
        if item["Type"] == "AWS::DynamoDB::Table":
            _reapply_table(cloud.client("dynamodb"), physical[name], properties)
        elif item["Type"] == "AWS::Lambda::Function":
            reserved = properties.get("ReservedConcurrentExecutions")
            if isinstance(reserved, int):
                cloud.client("lambda").put_function_concurrency(
                    FunctionName=physical[name], ReservedConcurrentExecutions=reserved
                )


def _reapply_table(dynamodb: Any, table: str, properties: dict[str, Any]) -> None:
    ttl = properties.get("TimeToLiveSpecification")
    if ttl:
        now = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        if now.get("TimeToLiveStatus") != "ENABLED":
            dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=ttl)
    recovery = properties.get("PointInTimeRecoverySpecification")
    if recovery:
        dynamodb.update_continuous_backups(
            TableName=table, PointInTimeRecoverySpecification=recovery
        )
