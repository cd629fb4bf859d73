"""The demonstration city: fictitious subjects, departments' accounts and a year of records, loaded through the real actions.

Everything here is made up and seeded: names, codes and documents belong to nobody. Codes are well formed so that every check runs.
"""
