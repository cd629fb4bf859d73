"""The verbs of events: taking in, handling, answering."""
