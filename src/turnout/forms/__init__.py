"""The forms that offices owe: after an election the LKj, before it the order of ballots."""
