"""Staff pages of the report: draft, life of an entry, figures, telling, signing."""
