"""A module's variants: which there are, who meets which, what is missing, and how they follow their base."""
