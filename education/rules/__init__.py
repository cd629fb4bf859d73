"""What a course needs, how a paper is drawn and scored, what a certificate says. Pure."""
