"""congvan: reads Vietnam's official dispatches and turns a folder of scans into tables."""

__version__ = "0.1.0"
