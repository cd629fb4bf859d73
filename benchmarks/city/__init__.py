"""The generated city: subjects, authorities, eight years of records with their disclosures, an audit trail. Seeded."""
