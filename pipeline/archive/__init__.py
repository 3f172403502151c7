"""Records in the form that the archives' circulars ask for: metadata, index, packages, two-layer PDF/A.

    records     what the catalogue knows of the chosen dispatches
    dossiers    which of them make up a file (hồ sơ), in which order, under which code
    metadata    the fields of a file and of its documents, after a profile (`profiles/*.toml`)
    readiness   what a person must still settle before they go to the archive
    sheets      the fields as CSV, XLSX and XML
    index       mục lục văn bản, the printed index of a file
    package     a SIP after E-ARK CSIP 2.0.4;  verify  whether one is whole
    pdfa        a scan and its words as PDF/A-2b, beside the original

What is restricted is in none of these. No module here asks the clock: the moment is an argument.
"""
