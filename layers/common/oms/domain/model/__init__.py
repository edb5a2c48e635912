"""The nouns that every subject speaks about. They import nothing of the subjects above them."""
