"""Tables in, tables out: trends, co-occurrence, key terms, similarity, changes, reading list, PRISMA counts."""
