"""The interface of commitments."""
