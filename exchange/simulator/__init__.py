"""A province to exchange with: for tests, measurements and whoever sets up a channel. It keeps what it has in a file and survives being killed.

It imports nothing of the platform but the pure rules, as a partner would write them anew from the description of the interface.
"""
