"""From call notes to checked answers: what an assistant proposes is held against the notes, word for word."""
