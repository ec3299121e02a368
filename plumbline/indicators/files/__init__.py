"""Extracts of child-level data: read whatever their shape, checked, and kept as folders of Parquet. Knows no Django.

    from plumbline.indicators.files.load import clear_leftovers, examine, load
    from plumbline.indicators.files.manifest import damaged_files, read_manifest
    from plumbline.indicators.files.restatements import restatements

    report = examine(path, created_at=now, choices=choices)        # what a person reads before anything is loaded
    report = load(path, extracts / "2026-03", created_at=now, choices=choices, progress=tell, key=key)

* `path` is a folder, a .zip or one file; its shape is seen from its content.
* `report.folder` is None where nothing was loaded: see `report.errors`, and `report.to_map`, spellings that a person maps
  once: `choices[unknown.codelist, unknown.spelling] = code`, or "" to leave it empty. `report.quality` holds a result for
  each rule; `report.manifest` says what the extract holds and, by table and column, what it does not.
* `progress(rows, source)` is called from time to time and may raise `Cancelled`: nothing is left of the load then.
* The same records under the same name do nothing (`report.was_there`); other records raise `ExtractExists`.

How a value travels: a reader of one shape (`ssd_csv`, `ssda903`, `cin_xml`, `annex_a`) gives rows to the `staging`, which
cleans each value by its column's type (`values`, `spellings`, `pseudonyms`) and notes what it met (`findings`); `packing`
makes tables and Parquet of them, `quality` checks the tables, and `load` puts the folder in its place.
"""
