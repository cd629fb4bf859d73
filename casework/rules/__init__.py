"""Rules of every case: what a procedure is, who is heard and when, clocks, draws. Pure."""
