"""What is asked of a line of the list (`lines`), and shares in exact fractions (`shares`)."""
