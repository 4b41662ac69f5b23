"""Worker of one Python model: reads frames from one FIFO, predicts, answers on another.

Needs the standard library and what the model itself needs. A frame is a u32 length of the rest, a u32 length of a JSON
head, the head, then the little-endian bytes of the columns that head["tensors"] describes. What the model's code
prints goes to stdout and stderr as ever; the wire has files of its own. Ends when the other side closes them.
"""
import gc
import importlib.util
import inspect
import json
import os
import struct
import sys
import time
import traceback
import warnings

from fitted_object import load_object, read_artifact
from predict_columns import Failure, read_columns, to_list, to_table, write_output

MAX_TRACE = 8000
OURS = os.path.dirname(__file__)
warned = []


def read_frame(pipe):
    size = pipe.read(4)
    if len(size) < 4:
        return None, None
    body = pipe.read(struct.unpack("<I", size)[0])
    end = 4 + struct.unpack_from("<I", body)[0]
    return json.loads(body[4:end]), memoryview(body)[end:]


def write_frame(pipe, head, tails=()):
    text = json.dumps(head, separators=(",", ":")).encode()
    size = 4 + len(text) + sum(len(tail) for tail in tails)
    pipe.write(struct.pack("<II", size, len(text)) + text + b"".join(tails))
    pipe.flush()


def read_code(path):
    """The user's model.py as a module. Its folder can be imported from."""
    sys.path.insert(0, os.path.dirname(path))
    spec = importlib.util.spec_from_file_location("model", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["model"] = module
    spec.loader.exec_module(module)
    # Pickles made by a script look for their functions in __main__.
    for name, value in list(vars(module).items()):
        vars(sys.modules["__main__"]).setdefault(name, value)
    return module


def in_step(kind, function, *args):
    """Runs a step of loading; what fails says which step it was."""
    try:
        return function(*args)
    except MemoryError:
        raise
    except Failure:
        raise
    except ModuleNotFoundError as error:
        raise Failure("package", describe(error), package=error.name, trace=to_trace()) from error
    except BaseException as error:
        raise Failure(kind, describe(error), trace=to_trace()) from error


def describe(error):
    return f"{type(error).__name__}: {error}"


def to_trace():
    """The lines of the model's code, without ours."""
    kind, error, frames = sys.exc_info()
    while frames is not None and os.path.dirname(frames.tb_frame.f_code.co_filename) == OURS:
        frames = frames.tb_next
    return "".join(traceback.format_exception(kind, error, frames))[-MAX_TRACE:]


def parameters_of(function):
    try:
        return inspect.signature(function).parameters
    except (TypeError, ValueError):
        return {}


def has_default(function, name):
    parameter = parameters_of(function).get(name)
    return parameter is not None and parameter.default is not parameter.empty


def load(head):
    """Functions of columns and their number of rows that give outputs by name: by `predict`, and by `explain` where the
    model can be explained, then with what is said of that as `explains`; and the model's platform."""
    inputs, code, style = head["inputs"], head.get("code"), head["style"]
    module = model = None
    if code:
        os.chdir(os.path.dirname(code))
        module = in_step("code", read_code, code)
    if head.get("artifact"):
        model = in_step("artifact", read_artifact, head["artifact"])
    if style == "object":
        return in_step("artifact", load_object, model, inputs, {field["name"] for field in head["outputs"]})
    function = getattr(module, head["entry"], None)
    if not callable(function):
        raise Failure("code", f"{os.path.basename(code)} has no function named {head['entry']}")
    if callable(getattr(module, "load", None)):
        model = in_step("code", module.load)
    if style == "table":
        in_step("code", importlib.import_module, "pandas")
    explain = getattr(module, "explain", None)
    known = {"explain": to_call(explain, model, style, inputs), "explains": {"kind": "code"}} if callable(explain) else {}
    return {"predict": to_call(function, model, style, inputs), "platform": "python_function", **known}


def to_call(function, model, style, inputs):
    """The user's function of rows or of a table, handed the model where it asks for it."""
    extra = {"model": model} if "model" in parameters_of(function) else {}
    if style == "row":
        return lambda columns, rows: call_rows(function, extra, columns, inputs)
    given = [model] if extra else []
    return lambda columns, rows: to_outputs(function(*given, to_table(columns, inputs)))


def to_outputs(result):
    """Outputs by name of whatever a function gave back for a table."""
    if isinstance(result, dict):
        return {str(name): values for name, values in result.items()}
    if type(result).__name__ == "DataFrame":
        return {str(name): result[name].to_numpy() for name in result.columns}
    return {"prediction": result}


def call_rows(function, extra, columns, inputs):
    """Calls the function with the values of one row after the other by name; what was left out keeps its default."""
    lists = [to_list(columns[field["name"]], field) for field in inputs]
    names = [field["name"] for field in inputs]
    optional = {field["name"] for field in inputs if field.get("isOptional") and has_default(function, field["name"])}
    results = []
    for row, values in enumerate(zip(*lists)):
        given = {name: value for name, value in zip(names, values) if value is not None or name not in optional}
        try:
            results.append(function(**extra, **given))
        except MemoryError:
            raise
        except BaseException as error:
            raise Failure("model", describe(error), trace=to_trace(), row=row) from error
    if any(isinstance(result, dict) for result in results):
        names = {name: None for result in results for name in result}
        return {str(name): [result.get(name) for result in results] for name in names}
    return {"prediction": results}


def answer(loaded, signature, pipe, head, tail):
    begin = time.perf_counter()
    inputs, declared = signature["inputs"], {field["name"]: field["datatype"] for field in signature["outputs"]}
    if head["op"] != "predict":
        declared = {}
    try:
        if head["op"] not in loaded:
            raise Failure("explain", "no explanation")
        columns = read_columns(head["tensors"], tail)
        absent = [field["name"] for field in inputs if field["name"] not in columns]
        if absent:
            raise Failure("input", f"the column {absent[0]} is missing")
        outputs = loaded[head["op"]](columns, head["rows"])
        written = [write_output(name, values, head["rows"], declared.get(name)) for name, values in outputs.items()]
    except MemoryError:
        fail(pipe, "memory", "MemoryError")
    except Failure as error:
        fail(pipe, error.kind, str(error), **error.more)
    except BaseException as error:
        fail(pipe, "model", describe(error), trace=to_trace())
    else:
        ms = (time.perf_counter() - begin) * 1000
        done = {"op": "done", "ms": round(ms, 4), "warnings": warned[:], "tensors": [one for one, _ in written]}
        sys.stdout.flush()
        write_frame(pipe, done, [tail for _, tail in written])
    warned.clear()


def fail(pipe, kind, message, **more):
    sys.stdout.flush()
    write_frame(pipe, {"op": "failed", "kind": kind, "message": message[:2000], "warnings": warned[:], **more})


def remember(message, category, *_rest, **_more):
    text = f"{category.__name__}: {message}"
    if len(warned) < 20 and text not in warned:
        warned.append(text[:1000])


def listen_to_warnings():
    """Every warning of every call, but those that speak to the authors of libraries."""
    warnings.showwarning = remember
    warnings.simplefilter("always")
    for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", category)


def main():
    sys.path.pop(0)
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")
    listen_to_warnings()
    with open(sys.argv[1], "rb") as requests, open(sys.argv[2], "wb") as answers:
        head, _ = read_frame(requests)
        try:
            loaded = load(head)
        except (MemoryError, Failure) as error:
            fail(answers, getattr(error, "kind", "memory"), str(error), **getattr(error, "more", {}))
            return requests.read()
        gc.collect()
        gc.freeze()
        ready = {name: loaded[name] for name in ("platform", "explains") if name in loaded}
        write_frame(answers, {"op": "ready", **ready, "warnings": warned[:]})
        warned.clear()
        while True:
            call, tail = read_frame(requests)
            if call is None:
                return None
            answer(loaded, head, answers, call, tail)


main()
