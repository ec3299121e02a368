"""The worked examples and pictures of docs/explanation, made from the code they explain."""
