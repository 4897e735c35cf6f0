"""What astropy reads from the given tables, as JSON: names, units, values. Used by exported-tables.test.ts.

Numbers are spelled by repr in their own precision, so that the comparison is exact; masked values are null.
"""
import json
import sys

import numpy as np
from astropy.table import Table


def plain(value):
    if value is np.ma.masked:
        return None
    if np.ndim(value):
        return [plain(part) for part in value]
    if isinstance(value, (str, np.str_, bytes)):
        text = value.decode() if isinstance(value, bytes) else str(value)
        return text.rstrip() or None
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    return "nan" if np.isnan(value) else float(value).hex() if np.isfinite(value) else str(float(value))


FORMATS = {"fits": "fits", "vot": "votable", "ecsv": "ascii.ecsv", "csv": "ascii.csv"}
answer = {}
for path in sys.argv[1:]:
    ending = path.rsplit(".", 1)[1]
    extra = {"fast_reader": False} if ending == "csv" else {}
    table = Table.read(path, format=FORMATS[ending], **extra)
    answer[ending] = {
        "meta": {str(key): str(value) for key, value in table.meta.items()},
        "columns": [
            {
                "name": name,
                "unit": None if table[name].unit is None else str(table[name].unit),
                "values": [plain(value) for value in table[name]],
            }
            for name in table.colnames
        ],
    }
print(json.dumps(answer))
