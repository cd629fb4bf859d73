"""A toy procedure: what a new one costs. Its app stands only in the settings of the tests."""
