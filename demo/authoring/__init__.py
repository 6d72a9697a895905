"""The hand-written material of the demonstration district; generate.py turns it into data. Holds no real person's data."""
