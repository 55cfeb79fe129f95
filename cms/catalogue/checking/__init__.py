"""Checks of what somebody writes, while they write it: plain functions from a body to a list of problems.

Nothing here knows Django or the database. :mod:`cms.catalogue.checking.registry` lists the checks; each problem has a
code, a place (the path of a field in the editor), and the data of its sentence.
"""
