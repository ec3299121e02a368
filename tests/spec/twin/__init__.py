"""A slow plain twin of every definition: loops over lists of records, written from the words and not from the SQL.

Settings have their shipped values here. `TWINS` holds a function for every key, once the modules are imported.
"""
