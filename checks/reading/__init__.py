"""Files that units bring: lists of whom to check, and lists of decided cases. Read in the limited process, row by row."""
