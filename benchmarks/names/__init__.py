"""Names of a published list against names of the register: the house's rules beside other people's, on pairs whose answer is known."""
