"""Measures of speed and accuracy, and the samples they run on."""
