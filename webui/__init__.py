"""The site: results and records → pages, for people and for programs.

The rooms, in the order a request passes them:

* `app` makes the application; `security`, `prefix`, `freshness` and `compression` stand at its
  door.
* `questions` reads a search from an address; `urls` writes addresses, `search_urls` those of
  searches that differ from one in one thing, with what `query_strings` encodes and the site's own
  `paths`.
* `search_pages`, `library_pages`, `reading_pages`, `site_pages`, `api`: one view function =
  parse request → call the library → render.
* `phrase_pages`, `phrase_api`: words and phrases across cases; `phrase_questions` reads their
  addresses, `phrase_views` makes lines, strips and bars.
* `beside_pages`: a book in two languages; `translation_api` and `likeness_api` tell programs of it
  and of what is alike. All of the API answers by `json_answers`.
* `hit_views`, `facet_views`, `switches`, `pager` and `reading_views` turn results and records into
  what the templates show; `marked_text` marks what was found, `segments` cuts text at highlights
  and page starts; `way_links` and `examples` find links worth offering; `names` has the words of
  the interface; `overview` has what the front page says of the library; `topic_readiness` and
  `readiness` keep pages from waiting for topics and for what comes first.
* `errors` turns what went wrong into a calm page with the right status.
* `templates/` makes markup, with texts escaped by `escaping`; `static/` holds the sheet, the script
  and the sign.

Texts and spans travel apart, and every text is escaped where it is shown.
"""
