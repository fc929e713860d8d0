"""Every file that people need, each made from one stored document and nothing else."""
