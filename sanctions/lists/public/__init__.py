"""What anybody reads of lists: the lists with their law, who stands on one, how one leaves."""
