"""How the embedded dataset is built from the sources under ``geodata/sources``."""
