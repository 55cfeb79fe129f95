"""The national curriculum and people who learn from it, made from prose files and a seed. Plain Python, no Django.

``content/`` holds what people wrote; the modules put it together. The same arguments give the same values on every
Python from 3.11 on.
"""
