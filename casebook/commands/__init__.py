"""The commands, one module each: arguments in, one call, text or JSON out."""
