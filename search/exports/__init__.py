"""A publication in forms for other programs and other readers; `catalog` has them all."""
