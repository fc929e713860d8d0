"""Charts and word clouds, each with words that say the same."""
