"""Reads the parameters of a function from its source, without running it: `signature-hints.py FILE FUNCTION`."""
import ast
import json
import re
import sys

SIMPLE = {"int": "integer", "float": "number", "complex": None, "str": "string", "bool": "boolean", "date": "date",
          "datetime": "datetime", "Timestamp": "datetime", "Decimal": "number", "Number": "number", "Real": "number"}
LISTS = {"list", "List", "Sequence", "Iterable", "tuple", "Tuple", "set", "frozenset"}
TABLES = {"DataFrame"}
ARRAYS = {"ndarray", "NDArray", "ArrayLike"}


def last_name(node):
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def constant(node):
    """The value of a literal, or None; negative numbers are an operation in the tree."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return None


class Reader:
    def __init__(self, tree):
        self.enums = {}
        self.aliases = {}
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and any((last_name(base) or "").endswith("Enum") for base in node.bases):
                self.enums[node.name] = list(read_members(node))
            elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                self.aliases[node.targets[0].id] = node.value
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
                self.aliases[node.target.id] = node.value

    def read(self, node, depth=0):
        """Facts of a type, or None when it says nothing."""
        if node is None or depth > 8:
            return None
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                return self.read(ast.parse(node.value, mode="eval").body, depth + 1)
            except SyntaxError:
                return None
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return self.read_union([node.left, node.right], depth)
        if isinstance(node, ast.Subscript):
            return self.read_subscript(node, depth)
        name = last_name(node)
        if name in SIMPLE:
            return {"type": SIMPLE[name]} if SIMPLE[name] else None
        if name in TABLES:
            return {"isTable": True}
        if name in ARRAYS:
            return {"type": "number", "shape": [-1]}
        if name in self.enums and self.enums[name]:
            return {"type": "category", "levels": self.enums[name]}
        if isinstance(node, ast.Name) and name in self.aliases:
            return self.read(self.aliases[name], depth + 1)
        return None

    def read_union(self, parts, depth):
        flat = []
        while parts:
            one = parts.pop(0)
            if isinstance(one, ast.BinOp) and isinstance(one.op, ast.BitOr):
                parts = [one.left, one.right, *parts]
            else:
                flat.append(one)
        rest = [one for one in flat if not (isinstance(one, ast.Constant) and one.value is None)]
        facts = [self.read(one, depth + 1) for one in rest]
        if not facts or any(fact is None for fact in facts):
            return None
        types = {fact.get("type") for fact in facts}
        if len(facts) > 1 and types == {"integer", "number"}:
            facts = [{"type": "number"}]
        if len(facts) > 1:
            return None
        return {**facts[0], "nullable": True} if len(rest) < len(flat) else facts[0]

    def read_subscript(self, node, depth):
        name = last_name(node.value)
        inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if name == "Literal":
            levels = [constant(one) for one in inside]
            known = [level for level in levels if level is not None]
            return {"type": "category", "levels": known, **({"nullable": True} if len(known) < len(levels) else {})}
        if name == "Optional":
            inner = self.read(inside[0], depth + 1)
            return None if inner is None else {**inner, "nullable": True}
        if name == "Union":
            return self.read_union(list(inside), depth)
        if name == "Annotated":
            inner = self.read(inside[0], depth + 1)
            return None if inner is None else {**inner, **read_notes(inside[1:])}
        if name in ARRAYS:
            return {"type": "number", "shape": [-1]}
        if name not in LISTS:
            return None
        is_open = len(inside) == 1 or isinstance(inside[-1], ast.Constant) and inside[-1].value is Ellipsis
        inner = self.read(inside[0], depth + 1)
        if inner is None or "isTable" in inner:
            return None
        return {**inner, "shape": [-1 if is_open else len(inside), *inner.get("shape", [])]}


def read_members(node):
    for one in node.body:
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
            value = constant(one.value)
            if value is None and isinstance(one.value, ast.Call) and last_name(one.value.func) == "auto":
                value = one.targets[0].id.lower()
            if isinstance(value, (str, int, float, bool)):
                yield value


BOUNDS = {"ge": "min", "gt": "min", "Ge": "min", "Gt": "min", "le": "max", "lt": "max", "Le": "max", "Lt": "max"}


def read_notes(nodes):
    """Annotated[...]: a text is the description; Field(ge=0, le=1, description="...") and Ge(0) give bounds."""
    notes = {}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            notes["description"] = node.value
        if not isinstance(node, ast.Call):
            continue
        name = last_name(node.func)
        if name in BOUNDS and node.args and isinstance(constant(node.args[0]), (int, float)):
            notes[BOUNDS[name]] = constant(node.args[0])
        for word in node.keywords:
            value = constant(word.value)
            if word.arg == "description" and isinstance(value, str):
                notes["description"] = value
            if word.arg in BOUNDS and isinstance(value, (int, float)):
                notes[BOUNDS[word.arg]] = value
    return notes


def read_doc(text):
    """The first paragraph, and words by parameter: Google's, NumPy's and Sphinx's way."""
    if not text:
        return None, {}
    params = {name: words for name, words in re.findall(r":param (?:[\w\[\], ]+ )?(\w+): *(.+)", text)}
    google = re.search(r"^(?:Args|Arguments|Parameters):\s*\n((?:[ \t]+.*\n?|\s*\n)+)", text, re.MULTILINE)
    for name, words in re.findall(r"^[ \t]+(\w+)(?: ?\([^)]*\))?: *(.+)", google.group(1) if google else "", re.MULTILINE):
        params.setdefault(name, words)
    for name, words in re.findall(r"^(\w+) *:[^\n]*\n[ \t]+(\S.*)", text.split("----", 1)[1], re.MULTILINE) if "----" in text else []:
        params.setdefault(name, words)
    summary = re.split(r"\n\s*\n|\n:param|\nArgs:|\nParameters", text.strip())[0]
    return " ".join(summary.split()), {name: words.strip() for name, words in params.items()}


def read_function(node, reader):
    summary, words = read_doc(ast.get_docstring(node))
    given = node.args.posonlyargs + node.args.args
    defaults = [None] * (len(given) - len(node.args.defaults)) + node.args.defaults
    pairs = list(zip(given, defaults)) + list(zip(node.args.kwonlyargs, node.args.kw_defaults))
    params = []
    for arg, default in pairs:
        # The fitted object is handed over under this name.
        if arg.arg in ("model", "self"):
            continue
        facts = reader.read(arg.annotation) or {}
        value = None if default is None else constant(default)
        if not facts and default is not None:
            facts = guess(value)
        if arg.arg in words:
            facts.setdefault("description", words[arg.arg])
        if default is not None:
            facts["optional"] = True
            if isinstance(value, (bool, int, float, str)):
                facts["default"] = value
            elif value is None:
                facts["nullable"] = True
        hint = None if arg.annotation is None else ast.unparse(arg.annotation)
        params.append({"name": arg.arg, "line": arg.lineno, **({"hint": hint} if hint else {}), **facts})
    return {"line": node.lineno, "description": summary, "params": params}


def guess(value):
    """An untyped default tells the type."""
    kinds = {bool: "boolean", int: "number", float: "number", str: "string"}
    return {"type": kinds[type(value)]} if type(value) in kinds else {}


def answer(path, name):
    # As Python reads it: Notepad and others begin a file with a mark.
    with open(path, encoding="utf-8-sig") as file:
        source = file.read()
    try:
        tree = ast.parse(source, path)
    except SyntaxError as error:
        return {"error": error.msg, "line": error.lineno}
    functions = {node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
    found = functions.get(name)
    return {"functions": sorted(functions), "found": found and read_function(found, Reader(tree))}


json.dump(answer(sys.argv[1], sys.argv[2]), sys.stdout)
