"""The verbs of deliveries: made and made void with what the public sees, acknowledged, and enforced against who is late."""
