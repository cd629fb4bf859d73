"""The interface for approval systems: ask, ask many, tell what became of it, report decided cases."""
