"""Who was heard and who was not, beside who lives in the county."""
