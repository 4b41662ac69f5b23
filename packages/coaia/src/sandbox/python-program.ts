/**
 * The Python that runs inside the box before the user's code: it sets the limits that only the process itself can
 * set, moves stdout out of the way, and calls the function.
 */
import { PYTHON_DISK, PYTHON_MEMORY } from './limits.ts';

/**
 * One process is all there is: bubblewrap's own and this one make two, and the limit is two. Threads count too.
 * Hard limits cannot be raised again without rights that nothing in the box has.
 */
export const PYTHON_PROGRAM = `
import json, os, sys, types
import resource as _r
_task = json.loads(sys.stdin.buffer.read())
_seconds = int(_task["seconds"])
for _name, _value in (("RLIMIT_AS", ${PYTHON_MEMORY}), ("RLIMIT_FSIZE", ${PYTHON_DISK}), ("RLIMIT_NPROC", 2),
                      ("RLIMIT_NOFILE", 64), ("RLIMIT_CORE", 0), ("RLIMIT_CPU", _seconds)):
    _r.setrlimit(getattr(_r, _name), (_value, _value))
# What the code prints must not get between the answer and its reader.
_out = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)
os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
def _plain(value):
    fields = getattr(value, "__dataclass_fields__", None)
    if fields is not None:
        return {name: getattr(value, name) for name in fields}
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    if hasattr(value, "__dict__"):
        return vars(value)
    raise TypeError("%s is no JSON value" % type(value).__name__)
def _answer(kind, value):
    text = json.dumps({"kind": kind, "value": value}, default=_plain, allow_nan=False)
    _out.write(text)
    _out.flush()
def _run():
    module = types.ModuleType("evaluator")
    sys.modules["evaluator"] = module
    exec(compile(_task["prelude"], "prelude.py", "exec"), module.__dict__)
    exec(compile(_task["source"], "evaluator.py", "exec"), module.__dict__)
    entry = module.__dict__.get(_task["entry"])
    if not callable(entry):
        raise NameError("There is no function named %s." % _task["entry"])
    to_argument = module.__dict__.get("_to_argument", lambda value: value)
    return entry(to_argument(_task["input"]))
_value = None
try:
    _value = _run()
except MemoryError:
    _answer("limit", "MemoryError")
    os._exit(0)
except BaseException as error:
    _kind = "limit" if isinstance(error, (RecursionError, BlockingIOError)) else "failed"
    _answer(_kind, ("%s: %s" % (type(error).__name__, error))[:500])
    os._exit(0)
try:
    _answer("done", _value)
except MemoryError:
    _answer("limit", "MemoryError")
except BaseException as error:
    _answer("answer", ("%s: %s" % (type(error).__name__, error))[:500])
os._exit(0)
`;
