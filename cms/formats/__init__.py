"""How days are written, by language: as numbers, the day first, in both."""
