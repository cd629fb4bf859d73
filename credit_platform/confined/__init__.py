"""Foreign files are read in a process of their own, with a limit on its memory and its time, which holds nothing of ours.

`session.Session` is what callers use; a reader is a class that the child loads by its name (`module:Class`), opens with the bytes of
the file and asks by the names of its methods, each of which gives an iterator. Readers belong to the rooms that know the format;
nothing here knows one. This module stays empty: the child loads it too.
"""
