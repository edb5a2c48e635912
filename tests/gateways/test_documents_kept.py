"""Documents where they are kept."""

from __future__ import annotations

import boto3
from moto import mock_aws

from oms.gateways.documents.s3 import S3Documents


def test_documents_are_kept_with_their_type_and_linked_for_a_while() -> None:
    with mock_aws():
        client = boto3.client(
            "s3",
            region_name="eu-central-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        where = {"LocationConstraint": "eu-central-1"}
        client.create_bucket(Bucket="documents", CreateBucketConfiguration=where)
        documents = S3Documents(client, "documents")
        documents.put("labels/o1/1.pdf", b"%PDF", "application/pdf")
        kept = client.get_object(Bucket="documents", Key="labels/o1/1.pdf")
        assert (kept["Body"].read(), kept["ContentType"]) == (b"%PDF", "application/pdf")
        link = documents.url("labels/o1/1.pdf", ttl_s=300)
        assert "labels/o1/1.pdf" in link
        assert "Expires" in link
