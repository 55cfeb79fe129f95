"""What is measured against peers. Each module is one measurement: ``python -m benchmarks.NAME`` runs it alone."""
