"""The benchmark's parts: what it needs, how it measures, and a module for each section."""
