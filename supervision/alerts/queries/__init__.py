"""What is asked: conditions over the ledger as it was known, levels, outcomes, figures, and the rows of the desk."""
