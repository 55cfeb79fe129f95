"""Rankers: one interface (:mod:`.ranker`), one module a method, and their blend (:mod:`.blend`), which is what is
served."""
