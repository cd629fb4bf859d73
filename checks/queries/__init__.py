"""What is known of subjects, what answers are read from, and how units keep to 应查必查."""
