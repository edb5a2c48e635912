"""Limits of gift cards, licence keys and downloads."""

from .aws import MAX_BODY_BYTES, TRANSACT_ACTIONS

MAX_DIGITAL_UNITS = 500  # of an order: one message names all their codes
MAX_CODE_LENGTH = 100  # of a gift card or licence key
MAX_LINK_LENGTH = 500  # of a digital product, as the customer opens it
MAX_CODES_LOADED = 500  # in one request
CODES_AT_ONCE = 30  # moved to their order in one transaction
MAX_WAITING_SERVED = 100  # parts that wait for codes of a SKU, by one batch of new ones
LOOK_AFTER_S = 3600  # at a digital part that is still not delivered

assert 3 * CODES_AT_ONCE <= TRANSACT_ACTIONS, "a code leaves the pool, is known as taken, is held"
assert MAX_DIGITAL_UNITS * (MAX_CODE_LENGTH + MAX_LINK_LENGTH) < 10_000_000, "one mail"
assert MAX_CODES_LOADED * MAX_CODE_LENGTH < MAX_BODY_BYTES // 2
