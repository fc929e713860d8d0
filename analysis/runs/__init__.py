"""Stored runs: asked for, done, compared, regrouped, carried on, and searched."""
