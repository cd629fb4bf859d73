"""The rules of repair. Pure: no Django, no clock; the day is an argument."""
