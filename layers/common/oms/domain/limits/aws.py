"""What AWS bears; every other limit keeps within it."""

ITEM_BYTES = 400_000  # of an item in DynamoDB
TRANSACT_ACTIONS = 100  # of one transaction in DynamoDB
MAX_SQS_BATCH = 10  # messages that SQS takes at once
MAX_BODY_BYTES = 256 * 1024  # of a request to us; a Lambda function would take 6 MB
MAX_WEBHOOK_BYTES = 4_000_000  # of an order that a shop reports: some KB for each line
MAX_PATH_VALUE_LENGTH = 128  # of one value in an address: an id, a SKU, the token of a link
MAX_FILE_NAME_LENGTH = 1_000  # of a key in S3: 1,024 bytes
DOCUMENT_LINK_TTL_S = 900

assert MAX_BODY_BYTES < ITEM_BYTES, "a document is sent and stored whole"
