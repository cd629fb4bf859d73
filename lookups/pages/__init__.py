"""The pages: the window, the public list of windows, the review, what a company reads."""
