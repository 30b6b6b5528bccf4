"""ingest (founding stage)."""
