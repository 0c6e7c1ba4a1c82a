"""Names in an abstract: how they are written, which are known, and which the paper gives to what is its own."""
