"""What holds of complaints and of reports of violations, read in the order words, clocks, showing, texts, figures. Pure."""
