"""What a shopper is shown before ordering, and a hold on what was shown."""
