"""Published lists of other organs that come in as files: matched, entered, or kept until a person has decided."""
