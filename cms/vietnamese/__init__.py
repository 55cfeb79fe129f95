"""Vietnamese where the software that we build on lacks it: its sentences, and the count of what an editor can read."""
