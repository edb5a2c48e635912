"""What a shopper is offered: ways of delivery, dates, substitutes, doubts."""
