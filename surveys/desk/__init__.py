"""Staff pages about surveys: opening, paper, sessions, languages, and what needs a look."""
