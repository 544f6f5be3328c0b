"""From call notes to checked answers: what an assistant proposes is checked against the notes, word for word."""
