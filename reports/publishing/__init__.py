"""From draft to version: composing, protecting, checking, filing, taking out."""
