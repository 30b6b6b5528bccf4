"""Search: records in, results out."""
