"""What is frozen for a draw, which rows hold on a day, who may see whom."""
