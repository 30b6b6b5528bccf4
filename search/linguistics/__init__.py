"""Linguistics: what is particular to languages and scripts.

`forms`       a printed word → its exact form (case, accents, apostrophes folded)
`stems`       an exact form → its stem (Snowball, through NLTK; Greek, Hindi: `light_stems`)
`word_lists`  stop words, request words and abbreviations: the tables in the text files
`sentences`   a text → spans of its sentences (NLTK's Punkt)
`nltk_parts`  NLTK's stemmer and splitter, imported by the two above when first needed

NLTK is imported here and nowhere else, and downloads nothing.
"""
