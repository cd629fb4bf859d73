"""The verbs of commitments; the only writers of a status."""
