"""Joint action (联合奖惩): what the departments do when somebody stands on a list, until the last of them has lifted it."""
