"""The pipeline: from answers to proposed themes, codings and the record of the run."""
