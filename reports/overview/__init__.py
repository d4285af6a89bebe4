"""What an office sees of all its schools at once. Counts and words, never points: nothing
here ranks schools (57/2026 Điều 5.3)."""
