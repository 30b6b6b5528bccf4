"""Casebook's command line, and the place where everything is put together.

Rooms, in the order that a command passes them:

* `cli`: the command `casebook` in its first moment; `command_group`: its options, and what becomes
  of an error (`failures`);
* `session`: what the options before the command's name say;
* `commands/`: one module per command, each with its own arguments;
* `intake`: what `ingest` reads, file by file; `intake_round`: the same, seen from the terminal;
  `watching`: when files of a watched folder are to be taken in;
* `sample`: the publication that comes along;
* `publications`: finding a publication, and near names where there is none;
* `hits_text`, `tree_text`: answers and publications as text; `progress`: the bars;
* `web_server`: a port to listen at; `turns`: one answer at a time; `warming`: its first question;
* `stopping`: what a signal to stop becomes;
* `terminal`: the only way out, to a person or to a script.
"""
