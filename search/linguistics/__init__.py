"""Linguistics: what is particular to languages and scripts.

`forms`       a printed word → its exact form (case, accents, apostrophes folded)
`stems`       an exact form → its stem (Snowball, through NLTK; `light_stems`; `tajik`)
`folding`     an exact form → the keys that it shares with other spellings of the name
`spellings`   two words of one key → whether they are taken for one another
`layouts`     a text → what the same keys give in other keyboard layouts
`short_forms` a text → the abbreviations that it introduces
`word_lists`  stop words, request words and abbreviations: the tables in the text files
`sentences`   a text → spans of its sentences (NLTK's Punkt)
`nltk_parts`  NLTK's stemmer and splitter without the rest of NLTK, imported when first needed

NLTK is imported here and nowhere else, and downloads nothing.
"""
