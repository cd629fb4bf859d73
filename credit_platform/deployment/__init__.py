"""The check list of a deployment: what an operator would otherwise look up by hand, each with what to do about it."""
