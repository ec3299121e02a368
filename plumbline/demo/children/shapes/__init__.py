"""The same children in the other shapes councils have: inspection lists, the looked-after return, the need census."""
