"""Columns of the wire as Python values and back. Numpy and pandas are used only where the model has them anyway."""
import datetime
import json
import math
import re
import struct
import sys
from array import array

NUMPY = {
    "BOOL": "?", "UINT8": "u1", "UINT16": "<u2", "UINT32": "<u4", "UINT64": "<u8", "INT8": "i1", "INT16": "<i2",
    "INT32": "<i4", "INT64": "<i8", "FP16": "<f2", "FP32": "<f4", "FP64": "<f8",
}
PLAIN = {
    "BOOL": "?", "UINT8": "B", "UINT16": "H", "UINT32": "I", "UINT64": "Q", "INT8": "b", "INT16": "h", "INT32": "i",
    "INT64": "q", "FP32": "f", "FP64": "d",
}
DATATYPES = {code.lstrip("<?"): name for name, code in NUMPY.items()}


class Failure(Exception):
    """A load or a call that failed, with its kind."""

    def __init__(self, kind, message, **more):
        super().__init__(message)
        self.kind = kind
        self.more = more


def read_columns(heads, tail):
    """Name -> (values, missing indexes). Values are a numpy array where numpy is loaded, otherwise a list."""
    columns = {}
    at = 0
    for head in heads:
        end = at + head["parameters"]["binary_data_size"]
        columns[head["name"]] = read_values(head, tail[at:end]), head["parameters"].get("missing", ())
        at = end
    return columns


def read_values(head, part):
    np = sys.modules.get("numpy")
    datatype, shape = head["datatype"], head["shape"]
    if datatype != "BYTES" and np is not None:
        return np.frombuffer(part, NUMPY[datatype]).reshape(shape)
    values = read_texts(part) if datatype == "BYTES" else part.cast(PLAIN[datatype]).tolist()
    if len(shape) == 1:
        return values
    width = math.prod(shape[1:])
    return [values[row * width:(row + 1) * width] for row in range(shape[0])]


def read_texts(part):
    texts = []
    at = 0
    while at < len(part):
        size = struct.unpack_from("<I", part, at)[0]
        texts.append(str(part[at + 4:at + 4 + size], "utf-8"))
        at += 4 + size
    return texts


MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:?\d\d)?)?$")


def to_moment(text):
    """ISO 8601 as every Python reads it: whole microseconds and a zone with a colon."""
    day, clock, seconds, fraction, zone = MOMENT.match(text).groups()
    zone = "" if zone is None else "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}"
    whole = f"{day}T{clock or '00:00'}:{seconds or '00'}.{(fraction or '')[:6]:0<6}{zone}"
    return datetime.datetime.fromisoformat(whole)


def to_utc(text):
    """A moment of a table: in UTC, without a zone of its own, as columns of training are."""
    moment = to_moment(text)
    return moment if moment.tzinfo is None else moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)


PARSERS = {"date": datetime.date.fromisoformat, "datetime": to_moment}


def to_list(column, field):
    """Plain Python values; missing ones are None."""
    values, missing = column
    values = values if isinstance(values, list) else values.tolist()
    gone = set(missing)
    parse = PARSERS.get(field["type"], lambda value: value)
    return [None if row in gone or value != value else parse(value) for row, value in enumerate(values)]


def to_table(columns, inputs):
    """A pandas DataFrame. Missing values are NaN, as read_csv would have them."""
    import numpy as np
    import pandas as pd
    table = {}
    for field in inputs:
        values, missing = columns[field["name"]]
        if getattr(values, "ndim", 1) > 1:
            values = list(values)
        if missing:
            is_number = getattr(values, "dtype", np.dtype(object)).kind in "iuf"
            values = np.array(values, dtype=float if is_number else object)
            values[list(missing)] = np.nan
        if field["type"] in PARSERS:
            values = to_moments(values, field["name"])
        table[field["name"]] = values
    return pd.DataFrame(table)


def to_moments(texts, name):
    """A column of moments. Whole nanoseconds since 1970 in 64 bits begin in 1677 and end in 2262."""
    import pandas as pd
    moments = [to_utc(one) if isinstance(one, str) else pd.NaT for one in texts]
    try:
        return pd.to_datetime(pd.Series(moments))
    except pd.errors.OutOfBoundsDatetime:
        for row, moment in enumerate(moments):
            if moment is not pd.NaT and not pd.Timestamp.min <= moment <= pd.Timestamp.max:
                raise Failure("input", f"{name} of row {row} is {texts[row]}; "
                              "a table of pandas holds 1677-09-22 to 2262-04-11") from None
        raise


def to_matrix(columns, inputs):
    """One numpy array, rows by features, for models that know no column names."""
    import numpy as np
    parts = []
    for field in inputs:
        values, missing = columns[field["name"]]
        if missing:
            values = to_list((values, missing), field)
            values = np.array(values, dtype=object if field["datatype"] == "BYTES" else float)
        values = np.asarray(values, dtype=object if field["datatype"] == "BYTES" else None)
        parts.append(values.reshape(len(values), -1) if len(inputs) > 1 or values.ndim == 1 else values)
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)


def write_output(name, values, rows, declared=None):
    """The description and the bytes of one output. Where numbers are declared, whole ones are numbers too."""
    values, missing = to_plain(values)
    if declared == "FP64":
        values, missing = to_decimals(values), []
    if isinstance(values, list):
        datatype, tail = write_list(values)
        shape = [len(values)]
    else:
        datatype = DATATYPES[values.dtype.str.lstrip("<|?")] if values.dtype.kind != "b" else "BOOL"
        shape, tail = list(values.shape), values.tobytes()
    if not shape or shape[0] != rows:
        raise Failure("model", f"{name} has {shape[0] if shape else 'no list of'} values for {rows} rows")
    parameters = {"binary_data_size": len(tail), **({"missing": missing} if missing else {})}
    return {"name": name, "datatype": datatype, "shape": shape, "parameters": parameters}, tail


def to_plain(values):
    """A numpy array of numbers, or a list of Python values; and where values are missing."""
    if not isinstance(values, (list, tuple)):
        values = to_array(values)
        if not isinstance(values, list):
            return values, []
    values = [value.item() if getattr(value, "ndim", 1) == 0 else value for value in values]
    if values and (isinstance(values[0], (list, tuple)) or hasattr(values[0], "shape")):
        import numpy as np
        return to_plain(np.asarray(values))
    # Beside texts and truths NaN is what pandas writes for nothing: no word, and not true.
    is_named = any(isinstance(value, (str, bool)) for value in values)
    missing = [row for row, value in enumerate(values)
               if is_missing(value) or is_named and isinstance(value, float) and value != value]
    for row in missing:
        values[row] = None
    if missing and any(isinstance(value, float) for value in values):
        return [math.nan if value is None else value for value in values], []
    return values, missing


def to_decimals(values):
    if not isinstance(values, list):
        return values.astype("<f8")
    if all(value is None or isinstance(value, (int, float)) for value in values):
        return [math.nan if value is None else float(value) for value in values]
    raise Failure("model", "a number is declared, and something else came")


def is_missing(value):
    return value is None or type(value).__name__ in ("NAType", "NaTType")


def to_array(values):
    """Numbers stay an array; everything else becomes a list."""
    import numpy as np
    values = np.asarray(values.toarray() if hasattr(values, "toarray") else values)
    if values.dtype.kind == "M":
        unit = "D" if values.dtype == "datetime64[D]" else "s"
        values = np.where(np.isnat(values), None, np.datetime_as_string(values, unit=unit))
    if values.dtype.kind in "fiub":
        is_long = values.dtype.itemsize > 8
        return np.ascontiguousarray(values, dtype="<f8" if is_long else values.dtype.newbyteorder("<"))
    return values.tolist() if values.ndim > 0 else [values.item()]


def write_list(values):
    found = [value for value in values if value is not None]
    if found and all(isinstance(value, bool) for value in found):
        return "BOOL", bytes(bool(value) for value in values)
    if found and all(isinstance(value, int) and -2**63 <= value < 2**63 for value in found):
        return "INT64", array("q", [value or 0 for value in values]).tobytes()
    # Larger whole numbers stay exact as text.
    if found and any(isinstance(value, float) for value in found) and all(isinstance(value, (int, float)) for value in found):
        return "FP64", array("d", values).tobytes()
    texts = [to_text(value).encode("utf-8", "replace") for value in values]
    return "BYTES", b"".join(struct.pack("<I", len(text)) + text for text in texts)


def to_text(value):
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, (dict, list)) else str(value)
