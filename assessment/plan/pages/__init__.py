"""Tasks at the desk: what a department owes and did; evidence, spot checks; contacts and documents."""
