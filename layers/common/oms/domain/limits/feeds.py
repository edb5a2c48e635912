"""Limits of files of stock lines: booked in chunks, each one message and one run of a function."""

from .aws import MAX_SQS_BATCH

MAX_FEED_FILE_BYTES = 256 * 1024 * 1024
FEED_CHUNK_BYTES = 32 * 1024  # about 700 lines
MAX_FEED_LINE_BYTES = 2 * 1024
MIN_FEED_LINE_BYTES = 12  # the shortest that can be booked: SKU, node, a digit, a time
MAX_FEED_CHUNK_LINES = FEED_CHUNK_BYTES // MIN_FEED_LINE_BYTES
MAX_FEED_CHUNKS = MAX_FEED_FILE_BYTES // FEED_CHUNK_BYTES
FEED_FUNCTION_S = 120  # the timeout of the function, as in template.yaml
FEED_LINE_MS = 20  # a round trip and our own work for one line, slow days included
FEED_PARALLEL = 16
FEED_LOAD_TTL_S = 90 * 86_400
MAX_FEED_ERRORS_BYTES = 16 * 1024 * 1024  # of one file of refused lines; more make more files

assert 10 * MAX_FEED_CHUNK_LINES * FEED_LINE_MS < FEED_FUNCTION_S * 1000 * FEED_PARALLEL, (
    "a chunk has ten times the time that it needs"
)
assert MAX_FEED_LINE_BYTES < FEED_CHUNK_BYTES
assert 10 * MAX_FEED_CHUNKS * FEED_LINE_MS < FEED_FUNCTION_S * 1000 * FEED_PARALLEL, (
    "what was refused of the largest file is gathered in a tenth of the time"
)
assert 5 * MAX_FEED_CHUNKS * FEED_LINE_MS < FEED_FUNCTION_S * 1000 * MAX_SQS_BATCH, (
    "the chunks of the largest file are queued in a fifth of the time"
)
