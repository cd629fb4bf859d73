"""The interface through which departments' systems send records and ask what became of them."""
