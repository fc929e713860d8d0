"""Code frames that people agreed: learning them, agreement between readers, carrying on."""
