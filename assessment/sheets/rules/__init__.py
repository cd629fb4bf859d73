"""Rules of the sheet: how it is added up, what is assessed, what looks like gaming, and the procedures around it. Pure."""
