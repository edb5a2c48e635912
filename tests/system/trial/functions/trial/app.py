"""Handlers of the trial stack: each does one thing that a test can see."""

import json
import os

import boto3
import trial_layer

SEEN = boto3.resource("dynamodb").Table(os.environ["SEEN"])


def _see(key, **values):
    SEEN.put_item(Item={"pk": key, **values})


def _answer(status, body):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(body),
    }


def web(event, context):
    """Tell what arrived; write where the request asks for it."""
    claims = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {})
    if event["routeKey"] == "POST /things":
        _see("thing", body=event["body"])
    return _answer(
        200,
        {
            "route": event["routeKey"],
            "path": event.get("pathParameters"),
            "claims": claims,
            "body": event.get("body"),
            "base64": event["isBase64Encoded"],
            "layer": trial_layer.VERSION,
            "boto3": boto3.__file__,
            "worker": os.getpid(),
        },
    )


def queue(event, context):
    """Fail the messages that ask for it, alone."""
    failed = []
    for record in event["Records"]:
        body = json.loads(record["body"])
        _see(f"queue#{body['id']}", count=int(record["attributes"]["ApproximateReceiveCount"]))
        if body.get("fail"):
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def stream(event, context):
    """Note each record under the name of this consumer; report flaky ones once as failed."""
    failed = []
    for record in event["Records"]:
        key = record["dynamodb"]["Keys"]["pk"]["S"]
        noted = SEEN.update_item(
            Key={"pk": f"{os.environ['CONSUMER']}#{key}"},
            UpdateExpression="SET kind = :kind ADD #times :one",
            ExpressionAttributeNames={"#times": "times"},
            ExpressionAttributeValues={":kind": record["eventName"], ":one": 1},
            ReturnValues="UPDATED_NEW",
        )
        if key.startswith("flaky") and noted["Attributes"]["times"] == 1:
            failed.append({"itemIdentifier": record["dynamodb"]["SequenceNumber"]})
    return {"batchItemFailures": failed}


def task(event, context):
    """Keep the token of the part that is waited for; refuse parts that ask for it."""
    if event["part"] == "poison":
        raise ValueError("poison")
    _see(f"token#{event['part']}", token=event["token"])
