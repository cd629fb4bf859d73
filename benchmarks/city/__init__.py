"""The generated city: subjects, organs, eight years of records with their disclosures, an audit trail. Seeded."""
