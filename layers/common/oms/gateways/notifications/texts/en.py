"""English. Lines with a `$field` that has no value are left out."""

HELLO_NAME, HELLO = "Hello $name,", "Hello,"
ORDER_LINK = "Your order: $order_url"
CLOSING = "$shop"
DATE = "{day} {month} {year}"
MONTHS = (
    "January February March April May June July August September October November December".split()
)
REASONS = {
    "FAILURE": "nobody could take it, or the address was not found",
    "RETURN_TO_SENDER": "the parcel is on its way back to us",
    "CHANGED_MIND": "you changed your mind",
    "NO_LONGER_NEEDED": "it is no longer needed",
    "PAYMENT": "the payment failed",
}

TEXTS: dict[str, tuple[str, str]] = {
    "SUPPORT_WAITING": (
        "We have your order $order",
        """
Thank you for your order $order. It is now awaiting preparation.
$items
Total: $total
Expected on $promise.

We will write to you as soon as we start packing it.
""",
    ),
    "IN_PREPARATION": (
        "Your order $order is being prepared",
        """
We are preparing your order $order now.
$items
Expected on $promise.
""",
    ),
    "READY_FOR_PICKUP": (
        "Your order $order is ready for you",
        """
Your order $order is waiting for you.
Where: $node
$address

Pickup code: $code
Please show the code when you come.
We keep it for you until $collect_by.
""",
    ),
    "PICKUP_REMINDER": (
        "Your order $order is still waiting for you",
        """
A reminder: your order $order is ready for you.
Where: $node
$address

Pickup code: $code
We keep it for you until $collect_by.
""",
    ),
    "UNCOLLECTED": (
        "Your order $order was not collected",
        """
Your order $order was not collected in time, so we have taken it back into stock.
You are not charged for it; an amount already taken is refunded.
""",
    ),
    "READY_TO_SHIP": (
        "Your order $order is packed",
        """
Your order $order is packed and waits for the carrier.
$items
Carrier: $carrier
""",
    ),
    "SHIPPED": (
        "Your order $order is on its way",
        """
Your order $order has left us.
$items

Carrier: $carrier
Tracking number: $tracking
Follow it here: $tracking_url
Expected on $promise.
""",
    ),
    "DELIVERED": (
        "Your order $order has arrived",
        """
Your order $order has been delivered.
If anything is wrong with it, just answer this message.
""",
    ),
    "DIGITAL_DELIVERED": (
        "Your order $order: here it is",
        """
Thank you for your order $order. This is what you ordered:

$goods

Keep this message: whoever has a code can use it.
""",
    ),
    "DELIVERY_FAILED": (
        "Your order $order could not be delivered",
        """
The carrier could not deliver your order $order.
Reason: $reason
Tracking number: $tracking
Follow it here: $tracking_url

We will write to you as soon as we know more.
""",
    ),
    "RETURNED_TO_SENDER": (
        "Your order $order came back to us",
        """
The carrier could not deliver your order $order and brought it back to us.
$items
Tracking number: $tracking

We check the goods now and then refund what is due.
""",
    ),
    "PICKED_UP": (
        "You have collected your order $order",
        """
Thank you for collecting your order $order. Enjoy it!
$items
""",
    ),
    "DELAYED": (
        "Your order $order takes longer",
        """
We are sorry: your order $order takes longer than we promised.
It is now expected on $promise.

You need not do anything. You can cancel what has not been shipped.
""",
    ),
    "BACKORDERED": (
        "Part of your order $order is on its way to us",
        """
Something in your order $order is not in stock now. The next delivery is reserved for you.
$items
Expected on $promise.
""",
    ),
    "CANCELLED": (
        "Cancellation of your order $order",
        """
We have cancelled goods of your order $order.
This concerns: $items
Reason: $reason
You are not charged for them; an amount already taken is refunded.
""",
    ),
    "PAYMENT_PENDING": (
        "Please confirm the payment of your order $order",
        """
Your bank asks you to confirm the payment of your order $order.
Confirm here: $action_url
""",
    ),
    "PAYMENT_DECLINED": (
        "The payment of your order $order was declined",
        """
Your bank declined the payment of your order $order.
Amount: $amount
Nothing was charged. You are welcome to order again with another means of payment.
""",
    ),
    "RETURN_REQUESTED": (
        "Your return for order $order",
        """
We have registered your return for order $order.
$items
Please send it to: $return_to

The refund follows when the goods have arrived.
""",
    ),
    "RETURNED": (
        "Your return for order $order has arrived",
        """
Your return for order $order has arrived.
$items
We look at it now and then refund what is due.
""",
    ),
    "RETURN_REJECTED": (
        "About your return for order $order",
        """
We cannot take back what you wanted to return from order $order.
$items
""",
    ),
    "REFUNDED": (
        "Your refund for order $order",
        """
We have made the refund for your order $order.
Amount: $amount
Depending on your bank it takes a few days until you see it.
""",
    ),
}
