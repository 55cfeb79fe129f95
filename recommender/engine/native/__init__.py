"""The planner's kernel: C over arrays, and the little Python that compiles, loads and calls it."""
