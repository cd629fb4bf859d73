"""Published lists of other authorities that come in as files: matched, entered, or kept until a person has decided."""
