"""The way in: the gate, the tables, the descriptors and the checks. Nothing here computes."""
