"""What a node does with a fulfilment order, from acceptance to delivery, and by when."""
