"""Screening: what to read next, how a screening would have gone, when enough is read, and the PRISMA flow."""
