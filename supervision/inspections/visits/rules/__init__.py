"""The rules of a visit: its procedure, the eight results, what follows from them, what the notice says. Pure."""
