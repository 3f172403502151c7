"""One file a kind of claim: pure functions from a document to annotations."""
