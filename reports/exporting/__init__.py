"""Everything taken away: the documents or the rows of many schools as one file, made in
the background for one person."""
