"""Limits of carts: what a reservation holds, and for how long."""

MAX_CART_LINES = 100
RESERVATION_TTL_S = 15 * 60  # of a cart that does not say
MAX_RESERVATION_TTL_S = 3600
MAX_RESERVATION_LIFE_S = 6 * 3600  # however often it is extended
MAX_DUE_RESERVATIONS_PER_SHARD = 100

assert RESERVATION_TTL_S <= MAX_RESERVATION_TTL_S <= MAX_RESERVATION_LIFE_S
