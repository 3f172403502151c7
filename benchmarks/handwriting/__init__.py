"""Makes the recogniser of handwritten numbers and days: its training data, its network, its training."""
