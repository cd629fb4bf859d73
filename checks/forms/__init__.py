"""Forms and filters of the desk."""
