"""What may be asked of campaigns: whom a query names, and what became of them."""
