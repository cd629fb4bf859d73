"""Rules of the window and of the register. Pure."""
